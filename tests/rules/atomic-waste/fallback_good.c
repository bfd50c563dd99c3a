/* SPDX-License-Identifier: MIT */
/* The small buffer is only a wish: GFP_NOWAIT takes nothing from the reserve. */
#include <linux/module.h>
#include <linux/slab.h>

static char *buffer;

static int __init buffer_init(void)
{
	buffer = kvmalloc(32768, GFP_KERNEL);
	if (!buffer)
		buffer = kmalloc(512, GFP_NOWAIT | __GFP_NOWARN);
	return buffer ? 0 : -ENOMEM;
}

static void __exit buffer_exit(void)
{
	kvfree(buffer);
}

module_init(buffer_init);
module_exit(buffer_exit);
MODULE_LICENSE("GPL");
