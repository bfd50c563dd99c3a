/* SPDX-License-Identifier: MIT */
/*
 * rule.h - events that rules observe, and what they answer
 *
 * An allocator's entry point that finds its cache watched sends a struct km_event through the door
 * (src/watch). Rules are called in the order of the machine's rule table; the first answer other
 * than GO wins. Freestanding types only.
 */
#ifndef KMALLOC_RULE_H
#define KMALLOC_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum km_point {
#define KM_POINT(name, carries, verdicts) KM_POINT_##name,
#include <kmalloc/points.def>
#undef KM_POINT
	KM_POINTS
};

enum km_verdict {
	KM_GO,		/* carry on */
	KM_REFUSE,	/* allocation: return NULL.  free: leave the object alone */
	/* free: the rule keeps the object and gives it back later (km_event_release) */
	KM_TAKE,
	KM_FALL_BACK,	/* allocation of KM_FAMILY_KVMALLOC: the kmalloc() half fails, alone */
};

/* What a BUG says of the call that it stands in. */
enum km_bug_of {
	KM_BUG_ITSELF,
	KM_BUG_FREED_TWICE,	/* a part of a pool that is not out is given back */
	KM_BUG_BAD_FREE,	/* or one that never was of it */
};

enum km_family {
	KM_FAMILY_KMALLOC,	/* kmalloc and friends, also when served by whole pages */
	KM_FAMILY_CACHE,	/* kmem_cache_alloc */
	KM_FAMILY_PAGES,	/* alloc_pages, __get_free_pages */
	KM_FAMILY_VMALLOC,
	KM_FAMILY_KVMALLOC,	/* either of two; free: kvfree */
	KM_FAMILY_KMEM_CACHE,	/* the cache itself: kmem_cache_create / destroy */
	KM_FAMILY_PERCPU,	/* alloc_percpu; object is the percpu pointer */
	KM_FAMILY_MEMPOOL,	/* mempool_alloc, and the pool itself */
	KM_FAMILY_DMA,		/* dma_alloc_coherent, dma_pool, mappings */
	KM_FAMILY_GENPOOL,
	KM_FAMILY_DEVRES,	/* devm_kmalloc and kin */
	KM_FAMILY_OTHER,	/* thread, irq, workqueue, timer */
};

/* Where an element of a mempool is, or goes when it is freed. */
enum km_pooled {
	KM_POOL_NONE,		/* no pool has to do with it */
	KM_POOL_KEEPS,		/* to the reserve */
	KM_POOL_PASSES,		/* the reserve is full: to the allocator it came from */
	KM_POOL_HAS,		/* it lies in the reserve already */
};

/* LEAK_HINT: what kmemleak_*() says of the object; event.usable of ALLOC: references it needs */
enum km_leak_hint {
	KM_LEAK_ALLOC,
	KM_LEAK_FREE,
	KM_LEAK_FREE_PART,
	KM_LEAK_NOT_LEAK,
	KM_LEAK_TRANSIENT,
	KM_LEAK_IGNORE,
	KM_LEAK_SCAN_AREA,
	KM_LEAK_NO_SCAN,
	KM_LEAK_UPDATE_TRACE,
};

/* USER_BAD: what is wrong with a copy to or from user space */
enum km_user_bad {
	KM_USER_BEYOND,		/* more bytes than the buffer of the call has */
	KM_USER_KERNELS,	/* the user's side is memory of the kernel */
	KM_USER_DIRECT,		/* the kernel's side is memory of the user */
};

struct kmem_cache;
struct page;

enum km_dma_step {
	KM_DMA_ASK,		/* before anything else; REFUSE: the mapping fails */
	KM_DMA_MAP,		/* the device has it */
	KM_DMA_FAIL,		/* it has not: the caller gets an error */
	KM_DMA_TEST,		/* dma_mapping_error() */
	KM_DMA_SYNC_CPU,
	KM_DMA_SYNC_DEVICE,
	/* before it is taken back; REFUSE: the rule has told, what it knows of is taken back */
	KM_DMA_UNMAP,
};

enum km_dma_kind {
	KM_DMA_SINGLE, KM_DMA_PAGE, KM_DMA_LIST, KM_DMA_RESOURCE, KM_DMA_COHERENT, KM_DMA_POOL,
};

/* DMA: what the call says; object and bytes of the event are the memory as the CPU sees it. */
struct km_dma_call {
	enum km_dma_step step;
	enum km_dma_kind kind;
	int direction;			/* enum dma_data_direction */
	const void *device;		/* POOL: the pool */
	const char *driver_name, *device_name;
	uint64_t address;		/* as the device sees it */
	const void *list;		/* LIST: all of it, and its entries */
	uint32_t entries;
	/* ASK: the highest address the device reaches, when not all of the memory lies below;
	 * POOL: the address that the block has */
	uint64_t limit;
	const char *pool;		/* POOL: the name of another that the block is from */
};

/* LOCK_TAKE, LOCK_WAIT, and LOCK_BAD of a lock that its holder takes again: a lock that sleeps. */
struct km_lock_call {
	const void *key;	/* equal for all locks that one place initialises */
	uint32_t subclass;
	bool is_try;
};

struct km_event {
	enum km_point point;
	enum km_family family;
	const char *what;	/* the API function ("kmalloc"), or the text the point says */
	const void *object;	/* for PAGES: the page's linear address */
	size_t bytes;		/* asked for */
	size_t usable;		/* of the slot */
	uint32_t gfp;		/* Linux 6.12 values; 0 where none */
	uint32_t order;
	struct kmem_cache *cache;
	uintptr_t caller;	/* return address into the code that made the call */
	/* frame pointer of that code's callee: where a backtrace starts; 0: take the current */
	uintptr_t frame;
	/* ALLOC_ASK of a call that waits instead of failing (mempool_alloc): not REFUSEd */
	bool never_fails;
	enum km_pooled pooled;	/* FREE_ASK of mempool_free() */
	/* FREE_ASK: the call does not find @object where it should be, and will not free it */
	bool is_lost;
	const struct km_dma_call *dma;		/* NULL: the point is not DMA */
	const struct km_lock_call *lock;	/* NULL: no sleeping lock is meant */
};

struct km_rule {
	const char *id;		/* as in catalog.def; NULL for helpers such as the recorder */
	uint32_t points;	/* bit set: 1u << KM_POINT_x */
	int (*boot)(void);	/* 0 or negative errno; may be NULL */
	void (*shutdown)(void);	/* may be NULL */
	enum km_verdict (*see)(const struct km_event *event);
};

#ifdef __cplusplus
}
#endif
#endif
