/* SPDX-License-Identifier: MIT */
/* A request is read after it went back to its pool, where it lies in the reserve. */
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/slab.h>

struct request {
	int status;
	char data[52];
};

static struct kmem_cache *cache;
static mempool_t *pool;

static int request_run(struct request *request)
{
	request->status = 5;
	mempool_free(request, pool);
	return 0;
}

static int __init requests_init(void)
{
	struct request *first, *second;
	int status;

	cache = KMEM_CACHE(request, 0);
	if (!cache)
		return -ENOMEM;
	pool = mempool_create_slab_pool(2, cache);
	if (!pool) {
		kmem_cache_destroy(cache);
		return -ENOMEM;
	}
	first = mempool_alloc(pool, GFP_KERNEL);
	second = mempool_alloc(pool, GFP_KERNEL);
	request_run(second);
	request_run(first);
	status = first->status; /* finding: use-after-free */
	pr_info("status %d\n", status);
	return 0;
}

static void __exit requests_exit(void)
{
	mempool_destroy(pool);
	kmem_cache_destroy(cache);
}

module_init(requests_init);
module_exit(requests_exit);
MODULE_LICENSE("GPL");
