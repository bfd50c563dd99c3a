/* SPDX-License-Identifier: MIT */
/*
 * A sampling hrtimer (hard interrupt) takes its record from a mempool, which with GFP_NOIO
 * waits.
 */
#include <linux/hrtimer.h>
#include <linux/llist.h>
#include <linux/mempool.h>
#include <linux/module.h>

struct sample {
	struct llist_node link;
	u64 at;
};

static LLIST_HEAD(samples);
static mempool_t *pool;
static struct hrtimer sampler;
static unsigned int left = 3;

static enum hrtimer_restart sample_fn(struct hrtimer *timer)
{
	struct sample *sample = mempool_alloc(pool, GFP_NOIO); /* finding: sleep-in-atomic */

	if (sample) {
		sample->at = ktime_get_ns();
		llist_add(&sample->link, &samples);
	}
	if (!--left)
		return HRTIMER_NORESTART;
	hrtimer_forward_now(timer, us_to_ktime(100));
	return HRTIMER_RESTART;
}

static int __init sampler_init(void)
{
	pool = mempool_create_kmalloc_pool(4, sizeof(struct sample));
	if (!pool)
		return -ENOMEM;
	hrtimer_init(&sampler, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	sampler.function = sample_fn;
	hrtimer_start(&sampler, us_to_ktime(100), HRTIMER_MODE_REL);
	return 0;
}

static void __exit sampler_exit(void)
{
	struct sample *sample, *next;

	hrtimer_cancel(&sampler);
	llist_for_each_entry_safe(sample, next, llist_del_all(&samples), link)
		mempool_free(sample, pool);
	mempool_destroy(pool);
}

module_init(sampler_init);
module_exit(sampler_exit);
MODULE_LICENSE("GPL");
