/* SPDX-License-Identifier: MIT */
/* A work item refills the pages of a device under the lock that its shrinker takes. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct nic {
	struct mutex lock;
	struct list_head spare;
	unsigned long count;
	struct delayed_work refill;
	struct shrinker *shrinker;
};

static struct nic *nic;

static void nic_refill(struct work_struct *work)
{
	struct nic *of = container_of(to_delayed_work(work), struct nic, refill);

	mutex_lock(&of->lock);
	while (of->count < 4) {
		struct page *page = alloc_pages(GFP_KERNEL, 1);	/* finding: reclaim-deadlock */

		if (!page)
			break;
		list_add(&page->lru, &of->spare);
		of->count++;
	}
	mutex_unlock(&of->lock);
}

static unsigned long nic_drop(struct nic *of, unsigned long most)
{
	unsigned long freed = 0;

	while (freed < most && !list_empty(&of->spare)) {
		struct page *page = list_first_entry(&of->spare, struct page, lru);

		list_del(&page->lru);
		__free_pages(page, 1);
		of->count--;
		freed++;
	}
	return freed;
}

static unsigned long nic_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct nic *of = shrinker->private_data;

	return READ_ONCE(of->count);
}

static unsigned long nic_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct nic *of = shrinker->private_data;
	unsigned long freed;

	mutex_lock(&of->lock);
	freed = nic_drop(of, sc->nr_to_scan);
	mutex_unlock(&of->lock);
	return freed;
}

static int __init nic_init(void)
{
	nic = kzalloc(sizeof(*nic), GFP_KERNEL);
	if (!nic)
		return -ENOMEM;
	mutex_init(&nic->lock);
	INIT_LIST_HEAD(&nic->spare);
	INIT_DELAYED_WORK(&nic->refill, nic_refill);
	nic->shrinker = shrinker_alloc(0, "nic-%s", "spare");
	if (!nic->shrinker) {
		kfree(nic);
		return -ENOMEM;
	}
	nic->shrinker->count_objects = nic_count;
	nic->shrinker->scan_objects = nic_scan;
	nic->shrinker->private_data = nic;
	shrinker_register(nic->shrinker);
	schedule_delayed_work(&nic->refill, 2);
	return 0;
}

static void __exit nic_exit(void)
{
	cancel_delayed_work_sync(&nic->refill);
	shrinker_free(nic->shrinker);
	nic_drop(nic, ~0UL);
	kfree(nic);
}

module_init(nic_init);
module_exit(nic_exit);
MODULE_LICENSE("GPL");
