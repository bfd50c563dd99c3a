/* SPDX-License-Identifier: MIT */
/* timer_delete() does not wait: the handler may still run on another CPU when its data goes. */
/* options: --schedules 16 */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct poller {
	struct timer_list timer;
	unsigned long *history;
	unsigned int polls;
};

static struct poller *poller;

static void poller_fn(struct timer_list *timer)
{
	struct poller *p = from_timer(p, timer, timer);

	p->history[p->polls % 8] = jiffies; /* finding: use-after-free */
	p->polls++;
}

static int __init poller_init(void)
{
	poller = kzalloc(sizeof(*poller), GFP_KERNEL);
	if (!poller)
		return -ENOMEM;
	poller->history = kcalloc(8, sizeof(*poller->history), GFP_KERNEL);
	if (!poller->history) {
		kfree(poller);
		return -ENOMEM;
	}
	timer_setup(&poller->timer, poller_fn, 0);
	mod_timer(&poller->timer, jiffies + msecs_to_jiffies(20));
	return 0;
}

static void __exit poller_exit(void)
{
	timer_delete(&poller->timer);
	kfree(poller->history);
	kfree(poller);
}

module_init(poller_init);
module_exit(poller_exit);
MODULE_LICENSE("GPL");
