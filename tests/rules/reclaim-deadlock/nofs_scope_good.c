/* SPDX-License-Identifier: MIT */
/* The shrinker leaves the journal alone for requests without __GFP_FS. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/mm.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

struct record {
	struct list_head list;
	u64 block;
};

static struct kmem_cache *record_cache;
static DEFINE_MUTEX(journal_lock);
static LIST_HEAD(journal);
static unsigned long records;
static struct shrinker *shrinker;

static int journal_add(u64 block)
{
	unsigned int scope;
	struct record *record;

	mutex_lock(&journal_lock);
	scope = memalloc_nofs_save();
	record = kmem_cache_alloc(record_cache, GFP_KERNEL);
	memalloc_nofs_restore(scope);
	if (record) {
		record->block = block;
		list_add_tail(&record->list, &journal);
		records++;
	}
	mutex_unlock(&journal_lock);
	return record ? 0 : -ENOMEM;
}

static unsigned long journal_count(struct shrinker *s, struct shrink_control *sc)
{
	return READ_ONCE(records) ?: SHRINK_EMPTY;
}

static unsigned long journal_scan(struct shrinker *s, struct shrink_control *sc)
{
	unsigned long freed = 0;

	if (!(sc->gfp_mask & __GFP_FS))
		return SHRINK_STOP;
	mutex_lock(&journal_lock);
	while (freed < sc->nr_to_scan && !list_empty(&journal)) {
		struct record *record = list_first_entry(&journal, struct record, list);

		list_del(&record->list);
		kmem_cache_free(record_cache, record);
		records--;
		freed++;
	}
	mutex_unlock(&journal_lock);
	return freed;
}

static int __init journal_init(void)
{
	record_cache = KMEM_CACHE(record, SLAB_RECLAIM_ACCOUNT);
	if (!record_cache)
		return -ENOMEM;
	shrinker = shrinker_alloc(0, "journal");
	if (!shrinker) {
		kmem_cache_destroy(record_cache);
		return -ENOMEM;
	}
	shrinker->count_objects = journal_count;
	shrinker->scan_objects = journal_scan;
	shrinker_register(shrinker);
	for (u64 block = 0; block < 6; block++)
		if (journal_add(block))
			break;
	return 0;
}

static void __exit journal_exit(void)
{
	struct shrink_control all = { .gfp_mask = GFP_KERNEL, .nr_to_scan = ~0UL };

	journal_scan(shrinker, &all);
	shrinker_free(shrinker);
	kmem_cache_destroy(record_cache);
}

module_init(journal_init);
module_exit(journal_exit);
MODULE_LICENSE("GPL");
