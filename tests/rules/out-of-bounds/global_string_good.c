/* SPDX-License-Identifier: MIT */
/* The state has a name in a table of texts; a work item asks for those there are. */
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/workqueue.h>

enum state { IDLE, BUSY, DONE, STATES };

static const char *const names[STATES] = { "idle", "busy", "done" };
static enum state state;

static const char *name_of(enum state at)
{
	return names[at];
}

static void on_step(struct work_struct *work)
{
	while (state < DONE) {
		state++;
		pr_info("now %d\n", name_of(state) != NULL);
	}
}
static DECLARE_WORK(step, on_step);

static int __init steps_init(void)
{
	schedule_work(&step);
	return 0;
}

static void __exit steps_exit(void)
{
	flush_work(&step);
}

module_init(steps_init);
module_exit(steps_exit);
MODULE_LICENSE("GPL");
