/* SPDX-License-Identifier: MIT */
/* The waiter gives up, and the interrupt completes a completion on a stack that was left. */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/spinlock.h>

struct request {
	struct completion done;
};

static DEFINE_SPINLOCK(queue_lock);
static struct request *queued;
static unsigned int timeouts;

static irqreturn_t device_irq(int irq, void *dev)
{
	if (queued) {
		complete(&queued->done); /* finding: use-after-free */
		queued = NULL;
	}
	return IRQ_HANDLED;
}

static noinline void device_ask(void)
{
	struct request request;

	init_completion(&request.done);
	spin_lock_irq(&queue_lock);
	queued = &request;
	spin_unlock_irq(&queue_lock);
	if (!wait_for_completion_timeout(&request.done, 1))
		timeouts++;
}

static int __init device_init(void)
{
	int ret = request_irq(6, device_irq, 0, "device", &queued);

	if (ret)
		return ret;
	for (unsigned int i = 0; i < 4; i++)
		device_ask();
	return 0;
}

static void __exit device_exit(void)
{
	free_irq(6, &queued);
}

module_init(device_init);
module_exit(device_exit);
MODULE_LICENSE("GPL");
