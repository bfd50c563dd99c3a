/* SPDX-License-Identifier: MIT */
/* Nothing but allocating and freeing, of many sizes. */
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>

#define HELD 32

static unsigned int rounds;
module_param(rounds, uint, 0444);

static int __init bench_init(void)
{
	void *held[HELD] = { };

	for (u32 round = 0; round < rounds; round++) {
		for (u32 i = 0; i < HELD; i++) {
			kfree(held[i]);
			held[i] = kmalloc(16 + (round * 37 + i * 61) % 900, GFP_KERNEL);
		}
		free_page(__get_free_page(GFP_KERNEL));
		cond_resched();
	}
	for (u32 i = 0; i < HELD; i++)
		kfree(held[i]);
	return 0;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
