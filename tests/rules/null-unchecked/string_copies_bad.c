/* SPDX-License-Identifier: MIT */
/* Copies of strings and of memory are allocations too. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static const u8 defaults[] = { 1, 2, 3, 4 };
static char *name, *path;
static u8 *table;

static int __init copies_init(void)
{
	name = kstrdup("sensor", GFP_KERNEL);
	if (!strcmp(name, "none")) /* finding: null-unchecked */
		return -ENODEV;
	path = kasprintf(GFP_KERNEL, "/dev/%s", name);
	path[0] = '|'; /* finding: null-unchecked */
	table = kmemdup(defaults, sizeof(defaults), GFP_KERNEL);
	memset(table, 0, 2); /* finding: null-unchecked */
	return 0;
}

static void __exit copies_exit(void)
{
	kfree(table);
	kfree(path);
	kfree(name);
}

module_init(copies_init);
module_exit(copies_exit);
MODULE_LICENSE("GPL");
