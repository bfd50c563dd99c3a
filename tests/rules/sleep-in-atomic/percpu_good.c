/* SPDX-License-Identifier: MIT */
/* Under the lock only memory that is there already: alloc_percpu_gfp(GFP_NOWAIT). */
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(flow_lock);
static u32 __percpu *flow_hits;

static u32 __percpu *flow_counter(void)
{
	spin_lock(&flow_lock);
	if (!flow_hits)
		flow_hits = alloc_percpu_gfp(u32, GFP_NOWAIT);
	spin_unlock(&flow_lock);
	return flow_hits;
}

static int __init flow_init(void)
{
	u32 __percpu *hits = flow_counter();

	if (!hits)
		return -ENOMEM;
	this_cpu_inc(*hits);
	return 0;
}

static void __exit flow_exit(void)
{
	free_percpu(flow_hits);
}

module_init(flow_init);
module_exit(flow_exit);
MODULE_LICENSE("GPL");
