/* SPDX-License-Identifier: MIT */
/* An atomic page allocation in a timer, and what to do when there is none: skip a sample. */
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/timer.h>

static struct timer_list sampler;
static unsigned int samples;

static void sample(struct timer_list *timer)
{
	unsigned long page = __get_free_page(GFP_ATOMIC);
	unsigned long *first = (unsigned long *)page;

	if (page) {
		*first = jiffies;
		free_page(page);
	}
	if (++samples < 3)
		mod_timer(timer, jiffies + 5);
}

static int __init sampler_init(void)
{
	timer_setup(&sampler, sample, 0);
	mod_timer(&sampler, jiffies + 5);
	return 0;
}

static void __exit sampler_exit(void)
{
	del_timer_sync(&sampler);
}

module_init(sampler_init);
module_exit(sampler_exit);
MODULE_LICENSE("GPL");
