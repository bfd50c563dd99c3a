/* SPDX-License-Identifier: MIT */
/*
 * buckets.c - kmem_buckets: a set of size classes of one's own
 *
 * Owns: the sets, each with a cache for every class of kmalloc(), named NAME-SIZE.
 * B1  A set's caches share with nobody, so its objects never lie beside those of kmalloc().
 * B2  A set lives as long as the machine: Linux has no call that ends one.
 * Lock: sets_lock for the list.  Making a set may sleep.
 */
#define KMALLOC_CHECKED 1
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "slab/take.h"

struct bucket_set {
	kmem_buckets caches;
	struct list_head list;
};

static struct kmem_cache *set_cache;
static struct km_spin sets_lock = KM_SPIN_INIT;
static LIST_HEAD(sets);

static void bucket_unmake(struct kmem_cache *cache)
{
	cache_close(cache);
	cache_flush_all(cache);
	node_trim(cache, 0);
	cache_unmake(cache);
}

static struct kmem_cache *bucket_make(const char *name, const struct kmem_cache *like,
				      slab_flags_t flags, const struct kmem_cache_args *whole)
{
	u32 size = like->object_size;
	struct kmem_cache_args args = { .align = size & -size, .ctor = whole->ctor };
	char room[SLAB_NAME_BYTES];

	/* Of the region that users may copy each class has as much as it is long. */
	if (whole->useroffset < size) {
		args.usersize = min(whole->usersize, size - whole->useroffset);
		args.useroffset = args.usersize ? whole->useroffset : 0;
	}
	if (scnprintf(room, sizeof(room), "%s-%s", name, strrchr(like->name, '-') + 1) ==
	    sizeof(room) - 1)
		return ERR_PTR(-EINVAL);
	return cache_make(room, size, &args, flags | SLAB_NO_MERGE, CACHE_KMALLOC);
}

static int set_fill(struct bucket_set *set, const char *name, slab_flags_t flags,
		    const struct kmem_cache_args *whole)
{
	for (unsigned int index = 1; index <= KMALLOC_SHIFT_HIGH; index++) {
		struct kmem_cache *cache;

		cache = bucket_make(name, kmalloc_caches[KMALLOC_NORMAL][index], flags, whole);
		if (IS_ERR(cache))
			return PTR_ERR(cache);
		set->caches[index] = cache;
	}
	return 0;
}

static void set_free(struct bucket_set *set)
{
	for (unsigned int index = 1; index <= KMALLOC_SHIFT_HIGH; index++)
		if (set->caches[index])
			bucket_unmake(set->caches[index]);
	cache_give(set_cache, set);
}

static struct bucket_set *
set_make(const char *name, slab_flags_t flags, const struct kmem_cache_args *whole)
{
	struct bucket_set *set = cache_take(set_cache, GFP_KERNEL | __GFP_ZERO);
	unsigned long irq;
	int error;

	if (!set)
		return ERR_PTR(-ENOMEM);
	error = set_fill(set, name, flags, whole);
	if (error) {
		set_free(set);
		return ERR_PTR(error);
	}
	irq = km_spin_lock(&sets_lock);
	list_add(&set->list, &sets);
	km_spin_unlock(&sets_lock, irq);
	return set;
}

kmem_buckets *kmem_buckets_create(const char *name, slab_flags_t flags, unsigned int useroffset,
				  unsigned int usersize, void (*ctor)(void *object))
{
	struct km_event ask = {
		.point = KM_POINT_ALLOC_ASK, .family = KM_FAMILY_KMEM_CACHE,
		.what = "kmem_buckets_create", .bytes = sizeof(kmem_buckets), .gfp = GFP_KERNEL,
		.caller = WATCH_CALLER(), .frame = WATCH_FRAME(),
	};
	struct kmem_cache_args whole = {
		.useroffset = useroffset, .usersize = usersize, .ctor = ctor,
	};
	struct bucket_set *set;

	km_port_point();
	if (watch_tell(&ask) == KM_REFUSE)
		return NULL;
	watch_enter();
	set = cache_request_is_bad(name, KMALLOC_MIN_SIZE, flags) ? ERR_PTR(-EINVAL) :
								    set_make(name, flags, &whole);
	if (IS_ERR(set))
		pr_warn("kmem_buckets_create(%s) failed with error %ld\n", name, PTR_ERR(set));
	watch_leave();
	return IS_ERR(set) ? NULL : &set->caches;
}

static void *
bucket_alloc_call(kmem_buckets *buckets, size_t size, gfp_t gfp, struct slab_call call)
{
	call.buckets = buckets;
	return kmalloc_call(size, gfp, &call);
}

void *kmem_buckets_alloc(kmem_buckets *buckets, size_t size, gfp_t gfp)
{
	return bucket_alloc_call(buckets, size, gfp, *KMALLOC_CALL("kmem_buckets_alloc"));
}

void *__kmem_buckets_alloc_track_caller(kmem_buckets *buckets, size_t size, gfp_t gfp,
					unsigned long caller)
{
	struct slab_call call = *KMALLOC_CALL("kmem_buckets_alloc_track_caller");

	call.caller = caller;
	return bucket_alloc_call(buckets, size, gfp, call);
}

/**
 * buckets_boot() - no sets
 */
int buckets_boot(void)
{
	static const struct kmem_cache_args args = { .align = __alignof__(struct bucket_set) };

	INIT_LIST_HEAD(&sets);
	set_cache = cache_make("kmem_buckets", sizeof(struct bucket_set), &args, 0, CACHE_INTERNAL);
	return PTR_ERR_OR_ZERO(set_cache);
}

/**
 * buckets_end() - the sets go; their caches stay for slab_shutdown() to count and end
 */
void buckets_end(void)
{
	while (!list_empty(&sets)) {
		struct bucket_set *set = list_first_entry(&sets, struct bucket_set, list);

		list_del(&set->list);
		cache_give(set_cache, set);
	}
}
