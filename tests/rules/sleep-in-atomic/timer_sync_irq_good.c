/* SPDX-License-Identifier: MIT */
/* An interrupt that stops a timer and does not wait for its callback: exit does. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/timer.h>

#define LINE 4

static struct timer_list watchdog;
static unsigned int answers;

static void watchdog_fn(struct timer_list *timer)
{
	mod_timer(timer, jiffies + 2);
}

static irqreturn_t answer_irq(int irq, void *data)
{
	answers++;
	del_timer(&watchdog);
	return IRQ_HANDLED;
}

static int __init answer_init(void)
{
	int error;

	timer_setup(&watchdog, watchdog_fn, 0);
	error = request_irq(LINE, answer_irq, 0, "answer", &answers);
	if (!error)
		mod_timer(&watchdog, jiffies + 2);
	return error;
}

static void __exit answer_exit(void)
{
	free_irq(LINE, &answers);
	timer_shutdown_sync(&watchdog);
}

module_init(answer_init);
module_exit(answer_exit);
MODULE_LICENSE("GPL");
