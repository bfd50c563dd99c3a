/* SPDX-License-Identifier: MIT */
/*
 * mempool.h - allocation that always comes to an end, for those who free what they take
 */
#ifndef _LINUX_MEMPOOL_H
#define _LINUX_MEMPOOL_H

#include <linux/sched.h>
#include <linux/wait.h>
#include <linux/compiler.h>
#include <linux/gfp_types.h>
#include <linux/numa.h>
#include <linux/spinlock.h>

struct kmem_cache;

typedef void *(mempool_alloc_t)(gfp_t gfp_mask, void *pool_data);
typedef void (mempool_free_t)(void *element, void *pool_data);

typedef struct mempool_s {
	spinlock_t lock;
	int min_nr;		/* elements that the pool keeps */
	int curr_nr;		/* elements it has now */
	void **elements;

	void *pool_data;
	mempool_alloc_t *alloc;
	mempool_free_t *free;
	wait_queue_head_t wait;
	bool km_is_embedded;	/* by mempool_init(): known to rules by its array */
} mempool_t;

static inline bool mempool_initialized(mempool_t *pool)
{
	return pool->elements != NULL;
}

static inline bool mempool_is_saturated(mempool_t *pool)
{
	return READ_ONCE(pool->curr_nr) >= pool->min_nr;
}

/**
 * mempool_init() - make an embedded pool and fill its reserve; mempool_exit() ends it
 * @min_nr: elements of the reserve; @alloc_fn, @free_fn: with @pool_data, where elements come from
 * Also: mempool_init_node(), mempool_init_slab_pool(), mempool_init_kmalloc_pool(),
 *       mempool_init_kvmalloc_pool(), mempool_init_page_pool()
 * Context: task, may sleep.   Return: 0 or -ENOMEM, and then nothing is left of it.
 */
int mempool_init(mempool_t *pool, int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
		 void *pool_data) KM_SYM(mempool_init);
int mempool_init_node(mempool_t *pool, int min_nr, mempool_alloc_t *alloc_fn,
		      mempool_free_t *free_fn, void *pool_data, gfp_t gfp_mask, int node_id)
	KM_SYM(mempool_init_node);
/**
 * mempool_exit() - end an embedded pool; all its elements are back
 * @pool: zeroed and never made, or ended before: nothing is done
 * Context: task, may sleep.
 */
void mempool_exit(mempool_t *pool) KM_SYM(mempool_exit);

/**
 * mempool_create() - make a pool and fill its reserve
 * @min_nr: elements of the reserve, from 0 on; below 0 is NULL
 * Also: mempool_create_node(), mempool_create_slab_pool(), mempool_create_kmalloc_pool(),
 *       mempool_create_kvmalloc_pool(), mempool_create_page_pool()
 * Context: task, may sleep.   Cost: @min_nr allocations.
 * Return:  the pool; NULL without memory for it and for all of its reserve.
 */
mempool_t *mempool_create(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
			  void *pool_data) KM_SYM(mempool_create) __km_sleeps;
mempool_t *mempool_create_node(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
			       void *pool_data, gfp_t gfp_mask, int nid)
	KM_SYM(mempool_create_node);
/**
 * mempool_destroy() - end a pool; all its elements are back; NULL does nothing
 * Context: task, may sleep.
 */
void mempool_destroy(mempool_t *pool) KM_SYM(mempool_destroy) __km_sleeps;

/* 0, or -ENOMEM and the pool is as it was; a larger reserve is filled as far as memory allows */
int mempool_resize(mempool_t *pool, int new_min_nr) KM_SYM(mempool_resize) __km_sleeps;

/**
 * mempool_alloc() - an element, from its allocator or from the reserve
 * @gfp_mask: without __GFP_ZERO
 *
 * Context: task, nothing held, if @gfp_mask may block; otherwise any but NMI.
 * Return:  an element; NULL only if @gfp_mask may not block and the reserve is empty.
 */
void *mempool_alloc(mempool_t *pool, gfp_t gfp_mask) KM_SYM(mempool_alloc)
	__km_nonnull(1) __km_result __malloc;
