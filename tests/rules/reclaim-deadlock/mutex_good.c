/* SPDX-License-Identifier: MIT */
/* An entry is allocated before the mutex is taken. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

struct sector {
	struct list_head lru;
	u32 number;
};

static DEFINE_MUTEX(sectors_lock);
static LIST_HEAD(sectors);
static unsigned long sector_count;
static struct shrinker *shrinker;

static int sector_add(u32 number)
{
	struct sector *sector;

	sector = kzalloc(sizeof(*sector), GFP_KERNEL);
	mutex_lock(&sectors_lock);
	if (sector) {
		sector->number = number;
		list_add(&sector->lru, &sectors);
		sector_count++;
	}
	mutex_unlock(&sectors_lock);
	return sector ? 0 : -ENOMEM;
}

static unsigned long sectors_free(unsigned long most)
{
	struct sector *sector, *next;
	unsigned long freed = 0;

	list_for_each_entry_safe(sector, next, &sectors, lru) {
		if (freed == most)
			break;
		list_del(&sector->lru);
		kfree(sector);
		sector_count--;
		freed++;
	}
	return freed;
}

static unsigned long sectors_count(struct shrinker *s, struct shrink_control *sc)
{
	return READ_ONCE(sector_count);
}

static unsigned long sectors_scan(struct shrinker *s, struct shrink_control *sc)
{
	unsigned long freed;

	mutex_lock(&sectors_lock);
	freed = sectors_free(sc->nr_to_scan);
	mutex_unlock(&sectors_lock);
	return freed;
}

static int __init sectors_init(void)
{
	shrinker = shrinker_alloc(0, "sectors");
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = sectors_count;
	shrinker->scan_objects = sectors_scan;
	shrinker_register(shrinker);
	for (u32 i = 0; i < 5; i++)
		if (sector_add(i))
			break;
	return 0;
}

static void __exit sectors_exit(void)
{
	shrinker_free(shrinker);
	sectors_free(~0UL);
}

module_init(sectors_init);
module_exit(sectors_exit);
MODULE_LICENSE("GPL");
