/* SPDX-License-Identifier: MIT */
/* Work items run in task context: they may sleep. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static void summarize(struct work_struct *work)
{
	u64 *sums = kmalloc_array(8, sizeof(*sums), GFP_ATOMIC); /* finding: atomic-waste */

	kfree(sums);
}

static DECLARE_WORK(summary, summarize);

static int __init summary_init(void)
{
	schedule_work(&summary);
	return 0;
}

static void __exit summary_exit(void)
{
	flush_work(&summary);
}

module_init(summary_init);
module_exit(summary_exit);
MODULE_LICENSE("GPL");
