/* SPDX-License-Identifier: MIT */
/* __vmalloc() with a flag that forbids what it does always: take page tables, which may sleep. */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

static struct task_struct *dumper;
static void *dump;

static void *dump_new(size_t bytes, gfp_t gfp)
{
	return __vmalloc(bytes, gfp | __GFP_ZERO); /* finding: flag-misuse */
}

static int dump_fn(void *unused)
{
	dump = dump_new(5 * PAGE_SIZE, GFP_ATOMIC); /* finding: atomic-waste */
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static int __init dump_init(void)
{
	dumper = kthread_run(dump_fn, NULL, "dumper");
	return PTR_ERR_OR_ZERO(dumper);
}

static void __exit dump_exit(void)
{
	kthread_stop(dumper);
	vfree(dump);
}

module_init(dump_init);
module_exit(dump_exit);
MODULE_LICENSE("GPL");
