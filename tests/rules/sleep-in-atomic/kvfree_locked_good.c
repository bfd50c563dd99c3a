/* SPDX-License-Identifier: MIT */
/* A table is replaced under a raw spinlock, and the old one (a vmalloc area) is freed after it. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#define ENTRIES 40000

static DEFINE_RAW_SPINLOCK(table_lock);
static u32 *table;

static int table_replace(void)
{
	u32 *fresh = kvcalloc(ENTRIES, sizeof(*fresh), GFP_KERNEL), *old;
	unsigned long flags;

	if (!fresh)
		return -ENOMEM;
	raw_spin_lock_irqsave(&table_lock, flags);
	old = table;
	table = fresh;
	raw_spin_unlock_irqrestore(&table_lock, flags);
	kvfree(old);
	return 0;
}

static int __init table_init(void)
{
	int error = table_replace();

	if (!error && table_replace())
		pr_info("the first table stays\n");
	return error;
}

static void __exit table_exit(void)
{
	kvfree(table);
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
