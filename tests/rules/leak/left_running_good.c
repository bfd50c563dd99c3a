/* SPDX-License-Identifier: MIT */
/* Everything that runs is stopped at exit. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/workqueue.h>

#define LINE 5

static struct workqueue_struct *queue;
static unsigned int events;

static irqreturn_t sensor_irq(int irq, void *dev)
{
	events++;
	return IRQ_HANDLED;
}

static int __init sensor_init(void)
{
	int error;

	queue = alloc_workqueue("sensor", 0, 0);
	if (!queue)
		return -ENOMEM;
	error = request_irq(LINE, sensor_irq, 0, "sensor", &events);
	if (error) {
		destroy_workqueue(queue);
		return error;
	}
	return 0;
}

static void __exit sensor_exit(void)
{
	free_irq(LINE, &events);
	destroy_workqueue(queue);
}

module_init(sensor_init);
module_exit(sensor_exit);
MODULE_LICENSE("GPL");
