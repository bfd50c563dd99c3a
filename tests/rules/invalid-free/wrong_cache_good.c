/* SPDX-License-Identifier: MIT */
/* Two caches of equal size, and each object goes back to its own. */
#include <linux/module.h>
#include <linux/slab.h>

static struct kmem_cache *read_cache, *write_cache;

static int __init caches_init(void)
{
	void *request;

	read_cache = kmem_cache_create("wrong_read", 80, 0, 0, NULL);
	write_cache = kmem_cache_create("wrong_write", 80, 0, 0, NULL);
	if (!read_cache || !write_cache) {
		kmem_cache_destroy(read_cache);
		kmem_cache_destroy(write_cache);
		return -ENOMEM;
	}
	request = kmem_cache_alloc(read_cache, GFP_KERNEL);
	if (request)
		kmem_cache_free(read_cache, request);
	return 0;
}

static void __exit caches_exit(void)
{
	kmem_cache_destroy(write_cache);
	kmem_cache_destroy(read_cache);
}

module_init(caches_init);
module_exit(caches_exit);
MODULE_LICENSE("GPL");
