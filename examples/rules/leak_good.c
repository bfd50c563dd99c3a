/* SPDX-License-Identifier: MIT */
/* leak_good.c - two buffers, as it should be */
#include <linux/module.h>
#include <linux/slab.h>

static char *in, *out;

static int __init pair_init(void)
{
	in = kmalloc(64, GFP_KERNEL);
	if (!in)
		return -ENOMEM;
	out = kmalloc(64, GFP_KERNEL);
	if (!out)
		goto free_in;
	return 0;

free_in:
	kfree(in);
	return -ENOMEM;
}

static void __exit pair_exit(void)
{
	kfree(out);
	kfree(in);
}

module_init(pair_init);
module_exit(pair_exit);

MODULE_DESCRIPTION("an example of leak");
MODULE_LICENSE("GPL");
