/* SPDX-License-Identifier: MIT */
/* A histogram of each CPU has one bucket too few. */
#include <linux/module.h>
#include <linux/percpu.h>

#define BUCKETS	6

static u32 __percpu *histogram;

static void latency_add(unsigned int log2)
{
	u32 *mine = get_cpu_ptr(histogram);

	if (log2 <= BUCKETS)
		mine[log2]++; /* finding: out-of-bounds */
	put_cpu_ptr(histogram);
}

static int __init histogram_init(void)
{
	histogram = __alloc_percpu(BUCKETS * sizeof(u32), sizeof(u32));
	if (!histogram)
		return -ENOMEM;
	for (unsigned int i = 0; i < 8; i++)
		latency_add(i);
	return 0;
}

static void __exit histogram_exit(void)
{
	free_percpu(histogram);
}

module_init(histogram_init);
module_exit(histogram_exit);
MODULE_LICENSE("GPL");
