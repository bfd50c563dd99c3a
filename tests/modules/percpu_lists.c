// SPDX-License-Identifier: MIT
/* percpu_lists.c - objects that only a per-CPU variable refers to: a stack of spares a CPU */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct spare {
	struct spare *next;
	u8 bytes[100];
};

struct stock {
	struct spare *first;
	unsigned int count;
};

static struct stock __percpu *stocks;
static DEFINE_PER_CPU(struct spare *, reserve);
static struct timer_list user;

static int stock_fill(unsigned int cpu, unsigned int count)
{
	struct stock *stock = per_cpu_ptr(stocks, cpu);

	while (stock->count < count) {
		struct spare *spare = kmalloc_node(sizeof(*spare), GFP_KERNEL, cpu_to_node(cpu));

		if (!spare)
			return -ENOMEM;
		spare->next = stock->first;
		stock->first = spare;
		stock->count++;
	}
	return 0;
}

static void stocks_free(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct stock *stock = per_cpu_ptr(stocks, cpu);

		while (stock->first) {
			struct spare *spare = stock->first;

			stock->first = spare->next;
			kfree(spare);
		}
		kfree(per_cpu(reserve, cpu));
		per_cpu(reserve, cpu) = NULL;
	}
	free_percpu(stocks);
}

/* Takes one, writes all of it, and puts it back. */
static void user_fn(struct timer_list *timer)
{
	struct stock *stock = this_cpu_ptr(stocks);
	struct spare *spare = stock->first;

	if (!spare)
		return;
	stock->first = spare->next;
	memset(spare->bytes, 0xff, sizeof(spare->bytes));
	spare->next = stock->first;
	stock->first = spare;
}

static int __init percpu_init(void)
{
	unsigned int cpu;
	int error = 0;

	stocks = alloc_percpu(struct stock);
	if (!stocks)
		return -ENOMEM;
	for_each_possible_cpu(cpu) {
		error = stock_fill(cpu, 3);
		if (error)
			goto out_free;
		per_cpu(reserve, cpu) = kzalloc(sizeof(struct spare), GFP_KERNEL);
		if (!per_cpu(reserve, cpu)) {
			error = -ENOMEM;
			goto out_free;
		}
	}
	timer_setup(&user, user_fn, TIMER_PINNED);
	mod_timer(&user, jiffies + 2);
	return 0;
out_free:
	stocks_free();
	return error;
}

static void __exit percpu_exit(void)
{
	timer_delete_sync(&user);
	stocks_free();
}

module_init(percpu_init);
module_exit(percpu_exit);
MODULE_LICENSE("GPL");
