/* SPDX-License-Identifier: MIT */
/* The timer's function counts down from a number that the probe has set. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct blinker {
	struct timer_list timer;
	unsigned int left;
	unsigned int period;
};

static struct blinker *blinker;
static unsigned int blinks;

static void blinker_fn(struct timer_list *timer)
{
	struct blinker *self = from_timer(self, timer, timer);

	blinks++;
	if (self->left > 3)
		self->left = 3;
	else if (!self->left)
		return;
	self->left--;
	mod_timer(&self->timer, jiffies + self->period);
}

static int __init blinker_init(void)
{
	blinker = kmalloc(sizeof(*blinker), GFP_KERNEL);
	if (!blinker)
		return -ENOMEM;
	timer_setup(&blinker->timer, blinker_fn, 0);
	blinker->period = 2;
	blinker->left = 5;
	mod_timer(&blinker->timer, jiffies + 1);
	return 0;
}

static void __exit blinker_exit(void)
{
	timer_delete_sync(&blinker->timer);
	kfree(blinker);
}

module_init(blinker_init);
module_exit(blinker_exit);
MODULE_LICENSE("GPL");
