/* SPDX-License-Identifier: MIT */
/*
 * Memory that is held in unusual places: tagged pointers, page->lru, page->private,
 * pfns, per-CPU slots, armed timers, vmalloc.
 */
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/timer.h>
#include <linux/kthread.h>
#include <linux/interrupt.h>

#define TAG	1UL

struct self_freeing {
	struct timer_list timer;
	struct work_struct work;
	struct rcu_head rcu;
	char *text;
};

static unsigned long tagged;
static LIST_HEAD(page_list);
static unsigned long pfn;
static DEFINE_PER_CPU(void *, slot);
static void **big;
static struct page *holder;
static atomic_t alive;
static DECLARE_WAIT_QUEUE_HEAD(all_gone);
static struct { u64 low : 48; u64 kind : 16; } packed;

static void sf_rcu(struct rcu_head *rcu)
{
	struct self_freeing *sf = container_of(rcu, struct self_freeing, rcu);

	kfree(sf->text);
	kfree(sf);
	if (atomic_dec_and_test(&alive))
		wake_up(&all_gone);
}

static void sf_work(struct work_struct *work)
{
	struct self_freeing *sf = container_of(work, struct self_freeing, work);

	call_rcu(&sf->rcu, sf_rcu);
}

static void sf_timer(struct timer_list *t)
{
	struct self_freeing *sf = from_timer(sf, t, timer);

	schedule_work(&sf->work);
}

static int sf_start(int ticks)
{
	struct self_freeing *sf = kzalloc(sizeof(*sf), GFP_KERNEL);

	if (!sf)
		return -ENOMEM;
	sf->text = kasprintf(GFP_KERNEL, "%d ticks", ticks);
	if (!sf->text) {
		kfree(sf);
		return -ENOMEM;
	}
	timer_setup(&sf->timer, sf_timer, 0);
	INIT_WORK(&sf->work, sf_work);
	atomic_inc(&alive);
	mod_timer(&sf->timer, jiffies + ticks);
	return 0;
}

static int thread_main(void *data)
{
	char *mine = data;	/* the thread owns it now */
	int sum = 0, i;

	for (i = 0; i < 100; i++)
		sum += mine[i];
	kfree(mine);
	if (atomic_dec_and_test(&alive))
		wake_up(&all_gone);
	return sum;
}

static int thread_start(void)
{
	char *data = kzalloc(100, GFP_KERNEL);
	struct task_struct *task;

	if (!data)
		return -ENOMEM;
	atomic_inc(&alive);
	task = kthread_run(thread_main, data, "one-shot");
	if (IS_ERR(task)) {
		atomic_dec(&alive);
		kfree(data);
		return PTR_ERR(task);
	}
	return 0;
}

static int pages_take(void)
{
	struct page *page;
	int i;

	for (i = 0; i < 3; i++) {
		page = alloc_page(GFP_KERNEL);
		if (!page)
			return -ENOMEM;
		list_add(&page->lru, &page_list);
	}
	page = alloc_pages(GFP_KERNEL, 1);
	if (!page)
		return -ENOMEM;
	pfn = page_to_pfn(page);
	holder = alloc_page(GFP_KERNEL);
	if (!holder)
		return -ENOMEM;
	set_page_private(holder, 0);
	page = alloc_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	set_page_private(holder, (unsigned long)page);
	return 0;
}

static void places_empty(void)
{
	struct page *page, *next;
	int cpu, i;

	wait_event(all_gone, !atomic_read(&alive));
	kfree((void *)(tagged & ~TAG));
	list_for_each_entry_safe(page, next, &page_list, lru) {
		list_del(&page->lru);
		__free_page(page);
	}
	if (pfn)
		__free_pages(pfn_to_page(pfn), 1);
	if (holder && page_private(holder))
		__free_page((struct page *)page_private(holder));
	if (holder)
		__free_page(holder);
	for_each_possible_cpu(cpu)
		kfree(per_cpu(slot, cpu));
	for (i = 0; big && i < 2000; i++)
		kfree(big[i]);
	vfree(big);
	if (packed.low)
		kfree((void *)(0xffff000000000000UL * ((packed.low >> 47) & 1) | packed.low));
	rcu_barrier();
}

static int __init places_init(void)
{
	int i, cpu, ret;
	void *p;

	p = kmalloc(40, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	tagged = (unsigned long)p | TAG;
	ret = pages_take();
	if (ret)
		goto err;
	ret = -ENOMEM;
	for_each_possible_cpu(cpu) {
		per_cpu(slot, cpu) = kmalloc(24, GFP_KERNEL);
		if (!per_cpu(slot, cpu))
			goto err;
	}
	big = vzalloc(2000 * sizeof(*big));
	if (!big)
		goto err;
	for (i = 0; i < 2000; i += 37) {
		big[i] = kmalloc(i + 1, GFP_KERNEL);
		if (!big[i])
			goto err;
	}
	p = kmalloc(77, GFP_KERNEL);
	if (!p)
		goto err;
	packed.low = (unsigned long)p;
	packed.kind = 7;
	for (i = 1; i < 10; i += 2) {
		ret = sf_start(i);
		if (ret)
			goto err;
	}
	ret = thread_start();
	if (ret)
		goto err;
	return 0;
err:
	places_empty();
	return ret;
}

static void __exit places_exit(void)
{
	places_empty();
}

module_init(places_init);
module_exit(places_exit);
MODULE_LICENSE("GPL");
