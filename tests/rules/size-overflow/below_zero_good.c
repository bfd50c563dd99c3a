/* SPDX-License-Identifier: MIT */
/* Short packets are refused. */
#include <linux/module.h>
#include <linux/slab.h>

#define HEADER 16

static unsigned int received = 12;
module_param(received, uint, 0444);

static void *payload_copy(size_t length)
{
	if (length <= HEADER)
		return NULL;
	return kmalloc(length - HEADER, GFP_KERNEL | __GFP_NOWARN);
}

static int __init below_zero_init(void)
{
	kfree(payload_copy(64));
	kfree(payload_copy(received));
	return 0;
}

static void __exit below_zero_exit(void)
{
}

module_init(below_zero_init);
module_exit(below_zero_exit);
MODULE_LICENSE("GPL");
