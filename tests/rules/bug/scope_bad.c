/* SPDX-License-Identifier: MIT */
/* A work item leaves early, and its NOFS scope stays open for whatever the worker does next. */
#include <linux/module.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static void *table;

static void commit(struct work_struct *work)
{	/* finding: bug */
	unsigned int scope = memalloc_nofs_save();

	if (table)
		return;
	table = kmalloc(100, GFP_KERNEL);
	memalloc_nofs_restore(scope);
}

static DECLARE_WORK(work, commit);

static int __init commit_init(void)
{
	schedule_work(&work);
	flush_work(&work);
	schedule_work(&work);
	return 0;
}

static void __exit commit_exit(void)
{
	cancel_work_sync(&work);
	kfree(table);
}

module_init(commit_init);
module_exit(commit_exit);
MODULE_LICENSE("GPL");
