/* SPDX-License-Identifier: MIT */
/* Scopes are closed on each way out; they nest, and a thread may keep one for life. */
#include <linux/module.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static void *table;

static void commit(struct work_struct *work)
{
	unsigned int scope = memalloc_nofs_save(), inner = memalloc_noio_save();

	if (!table)
		table = kmalloc(100, GFP_KERNEL);
	memalloc_noio_restore(inner);
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
