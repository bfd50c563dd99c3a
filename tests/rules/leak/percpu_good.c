/* SPDX-License-Identifier: MIT */
/* Per-CPU statistics and a counter that go when the module goes. */
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/percpu_counter.h>

struct port_stats {
	u64 packets;
	u64 bytes;
};

static struct port_stats __percpu *stats;
static struct percpu_counter errors;

static int __init port_init(void)
{
	int cpu;

	stats = alloc_percpu(struct port_stats);
	if (!stats)
		return -ENOMEM;
	if (percpu_counter_init(&errors, 0, GFP_KERNEL)) {
		free_percpu(stats);
		return -ENOMEM;
	}
	for_each_possible_cpu(cpu)
		per_cpu_ptr(stats, cpu)->packets = cpu;
	this_cpu_inc(stats->packets);
	percpu_counter_inc(&errors);
	return 0;
}

static void __exit port_exit(void)
{
	pr_info("errors: %lld\n", percpu_counter_sum(&errors));
	percpu_counter_destroy(&errors);
	free_percpu(stats);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
