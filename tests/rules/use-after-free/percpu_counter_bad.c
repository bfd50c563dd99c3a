/* SPDX-License-Identifier: MIT */
/* A late packet is counted after the counters of all CPUs were given back. */
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/jiffies.h>
#include <linux/timer.h>

struct counts {
	u64 packets;
	u64 bytes;
};

static struct counts __percpu *counts;
static struct timer_list traffic;

static void traffic_seen(struct timer_list *timer)
{
	struct counts *mine = this_cpu_ptr(counts);

	mine->packets++; /* finding: use-after-free */
	mine->bytes += 64; /* finding: use-after-free */
	mod_timer(&traffic, jiffies + 1);
}

static int __init counts_init(void)
{
	counts = alloc_percpu(struct counts);
	if (!counts)
		return -ENOMEM;
	timer_setup(&traffic, traffic_seen, 0);
	mod_timer(&traffic, jiffies + 1);
	return 0;
}

static void __exit counts_exit(void)
{
	free_percpu(counts);
	mdelay(20);
	timer_delete_sync(&traffic);
}

module_init(counts_init);
module_exit(counts_exit);
MODULE_LICENSE("GPL");
