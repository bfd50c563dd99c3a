/* SPDX-License-Identifier: MIT */
/* One index too far runs from one member of a frame into the next: no object is left. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/types.h>

#define LANES	4

struct frame {
	u32 lane[LANES];
	u32 checksum;
};

static struct frame *frame;

static void frame_clear(struct frame *f)
{
	int i;

	for (i = 0; i <= LANES; i++)
		f->lane[i] = 0; /* finding: out-of-bounds */
}

static int __init frame_init(void)
{
	frame = kmalloc(sizeof(*frame), GFP_KERNEL);
	if (!frame)
		return -ENOMEM;
	frame->checksum = 0x1234;
	frame_clear(frame);
	pr_info("checksum %x\n", frame->checksum);
	return 0;
}

static void __exit frame_exit(void)
{
	kfree(frame);
}

module_init(frame_init);
module_exit(frame_exit);
MODULE_LICENSE("GPL");
