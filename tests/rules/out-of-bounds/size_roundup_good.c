/* SPDX-License-Identifier: MIT */
/* A buffer may use all of its slot only when it was asked for with the rounded size. */
#include <linux/module.h>
#include <linux/slab.h>

struct buffer {
	u8 *bytes;
	size_t room;
};

static int buffer_make(struct buffer *buffer, size_t least)
{
	buffer->room = kmalloc_size_roundup(least);
	buffer->bytes = kmalloc(buffer->room, GFP_KERNEL);
	return buffer->bytes ? 0 : -ENOMEM;
}

static struct buffer buffer;

static int __init buffer_init(void)
{
	int error = buffer_make(&buffer, 70);

	if (!error)
		buffer.bytes[buffer.room - 1] = 1;
	return error;
}

static void __exit buffer_exit(void)
{
	kfree(buffer.bytes);
}

module_init(buffer_init);
module_exit(buffer_exit);
MODULE_LICENSE("GPL");
