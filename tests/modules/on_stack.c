// SPDX-License-Identifier: MIT
/* on_stack.c - completions, work, timers, wait entries and lists that live on a stack */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct call {
	struct work_struct work;
	struct completion done;
	int argument, result;
};

struct alarm {
	struct timer_list timer;
	bool rang;
};

struct piece {
	struct list_head link;
	unsigned int number;
};

static DECLARE_WAIT_QUEUE_HEAD(bell);

static void call_fn(struct work_struct *work)
{
	struct call *call = container_of(work, struct call, work);

	call->result = call->argument * 2;
	complete(&call->done);
}

static int call_elsewhere(int argument)
{
	struct call call = { .argument = argument };

	INIT_WORK_ONSTACK(&call.work, call_fn);
	init_completion(&call.done);
	schedule_work(&call.work);
	wait_for_completion(&call.done);
	flush_work(&call.work);
	destroy_work_on_stack(&call.work);
	return call.result;
}

static void alarm_fn(struct timer_list *timer)
{
	struct alarm *alarm = from_timer(alarm, timer, timer);

	WRITE_ONCE(alarm->rang, true);
	wake_up(&bell);
}

static bool alarm_wait(void)
{
	struct alarm alarm = { .rang = false };
	DEFINE_WAIT(wait);

	timer_setup_on_stack(&alarm.timer, alarm_fn, 0);
	mod_timer(&alarm.timer, jiffies + 2);
	for (;;) {
		prepare_to_wait(&bell, &wait, TASK_UNINTERRUPTIBLE);
		if (READ_ONCE(alarm.rang))
			break;
		schedule_timeout(10);
	}
	finish_wait(&bell, &wait);
	timer_delete_sync(&alarm.timer);
	destroy_timer_on_stack(&alarm.timer);
	return alarm.rang;
}

/* The only references are on the stack while this sleeps. */
static int pieces(void)
{
	struct piece *piece, *next;
	LIST_HEAD(list);
	int count = 0;

	for (unsigned int number = 0; number < 4; number++) {
		piece = kmalloc(sizeof(*piece), GFP_KERNEL);
		if (!piece)
			break;
		piece->number = number;
		list_add(&piece->link, &list);
	}
	msleep(30);
	list_for_each_entry_safe(piece, next, &list, link) {
		list_del(&piece->link);
		kfree(piece);
		count++;
	}
	return count;
}

static int __init stack_init(void)
{
	if (call_elsewhere(21) != 42 || !alarm_wait())
		return -EINVAL;
	pr_info("%d pieces\n", pieces());
	return 0;
}

static void __exit stack_exit(void)
{
}

module_init(stack_init);
module_exit(stack_exit);
MODULE_LICENSE("GPL");
