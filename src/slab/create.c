/* SPDX-License-Identifier: MIT */
/*
 * create.c - kmem_cache_create() in its forms: what may be asked for, and what rules are told
 *
 * Owns: the checks of a request.  The cache itself is made by cache.c.
 * Lock: none here.  May sleep.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "kern/tell.h"
#include "slab/take.h"

#define SLAB_PERMITTED_FLAGS \
	(SLAB_DEBUG_FLAGS | SLAB_KMALLOC | SLAB_HWCACHE_ALIGN | SLAB_CACHE_DMA | \
	 SLAB_CACHE_DMA32 | SLAB_PANIC | SLAB_TYPESAFE_BY_RCU | SLAB_NOLEAKTRACE | SLAB_NO_MERGE | \
	 SLAB_ACCOUNT | SLAB_NO_USER_FLAGS | SLAB_RECLAIM_ACCOUNT)

/**
 * cache_request_is_bad() - -EINVAL for what no cache can be, after a message; else 0
 */
int cache_request_is_bad(const char *name, unsigned int size, slab_flags_t flags)
{
	if (!name || in_interrupt() || !size || size > KMALLOC_MAX_SIZE) {
		pr_err("kmem_cache_create(%s) integrity check failed\n", name);
		return -EINVAL;
	}
	if (flags & ~SLAB_PERMITTED_FLAGS)
		return -EINVAL;
	WARN(strchr(name, ' '), "kmem_cache of name '%s' has a space in it: it confuses parsers\n",
	     name);
	WARN(cache_find(name), "kmem_cache of name '%s' already exists\n", name);
	return 0;
}

/* A cache that serves others of its kind, or a new one. */
static struct kmem_cache *cache_join_or_make(const char *name, unsigned int size,
					     const struct kmem_cache_args *args,
					     slab_flags_t flags)
{
	struct kmem_cache *cache = NULL;
	struct slab_layout layout;

	flags = debug_flags(flags, name);
	/* What is watched has gaps of its own, and reports that must name one cache. */
	if (!slab_watched && !(flags & SLAB_DEBUG_FLAGS) &&
	    !slab_layout_make(&layout, size, args, flags, false))
		cache = cache_join(name, layout.slot, size, args, flags);
	return cache ? cache : cache_make(name, size, args, flags, 0);
}

static struct kmem_cache *create_checked(const char *name, unsigned int size,
					 const struct kmem_cache_args *args, slab_flags_t flags,
					 const struct slab_call *call)
{
	int err = cache_request_is_bad(name, size, flags);
	struct kmem_cache *cache;

	cache = err ? ERR_PTR(err) : cache_join_or_make(name, size, args, flags);
	if (!IS_ERR(cache))
		return cache;
	err = PTR_ERR(cache);
	if (flags & SLAB_PANIC)
		panic("%s: Failed to create slab '%s'. Error %d\n", call->what, name, err);
	pr_warn("%s(%s) failed with error %d\n", call->what, name, err);
	dump_stack();
	return NULL;
}

static struct kmem_cache *create_call(const char *name, unsigned int size,
				      const struct kmem_cache_args *args, slab_flags_t flags,
				      const struct slab_call *call)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = KM_FAMILY_KMEM_CACHE, .what = call->what,
		.bytes = size, .caller = call->caller, .frame = call->frame,
		/* A cache that must exist has no failure for the code to handle. */
		.gfp = flags & SLAB_PANIC ? GFP_KERNEL | __GFP_NOFAIL : GFP_KERNEL,
	};
	struct kmem_cache *cache;

	km_port_point();
	touch_text(&(const struct asker){ call->caller, call->frame }, name);
	if (watch_tell(&event) == KM_REFUSE) {
		if (flags & SLAB_PANIC)
			panic("%s: Failed to create slab '%s'. Error %d\n", call->what, name,
			      -ENOMEM);
		return NULL;
	}
	watch_enter();
	cache = create_checked(name, size, args, flags, call);
	watch_leave();
	event.point = cache ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL;
	event.object = cache;
	event.cache = cache;
	watch_tell(&event);
	if (cache) {
		event.point = KM_POINT_CACHE_NEW;
		watch_tell_inner(&event);
	}
	return cache;
}
#define CREATE_CALL	SLAB_CALL("kmem_cache_create", KM_FAMILY_KMEM_CACHE)

struct kmem_cache *__kmem_cache_create_args(const char *name, unsigned int size,
					    struct kmem_cache_args *args, slab_flags_t flags)
{
	return create_call(name, size, args, flags, CREATE_CALL);
}

struct kmem_cache *__kmem_cache_default_args(const char *name, unsigned int size,
					     struct kmem_cache_args *args, slab_flags_t flags)
{
	struct kmem_cache_args none = {};

	/* Only NULL has this type in kmem_cache_create(). */
	if (WARN_ON_ONCE(args))
		return ERR_PTR(-EINVAL);
	return create_call(name, size, &none, flags, CREATE_CALL);
}

struct kmem_cache *__kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				       slab_flags_t flags, void (*ctor)(void *))
{
	struct kmem_cache_args args = { .align = align, .ctor = ctor };

	return create_call(name, size, &args, flags, CREATE_CALL);
}

struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,
					      unsigned int align, slab_flags_t flags,
					      unsigned int useroffset, unsigned int usersize,
					      void (*ctor)(void *))
{
	struct kmem_cache_args args = {
		.align = align, .ctor = ctor, .useroffset = useroffset, .usersize = usersize,
	};

	return create_call(name, size, &args, flags, CREATE_CALL);
}

bool kmem_cache_charge(void *object, gfp_t gfp)
{
	return true;
}

unsigned int kmem_cache_size(struct kmem_cache *cache)
{
	return cache->object_size;
}
