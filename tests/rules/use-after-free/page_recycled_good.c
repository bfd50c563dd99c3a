/* SPDX-License-Identifier: MIT */
/* A ring's page goes back while its address stays in a descriptor; others take pages meanwhile. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>

#define OTHERS	8

struct descriptor {
	u32 *buffer;
	unsigned int bytes;
};

static struct descriptor slot;
static unsigned long others[OTHERS];

static int __init ring_init(void)
{
	slot.buffer = (u32 *)__get_free_page(GFP_KERNEL);
	if (!slot.buffer)
		return -ENOMEM;
	slot.bytes = PAGE_SIZE;
	free_page((unsigned long)slot.buffer);
	slot.buffer = NULL;
	for (int i = 0; i < OTHERS; i++)
		others[i] = get_zeroed_page(GFP_KERNEL);
	return 0;
}

static void __exit ring_exit(void)
{
	if (slot.buffer)
		slot.buffer[slot.bytes / 4 - 1] = 1;
	for (int i = 0; i < OTHERS; i++)
		free_page(others[i]);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
