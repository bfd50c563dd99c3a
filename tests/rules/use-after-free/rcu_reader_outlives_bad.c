/* SPDX-License-Identifier: MIT */
/* A reader leaves its RCU section, waits, and goes on with what it found inside. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct config {
	int interval;
	struct rcu_head rcu;
};

static struct config __rcu *config;
static struct task_struct *reader;

static int reader_fn(void *unused)
{
	struct config *seen;
	int interval = 0;

	rcu_read_lock();
	seen = rcu_dereference(config);
	rcu_read_unlock();
	msleep(50);
	if (seen)
		interval = seen->interval; /* finding: use-after-free */
	pr_info("interval %d\n", interval);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static int __init config_init(void)
{
	struct config *first = kzalloc(sizeof(*first), GFP_KERNEL);

	if (!first)
		return -ENOMEM;
	first->interval = 10;
	rcu_assign_pointer(config, first);
	reader = kthread_run(reader_fn, NULL, "reader");
	if (IS_ERR(reader)) {
		kfree(first);
		return PTR_ERR(reader);
	}
	msleep(5);
	rcu_assign_pointer(config, NULL);
	kfree_rcu(first, rcu);
	return 0;
}

static void __exit config_exit(void)
{
	kthread_stop(reader);
}

module_init(config_init);
module_exit(config_exit);
MODULE_LICENSE("GPL");
