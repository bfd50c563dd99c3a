/* SPDX-License-Identifier: MIT */
/* reclaim-deadlock_good.c - a cache with a shrinker, as it should be */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

static DEFINE_MUTEX(lock);
static void *kept;
static struct shrinker *shrinker;

static unsigned long kept_count(struct shrinker *s, struct shrink_control *sc)
{
	return kept ? 1 : 0;
}

static unsigned long kept_scan(struct shrinker *s, struct shrink_control *sc)
{
	mutex_lock(&lock);
	kfree(kept);
	kept = NULL;
	mutex_unlock(&lock);
	return 1;
}

static int keep(void)
{
	void *fresh = kmalloc(512, GFP_KERNEL);

	mutex_lock(&lock);
	if (!kept) {
		kept = fresh;
		fresh = NULL;
	}
	mutex_unlock(&lock);
	kfree(fresh);
	return 0;
}

static int __init keep_init(void)
{
	shrinker = shrinker_alloc(0, "keep");
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = kept_count;
	shrinker->scan_objects = kept_scan;
	shrinker_register(shrinker);
	return keep();
}

static void __exit keep_exit(void)
{
	shrinker_free(shrinker);
	kfree(kept);
}

module_init(keep_init);
module_exit(keep_exit);

MODULE_DESCRIPTION("an example of reclaim-deadlock");
MODULE_LICENSE("GPL");
