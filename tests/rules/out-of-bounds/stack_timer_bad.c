/* SPDX-License-Identifier: MIT */
/* A timer decodes a packet into a small array on its own stack, as many as the packet says. */
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/timer.h>

static const u8 packet[] = { 5, 11, 22, 33, 44, 55 };
static struct timer_list poll;

static void on_poll(struct timer_list *timer)
{
	u8 fields[4];
	int count = packet[0], sum = 0;

	for (int i = 0; i < count; i++)
		fields[i] = packet[i + 1]; /* finding: out-of-bounds */
	for (int i = 0; i < 4; i++)
		sum += fields[i];
	pr_info("sum %d\n", sum);
}

static int __init poll_init(void)
{
	timer_setup(&poll, on_poll, 0);
	mod_timer(&poll, jiffies + 2);
	return 0;
}

static void __exit poll_exit(void)
{
	timer_delete_sync(&poll);
}

module_init(poll_init);
module_exit(poll_exit);
MODULE_LICENSE("GPL");
