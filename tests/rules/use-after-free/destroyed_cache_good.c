/* SPDX-License-Identifier: MIT */
/* The cache goes after its last use. */
#include <linux/module.h>
#include <linux/slab.h>

static struct kmem_cache *pool;

static int __init pool_init(void)
{
	pool = kmem_cache_create("pool", 100, 0, 0, NULL);
	return pool ? 0 : -ENOMEM;
}

static void __exit pool_exit(void)
{
	void *object;

	object = kmem_cache_alloc(pool, GFP_KERNEL);
	if (object)
		kmem_cache_free(pool, object);
	kmem_cache_destroy(pool);
}

module_init(pool_init);
module_exit(pool_exit);
MODULE_LICENSE("GPL");
