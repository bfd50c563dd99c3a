/* SPDX-License-Identifier: MIT */
/* __get_free_pages() returns an address; a page of high memory has none. */
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/timer.h>

static struct timer_list refill;
static unsigned long spare;

static void refill_fn(struct timer_list *timer)
{
	if (!spare)
		spare = __get_free_pages(GFP_ATOMIC | __GFP_HIGHMEM, 0); /* finding: flag-misuse */
}

static int __init refill_init(void)
{
	timer_setup(&refill, refill_fn, 0);
	mod_timer(&refill, jiffies + 1);
	return 0;
}

static void __exit refill_exit(void)
{
	timer_shutdown_sync(&refill);
	free_pages(spare, 0);
}

module_init(refill_init);
module_exit(refill_exit);
MODULE_LICENSE("GPL");
