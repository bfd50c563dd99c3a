/* SPDX-License-Identifier: MIT */
/* A static table of slots is filled by users; the bound is right. */
#include <linux/module.h>
#include <linux/printk.h>

#define SLOTS 8

static int owner_of[SLOTS];
static int in_use;

static int take(int slot, int owner)
{
	if (slot < 0 || slot >= SLOTS)
		return -EINVAL;
	owner_of[slot] = owner;
	in_use++;
	return 0;
}

static int __init slots_init(void)
{
	static const int wanted[] = { 0, 3, 7, 8 };

	for (int i = 0; i < ARRAY_SIZE(wanted); i++)
		if (take(wanted[i], i + 1))
			pr_info("slot %d is none\n", wanted[i]);
	pr_info("%d slots, the first is %d's\n", in_use, owner_of[0]);
	return 0;
}

static void __exit slots_exit(void)
{
}

module_init(slots_init);
module_exit(slots_exit);
MODULE_LICENSE("GPL");
