/* SPDX-License-Identifier: MIT */
/* After the end of the shrinker its private data is taken out of it. */
#include <linux/module.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

struct store {
	unsigned long kept;
};

static struct shrinker *store_shrinker;

static unsigned long store_count(struct shrinker *s, struct shrink_control *sc)
{
	struct store *store = s->private_data;

	return store->kept ?: SHRINK_EMPTY;
}

static unsigned long store_scan(struct shrinker *s, struct shrink_control *sc)
{
	return SHRINK_STOP;
}

static int __init store_init(void)
{
	struct store *store = kzalloc(sizeof(*store), GFP_KERNEL);

	if (!store)
		return -ENOMEM;
	store_shrinker = shrinker_alloc(0, "store");
	if (!store_shrinker) {
		kfree(store);
		return -ENOMEM;
	}
	store_shrinker->count_objects = store_count;
	store_shrinker->scan_objects = store_scan;
	store_shrinker->private_data = store;
	shrinker_register(store_shrinker);
	return 0;
}

static void __exit store_exit(void)
{
	struct store *store;

	shrinker_free(store_shrinker);
	store = store_shrinker->private_data; /* finding: use-after-free */
	kfree(store);
}

module_init(store_init);
module_exit(store_exit);
MODULE_LICENSE("GPL");
