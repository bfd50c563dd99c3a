/* SPDX-License-Identifier: MIT */
/* count_objects() reads without the lock. */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/shrinker.h>

#define METERS	4

static DEFINE_MUTEX(meters_lock);
static u64 __percpu *meters[METERS];
static unsigned long meter_count;
static struct shrinker *shrinker;

static int meters_grow(unsigned long count)
{
	int error = 0;

	mutex_lock(&meters_lock);
	while (meter_count < count && !error) {
		u64 __percpu *meter = alloc_percpu(u64);

		if (meter)
			meters[meter_count++] = meter;
		else
			error = -ENOMEM;
	}
	mutex_unlock(&meters_lock);
	return error;
}

static unsigned long meters_count(struct shrinker *s, struct shrink_control *sc)
{
	unsigned long count;

	count = READ_ONCE(meter_count);
	return count;
}

/* The last one goes if nobody is at work. */
static unsigned long meters_scan(struct shrinker *s, struct shrink_control *sc)
{
	unsigned long freed = 0;

	if (!mutex_trylock(&meters_lock))
		return SHRINK_STOP;
	if (meter_count) {
		free_percpu(meters[--meter_count]);
		meters[meter_count] = NULL;
		freed = 1;
	}
	mutex_unlock(&meters_lock);
	return freed;
}

static int __init meters_init(void)
{
	shrinker = shrinker_alloc(SHRINKER_NONSLAB, "meters");
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = meters_count;
	shrinker->scan_objects = meters_scan;
	shrinker->seeks = 0;
	shrinker_register(shrinker);
	meters_grow(METERS);
	return 0;
}

static void __exit meters_exit(void)
{
	shrinker_free(shrinker);
	while (meter_count)
		free_percpu(meters[--meter_count]);
}

module_init(meters_init);
module_exit(meters_exit);
MODULE_LICENSE("GPL");
