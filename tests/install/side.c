/* SPDX-License-Identifier: MIT */
/* side.c - kernel-side code in a program: Linux names, no C library */
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/unaligned.h>

/* As Linux's flags allow it: bytes as text, a member that need not be aligned. */
struct side_word {
	u8 kind;
	u32 value;
} __packed;

int side_work(void);

int side_work(void)
{
	struct kmem_cache *cache = kmem_cache_create("side", 96, 0, SLAB_HWCACHE_ALIGN, NULL);
	char *text = kstrdup("kernel side", GFP_KERNEL), *object;
	struct side_word word = { .kind = 1, .value = 2 };
	u32 *value = &word.value;
	u8 *bytes = text;
	int bad;

	if (!cache || !text)
		return -ENOMEM;
	object = kmem_cache_zalloc(cache, GFP_KERNEL);
	bad = get_unaligned(value) != 2 || strlen(bytes) != 11;
	bad = bad || !object || object[95] != 0 || strcmp(text, "kernel side") != 0;
	if (object)
		kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
	kfree(text);
	return bad ? -EINVAL : 0;
}
