/* SPDX-License-Identifier: MIT */
/* When the second allocation fails the first is undone. */
#include <linux/module.h>
#include <linux/slab.h>

static u8 *rx, *tx;

static int __init buffers_init(void)
{
	rx = kmalloc(512, GFP_KERNEL);
	if (!rx)
		return -ENOMEM;
	tx = kmalloc(512, GFP_KERNEL);
	if (!tx) {
		kfree(rx);
		return -ENOMEM;
	}
	return 0;
}

static void __exit buffers_exit(void)
{
	kfree(tx);
	kfree(rx);
}

module_init(buffers_init);
module_exit(buffers_exit);
MODULE_LICENSE("GPL");
