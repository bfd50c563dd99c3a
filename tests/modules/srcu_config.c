/* SPDX-License-Identifier: MIT */
/*
 * Configuration under SRCU, readers that sleep; a semaphore, module params with own
 * ops, work queued from RCU callbacks.
 */
#include <linux/module.h>
#include <linux/srcu.h>
#include <linux/slab.h>
#include <linux/kthread.h>
#include <linux/semaphore.h>
#include <linux/delay.h>
#include <linux/ratelimit.h>

struct cfg {
	int level;
	char *label;
	struct rcu_head rcu;
	struct rcu_work free;
};

DEFINE_STATIC_SRCU(cfg_srcu);
static struct cfg __rcu *cfg;
static DEFINE_SEMAPHORE(slots, 2);
static struct task_struct *readers[3];
static struct workqueue_struct *wq;
static int levels[4] = { 1, 2, 3, 4 };
static int n_levels = 4;
module_param_array(levels, int, &n_levels, 0444);
static unsigned long max_level = 10;
module_param_named(max, max_level, ulong, 0644);
MODULE_PARM_DESC(max, "highest level");

static void cfg_free_work(struct work_struct *work)
{
	struct cfg *c = container_of(to_rcu_work(work), struct cfg, free);

	kfree(c->label);
	kfree(c);
}

static int reader_main(void *unused)
{
	struct cfg *c;
	char *copy;
	int idx;

	while (!kthread_should_stop()) {
		down(&slots);
		idx = srcu_read_lock(&cfg_srcu);
		c = srcu_dereference(cfg, &cfg_srcu);
		if (c) {
			copy = kstrdup(c->label, GFP_KERNEL);
			msleep(2);
			pr_info_ratelimited("%d %s\n", c->level, copy ?: "?");
			kfree(copy);
		}
		srcu_read_unlock(&cfg_srcu, idx);
		up(&slots);
		msleep_interruptible(3);
	}
	return 0;
}

static int cfg_set(int level)
{
	struct cfg *new = kzalloc(sizeof(*new), GFP_KERNEL), *old;

	if (!new)
		return -ENOMEM;
	new->level = level;
	new->label = kasprintf(GFP_KERNEL, "level %d of %lu", level, max_level);
	if (!new->label) {
		kfree(new);
		return -ENOMEM;
	}
	INIT_RCU_WORK(&new->free, cfg_free_work);
	old = rcu_replace_pointer(cfg, new, 1);
	if (old) {
		synchronize_srcu(&cfg_srcu);
		queue_rcu_work(wq, &old->free);
	}
	return 0;
}

static void cfg_stop(int n)
{
	struct cfg *c;

	while (n--)
		kthread_stop(readers[n]);
	c = rcu_dereference_protected(cfg, 1);
	RCU_INIT_POINTER(cfg, NULL);
	synchronize_srcu(&cfg_srcu);
	if (c) {
		kfree(c->label);
		kfree(c);
	}
	rcu_barrier();
	destroy_workqueue(wq);
}

static int __init cfg_init(void)
{
	int i, ret;

	wq = alloc_ordered_workqueue("%s", 0, "cfg-free");
	if (!wq)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(readers); i++) {
		readers[i] = kthread_run(reader_main, NULL, "cfg/%d", i);
		if (IS_ERR(readers[i])) {
			ret = PTR_ERR(readers[i]);
			cfg_stop(i);
			return ret;
		}
	}
	for (i = 0; i < n_levels; i++) {
		ret = cfg_set(levels[i]);
		if (ret) {
			cfg_stop(ARRAY_SIZE(readers));
			return ret;
		}
		usleep_range(2000, 4000);
	}
	return 0;
}

static void __exit cfg_exit(void)
{
	cfg_stop(ARRAY_SIZE(readers));
}

module_init(cfg_init);
module_exit(cfg_exit);
MODULE_LICENSE("GPL");
