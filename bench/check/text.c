/* SPDX-License-Identifier: MIT */
/* Packets: filled, copied, compared, printed and parsed. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#define BYTES 512

static unsigned int rounds;
module_param(rounds, uint, 0444);

static u32 checksum(const u8 *data, size_t bytes)
{
	u32 sum = 0;

	for (size_t i = 0; i < bytes; i++)
		sum += data[i];
	return sum;
}

static int __init bench_init(void)
{
	u8 *from = kmalloc(BYTES, GFP_KERNEL), *to = kmalloc(BYTES, GFP_KERNEL);
	u32 sum = 0;

	if (from && to) {
		for (u32 round = 0; round < rounds; round++) {
			char name[32];

			memset(from, (int)(round & 0x7f), BYTES);
			memcpy(to, from, BYTES);
			snprintf(name, sizeof(name), "packet-%u", round);
			strscpy((char *)to + 64, name, 32);
			if (memcmp(from, to, BYTES) && strlen((char *)to + 64) > 7)
				sum += checksum(to, BYTES);
			cond_resched();
		}
	}
	kfree(from);
	kfree(to);
	return sum == 1 ? -EIO : 0;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
