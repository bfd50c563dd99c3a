/* SPDX-License-Identifier: MIT */
/* The name goes when the library has made its own of it. */
/* options: --schedules 1 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct unit {
	struct kmem_cache *cache;
	struct workqueue_struct *queue;
	struct task_struct *task;
	char *label;
};

static struct unit unit;

static char *unit_name(const char *what, int number)
{
	return kasprintf(GFP_KERNEL, "%s-%d", what, number);
}

static int unit_loop(void *data)
{
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ);
	return 0;
}

static void unit_end(struct unit *u)
{
	if (!IS_ERR_OR_NULL(u->task))
		kthread_stop(u->task);
	if (u->queue)
		destroy_workqueue(u->queue);
	kmem_cache_destroy(u->cache);
	kfree(u->label);
}

static int __init unit_init(void)
{
	char *name = unit_name("unit", 1);

	if (!name)
		return -ENOMEM;
	unit.cache = kmem_cache_create(name, 64, 0, 0, NULL);
	unit.queue = alloc_workqueue("q-%s", 0, 0, name);
	unit.task = kthread_run(unit_loop, &unit, "t-%s", name);
	unit.label = kasprintf(GFP_KERNEL, "l-%s", name);
	kfree(name);
	if (unit.cache && unit.queue && !IS_ERR(unit.task) && unit.label)
		return 0;
	unit_end(&unit);
	return -ENOMEM;
}

static void __exit unit_exit(void)
{
	unit_end(&unit);
}

module_init(unit_init);
module_exit(unit_exit);
MODULE_LICENSE("GPL");
