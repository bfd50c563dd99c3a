/* SPDX-License-Identifier: MIT */
/* leak_bad.c - two buffers: an error path that forgets the first */
#include <linux/module.h>
#include <linux/slab.h>

static char *in, *out;

static int __init pair_init(void)
{
	in = kmalloc(64, GFP_KERNEL); /* finding: leak */
	if (!in)
		return -ENOMEM;
	out = kmalloc(64, GFP_KERNEL);
	if (!out)
		return -ENOMEM;
	return 0;
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
