/* SPDX-License-Identifier: MIT */
/* Hashes that wrap, and leave the very numbers that are allocated beside them by their names. */
#include <linux/module.h>
#include <linux/slab.h>

struct slot {
	u32 key, hash, spare[14];
};

static unsigned int seed = 0x40000001;
module_param(seed, uint, 0444);
static struct slot *slots[3];
static u32 *order, stamp = 0xffffffff;
static u8 *tag;

static u32 tick(void)
{
	stamp += 2;
	return stamp;
}

static u32 stamp_slot(struct slot *slot)
{
	return slot ? tick() : 0;
}

static u32 stamp_all(void)
{
	return stamp_slot(slots[0]);
}

static void remember(void)
{
	size_t length = strlen(KBUILD_MODNAME) - 19;

	tag = kmalloc(length, GFP_KERNEL);
	if (tag)
		memset(tag, 0, length);
}

static int __init equal_init(void)
{
	u32 hash = seed * 64;		/* leaves 64 */
	u32 key = 0x40000001, fixed = key * 64;

	slots[0] = kmalloc(64, GFP_KERNEL);
	slots[1] = kzalloc(sizeof(struct slot),
			   GFP_KERNEL);
	slots[2] = kzalloc(sizeof(*slots[2]) + 2 * sizeof(u32), GFP_KERNEL);
	order = kcalloc(16, sizeof(*order), GFP_KERNEL);
	if (slots[0])
		*slots[0] = (struct slot){ .key = key, .hash = hash ^ fixed };
	stamp_all();
	remember();
	return 0;
}

static void __exit equal_exit(void)
{
	for (int i = 0; i < 3; i++)
		kfree(slots[i]);
	kfree(order);
	kfree(tag);
}

module_init(equal_init);
module_exit(equal_exit);
MODULE_LICENSE("GPL");
