/* SPDX-License-Identifier: MIT */
/* The doubling stops in time. */
#include <linux/module.h>
#include <linux/slab.h>

struct buffer {
	u8 *data;
	u32 room;
};

static int buffer_grow(struct buffer *buffer)
{
	u32 room = buffer->room ? buffer->room : 8;
	u8 *data;

	if (room > (1u << 20))
		return -ENOMEM;
	room *= 2;
	data = krealloc(buffer->data, room, GFP_KERNEL | __GFP_NOWARN);
	if (!data)
		return -ENOMEM;
	buffer->data = ZERO_OR_NULL_PTR(data) ? NULL : data;
	buffer->room = room;
	return 0;
}

static int __init growing_init(void)
{
	struct buffer buffer = { };

	while (!buffer_grow(&buffer) && buffer.room && buffer.room < 4096)
		;
	/* A peer says that it has so much already. */
	buffer.room = 0x80000000;
	buffer_grow(&buffer);
	kfree(buffer.data);
	return 0;
}

static void __exit growing_exit(void)
{
}

module_init(growing_init);
module_exit(growing_exit);
MODULE_LICENSE("GPL");