/**
 * mempool_alloc_preallocated() - an element of the reserve
 * Context: any but NMI; never sleeps.   Return: an element; NULL if the reserve is empty.
 */
void *mempool_alloc_preallocated(mempool_t *pool) KM_SYM(mempool_alloc_preallocated) __malloc;
/**
 * mempool_free() - give an element back: to the reserve until it is full, then to its allocator
 * @element: from the same pool; NULL does nothing
 * Context: any that the pool's free function allows.   Wakes one who waits.
 */
void mempool_free(void *element, mempool_t *pool) KM_SYM(mempool_free);
#define mempool_alloc_noreserve(_pool, _gfp)	((_pool)->alloc(_gfp, (_pool)->pool_data))

#define mempool_init_noprof		mempool_init
#define mempool_create_node_noprof	mempool_create_node
#define mempool_alloc_noprof		mempool_alloc

/* -- elements of a slab cache without constructor: pool_data is the cache ---------------------- */
void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data) KM_SYM(mempool_alloc_slab);
void mempool_free_slab(void *element, void *pool_data) KM_SYM(mempool_free_slab);
#define mempool_init_slab_pool(_pool, _min_nr, _kc)	\
	mempool_init(_pool, (_min_nr), mempool_alloc_slab, mempool_free_slab, (void *)(_kc))
#define mempool_create_slab_pool(_min_nr, _kc)	\
	mempool_create((_min_nr), mempool_alloc_slab, mempool_free_slab, (void *)(_kc))

/* -- of kmalloc() and kvmalloc(): pool_data is the size ---------------------------------------- */
void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data) KM_SYM(mempool_kmalloc);
void mempool_kfree(void *element, void *pool_data) KM_SYM(mempool_kfree);
#define mempool_init_kmalloc_pool(_pool, _min_nr, _size)	\
	mempool_init(_pool, (_min_nr), mempool_kmalloc, mempool_kfree,	\
		     (void *)(unsigned long)(_size))
#define mempool_create_kmalloc_pool(_min_nr, _size)		\
	mempool_create((_min_nr), mempool_kmalloc, mempool_kfree,	\
		       (void *)(unsigned long)(_size))
void *mempool_kvmalloc(gfp_t gfp_mask, void *pool_data) KM_SYM(mempool_kvmalloc);
void mempool_kvfree(void *element, void *pool_data) KM_SYM(mempool_kvfree);
#define mempool_init_kvmalloc_pool(_pool, _min_nr, _size)	\
	mempool_init(_pool, (_min_nr), mempool_kvmalloc, mempool_kvfree,	\
		     (void *)(unsigned long)(_size))
#define mempool_create_kvmalloc_pool(_min_nr, _size)		\
	mempool_create((_min_nr), mempool_kvmalloc, mempool_kvfree,	\
		       (void *)(unsigned long)(_size))

/* -- of whole pages, elements are struct page: pool_data is the order -------------------------- */
void *mempool_alloc_pages(gfp_t gfp_mask, void *pool_data) KM_SYM(mempool_alloc_pages);
void mempool_free_pages(void *element, void *pool_data) KM_SYM(mempool_free_pages);
#define mempool_init_page_pool(_pool, _min_nr, _order)		\
	mempool_init(_pool, (_min_nr), mempool_alloc_pages, mempool_free_pages,	\
		     (void *)(long)(_order))
#define mempool_create_page_pool(_min_nr, _order)		\
	mempool_create((_min_nr), mempool_alloc_pages, mempool_free_pages,	\
		       (void *)(long)(_order))

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define mempool_init_node(_pool, _min_nr, _alloc_fn, _free_fn, _pool_data, _gfp_mask, _node_id)	\
	mempool_init_node(_pool, _min_nr, _alloc_fn, _free_fn, _pool_data,	\
		KM_GFP(_gfp_mask), _node_id)
#define mempool_create_node(_min_nr, _alloc_fn, _free_fn, _pool_data, _gfp_mask, _nid)	\
	mempool_create_node(_min_nr, _alloc_fn, _free_fn, _pool_data, KM_GFP(_gfp_mask), _nid)
#define mempool_alloc(_pool, _gfp_mask)	mempool_alloc(_pool, KM_GFP(_gfp_mask))
#endif

#endif
