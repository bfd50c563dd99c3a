/* SPDX-License-Identifier: MIT */
/* A log buffer is grown after it was freed for being too old. */
#include <linux/module.h>
#include <linux/slab.h>

struct text {
	char *bytes;
	size_t room;
};

static struct text text;

static void text_drop(void)
{
	kfree(text.bytes);
}

static int text_grow(size_t room)
{
	char *grown = krealloc(text.bytes, room, GFP_KERNEL); /* finding: use-after-free */

	if (!grown)
		return -ENOMEM;
	text.bytes = grown;
	text.room = room;
	return 0;
}

static int __init text_init(void)
{
	text.bytes = kmalloc(32, GFP_KERNEL);
	text_drop();
	return text_grow(2000);
}

static void __exit text_exit(void)
{
	kfree(text.bytes);
}

module_init(text_init);
module_exit(text_exit);
MODULE_LICENSE("GPL");
