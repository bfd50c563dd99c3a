/* SPDX-License-Identifier: MIT */
/* flag-misuse_bad.c - a buffer: flags that contradict the call */
#include <linux/module.h>
#include <linux/slab.h>

static void *buffer;

static int __init buffer_init(void)
{
	buffer = kmalloc(512, GFP_KERNEL | __GFP_HIGHMEM); /* finding: flag-misuse */
	return buffer ? 0 : -ENOMEM;
}

static void __exit buffer_exit(void)
{
	kfree(buffer);
}

module_init(buffer_init);
module_exit(buffer_exit);

MODULE_DESCRIPTION("an example of flag-misuse");
MODULE_LICENSE("GPL");
