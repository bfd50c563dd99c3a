/* SPDX-License-Identifier: MIT */
/* The instrumented half: memory comes from here, and a part that is not instrumented uses it. */
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

void vendor_fill(char *at, unsigned long bytes, char value);
unsigned int vendor_sum(const char *at, unsigned long bytes);

struct frame {
	char bytes[40];
};

static char *mode = "good";
module_param(mode, charp, 0444);

static struct kmem_cache *frames;
static char *block;
static struct frame *frame;

static void drop_block(void)
{
	kfree(block);
}

static int __init vendor_init(void)
{
	frames = KMEM_CACHE(frame, 0);
	if (!frames)
		return -ENOMEM;
	block = kmalloc(72, GFP_KERNEL);
	frame = kmem_cache_alloc(frames, GFP_KERNEL);
	if (!block || !frame)
		goto out;
	vendor_fill(block, 72, 1);
	vendor_fill(frame->bytes, sizeof(frame->bytes), 2);
	/* Freed blocks without access are there when the leaks are looked for. */
	free_pages(__get_free_pages(GFP_KERNEL, 3), 3);
	if (!strcmp(mode, "block"))
		vendor_fill(block, 73, 3);
	if (!strcmp(mode, "frame"))
		vendor_sum(frame->bytes, sizeof(frame->bytes) + 1);
	if (!strcmp(mode, "freed")) {
		drop_block();
		vendor_sum(block, 8);
		block = NULL;
	}
	if (!strcmp(mode, "page")) {
		unsigned long page = __get_free_pages(GFP_KERNEL, 2);

		free_pages(page, 2);
		if (page)
			vendor_fill((char *)page + 3 * PAGE_SIZE, 1, 4);
	}
out:
	drop_block();
	if (frame)
		kmem_cache_free(frames, frame);
	return 0;
}

static void __exit vendor_exit(void)
{
	kmem_cache_destroy(frames);
}

module_init(vendor_init);
module_exit(vendor_exit);
MODULE_LICENSE("GPL");
