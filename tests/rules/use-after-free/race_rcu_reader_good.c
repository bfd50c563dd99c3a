/* SPDX-License-Identifier: MIT */
/* The old value goes after a grace period. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct config {
	struct rcu_head rcu;
	unsigned int speed, mode;
};

static struct config __rcu *config;
static struct task_struct *reader;
static unsigned long sum;

static int reader_fn(void *unused)
{
	while (!kthread_should_stop()) {
		struct config *c;

		rcu_read_lock();
		c = rcu_dereference(config);
		if (c)
			sum += c->speed * c->mode;
		rcu_read_unlock();
		usleep_range(100, 200);
	}
	return 0;
}

static int config_change(unsigned int speed)
{
	struct config *new = kzalloc(sizeof(*new), GFP_KERNEL), *old;

	if (!new)
		return -ENOMEM;
	new->speed = speed;
	new->mode = 1;
	old = rcu_replace_pointer(config, new, true);
	if (old)
		kfree_rcu(old, rcu);
	return 0;
}

static int __init config_init(void)
{
	int ret = config_change(1);

	if (ret)
		return ret;
	reader = kthread_run(reader_fn, NULL, "reader");
	if (IS_ERR(reader)) {
		kfree(rcu_dereference_protected(config, true));
		return PTR_ERR(reader);
	}
	for (unsigned int i = 2; i < 6; i++)
		config_change(i);
	return 0;
}

static void __exit config_exit(void)
{
	kthread_stop(reader);
	kfree(rcu_dereference_protected(config, true));
}

module_init(config_init);
module_exit(config_exit);
MODULE_LICENSE("GPL");
