/* SPDX-License-Identifier: MIT */
/* side.c - kernel-side code in a program: Linux names, no C library */
#include <linux/slab.h>
#include <linux/string.h>

int side_work(void);

int side_work(void)
{
	struct kmem_cache *cache = kmem_cache_create("side", 96, 0, SLAB_HWCACHE_ALIGN, NULL);
	char *text = kstrdup("kernel side", GFP_KERNEL), *object;
	int bad;

	if (!cache || !text)
		return -ENOMEM;
	object = kmem_cache_zalloc(cache, GFP_KERNEL);
	bad = !object || object[95] != 0 || strcmp(text, "kernel side") != 0;
	if (object)
		kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
	kfree(text);
	return bad ? -EINVAL : 0;
}
