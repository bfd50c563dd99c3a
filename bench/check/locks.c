/* SPDX-License-Identifier: MIT */
/* Counters under a spinlock, a mutex and atomics. */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct meter {
	spinlock_t lock;
	struct mutex mutex;
	atomic_t users;
	atomic64_t total;
	unsigned long flags;
	u64 packets, bytes;
};

static unsigned int rounds;
module_param(rounds, uint, 0444);

static void account(struct meter *meter, u32 bytes)
{
	unsigned long irq;

	spin_lock_irqsave(&meter->lock, irq);
	meter->packets++;
	meter->bytes += bytes;
	spin_unlock_irqrestore(&meter->lock, irq);
	atomic_inc(&meter->users);
	atomic64_add(bytes, &meter->total);
	if (!test_and_set_bit(bytes & 31, &meter->flags))
		clear_bit(bytes & 31, &meter->flags);
	atomic_dec(&meter->users);
}

static int __init bench_init(void)
{
	struct meter *meter = kzalloc(sizeof(*meter), GFP_KERNEL);

	if (!meter)
		return -ENOMEM;
	spin_lock_init(&meter->lock);
	mutex_init(&meter->mutex);
	for (u32 round = 0; round < rounds; round++) {
		mutex_lock(&meter->mutex);
		for (u32 i = 0; i < 64; i++)
			account(meter, i);
		mutex_unlock(&meter->mutex);
		cond_resched();
	}
	kfree(meter);
	return 0;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
