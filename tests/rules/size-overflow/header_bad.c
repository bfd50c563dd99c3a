/* SPDX-License-Identifier: MIT */
/* A length near the end of its type, and a header on top: a few bytes. */
#include <linux/module.h>
#include <linux/slab.h>

#define HEADER 24u
#define LIMIT (64u << 10)

static unsigned int length = 0xfffffff8;
module_param(length, uint, 0444);

static int packet_store(u32 bytes)
{
	u8 *packet;


	packet = kmalloc(HEADER + bytes, GFP_KERNEL); /* finding: size-overflow */
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
