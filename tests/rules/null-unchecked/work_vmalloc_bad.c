/* SPDX-License-Identifier: MIT */
/*
 * A work item copies into a vmalloc buffer it did not check; memset() is as much a use as a store.
 */
#include <linux/module.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#define BUFFER_BYTES (5 * PAGE_SIZE + 100)

static void fill(struct work_struct *work)
{
	char *buffer = vmalloc(BUFFER_BYTES);

	memset(buffer, 0x5a, BUFFER_BYTES); /* finding: null-unchecked */
	vfree(buffer);
}

static DECLARE_WORK(fill_work, fill);

static int __init fill_init(void)
{
	schedule_work(&fill_work);
	return 0;
}

static void __exit fill_exit(void)
{
	cancel_work_sync(&fill_work);
}

module_init(fill_init);
module_exit(fill_exit);
MODULE_LICENSE("GPL");
