/* SPDX-License-Identifier: MIT */
/* "Is it gone already?" is asked before the lock: the work that resets and exit both free. */
/* options: --no-sweep --schedules 36 */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct unit {
	struct mutex lock;
	bool is_gone;
	char *buffer;
	struct work_struct reset;
};

static struct unit unit;

static void unit_teardown(struct unit *u)
{
	if (u->is_gone)
		return;
	mutex_lock(&u->lock);
	u->is_gone = true;
	kfree(u->buffer); /* finding: double-free */
	mutex_unlock(&u->lock);
}

static void unit_reset(struct work_struct *work)
{
	unit_teardown(container_of(work, struct unit, reset));
}

static int __init unit_init(void)
{
	mutex_init(&unit.lock);
	INIT_WORK(&unit.reset, unit_reset);
	unit.buffer = kzalloc(128, GFP_KERNEL);
	return unit.buffer ? 0 : -ENOMEM;
}

static void __exit unit_exit(void)
{
	schedule_work(&unit.reset);
	unit_teardown(&unit);
	flush_work(&unit.reset);
}

module_init(unit_init);
module_exit(unit_exit);
MODULE_LICENSE("GPL");
