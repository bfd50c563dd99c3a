/* SPDX-License-Identifier: MIT */
/* The message is about what is freed the line after. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static int __init message_init(void)
{
	char *name = kstrdup("alpha", GFP_KERNEL);

	if (!name)
		return -ENOMEM;
	pr_info("%s goes\n", name);
	kfree(name);
	return 0;
}

static void __exit message_exit(void)
{
}

module_init(message_init);
module_exit(message_exit);
MODULE_LICENSE("GPL");
