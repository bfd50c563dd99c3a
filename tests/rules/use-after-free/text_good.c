/* SPDX-License-Identifier: MIT */
/* The list of names is searched, and then freed. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static int __init names_init(void)
{
	char *names = kstrdup("alpha,beta", GFP_KERNEL);
	bool found;

	if (!names)
		return -ENOMEM;
	found = strchr(names, ',') != NULL;
	kfree(names);
	pr_info("found %d\n", found);
	return 0;
}

static void __exit names_exit(void)
{
}

module_init(names_init);
module_exit(names_exit);
MODULE_LICENSE("GPL");
