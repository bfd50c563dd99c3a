// SPDX-License-Identifier: MIT
/*
 * scoped_reclaim.c - a cache with a shrinker: what is allocated under its mutex is allocated in a
 * memalloc_noio scope; scopes nest, and are left on every way out
 */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/mm.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct entry {
	struct list_head link;
	void *data;
};

static LIST_HEAD(entries);
static DEFINE_MUTEX(entries_lock);
static unsigned long count;
static struct shrinker *shrinker;

static unsigned long entries_count(struct shrinker *s, struct shrink_control *sc)
{
	return READ_ONCE(count) ?: SHRINK_EMPTY;
}

static void entry_drop(struct entry *entry)
{
	list_del(&entry->link);
	count--;
	vfree(entry->data);
	kfree(entry);
}

static unsigned long entries_scan(struct shrinker *s, struct shrink_control *sc)
{
	unsigned long freed = 0;

	if (!(sc->gfp_mask & __GFP_IO) || !mutex_trylock(&entries_lock))
		return SHRINK_STOP;
	while (!list_empty(&entries) && freed < sc->nr_to_scan) {
		entry_drop(list_first_entry(&entries, struct entry, link));
		freed++;
	}
	mutex_unlock(&entries_lock);
	return freed;
}

static int entry_add(size_t bytes)
{
	unsigned int outer = memalloc_nofs_save(), inner;
	struct entry *entry;
	int error = -ENOMEM;

	mutex_lock(&entries_lock);
	inner = memalloc_noio_save();
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		goto out_scope;
	entry->data = vmalloc(bytes);
	if (!entry->data) {
		kfree(entry);
		goto out_scope;
	}
	list_add(&entry->link, &entries);
	count++;
	error = 0;
out_scope:
	memalloc_noio_restore(inner);
	mutex_unlock(&entries_lock);
	memalloc_nofs_restore(outer);
	return error;
}

static void entries_free(void)
{
	mutex_lock(&entries_lock);
	while (!list_empty(&entries))
		entry_drop(list_first_entry(&entries, struct entry, link));
	mutex_unlock(&entries_lock);
}

static int __init scoped_init(void)
{
	int error = 0;

	shrinker = shrinker_alloc(0, "entries");
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = entries_count;
	shrinker->scan_objects = entries_scan;
	shrinker_register(shrinker);
	for (int i = 1; i < 5 && !error; i++)
		error = entry_add(i * 3000);
	if (error) {
		shrinker_free(shrinker);
		entries_free();
	}
	return error;
}

static void __exit scoped_exit(void)
{
	shrinker_free(shrinker);
	entries_free();
}

module_init(scoped_init);
module_exit(scoped_exit);
MODULE_LICENSE("GPL");
