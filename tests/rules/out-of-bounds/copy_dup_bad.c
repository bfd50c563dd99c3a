/* SPDX-License-Identifier: MIT */
/* Firmware is duplicated by the length its header claims, which nobody compares. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct image {
	u16 length;
	u8 data[30];
};

static void *keep_copy(const struct image *image, size_t bytes)
{
	size_t length = image->length;

	return kmemdup(image, length, GFP_KERNEL); /* finding: out-of-bounds */
}

static int __init image_init(void)
{
	struct image *image = kzalloc(sizeof(*image), GFP_KERNEL);
	void *copy;

	if (!image)
		return -ENOMEM;
	image->length = 48;
	copy = keep_copy(image, sizeof(*image));
	kfree(image);
	kfree(copy);
	return copy ? 0 : -ENOMEM;
}

static void __exit image_exit(void)
{
}

module_init(image_init);
module_exit(image_exit);
MODULE_LICENSE("GPL");
