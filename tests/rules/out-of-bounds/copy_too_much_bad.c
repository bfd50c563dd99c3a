/* SPDX-License-Identifier: MIT */
/* A copy reads beyond its source. */
#include <linux/module.h>
#include <linux/slab.h>

static size_t length = 100;

static int __init packet_init(void)
{
	char *from = kzalloc(64, GFP_KERNEL), *to = kzalloc(128, GFP_KERNEL);

	if (from && to)
		memcpy(to, from, length); /* finding: out-of-bounds */
	kfree(from);
	kfree(to);
	return 0;
}

static void __exit packet_exit(void)
{
}

module_init(packet_init);
module_exit(packet_exit);
MODULE_LICENSE("GPL");
