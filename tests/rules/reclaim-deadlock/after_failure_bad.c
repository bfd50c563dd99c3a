/* SPDX-License-Identifier: MIT */
/*
 * Only when the large table cannot be had, the small one is asked for under the lock of the
 * shrinker.
 */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

struct table {
	unsigned int slots;
	u32 slot[];
};

static DEFINE_MUTEX(table_lock);
static struct table *table;
static struct shrinker *shrinker;

static struct table *table_new(unsigned int slots)
{
	struct table *new = kzalloc(struct_size(new, slot, slots), GFP_KERNEL | __GFP_NOWARN);

	if (new)
		new->slots = slots;
	return new;
}

/* A table for @wanted; a small one must do when memory is short. */
static int table_make(unsigned int wanted)
{
	struct table *new = table_new(wanted);

	mutex_lock(&table_lock);
	if (!new) {
		new = kzalloc(sizeof(*new) + 4, GFP_KERNEL);	/* finding: reclaim-deadlock */
		if (new)
			new->slots = 1;
	}
	swap(table, new);
	mutex_unlock(&table_lock);
	kfree(new);
	return table ? 0 : -ENOMEM;
}

static unsigned long table_count(struct shrinker *s, struct shrink_control *sc)
{
	return READ_ONCE(table) ? 1 : 0;
}

static unsigned long table_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct table *old;

	mutex_lock(&table_lock);
	old = table;
	table = NULL;
	mutex_unlock(&table_lock);
	kfree(old);
	return old ? 1 : SHRINK_STOP;
}

static int __init table_init(void)
{
	shrinker = shrinker_alloc(0, "table");
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = table_count;
	shrinker->scan_objects = table_scan;
	shrinker_register(shrinker);
	table_make(1000);
	return 0;
}

static void __exit table_exit(void)
{
	shrinker_free(shrinker);
	kfree(table);
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
