/* SPDX-License-Identifier: MIT */
/* The thread asks for its element before the lock. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>

struct bio_like {
	struct list_head list;
	u64 sector;
};

static mempool_t *pool;
static DEFINE_MUTEX(queue_lock);
static LIST_HEAD(queue);
static unsigned long queued;
static struct shrinker *shrinker;
static struct task_struct *submitter;

static void submit(u64 sector)
{
	struct bio_like *bio;

	bio = mempool_alloc(pool, GFP_NOIO);
	guard(mutex)(&queue_lock);
	bio->sector = sector;
	list_add_tail(&bio->list, &queue);
	queued++;
}

static int submit_some(void *unused)
{
	for (u64 sector = 0; sector < 3 && !kthread_should_stop(); sector++) {
		submit(sector);
		msleep(1);
	}
	while (!kthread_should_stop())
		msleep(10);
	return 0;
}

static unsigned long queue_count(struct shrinker *s, struct shrink_control *sc)
{
	return READ_ONCE(queued);
}

static unsigned long queue_scan(struct shrinker *s, struct shrink_control *sc)
{
	unsigned long freed = 0;

	guard(mutex)(&queue_lock);
	while (freed < sc->nr_to_scan && !list_empty(&queue)) {
		struct bio_like *bio = list_first_entry(&queue, struct bio_like, list);

		list_del(&bio->list);
		mempool_free(bio, pool);
		queued--;
		freed++;
	}
	return freed;
}

static int __init queue_init(void)
{
	int error = -ENOMEM;

	pool = mempool_create_kmalloc_pool(8, sizeof(struct bio_like));
	if (!pool)
		return -ENOMEM;
	shrinker = shrinker_alloc(0, "bio-queue");
	if (!shrinker)
		goto out_pool;
	shrinker->count_objects = queue_count;
	shrinker->scan_objects = queue_scan;
	shrinker_register(shrinker);
	submitter = kthread_run(submit_some, NULL, "submit");
	if (!IS_ERR(submitter))
		return 0;
	error = PTR_ERR(submitter);
	shrinker_free(shrinker);
out_pool:
	mempool_destroy(pool);
	return error;
}

static void __exit queue_exit(void)
{
	struct shrink_control all = { .nr_to_scan = ~0UL };

	kthread_stop(submitter);
	queue_scan(shrinker, &all);
	shrinker_free(shrinker);
	mempool_destroy(pool);
}

module_init(queue_init);
module_exit(queue_exit);
MODULE_LICENSE("GPL");
