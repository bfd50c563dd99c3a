/* SPDX-License-Identifier: MIT */
/* Each CPU is asked for its counter in an interrupt, where the list of answers is made. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

struct answer {
	struct list_head node;
	int cpu;
	u64 packets;
};

static DEFINE_PER_CPU(u64, packets);
static LIST_HEAD(answers);
static DEFINE_RAW_SPINLOCK(answers_lock);

static void ask(void *unused)
{
	struct answer *answer = kmalloc(sizeof(*answer), GFP_KERNEL); /* finding: sleep-in-atomic */

	if (!answer)
		return;
	answer->cpu = smp_processor_id();
	answer->packets = this_cpu_inc_return(packets);
	raw_spin_lock(&answers_lock);
	list_add(&answer->node, &answers);
	raw_spin_unlock(&answers_lock);
}

static void answers_free(void)
{
	struct answer *answer, *next;

	list_for_each_entry_safe(answer, next, &answers, node) {
		list_del(&answer->node);
		kfree(answer);
	}
}

static int __init answers_init(void)
{
	on_each_cpu(ask, NULL, 1);
	if (smp_call_function_single(nr_cpu_ids, ask, NULL, 1) != -ENXIO)
		pr_err("a CPU that is not there has answered\n");
	smp_call_function_single(0, ask, NULL, 0);
	smp_call_function_single(1, ask, NULL, 0);
	smp_call_function_single(1, ask, NULL, 1);
	return 0;
}

static void __exit answers_exit(void)
{
	answers_free();
}

module_init(answers_init);
module_exit(answers_exit);
MODULE_LICENSE("GPL");
