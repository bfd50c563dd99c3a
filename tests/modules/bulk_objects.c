// SPDX-License-Identifier: MIT
/* bulk_objects.c - objects taken and given back by the dozen, some of them singly in between */
#include <linux/module.h>
#include <linux/slab.h>

#define COUNT 24

struct item {
	unsigned long key;
	u8 state[50];
};

static struct kmem_cache *items;
static void *taken[COUNT];
static unsigned int count;

static int items_fill(void)
{
	int got = kmem_cache_alloc_bulk(items, GFP_KERNEL, COUNT / 2, taken);

	if (!got)
		return -ENOMEM;
	count = got;
	while (count < COUNT) {
		struct item *item = kmem_cache_zalloc(items, GFP_KERNEL);

		if (!item)
			break;
		taken[count++] = item;
	}
	for (unsigned int i = 0; i < count; i++)
		((struct item *)taken[i])->key = i;
	return 0;
}

static int __init bulk_init(void)
{
	int error;

	items = KMEM_CACHE(item, SLAB_HWCACHE_ALIGN);
	if (!items)
		return -ENOMEM;
	error = items_fill();
	if (error) {
		kmem_cache_destroy(items);
		return error;
	}
	/* The last two one by one, the rest at exit in one call. */
	if (count > 2) {
		kmem_cache_free(items, taken[--count]);
		kfree(taken[--count]);
	}
	return 0;
}

static void __exit bulk_exit(void)
{
	kmem_cache_free_bulk(items, count, taken);
	kmem_cache_destroy(items);
}

module_init(bulk_init);
module_exit(bulk_exit);
MODULE_LICENSE("GPL");
