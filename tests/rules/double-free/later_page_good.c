/* SPDX-License-Identifier: MIT */
/* Only when a later page is not to be had: who calls frees the first. */
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/slab.h>

#define RING_PAGES 3

struct ring {
	struct page *pages[RING_PAGES];
	int count;
};

static struct ring *ring;

static void ring_free_pages(struct ring *ring)
{
	for (int i = 0; i < ring->count; i++)
		__free_page(ring->pages[i]);
}

static int ring_fill(struct ring *ring)
{
	for (ring->count = 0; ring->count < RING_PAGES; ring->count++) {
		ring->pages[ring->count] = alloc_page(GFP_KERNEL);
		if (!ring->pages[ring->count])
			return -ENOMEM;
	}
	return 0;
}

static int __init ring_init(void)
{
	int error;

	ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	error = ring_fill(ring);
	if (error) {
		ring_free_pages(ring);
		kfree(ring);
	}
	return error;
}

static void __exit ring_exit(void)
{
	ring_free_pages(ring);
	kfree(ring);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
