/* SPDX-License-Identifier: MIT */
/* Where the other one has the fast lock, memory is asked for before the cache lock. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct entry {
	struct list_head link;
	int key;
};

static DEFINE_MUTEX(fast_lock);
static DEFINE_MUTEX(cache_lock);
static LIST_HEAD(cache);
static LIST_HEAD(waiting);
static struct shrinker *shrinker;

static unsigned long cache_count(struct shrinker *of, struct shrink_control *control)
{
	return list_empty(&cache) ? SHRINK_EMPTY : 1;
}

static unsigned long cache_scan(struct shrinker *of, struct shrink_control *control)
{
	struct entry *oldest;

	mutex_lock(&cache_lock);
	oldest = list_first_entry_or_null(&cache, struct entry, link);
	if (oldest)
		list_del(&oldest->link);
	mutex_unlock(&cache_lock);
	kfree(oldest);
	return oldest ? 1 : SHRINK_STOP;
}

static void entry_add_slowly(int key)
{
	struct entry *made;

	made = kmalloc(sizeof(*made), GFP_KERNEL);
	mutex_lock(&cache_lock);
	if (made) {
		made->key = key;
		list_add_tail(&made->link, &cache);
	}
	mutex_unlock(&cache_lock);
}

static void entry_add(int key)
{
	struct entry *made;

	if (!mutex_trylock(&fast_lock)) {
		entry_add_slowly(key);
		return;
	}
	made = kmalloc(sizeof(*made), GFP_KERNEL);
	if (made) {
		made->key = key;
		list_add_tail(&made->link, &waiting);
	}
	mutex_unlock(&fast_lock);
}

static void add_work(struct work_struct *work)
{
	entry_add(1);
}

static DECLARE_WORK(adder, add_work);

static int __init cache_init(void)
{
	shrinker = shrinker_alloc(0, "entries");
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = cache_count;
	shrinker->scan_objects = cache_scan;
	shrinker_register(shrinker);
	schedule_work(&adder);
	entry_add(2);
	return 0;
}

static void __exit cache_exit(void)
{
	struct entry *entry, *next;

	cancel_work_sync(&adder);
	shrinker_free(shrinker);
	list_splice(&waiting, &cache);
	list_for_each_entry_safe(entry, next, &cache, link)
		kfree(entry);
}

module_init(cache_init);
module_exit(cache_exit);
MODULE_LICENSE("GPL");
