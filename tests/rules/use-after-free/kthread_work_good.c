/* SPDX-License-Identifier: MIT */
/* Who gives up cancels first: the message's work, and the delayed one before its worker goes. */
/* options: --no-sweep --schedules 1 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

struct message {
	struct kthread_work work;
	char text[32];
};

struct link {
	struct kthread_worker *worker;
	struct kthread_delayed_work poll;
	unsigned int polls;
};

static struct link *link;

static void message_send(struct kthread_work *work)
{
	kfree(container_of(work, struct message, work));
}

static void link_poll(struct kthread_work *work)
{
	link->polls++;
}

static void message_drop(struct kthread_worker *stopped)
{
	struct message *message = kzalloc(sizeof(*message), GFP_KERNEL);

	if (!message)
		return;
	kthread_init_work(&message->work, message_send);
	kthread_queue_work(stopped, &message->work);
	kthread_cancel_work_sync(&message->work);
	kfree(message);
}

static int __init link_init(void)
{
	static struct kthread_worker stopped;

	link = kzalloc(sizeof(*link), GFP_KERNEL);
	if (!link)
		return -ENOMEM;
	link->worker = kthread_create_worker(0, "link");
	if (IS_ERR(link->worker)) {
		int error = PTR_ERR(link->worker);

		kfree(link);
		return error;
	}
	kthread_init_delayed_work(&link->poll, link_poll);
	kthread_queue_delayed_work(link->worker, &link->poll, HZ);
	kthread_init_worker(&stopped);
	message_drop(&stopped);
	return 0;
}

static void __exit link_exit(void)
{
	kthread_queue_delayed_work(link->worker, &link->poll, HZ);
	kthread_cancel_delayed_work_sync(&link->poll);
	kthread_destroy_worker(link->worker);
	kfree(link);
}

module_init(link_init);
module_exit(link_exit);
MODULE_LICENSE("GPL");
