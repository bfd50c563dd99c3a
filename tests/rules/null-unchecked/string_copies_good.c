/* SPDX-License-Identifier: MIT */
/* The same: each is tested, and each error path frees what came before. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static const u8 defaults[] = { 1, 2, 3, 4 };
static char *name, *path;
static u8 *table;

static int __init copies_init(void)
{
	name = kstrdup("sensor", GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	if (!strcmp(name, "none"))
		goto err_name;
	path = kasprintf(GFP_KERNEL, "/dev/%s", name);
	if (!path)
		goto err_name;
	path[0] = '|';
	table = kmemdup(defaults, sizeof(defaults), GFP_KERNEL);
	if (!table)
		goto err_path;
	memset(table, 0, 2);
	return 0;
err_path:
	kfree(path);
err_name:
	kfree(name);
	return -ENOMEM;
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
