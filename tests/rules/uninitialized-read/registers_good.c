/* SPDX-License-Identifier: MIT */
/* A descriptor of zeros goes to the device. */
#include <linux/io.h>
#include <linux/module.h>
#include <linux/slab.h>

struct descriptor {
	u32 address, length, control;
};

/* Stands for what ioremap() would return. */
static u32 window[32];
static struct descriptor *posted;

static void descriptor_post(const struct descriptor *which, void __iomem *regs)
{
	writel(which->address, regs);
	iowrite32(which->length, regs + 4);
	iowrite32(which->control, regs + 8);
}

static struct descriptor *descriptor_make(u32 length)
{
	struct descriptor *made = kmalloc(sizeof(*made), GFP_KERNEL);

	if (!made)
		return NULL;
	made->address = 0x1000;
	made->length = length;
	made->control = 1;
	return made;
}

static int __init descriptor_init(void)
{
	void __iomem *regs = (void __iomem __force *)window;
	struct descriptor *second;

	posted = descriptor_make(64);
	if (!posted)
		return -ENOMEM;
	descriptor_post(posted, regs);
	second = descriptor_make(16);
	if (second)
		memcpy_toio(regs + 64, second, sizeof(*second));
	kfree(second);
	return 0;
}

static void __exit descriptor_exit(void)
{
	kfree(posted);
}

module_init(descriptor_init);
module_exit(descriptor_exit);
MODULE_DESCRIPTION("a device's registers");
MODULE_LICENSE("GPL");
