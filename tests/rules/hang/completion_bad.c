/* SPDX-License-Identifier: MIT */
/* Init waits for what nobody completes. */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/timer.h>

static DECLARE_COMPLETION(answer);
static struct timer_list timer;

static void timer_fn(struct timer_list *unused)
{
	complete(&answer);
}

static int __init answer_init(void)
{
	timer_setup(&timer, timer_fn, 0);
	wait_for_completion(&answer); /* finding: hang */
	return 0;
}

static void __exit answer_exit(void)
{
	timer_delete_sync(&timer);
}

module_init(answer_init);
module_exit(answer_exit);
MODULE_LICENSE("GPL");
