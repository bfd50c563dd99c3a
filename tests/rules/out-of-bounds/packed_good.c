/* SPDX-License-Identifier: MIT */
/* A message's packed header, with a route handed on by value: each to its last byte. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/types.h>

struct route { u64 hops[5]; };

struct header {
	u8 kind;
	__le32 length;
	__le64 stamp;
} __packed;

static struct route *route;
static struct header *header;

static u64 route_sum(struct route by_value)
{
	return by_value.hops[0] + by_value.hops[4];
}

static u64 header_sum(const struct header *from)
{
	return le32_to_cpu(from->length) +
	       le64_to_cpu(from->stamp);
}

static int __init message_init(void)
{
	route = kzalloc(sizeof(*route), GFP_KERNEL);
	header = kzalloc(sizeof(*header), GFP_KERNEL);
	if (!route || !header) {
		kfree(route);
		kfree(header);
		return -ENOMEM;
	}
	header->kind = 1;
	return route_sum(*route) + header_sum(header) == 1 ? -EIO : 0;
}

static void __exit message_exit(void)
{
	kfree(header);
	kfree(route);
}

module_init(message_init);
module_exit(message_exit);
MODULE_LICENSE("GPL");
