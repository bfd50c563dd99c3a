// SPDX-License-Identifier: MIT
/* auto_cleanup.c - __free(), guards, no_free_ptr() and return_ptr() on every way out */
#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

struct station {
	char *name;
	u64 *samples;
	unsigned int count;
};

static DEFINE_MUTEX(stations_lock);
static DEFINE_SPINLOCK(fast_lock);
static struct station *stations[3];
static unsigned int hits;

static void station_free(struct station *station)
{
	if (IS_ERR_OR_NULL(station))
		return;
	kvfree(station->samples);
	kfree(station->name);
	kfree(station);
}

DEFINE_FREE(station, struct station *, station_free(_T))

static struct station *station_new(const char *name, unsigned int count)
{
	struct station *station __free(station) = kzalloc(sizeof(*station), GFP_KERNEL);

	if (!station)
		return ERR_PTR(-ENOMEM);
	station->name = kstrdup(name, GFP_KERNEL);
	if (!station->name)
		return ERR_PTR(-ENOMEM);
	if (!count)
		return ERR_PTR(-EINVAL);
	station->samples = kvcalloc(count, sizeof(u64), GFP_KERNEL);
	if (!station->samples)
		return ERR_PTR(-ENOMEM);
	station->count = count;
	return_ptr(station);
}

static int station_put(unsigned int slot, const char *name, unsigned int count)
{
	struct station *station __free(station) = station_new(name, count);

	if (IS_ERR(station))
		return PTR_ERR(station);
	guard(mutex)(&stations_lock);
	if (stations[slot])
		return -EEXIST;
	stations[slot] = no_free_ptr(station);
	scoped_guard(spinlock_irqsave, &fast_lock)
		hits++;
	return 0;
}

static int __init cleanup_test_init(void)
{
	char *scratch __free(kfree) = kmalloc(64, GFP_KERNEL);
	int refused = 0;

	if (!scratch)
		return -ENOMEM;
	for (unsigned int i = 0; i < 5; i++) {
		snprintf(scratch, 64, "station %u", i);
		refused += station_put(i % 3, scratch, i == 2 ? 0 : 100 * i + 1) != 0;
	}
	pr_info("%d refused\n", refused);
	return 0;
}

static void __exit cleanup_test_exit(void)
{
	for (unsigned int i = 0; i < 3; i++)
		station_free(stations[i]);
}

module_init(cleanup_test_init);
module_exit(cleanup_test_exit);
MODULE_LICENSE("GPL");
