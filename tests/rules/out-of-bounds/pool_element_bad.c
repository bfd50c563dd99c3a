/* SPDX-License-Identifier: MIT */
/* An element of a pool is cleared with the size of another structure. */
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct small {
	u32 id, state;
	u8 tag;
};

struct large {
	u32 id, state;
	u8 tags[20];
};

static mempool_t *pool;

static int __init pool_init(void)
{
	struct small *one;

	pool = mempool_create_kmalloc_pool(3, sizeof(struct small));
	if (!pool)
		return -ENOMEM;
	one = mempool_alloc(pool, GFP_KERNEL);
	memset(one, 0, sizeof(struct large)); /* finding: out-of-bounds */
	mempool_free(one, pool);
	return 0;
}

static void __exit pool_exit(void)
{
	mempool_destroy(pool);
}

module_init(pool_init);
module_exit(pool_exit);
MODULE_LICENSE("GPL");
