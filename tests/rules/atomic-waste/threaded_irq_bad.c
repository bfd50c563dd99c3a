/* SPDX-License-Identifier: MIT */
/* The thread of an interrupt is a task: its objects need no reserve, under a mutex neither. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#define LINE 7

struct event { struct event *next; int number; };

static DEFINE_MUTEX(lock);
static struct kmem_cache *cache;
static struct event *events;
static int count;

static irqreturn_t on_irq(int irq, void *dev_id)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t on_thread(int irq, void *dev_id)
{
	struct event *event;

	mutex_lock(&lock);
	event = kmem_cache_alloc(cache, GFP_ATOMIC); /* finding: atomic-waste */
	if (event) {
		event->number = count++;
		event->next = events;
		events = event;
	}
	mutex_unlock(&lock);
	return IRQ_HANDLED;
}

static int __init events_init(void)
{
	int error;

	cache = kmem_cache_create("events", sizeof(struct event), 0, 0, NULL);
	if (!cache)
		return -ENOMEM;
	error = request_threaded_irq(LINE, on_irq, on_thread, IRQF_ONESHOT, "events", &cache);
	if (error)
		kmem_cache_destroy(cache);
	return error;
}

static void __exit events_exit(void)
{
	free_irq(LINE, &cache);
	while (events) {
		struct event *next = events->next;

		kmem_cache_free(cache, events);
		events = next;
	}
	kmem_cache_destroy(cache);
}

module_init(events_init);
module_exit(events_exit);
MODULE_LICENSE("GPL");
