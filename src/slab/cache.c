/* SPDX-License-Identifier: MIT */
/*
 * cache.c - a cache from kmem_cache_create() to kmem_cache_destroy()
 *
 * Owns: struct kmem_cache, the list of caches, names.
 * K1  A cache is on slab_caches from the end of cache_make() to the start of cache_unmake().
 * K2  A cache with objects out is never freed: kmem_cache_destroy() reports them and leaves it.
 * K3  A cache's own memory comes from cache_of_caches or from pages, never through the door.
 * Lock: slab_caches_lock for the list.  create, destroy and shrink may sleep.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/irq_work.h>
#include <linux/log2.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include "slab/take.h"

#define SLAB_DEBUG_FLAGS \
	(SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER | SLAB_TRACE)
#define SLAB_PERMITTED_FLAGS \
	(SLAB_DEBUG_FLAGS | SLAB_KMALLOC | SLAB_HWCACHE_ALIGN | SLAB_CACHE_DMA | \
	 SLAB_CACHE_DMA32 | SLAB_PANIC | SLAB_TYPESAFE_BY_RCU | SLAB_NOLEAKTRACE | SLAB_NO_MERGE | \
	 SLAB_ACCOUNT | SLAB_NO_USER_FLAGS | SLAB_RECLAIM_ACCOUNT)

struct list_head slab_caches = LIST_HEAD_INIT(slab_caches);
struct km_spin slab_caches_lock = KM_SPIN_INIT;
unsigned long slab_deferred;

/* How many free objects a CPU may keep, by size: Linux's numbers for per-CPU partial slabs. */
static u32 cache_high(u32 size)
{
	if (size >= PAGE_SIZE)
		return 6;
	if (size >= 1024)
		return 24;
	return size >= 256 ? 52 : 120;
}

static gfp_t cache_page_gfp(slab_flags_t flags)
{
	gfp_t gfp = __GFP_COMP;

	if (flags & SLAB_CACHE_DMA)
		gfp |= GFP_DMA;
	if (flags & SLAB_CACHE_DMA32)
		gfp |= GFP_DMA32;
	if (flags & SLAB_RECLAIM_ACCOUNT)
		gfp |= __GFP_RECLAIMABLE;
	return gfp;
}

/* Linux turns a wrong region off instead of failing. */
static void cache_usercopy(struct kmem_cache *cache, u32 size, const struct kmem_cache_args *args)
{
	if (WARN_ON(!args->usersize && args->useroffset))
		return;
	if (WARN_ON(size < args->usersize || size - args->usersize < args->useroffset))
		return;
	cache->useroffset = args->useroffset;
	cache->usersize = args->usersize;
}

/**
 * cache_start() - fill a cache whose layout is set; it gets its name and its place on the list from
 * the caller
 */
void cache_start(struct kmem_cache *cache, unsigned int size, const struct kmem_cache_args *args,
		 slab_flags_t flags, u32 traits)
{
	unsigned int cpu, cpus = km_port_cpus(), half_log = ilog2(cache->layout.slot) / 2;
	bool keeps_bytes = args->ctor || (flags & SLAB_TYPESAFE_BY_RCU);

	if (page_init_on_alloc && !keeps_bytes)
		traits |= CACHE_ZERO_ALLOC;
	if (page_init_on_free && !keeps_bytes)
		traits |= CACHE_ZERO_FREE;
	if (cache->layout.link)
		traits |= CACHE_FAR_LINK;
	cache->traits = traits;
	cache->link = cache->layout.link;
	cache->object_size = size;
	cache->flags = flags;
	cache->ctor = args->ctor;
	cache->page_gfp = cache_page_gfp(flags);
	cache->min_partial = half_log < 5 ? 5 : half_log > 10 ? 10 : half_log;
	cache->batch = cache_high(size) / 2;
	cache_usercopy(cache, size, args);
	node_start(&cache->node);
	for (cpu = 0; cpu < cpus; cpu++)
		cache->cpu[cpu] = (struct pcpu_head) { .high = cache_high(size) };
}

static int cache_name(struct kmem_cache *cache, const char *name)
{
	size_t bytes = strlen(name) + 1;
	char *room = cache->name_room;

	if (bytes > PAGE_SIZE)
		return -EINVAL;
	if (bytes > sizeof(cache->name_room)) {
		cache->name_page = page_take(GFP_KERNEL, 0, PAGE_OWNER_PAGES);
		if (!cache->name_page)
			return -ENOMEM;
		room = frame_address(cache->name_page);
	}
	memcpy(room, name, bytes);
	cache->name = room;
	return 0;
}

