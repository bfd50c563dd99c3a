/* SPDX-License-Identifier: MIT */
/* The length is held against a limit first. */
#include <linux/module.h>
#include <linux/slab.h>

#define HEADER 24u
#define LIMIT (64u << 10)

static unsigned int length = 0xfffffff8;
module_param(length, uint, 0444);

static int packet_store(u32 bytes)
{
	u8 *packet;

	if (bytes > LIMIT)
		return -EINVAL;

	packet = kmalloc(HEADER + bytes, GFP_KERNEL);
	if (!packet)
		return -ENOMEM;
	memset(packet, 0, 8);
	kfree(packet);
	return 0;
}

static int __init header_init(void)
{
	packet_store(100);
	packet_store(length);
	return 0;
}

static void __exit header_exit(void)
{
}

module_init(header_init);
module_exit(header_exit);
MODULE_LICENSE("GPL");
