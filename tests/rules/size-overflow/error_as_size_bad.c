/* SPDX-License-Identifier: MIT */
/* An error number is taken for a length. */
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/slab.h>

static bool is_broken = true;
module_param(is_broken, bool, 0444);

static int port_length(void)
{
	return is_broken ? -EIO : 64;
}

static int port_read(void)
{
	int length = port_length();
	void *data;

	data = kmalloc(length, GFP_KERNEL | __GFP_NOWARN); /* finding: size-overflow */
	if (!data)
		return -ENOMEM;
	kfree(data);
	return 0;
}

static int __init error_as_size_init(void)
{
	int error = port_read();

	return error == -ENOMEM ? 0 : 0;
}

static void __exit error_as_size_exit(void)
{
}

module_init(error_as_size_init);
module_exit(error_as_size_exit);
MODULE_LICENSE("GPL");
