// SPDX-License-Identifier: MIT
#include <linux/module.h>
#include <linux/slab.h>
#include "bus.h"

static struct kmem_cache *cache;
static unsigned int object_size = 64;
module_param(object_size, uint, 0444);

void *bus_buffer(size_t bytes)
{
	if (bytes > object_size)
		return NULL;
	return kmem_cache_alloc(cache, GFP_KERNEL); /* finding: leak */
}
EXPORT_SYMBOL_GPL(bus_buffer);

/* The name is libc's too; to each module it is its own. */
int read(struct bus_client *client)
{
	return client->data ? 1 : 0;
}
EXPORT_SYMBOL(read);

static int __init bus_init(void)
{
	cache = kmem_cache_create("bus_buffer", object_size, 0, 0, NULL);
	return cache ? 0 : -ENOMEM;
}

static void __exit bus_exit(void)
{
	kmem_cache_destroy(cache);
}

module_init(bus_init);
module_exit(bus_exit);
MODULE_LICENSE("GPL");
