/* SPDX-License-Identifier: MIT */
/* The size is computed at the top and handed down three calls. */
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/slab.h>

struct pool {
	void *memory;
};

static unsigned int frames = 0x80000001;
module_param(frames, uint, 0444);

static struct pool pool;

static void *memory_get(size_t bytes)
{
	return kvmalloc(bytes, GFP_KERNEL | __GFP_NOWARN); /* finding: size-overflow */
}

static int pool_reserve(struct pool *own, size_t bytes)
{
	own->memory = memory_get(bytes);
	return own->memory ? 0 : -ENOMEM;
}

static int pool_open(struct pool *own, unsigned int count)
{
	unsigned int bytes = count * 4096;

	return pool_reserve(own, bytes);
}

static int __init three_deep_init(void)
{
	pool_open(&pool, frames);
	return 0;
}

static void __exit three_deep_exit(void)
{
	kvfree(pool.memory);
}

module_init(three_deep_init);
module_exit(three_deep_exit);
MODULE_LICENSE("GPL");
