/* SPDX-License-Identifier: MIT */
/* The error path frees a pointer that was to be set further down. */
#include <linux/module.h>
#include <linux/slab.h>

static int channel_setup(unsigned int wanted)
{
	void *in, *out;
	int error = -EINVAL;

	if (wanted > 4)
		goto out_free;
	error = -ENOMEM;
	in = kmalloc(wanted * 64, GFP_KERNEL);
	out = in ? kmalloc(wanted * 64, GFP_KERNEL) : NULL;
	if (out)
		error = 0;
	kfree(out);
	kfree(in);
	return error;
out_free:
	kfree(in); /* finding: uninitialized-read */
	return error;
}

static int __init channel_init(void)
{
	if (channel_setup(9) != -EINVAL)
		return -EIO;
	return channel_setup(2);
}

static void __exit channel_exit(void)
{
}

module_init(channel_init);
module_exit(channel_exit);
MODULE_LICENSE("GPL");
