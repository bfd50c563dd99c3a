/* SPDX-License-Identifier: MIT */
/* The pool's elements come from functions of the driver; one is given back twice. */
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/slab.h>

struct frame {
	void *data;
	unsigned int bytes;
};

static void *frame_alloc(gfp_t gfp, void *unused)
{
	struct frame *frame = kzalloc(sizeof(*frame), gfp);

	if (!frame)
		return NULL;
	frame->data = kmalloc(256, gfp);
	if (!frame->data) {
		kfree(frame);
		return NULL;
	}
	return frame;
}

static void frame_free(void *element, void *unused)
{
	struct frame *frame = element;

	kfree(frame->data);
	kfree(frame);
}

static mempool_t *frames;

static int __init frames_init(void)
{
	struct frame *held[3];

	frames = mempool_create(2, frame_alloc, frame_free, NULL);
	if (!frames)
		return -ENOMEM;
	for (int i = 0; i < 3; i++)
		held[i] = mempool_alloc_preallocated(frames);
	if (held[0])
		mempool_free(held[0], frames);
	for (int i = 1; i < 3; i++)
		if (held[i])
			mempool_free(held[i], frames);
	return 0;
}

static void __exit frames_exit(void)
{
	mempool_destroy(frames);
}

module_init(frames_init);
module_exit(frames_exit);
MODULE_LICENSE("GPL");
