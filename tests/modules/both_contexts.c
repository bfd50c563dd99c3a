// SPDX-License-Identifier: MIT
/*
 * both_contexts.c - one allocation site that a tasklet, a timer and a thread reach: GFP_ATOMIC is
 * right there; and a helper whose callers hand over the flags
 */
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct note {
	struct list_head link;
	unsigned int from;
};

static LIST_HEAD(notes);
static DEFINE_SPINLOCK(notes_lock);
static struct timer_list timer;
static struct task_struct *thread;
static unsigned int dropped;

static void note_put(struct note *note, unsigned int from)
{
	unsigned long flags;

	note->from = from;
	spin_lock_irqsave(&notes_lock, flags);
	list_add(&note->link, &notes);
	spin_unlock_irqrestore(&notes_lock, flags);
}

static void note_quick(unsigned int from)
{
	struct note *note = kmalloc(sizeof(*note), GFP_ATOMIC);

	if (note)
		note_put(note, from);
	else
		dropped++;
}

static int note_add(unsigned int from, gfp_t gfp)
{
	struct note *note = kmalloc(sizeof(*note), gfp);

	if (!note)
		return -ENOMEM;
	note_put(note, from);
	return 0;
}

static void tasklet_fn(struct tasklet_struct *tasklet)
{
	note_quick(1);
	if (note_add(2, GFP_ATOMIC))
		dropped++;
}

static DECLARE_TASKLET(tasklet, tasklet_fn);

static void timer_fn(struct timer_list *unused)
{
	note_quick(3);
	if (note_add(4, GFP_NOWAIT))
		dropped++;
}

static int thread_fn(void *unused)
{
	note_quick(5);
	if (note_add(6, GFP_KERNEL))
		dropped++;
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static int __init both_init(void)
{
	thread = kthread_run(thread_fn, NULL, "notes");
	if (IS_ERR(thread))
		return PTR_ERR(thread);
	timer_setup(&timer, timer_fn, 0);
	mod_timer(&timer, jiffies + 1);
	tasklet_schedule(&tasklet);
	return 0;
}

static void __exit both_exit(void)
{
	struct note *note, *next;

	kthread_stop(thread);
	del_timer_sync(&timer);
	tasklet_kill(&tasklet);
	list_for_each_entry_safe(note, next, &notes, link)
		kfree(note);
}

module_init(both_init);
module_exit(both_exit);
MODULE_LICENSE("GPL");
