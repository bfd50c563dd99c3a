/* SPDX-License-Identifier: MIT */
/* A cache is used without looking whether it was made. */
#include <linux/module.h>
#include <linux/slab.h>

static struct kmem_cache *pool;

static int __init pool_init(void)
{
	void *object;

	pool = kmem_cache_create("pool", 40, 0, 0, NULL);
	object = kmem_cache_alloc(pool, GFP_KERNEL); /* finding: null-unchecked */
	if (object)
		kmem_cache_free(pool, object);
	return 0;
}

static void __exit pool_exit(void)
{
	kmem_cache_destroy(pool);
}

module_init(pool_init);
module_exit(pool_exit);
MODULE_LICENSE("GPL");
