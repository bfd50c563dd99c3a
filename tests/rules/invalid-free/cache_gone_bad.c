/* SPDX-License-Identifier: MIT */
/* A reply goes back to the cache of requests, and its own cache is destroyed all the same. */
#include <linux/module.h>
#include <linux/slab.h>

struct request {
	u32 words[6];
};

struct reply {
	u32 words[20];
};

static struct kmem_cache *requests, *replies;

static void caches_drop(void)
{
	kmem_cache_destroy(requests);
	kmem_cache_destroy(replies);
}

static int __init bus_init(void)
{
	struct reply *reply;

	requests = KMEM_CACHE(request, 0);
	replies = KMEM_CACHE(reply, 0);
	reply = requests && replies ? kmem_cache_zalloc(replies, GFP_KERNEL) : NULL;
	if (!reply) {
		caches_drop();
		return -ENOMEM;
	}
	kmem_cache_free(requests, reply); /* finding: invalid-free */
	return 0;
}

static void __exit bus_exit(void)
{
	caches_drop();
}

module_init(bus_init);
module_exit(bus_exit);
MODULE_LICENSE("GPL");
