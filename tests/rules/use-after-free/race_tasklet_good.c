/* SPDX-License-Identifier: MIT */
/* Who schedules the tasklet is stopped before the tasklet is. */
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct ring {
	unsigned int tail;
	u32 words[14];
};

static struct timer_list tick;
static struct tasklet_struct fill;
static struct ring *ring;

static void fill_fn(struct tasklet_struct *t)
{
	ring->words[ring->tail % 14] = 1;
	ring->tail++;
}

static void tick_fn(struct timer_list *timer)
{
	tasklet_schedule(&fill);
	mod_timer(timer, jiffies + 2);
}

static int __init ring_init(void)
{
	ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	tasklet_setup(&fill, fill_fn);
	timer_setup(&tick, tick_fn, 0);
	mod_timer(&tick, jiffies + 2);
	return 0;
}

static void __exit ring_exit(void)
{
	timer_shutdown_sync(&tick);
	tasklet_kill(&fill);
	kfree(ring);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
