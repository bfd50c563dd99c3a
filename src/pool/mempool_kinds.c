/* SPDX-License-Identifier: MIT */
/*
 * mempool_kinds.c - elements of slab caches, kmalloc, kvmalloc and whole pages
 *
 * Owns: what an element's bytes are, and the poison in them.
 * K1  Elements of these four kinds are objects to rules, in the name of the mempool call; elements
 *     of any other allocator are what that allocator told.
 * Lock: none.  Sleeps as the allocators do.
 */
#include "pool/mempool_kinds.h"

#include <linux/bug.h>
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "pool/pool_room.h"

/* -- the four kinds --------------------------------------------------------------------------- */

void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data)
{
	struct kmem_cache *cache = pool_data;

	WARN_ONCE(slab_cache_has_ctor(cache), "mempool_alloc_slab: cache %s has a constructor, "
		  "which elements of a reserve do not see again\n", slab_cache_name(cache));
	return kmem_cache_alloc(cache, gfp_mask);
}

void mempool_free_slab(void *element, void *pool_data)
{
	kmem_cache_free(pool_data, element);
}

void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data)
{
	return kmalloc((size_t)pool_data, gfp_mask);
}

void mempool_kfree(void *element, void *pool_data)
{
	kfree(element);
}

/* kapi's kvmalloc() is a room further on: the same two halves. */
void *mempool_kvmalloc(gfp_t gfp_mask, void *pool_data)
{
	size_t bytes = (size_t)pool_data;
	gfp_t first = gfp_mask;
	void *element;

	if (bytes > PAGE_SIZE)
		first = (first | __GFP_NORETRY | __GFP_NOWARN) & ~__GFP_NOFAIL;
	element = kmalloc(bytes, first);
	if (element || bytes <= PAGE_SIZE || !gfpflags_allow_blocking(gfp_mask))
		return element;
	return __vmalloc(bytes, gfp_mask & ~__GFP_NORETRY);
}

void mempool_kvfree(void *element, void *pool_data)
{
	if (is_vmalloc_addr(element))
		vfree(element);
	else
		kfree(element);
}

void *mempool_alloc_pages(gfp_t gfp_mask, void *pool_data)
{
	return alloc_pages(gfp_mask, (unsigned int)(long)pool_data);
}

void mempool_free_pages(void *element, void *pool_data)
{
	__free_pages(element, (unsigned int)(long)pool_data);
}

/* -- what an element is ----------------------------------------------------------------------- */

static bool is_ours(const mempool_t *pool)
{
	return pool->alloc == mempool_alloc_slab || pool->alloc == mempool_kmalloc ||
	       pool->alloc == mempool_kvmalloc || pool->alloc == mempool_alloc_pages;
}

/* 0 for elements of the user's own allocator. */
static size_t element_bytes(const mempool_t *pool)
{
	if (pool->alloc == mempool_alloc_slab)
		return kmem_cache_size(pool->pool_data);
	if (pool->alloc == mempool_kmalloc || pool->alloc == mempool_kvmalloc)
		return (size_t)pool->pool_data;
	if (pool->alloc == mempool_alloc_pages)
		return PAGE_SIZE << (long)pool->pool_data;
	return 0;
}

static void *element_memory(const mempool_t *pool, void *element)
{
	return pool->alloc == mempool_alloc_pages ? page_address(element) : element;
}

void *kind_alloc(mempool_t *pool, gfp_t gfp)
{
	bool is_silent = is_ours(pool);
	void *element;

	if (!is_silent)
		return pool->alloc(gfp, pool->pool_data);
	watch_enter();
	element = pool->alloc(gfp, pool->pool_data);
	watch_leave();
	return element;
}

void kind_free(mempool_t *pool, void *element)
{
	bool is_silent = is_ours(pool);

	if (is_silent)
		watch_enter();
	pool->free(element, pool->pool_data);
	if (is_silent)
		watch_leave();
}

/* -- poison ----------------------------------------------------------------------------------- */

void kind_poison(const mempool_t *pool, void *element)
{
	size_t bytes = element_bytes(pool);
	u8 *memory;

	if (!pool_watched || !bytes)
		return;
	memory = element_memory(pool, element);
	memset(memory, POISON_FREE, bytes - 1);
	memory[bytes - 1] = POISON_END;
}

static void report_poison(const mempool_t *pool, const u8 *memory, size_t bytes, size_t at)
{
	size_t start = at > 8 ? at - 8 : 0, count = bytes - start < 16 ? bytes - start : 16;

	watch_enter();
	pr_err("BUG: mempool element poison mismatch\n");
	pr_err("Mempool %p size %zu\n", pool, bytes);
	pr_err(" nr=%d @ %p: byte %zu is 0x%02x: %*ph\n", pool->curr_nr, memory, at, memory[at],
	       (int)count, memory + start);
	watch_leave();
	WARN(1, "mempool: an element of a reserve was written to after mempool_free()\n");
}

void kind_unpoison(const mempool_t *pool, void *element)
{
	size_t bytes = element_bytes(pool);
	u8 *memory;

	if (!pool_watched || !bytes)
		return;
	memory = element_memory(pool, element);
	for (size_t i = 0; i < bytes; i++) {
		if (memory[i] == (i < bytes - 1 ? POISON_FREE : POISON_END))
			continue;
		report_poison(pool, memory, bytes, i);
		break;
	}
	memset(memory, POISON_INUSE, bytes);
}

/* -- events ----------------------------------------------------------------------------------- */

bool kind_ask(const mempool_t *pool, gfp_t gfp, const struct slab_call *call)
{
	bool never_fails = gfpflags_allow_blocking(gfp);

	return pool_ask(call, element_bytes(pool), gfp, never_fails);
}

void kind_tell(const mempool_t *pool, void *element, gfp_t gfp, const struct slab_call *call)
{
	struct kmem_cache *cache = pool->alloc == mempool_alloc_slab ? pool->pool_data : NULL;
	size_t bytes = element_bytes(pool);

	if (!is_ours(pool))
		return;
	pool_tell(call, element ? element_memory(pool, element) : NULL, bytes, bytes, cache, gfp);
}

/* Is @element in the reserve?  O(n), while rules watch. */
static bool reserve_has(mempool_t *pool, const void *element)
{
	unsigned long flags;
	bool has = false;

	spin_lock_irqsave(&pool->lock, flags);
	for (int i = 0; i < pool->curr_nr && !has; i++)
		has = pool->elements[i] == element;
	spin_unlock_irqrestore(&pool->lock, flags);
	return has;
}

bool kind_ask_free(mempool_t *pool, void *element, const struct slab_call *call)
{
	struct km_event event = {
		.point = KM_POINT_FREE_ASK, .family = call->family, .what = call->what,
		.caller = call->caller, .frame = call->frame, .bytes = element_bytes(pool),
		.pooled = mempool_is_saturated(pool) ? KM_POOL_PASSES : KM_POOL_KEEPS,
	};

	if (!pool_watched)
		return true;
	if (reserve_has(pool, element))
		event.pooled = KM_POOL_HAS;
	/* K1: of another allocator's element only what is wrong with the pool is told. */
	if (!is_ours(pool) && event.pooled != KM_POOL_HAS)
		return true;
	event.object = is_ours(pool) ? element_memory(pool, element) : element;
	km_port_point();
	return watch_tell(&event) == KM_GO;
}
