/* SPDX-License-Identifier: MIT */
/*
 * A pool of its own: a floor of preallocated objects, GFP_NOWAIT first, the floor next,
 * then waiting.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include <linux/kthread.h>

#define FLOOR 4

struct pool {
	spinlock_t lock;
	unsigned int n_free;
	void *free[FLOOR];
	struct kmem_cache *cache;
	wait_queue_head_t wait;
};

static struct pool *pool;
static struct task_struct *users[3];

static void *pool_take(struct pool *p)
{
	void *object = NULL;
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	if (p->n_free)
		object = p->free[--p->n_free];
	spin_unlock_irqrestore(&p->lock, flags);
	return object;
}

static void *pool_alloc(struct pool *p, gfp_t gfp)
{
	DEFINE_WAIT(wait);
	void *object;

	might_sleep_if(gfpflags_allow_blocking(gfp));
	for (;;) {
		object = kmem_cache_alloc(p->cache, (gfp & ~__GFP_DIRECT_RECLAIM) | __GFP_NOWARN |
					  __GFP_NOMEMALLOC);
		if (!object)
			object = pool_take(p);
		if (object || !gfpflags_allow_blocking(gfp))
			return object;
		prepare_to_wait(&p->wait, &wait, TASK_UNINTERRUPTIBLE);
		if (!READ_ONCE(p->n_free))
			io_schedule_timeout(HZ / 10);
		finish_wait(&p->wait, &wait);
	}
}

static void pool_free(struct pool *p, void *object)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	if (p->n_free < FLOOR) {
		p->free[p->n_free++] = object;
		object = NULL;
	}
	spin_unlock_irqrestore(&p->lock, flags);
	if (object)
		kmem_cache_free(p->cache, object);
	else
		wake_up(&p->wait);
}

static void pool_destroy(struct pool *p)
{
	void *object;

	while ((object = pool_take(p)))
		kmem_cache_free(p->cache, object);
	kmem_cache_destroy(p->cache);
	kfree(p);
}

static struct pool *pool_create(size_t size)
{
	struct pool *p = kzalloc(sizeof(*p), GFP_KERNEL);
	void *object;

	if (!p)
		return NULL;
	spin_lock_init(&p->lock);
	init_waitqueue_head(&p->wait);
	p->cache = kmem_cache_create("pool", size, __alignof__(u64), 0, NULL);
	if (!p->cache) {
		kfree(p);
		return NULL;
	}
	while (p->n_free < FLOOR) {
		object = kmem_cache_alloc(p->cache, GFP_KERNEL);
		if (!object) {
			pool_destroy(p);
			return NULL;
		}
		p->free[p->n_free++] = object;
	}
	return p;
}

static int user_main(void *data)
{
	void *held[6];
	int i, n;

	while (!kthread_should_stop()) {
		for (n = 0; n < ARRAY_SIZE(held); n++) {
			held[n] = pool_alloc(pool, n < 3 ? GFP_NOIO : GFP_ATOMIC);
			if (!held[n])
				break;
			memset(held[n], n, 128);
		}
		for (i = 0; i < n; i++)
			pool_free(pool, held[i]);
		schedule_timeout_uninterruptible(1);
	}
	return 0;
}

static int __init pool_init(void)
{
	int i, ret;

	pool = pool_create(128);
	if (!pool)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(users); i++) {
		users[i] = kthread_run(user_main, NULL, "user-%d", i);
		if (IS_ERR(users[i])) {
			ret = PTR_ERR(users[i]);
			while (i--)
				kthread_stop(users[i]);
			pool_destroy(pool);
			return ret;
		}
	}
	return 0;
}

static void __exit pool_exit(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(users); i++)
		kthread_stop(users[i]);
	pool_destroy(pool);
}

module_init(pool_init);
module_exit(pool_exit);
MODULE_LICENSE("GPL");
