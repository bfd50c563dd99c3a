/* SPDX-License-Identifier: MIT */
/* invalid-free_bad.c - a packet: freed from where its payload begins */
#include <linux/module.h>
#include <linux/slab.h>

struct header {
	u32 bytes, kind;
};

static char *payload;

static int __init packet_init(void)
{
	char *packet = kmalloc(256, GFP_KERNEL);

	if (!packet)
		return -ENOMEM;
	payload = packet + sizeof(struct header);
	return 0;
}

static void __exit packet_exit(void)
{
	kfree(payload); /* finding: invalid-free */
}

module_init(packet_init);
module_exit(packet_exit);

MODULE_DESCRIPTION("an example of invalid-free");
MODULE_LICENSE("GPL");
