/* SPDX-License-Identifier: MIT */
/*
 * A cache of blocks with a shrinker: looked up under a lock, freed when memory is short, refused
 * when the caller of the allocator may hold the volume's lock.
 */
#include <linux/init.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/oom.h>
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

#define BLOCKS 64

struct block {
	struct list_head lru;
	unsigned long number;
	char data[200];
};

struct volume {
	struct mutex lock;
	struct list_head lru;
	unsigned long count;
	struct shrinker *shrinker;
};

static struct volume *volume;

static unsigned long volume_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct volume *v = shrinker->private_data;

	return READ_ONCE(v->count) ?: SHRINK_EMPTY;
}

static unsigned long volume_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct volume *v = shrinker->private_data;
	unsigned long freed = 0;

	if (!(sc->gfp_mask & __GFP_FS) || !mutex_trylock(&v->lock))
		return SHRINK_STOP;
	while (freed < sc->nr_to_scan && !list_empty(&v->lru)) {
		struct block *block = list_last_entry(&v->lru, struct block, lru);

		list_del(&block->lru);
		v->count--;
		kfree(block);
		freed++;
	}
	mutex_unlock(&v->lock);
	return freed;
}

static int volume_read(struct volume *v, unsigned long number)
{
	struct block *block = kmalloc(sizeof(*block), GFP_NOFS);

	if (!block)
		return -ENOMEM;
	block->number = number;
	mutex_lock(&v->lock);
	list_add(&block->lru, &v->lru);
	v->count++;
	mutex_unlock(&v->lock);
	return 0;
}

static void volume_free(struct volume *v)
{
	struct block *block, *next;

	shrinker_free(v->shrinker);
	list_for_each_entry_safe(block, next, &v->lru, lru)
		kfree(block);
	kfree(v);
}

static int volume_oom(struct notifier_block *nb, unsigned long action, void *freed)
{
	return NOTIFY_DONE;
}

static struct notifier_block oom_block = { .notifier_call = volume_oom };

static int __init cache_init(void)
{
	unsigned long number;
	int error = -ENOMEM;

	volume = kzalloc(sizeof(*volume), GFP_KERNEL);
	if (!volume)
		return -ENOMEM;
	mutex_init(&volume->lock);
	INIT_LIST_HEAD(&volume->lru);
	volume->shrinker = shrinker_alloc(0, "volume-%d", 0);
	if (!volume->shrinker)
		goto out_free;
	volume->shrinker->count_objects = volume_count;
	volume->shrinker->scan_objects = volume_scan;
	volume->shrinker->private_data = volume;
	shrinker_register(volume->shrinker);
	error = register_oom_notifier(&oom_block);
	if (error)
		goto out_free;
	for (number = 0; number < BLOCKS; number++) {
		error = volume_read(volume, number);
		if (error)
			goto out_notifier;
	}
	drop_slab();
	return 0;
out_notifier:
	unregister_oom_notifier(&oom_block);
out_free:
	volume_free(volume);
	return error;
}

static void __exit cache_exit(void)
{
	unregister_oom_notifier(&oom_block);
	volume_free(volume);
}

module_init(cache_init);
module_exit(cache_exit);
MODULE_LICENSE("GPL");
