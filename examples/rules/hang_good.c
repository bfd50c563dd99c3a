/* SPDX-License-Identifier: MIT */
/* hang_good.c - a wait for a device, as it should be */
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/printk.h>

static DECLARE_COMPLETION(done);

static int __init wait_init(void)
{
	if (!wait_for_completion_timeout(&done, HZ))
		pr_info("the device does not answer\n");
	return 0;
}

static void __exit wait_exit(void)
{
}

module_init(wait_init);
module_exit(wait_exit);

MODULE_DESCRIPTION("an example of hang");
MODULE_LICENSE("GPL");
