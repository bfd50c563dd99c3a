/* SPDX-License-Identifier: MIT */
/*
 * All is over before the module rests: pages of an object are added under its lock, and put
 * back again.
 */
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

struct object {
	struct mutex lock;
	struct list_head list;
	void *page;
};

static DEFINE_SPINLOCK(objects_lock);
static LIST_HEAD(objects);
static unsigned long object_count;
static struct shrinker *shrinker;

static struct object *object_new(void)
{
	struct object *object = kzalloc(sizeof(*object), GFP_KERNEL);

	if (!object)
		return NULL;
	mutex_init(&object->lock);
	mutex_lock(&object->lock);
	object->page = (void *)__get_free_page(GFP_KERNEL);	/* finding: reclaim-deadlock */
	mutex_unlock(&object->lock);
	if (!object->page) {
		kfree(object);
		return NULL;
	}
	spin_lock(&objects_lock);
	list_add(&object->list, &objects);
	object_count++;
	spin_unlock(&objects_lock);
	return object;
}

static void object_put(struct object *object)
{
	spin_lock(&objects_lock);
	list_del(&object->list);
	object_count--;
	spin_unlock(&objects_lock);
	free_page((unsigned long)object->page);
	kfree(object);
}

static unsigned long objects_count(struct shrinker *s, struct shrink_control *sc)
{
	return READ_ONCE(object_count);
}

/* The page of the first goes. */
static unsigned long objects_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct object *object;

	spin_lock(&objects_lock);
	object = list_first_entry_or_null(&objects, struct object, list);
	if (object) {
		list_del_init(&object->list);
		object_count--;
	}
	spin_unlock(&objects_lock);
	if (!object)
		return SHRINK_STOP;
	mutex_lock(&object->lock);
	free_page((unsigned long)object->page);
	object->page = NULL;
	mutex_unlock(&object->lock);
	spin_lock(&objects_lock);
	list_add_tail(&object->list, &objects);
	object_count++;
	spin_unlock(&objects_lock);
	return 1;
}

static int __init objects_init(void)
{
	struct object *object;

	shrinker = shrinker_alloc(0, "objects");
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = objects_count;
	shrinker->scan_objects = objects_scan;
	shrinker_register(shrinker);
	object = object_new();
	if (object) {
		mutex_lock(&object->lock);
		if (object->page)
			memset(object->page, 1, 10);
		mutex_unlock(&object->lock);
	}
	shrinker_free(shrinker);
	if (object)
		object_put(object);
	return 0;
}

static void __exit objects_exit(void)
{
}

module_init(objects_init);
module_exit(objects_exit);
MODULE_LICENSE("GPL");