/**
 * cache_make() - a new cache on the list; no checks of the request, no events
 * Return: the cache, or ERR_PTR.
 */
struct kmem_cache *cache_make(const char *name, unsigned int size,
			      const struct kmem_cache_args *args, slab_flags_t flags, u32 traits)
{
	struct slab_layout layout;
	struct kmem_cache *cache;
	unsigned long irq;
	int err;

	if (!(traits & CACHE_INTERNAL) && (slab_watched || (flags & SLAB_DEBUG_FLAGS)))
		traits |= CACHE_WATCHED;
	err = slab_layout_make(&layout, size, args, flags, traits & CACHE_WATCHED);
	if (err)
		return ERR_PTR(err);
	cache = cache_take(cache_of_caches, GFP_KERNEL | __GFP_ZERO);
	if (!cache)
		return ERR_PTR(-ENOMEM);
	cache->layout = layout;
	err = cache_name(cache, name);
	if (err) {
		cache_give(cache_of_caches, cache);
		return ERR_PTR(err);
	}
	cache_start(cache, size, args, flags, traits);
	irq = km_spin_lock(&slab_caches_lock);
	list_add_tail(&cache->caches, &slab_caches);
	km_spin_unlock(&slab_caches_lock, irq);
	return cache;
}

void cache_unmake(struct kmem_cache *cache)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);

	list_del(&cache->caches);
	km_spin_unlock(&slab_caches_lock, irq);
	if (cache->name_page)
		page_give(cache->name_page, 0);
	cache->name = NULL;
	/* While rules listen the memory is kept: a late use is told, not hidden by a new cache. */
	if (!(cache->traits & CACHE_WATCHED))
		cache_give(cache_of_caches, cache);
}

static struct kmem_cache *cache_find_locked(const char *name)
{
	struct kmem_cache *cache;

	list_for_each_entry(cache, &slab_caches, caches)
		if (!strcmp(cache->name, name))
			return cache;
	return NULL;
}

bool cache_is_listed(const struct kmem_cache *wanted)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);
	const struct kmem_cache *cache;
	bool is_listed = false;

	list_for_each_entry(cache, &slab_caches, caches)
		is_listed |= cache == wanted;
	km_spin_unlock(&slab_caches_lock, irq);
	return is_listed;
}

static int create_check(const char *name, unsigned int size, slab_flags_t flags)
{
	unsigned long irq;
	bool is_taken;

	if (!name || in_interrupt() || !size || size > KMALLOC_MAX_SIZE) {
		pr_err("kmem_cache_create(%s) integrity check failed\n", name);
		return -EINVAL;
	}
	if (flags & ~SLAB_PERMITTED_FLAGS)
		return -EINVAL;
	WARN(strchr(name, ' '), "kmem_cache of name '%s' has a space in it: it confuses parsers\n",
	     name);
	irq = km_spin_lock(&slab_caches_lock);
	is_taken = cache_find_locked(name);
	km_spin_unlock(&slab_caches_lock, irq);
	WARN(is_taken, "kmem_cache of name '%s' already exists\n", name);
	return 0;
}

