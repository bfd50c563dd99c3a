/* SPDX-License-Identifier: MIT */
/* The list of names is freed, and then searched. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static int __init names_init(void)
{
	char *names = kstrdup("alpha,beta", GFP_KERNEL);
	bool found;

	if (!names)
		return -ENOMEM;
	kfree(names);
	found = strchr(names, ',') != NULL; /* finding: use-after-free */
	pr_info("found %d\n", found);
	return 0;
}

static void __exit names_exit(void)
{
}

module_init(names_init);
module_exit(names_exit);
MODULE_LICENSE("GPL");
