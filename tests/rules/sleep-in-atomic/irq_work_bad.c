/* SPDX-License-Identifier: MIT */
/* An irq_work (hard interrupt) that waits for the work item it has queued. */
#include <linux/irq_work.h>
#include <linux/module.h>
#include <linux/workqueue.h>

static struct workqueue_struct *events;
static unsigned int handled;

static void event_fn(struct work_struct *work)
{
	handled++;
}

static DECLARE_WORK(event_work, event_fn);

static void event_raised(struct irq_work *work)
{
	queue_work(events, &event_work);
	flush_work(&event_work); /* finding: sleep-in-atomic */
}

static struct irq_work raise = IRQ_WORK_INIT(event_raised);

static int __init event_init(void)
{
	events = alloc_workqueue("events", WQ_UNBOUND, 0);
	if (!events)
		return -ENOMEM;
	irq_work_queue(&raise);
	return 0;
}

static void __exit event_exit(void)
{
	irq_work_sync(&raise);
	destroy_workqueue(events);
	pr_info("%u events\n", handled);
}

module_init(event_init);
module_exit(event_exit);
MODULE_LICENSE("GPL");
