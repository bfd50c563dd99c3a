// SPDX-License-Identifier: MIT
#include <linux/module.h>
#include <linux/slab.h>
#include "slots.h"

static u64 *table;

static int __init inner_init(void)
{
	table = kmalloc_array(SLOTS, sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	table[SLOTS] = sizeof(TITLE); /* finding: out-of-bounds */
	return 0;
}

static void __exit inner_exit(void)
{
	kfree(table);
}

module_init(inner_init);
module_exit(inner_exit);
MODULE_LICENSE("GPL");
