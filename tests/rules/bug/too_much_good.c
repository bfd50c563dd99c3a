/* SPDX-License-Identifier: MIT */
/* Lengths come from outside; what may be too much is asked for without a warning. */
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

static unsigned long bytes = 8 << 20;
module_param(bytes, ulong, 0444);
static unsigned int entries = 1 << 20;
module_param(entries, uint, 0444);

static void *firmware_room(unsigned long length)
{
	return kmalloc(length, GFP_KERNEL | __GFP_NOWARN);
}

static void table_try(void)
{
	u64 *table = kvmalloc_array(entries, 4096, GFP_KERNEL | __GFP_NOWARN);

	kvfree(table);
}

static void ring_try(void)
{
	struct page *ring = alloc_pages(GFP_KERNEL | __GFP_NOWARN, get_order(bytes));

	if (ring)
		__free_pages(ring, get_order(bytes));
}

static int __init too_much_init(void)
{
	void *empty;

	kfree(firmware_room(bytes));
	table_try();
	ring_try();
	empty = bytes > 8 << 20 ? vmalloc(bytes - (8 << 20)) : NULL;
	vfree(empty);
	return 0;
}

static void __exit too_much_exit(void)
{
}

module_init(too_much_init);
module_exit(too_much_exit);
MODULE_LICENSE("GPL");
