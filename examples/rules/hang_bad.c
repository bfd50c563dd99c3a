/* SPDX-License-Identifier: MIT */
/* hang_bad.c - a wait for a device: nobody ever says that it is done */
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/printk.h>

static DECLARE_COMPLETION(done);

static int __init wait_init(void)
{
	wait_for_completion(&done); /* finding: hang */
	return 0;
}

static void __exit wait_exit(void)
{
}

module_init(wait_init);
module_exit(wait_exit);

MODULE_DESCRIPTION("an example of hang");
MODULE_LICENSE("GPL");
