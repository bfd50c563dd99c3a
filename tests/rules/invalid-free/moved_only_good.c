/* SPDX-License-Identifier: MIT */
/* strsep() moves one pointer, the other one is freed. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static int options_parse(const char *options)
{
	char *copy = kstrdup(options, GFP_KERNEL), *at = copy, *word;
	int count = 0;

	if (!copy)
		return -ENOMEM;
	while ((word = strsep(&at, ",")) != NULL) {
		if (!strcmp(word, "sync"))
			break;
		count++;
	}
	kfree(copy);
	return count;
}

static int __init mount_init(void)
{
	int count = options_parse("ro,sync,uid=3");

	return count < 0 ? count : 0;
}

static void __exit mount_exit(void)
{
}

module_init(mount_init);
module_exit(mount_exit);
MODULE_LICENSE("GPL");
