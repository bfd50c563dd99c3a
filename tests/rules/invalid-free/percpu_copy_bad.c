/* SPDX-License-Identifier: MIT */
/* Statistics of each CPU: it is the percpu pointer that is freed, not one CPU's copy. */
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>

struct tally {
	u64 packets, bytes;
};

static struct tally __percpu *tallies;

static void tally_add(unsigned int bytes)
{
	this_cpu_inc(tallies->packets);
	this_cpu_add(tallies->bytes, bytes);
}

static int __init tally_init(void)
{
	tallies = alloc_percpu(struct tally);
	if (!tallies)
		return -ENOMEM;
	tally_add(64);
	return 0;
}

static void __exit tally_exit(void)
{
	kfree(per_cpu_ptr(tallies, 0)); /* finding: invalid-free */
	free_percpu(tallies);
}

module_init(tally_init);
module_exit(tally_exit);
MODULE_LICENSE("GPL");
