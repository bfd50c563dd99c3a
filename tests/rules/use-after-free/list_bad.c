/* SPDX-License-Identifier: MIT */
/*
 * A list is freed with the plain iterator, which then reads the next pointer from the freed entry.
 */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

struct item {
	struct list_head link;
	int value;
};

static LIST_HEAD(items);

static void items_free(void)
{
	struct item *item;

	list_for_each_entry(item, &items, link) /* finding: use-after-free */
		kfree(item);
}

static int __init items_init(void)
{
	for (int i = 0; i < 4; i++) {
		struct item *item = kmalloc(sizeof(*item), GFP_KERNEL);

		if (!item)
			break;
		item->value = i;
		list_add_tail(&item->link, &items);
	}
	return 0;
}

static void __exit items_exit(void)
{
	items_free();
}

module_init(items_init);
module_exit(items_exit);
MODULE_LICENSE("GPL");