static struct kmem_cache *create_checked(const char *name, unsigned int size,
					 const struct kmem_cache_args *args, slab_flags_t flags,
					 const struct slab_call *call)
{
	int err = create_check(name, size, flags);
	struct kmem_cache *cache;

	cache = err ? ERR_PTR(err) : cache_make(name, size, args, flags, 0);
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

unsigned int kmem_cache_size(struct kmem_cache *cache)
{
	return cache->object_size;
}

/* -- giving back ------------------------------------------------------------------------------ */

struct shrink_call {
	struct irq_work work;
	struct kmem_cache *cache;
};

static void shrink_here(struct irq_work *work)
{
	struct kmem_cache *cache = container_of(work, struct shrink_call, work)->cache;
	void *chain = NULL, *node;

	while ((node = pcpu_take(cache->cpu))) {
		*(void **)node = chain;
		chain = node;
	}
	node_give(cache, chain);
}

/* C2: each CPU empties its own list, the others from an interrupt. */
static void shrink_everywhere(struct kmem_cache *cache)
{
	struct shrink_call calls[KM_MAX_CPUS];
	unsigned int cpu, cpus = km_port_cpus();

	for (cpu = 0; cpu < cpus; cpu++) {
		calls[cpu].cache = cache;
		init_irq_work(&calls[cpu].work, shrink_here);
		irq_work_queue_on(&calls[cpu].work, cpu);
	}
	for (cpu = 0; cpu < cpus; cpu++)
		irq_work_sync(&calls[cpu].work);
}

/**
 * kmem_cache_shrink() - give empty slabs back, also what other CPUs' lists keep from being empty
 * Context: task context, may sleep.
 * Return: 0 if no slab is left at all.
 */
int kmem_cache_shrink(struct kmem_cache *cache)
{
	struct km_event event = {
		.point = KM_POINT_MIGHT_SLEEP,
		.family = KM_FAMILY_KMEM_CACHE,
		.what = "kmem_cache_shrink",
		.object = cache,
		.cache = cache,
		.caller = WATCH_CALLER(),
		.frame = WATCH_FRAME(),
	};

	watch_tell(&event);
	watch_enter();
	shrink_everywhere(cache);
	watch_leave();
	node_trim(cache, 0);
	return cache->node.partial_count || cache->node.full_count;
}

/* -- the end ---------------------------------------------------------------------------------- */

static bool slab_has_free(const struct page *slab, const void *wanted)
{
	void *node;

	for (node = slab->freelist; node; node = *(void **)node)
		if (node == wanted)
			return true;
	return false;
}

static void slab_print_left(struct kmem_cache *cache, const struct page *slab)
{
	char *start = frame_address(slab), *object = start + cache->layout.first;
	unsigned int i;

	pr_err("=============================================================================\n");
	pr_err("BUG %s (Not tainted): Objects remaining in %s on __kmem_cache_shutdown()\n",
	       cache->name, cache->name);
	pr_err("-----------------------------------------------------------------------------\n");
	pr_err("Slab 0x%px objects=%u used=%u fp=0x%px\n", slab, slab->objects, slab->inuse,
	       slab->freelist);
	for (i = 0; i < slab->objects; i++, object += cache->layout.slot)
		if (!slab_has_free(slab, object_node(cache, object)))
			pr_err("Object 0x%px @offset=%lu\n", object,
			       (unsigned long)(object - start));
}

static void cache_print_left(struct kmem_cache *cache)
{
	struct page *slab;

	list_for_each_entry(slab, &cache->node.partial, slab_list)
		slab_print_left(cache, slab);
	list_for_each_entry(slab, &cache->node.full, slab_list)
		slab_print_left(cache, slab);
}

/* Wait for what is on its way back, then count what is not. */
static unsigned long cache_settle(struct kmem_cache *cache)
{
	if (__atomic_load_n(&slab_deferred, __ATOMIC_ACQUIRE))
		rcu_barrier();
	cache_flush_all(cache);
	if (cache->node.inuse && watch_wants(KM_POINT_PRESSURE)) {
		slab_tell_pressure(cache);
		cache_flush_all(cache);
	}
	return cache->node.inuse;
}

static bool destroy_ask(struct kmem_cache *cache, bool is_real, const struct slab_call *call)
{
	struct km_event event = {
		.point = KM_POINT_MIGHT_SLEEP,
		.family = call->family,
		.what = call->what,
		.object = cache,
		.cache = is_real ? cache : NULL,
		.caller = call->caller,
		.frame = call->frame,
	};

	km_port_point();
	watch_tell(&event);
	event.point = KM_POINT_FREE_ASK;
	return watch_tell(&event) == KM_GO;
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
	const struct slab_call *call = SLAB_CALL("kmem_cache_destroy", KM_FAMILY_KMEM_CACHE);
	bool is_real = cache && cache_is_listed(cache);
	struct km_event gone = {
		.point = KM_POINT_CACHE_GONE,
		.family = call->family,
		.what = call->what,
		.object = cache,
		.cache = cache,
		.caller = call->caller,
		.frame = call->frame,
	};

	if (!cache || !destroy_ask(cache, is_real, call))
		return;
	watch_enter();
	if (WARN(!is_real, "kmem_cache_destroy: 0x%px is not a cache\n", cache))
		goto out;
	gone.bytes = cache_settle(cache);
	watch_leave();
	watch_tell_inner(&gone);
	watch_enter();
	if (gone.bytes) {
		cache_print_left(cache);
		WARN(1,
		     "kmem_cache_destroy %s: Slab cache still has objects when called from %pS\n",
		     cache->name, (void *)call->caller);
		goto out;
	}
	node_trim(cache, 0);
	if (cache->flags & SLAB_TYPESAFE_BY_RCU)
		rcu_barrier();
	cache_unmake(cache);
out:
	watch_leave();
}
