/* SPDX-License-Identifier: MIT */
/* The list is walked on from the item that was just freed; its poisoned pointer leads nowhere. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

struct item {
	struct list_head node;
	int key;
};

static struct kmem_cache *cache;
static LIST_HEAD(items);

static void item_put(struct item *item)
{
	kmem_cache_free(cache, item);
}

static void item_drop(struct item *item)
{
	list_del(&item->node);
	item_put(item);
}

static void items_drop(void)
{
	struct item *item;

	list_for_each_entry(item, &items, node) /* finding: use-after-free */
		item_drop(item);
}

static int __init store_init(void)
{
	cache = KMEM_CACHE(item, SLAB_HWCACHE_ALIGN);
	if (!cache)
		return -ENOMEM;
	for (int key = 0; key < 3; key++) {
		struct item *item = kmem_cache_alloc(cache, GFP_KERNEL);

		if (!item)
			break;
		item->key = key;
		list_add(&item->node, &items);
	}
	return 0;
}

static void __exit store_exit(void)
{
	items_drop();
	kmem_cache_destroy(cache);
}

module_init(store_init);
module_exit(store_exit);
MODULE_LICENSE("GPL");
