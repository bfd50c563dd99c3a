/* SPDX-License-Identifier: MIT */
/* The message is about what was freed the line before. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static int __init message_init(void)
{
	char *name = kstrdup("alpha", GFP_KERNEL);

	if (!name)
		return -ENOMEM;
	kfree(name);
	pr_info("%s is gone\n", name); /* finding: use-after-free */
	return 0;
}

static void __exit message_exit(void)
{
}

module_init(message_init);
module_exit(message_exit);
MODULE_LICENSE("GPL");
