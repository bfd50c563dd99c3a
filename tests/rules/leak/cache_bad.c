/* SPDX-License-Identifier: MIT */
/*
 * A cache destroyed while one of its objects is out: the object stays, and with it the cache (told
 * once, at the object).
 */
#include <linux/module.h>
#include <linux/slab.h>

static struct kmem_cache *inode_cache;
static void *inodes[3];

static int __init cache_init(void)
{
	inode_cache = kmem_cache_create("leak_inode", 200, 0, SLAB_HWCACHE_ALIGN, NULL);
	if (!inode_cache)
		return -ENOMEM;
	for (int i = 0; i < 3; i++)
		inodes[i] = kmem_cache_alloc(inode_cache, GFP_KERNEL); /* finding: leak */
	return 0;
}

static void __exit cache_exit(void)
{
	for (int i = 0; i < 2; i++)
		if (inodes[i])
			kmem_cache_free(inode_cache, inodes[i]);
	kmem_cache_destroy(inode_cache);
}

module_init(cache_init);
module_exit(cache_exit);
MODULE_LICENSE("GPL");
