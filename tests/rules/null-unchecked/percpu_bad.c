/* SPDX-License-Identifier: MIT */
/* Counters of each CPU are used without a look at the pointer. */
#include <linux/module.h>
#include <linux/percpu.h>

struct counters { u64 packets, bytes; };

static struct counters __percpu *counters;

static void count(unsigned int bytes)
{
	struct counters *mine = get_cpu_ptr(counters);

	mine->packets++; /* finding: null-unchecked */
	mine->bytes += bytes;
	put_cpu_ptr(counters);
}

static int __init count_init(void)
{
	counters = alloc_percpu(struct counters);
	count(100);
	return 0;
}

static void __exit count_exit(void)
{
	free_percpu(counters);
}

module_init(count_init);
module_exit(count_exit);
MODULE_LICENSE("GPL");
