/* SPDX-License-Identifier: MIT */
/* Held against a limit first. */
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/slab.h>

static unsigned long payload = (1ul << 32) + 40;
module_param(payload, ulong, 0444);

static struct kmem_cache *cache;

static int __init cache_init(void)
{
	size_t bytes = payload + 8;

	if (bytes > PAGE_SIZE)
		bytes = PAGE_SIZE;
	cache = kmem_cache_create("payload", bytes, 0, 0, NULL);
	return cache ? 0 : -ENOMEM;
}

static void __exit cache_exit(void)
{
	kmem_cache_destroy(cache);
}

module_init(cache_init);
module_exit(cache_exit);
MODULE_LICENSE("GPL");
