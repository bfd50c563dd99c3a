/* SPDX-License-Identifier: MIT */
/* One owner gives it back. */
#include <linux/module.h>
#include <linux/slab.h>

struct request {
	int id;
	struct request *shadow;
};

static struct kmem_cache *request_cache;

static int __init request_init(void)
{
	struct request *request;

	request_cache = KMEM_CACHE(request, SLAB_HWCACHE_ALIGN);
	if (!request_cache)
		return -ENOMEM;
	request = kmem_cache_zalloc(request_cache, GFP_KERNEL);
	if (request)
		kmem_cache_free(request_cache, request);
	return 0;
}

static void __exit request_exit(void)
{
	kmem_cache_destroy(request_cache);
}

module_init(request_init);
module_exit(request_exit);
MODULE_LICENSE("GPL");
