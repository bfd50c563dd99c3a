/* SPDX-License-Identifier: MIT */
/*
 * slab.h - object caches and kmalloc
 *
 * Names, signatures and meaning are those of Linux 6.12.  Every entry is a real function, so its
 * address can be taken and a report can name it.  For sizes known at compile time kmalloc() and its
 * kin pick the size class in the caller; code that is checked (KMALLOC_CHECKED, or compiled with
 * address instrumentation) always calls the function, which sees the size asked for.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/types.h>
#include <linux/alloc_tag.h>
#include <linux/bug.h>
#include <linux/cache.h>
#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/hash.h>
#include <linux/kasan.h>
#include <linux/overflow.h>
#include <linux/workqueue.h>

/* -- flags of a cache; the values are nobody's ABI -------------------------------------------- */
enum _slab_flag_bits {
	_SLAB_CONSISTENCY_CHECKS,
	_SLAB_RED_ZONE,
	_SLAB_POISON,
	_SLAB_KMALLOC,
	_SLAB_HWCACHE_ALIGN,
	_SLAB_CACHE_DMA,
	_SLAB_CACHE_DMA32,
	_SLAB_STORE_USER,
	_SLAB_PANIC,
	_SLAB_TYPESAFE_BY_RCU,
	_SLAB_TRACE,
	_SLAB_NOLEAKTRACE,
	_SLAB_NO_MERGE,
	_SLAB_ACCOUNT,
	_SLAB_NO_USER_FLAGS,
	_SLAB_RECLAIM_ACCOUNT,
	_SLAB_FAILSLAB,
	_SLAB_FLAGS_LAST_BIT
};
#define __SLAB_FLAG_BIT(nr)	((slab_flags_t)(1U << (nr)))
#define __SLAB_FLAG_UNUSED	((slab_flags_t)(0U))

/* SLUB debugging of one cache; the boot option slab_debug= adds these to others. */
#define SLAB_CONSISTENCY_CHECKS	__SLAB_FLAG_BIT(_SLAB_CONSISTENCY_CHECKS)
#define SLAB_RED_ZONE		__SLAB_FLAG_BIT(_SLAB_RED_ZONE)
#define SLAB_POISON		__SLAB_FLAG_BIT(_SLAB_POISON)
#define SLAB_STORE_USER		__SLAB_FLAG_BIT(_SLAB_STORE_USER)
#define SLAB_TRACE		__SLAB_FLAG_BIT(_SLAB_TRACE)
#define SLAB_KMALLOC		__SLAB_FLAG_BIT(_SLAB_KMALLOC)
#define SLAB_HWCACHE_ALIGN	__SLAB_FLAG_BIT(_SLAB_HWCACHE_ALIGN)
#define SLAB_CACHE_DMA		__SLAB_FLAG_BIT(_SLAB_CACHE_DMA)
#define SLAB_CACHE_DMA32	__SLAB_FLAG_BIT(_SLAB_CACHE_DMA32)
#define SLAB_PANIC		__SLAB_FLAG_BIT(_SLAB_PANIC)
/*
 * The pages of such a cache go back only after an RCU grace period; its objects may be handed out
 * again at once.  A reader that found an object under rcu_read_lock() may look at it, and must then
 * check that it still is the one it meant.
 */
#define SLAB_TYPESAFE_BY_RCU	__SLAB_FLAG_BIT(_SLAB_TYPESAFE_BY_RCU)
#define SLAB_NOLEAKTRACE	__SLAB_FLAG_BIT(_SLAB_NOLEAKTRACE)
#define SLAB_NO_MERGE		__SLAB_FLAG_BIT(_SLAB_NO_MERGE)
#define SLAB_ACCOUNT		__SLAB_FLAG_BIT(_SLAB_ACCOUNT)
#define SLAB_NO_USER_FLAGS	__SLAB_FLAG_BIT(_SLAB_NO_USER_FLAGS)
#define SLAB_RECLAIM_ACCOUNT	__SLAB_FLAG_BIT(_SLAB_RECLAIM_ACCOUNT)
#define SLAB_FAILSLAB		__SLAB_FLAG_BIT(_SLAB_FAILSLAB)
#define SLAB_TEMPORARY		SLAB_RECLAIM_ACCOUNT
#define SLAB_DEBUG_OBJECTS	__SLAB_FLAG_UNUSED
#define SLAB_KASAN		__SLAB_FLAG_UNUSED
#define SLAB_SKIP_KFENCE	__SLAB_FLAG_UNUSED
#define SLAB_NO_OBJ_EXT		__SLAB_FLAG_UNUSED

/* What an allocation of no bytes returns: not NULL, must not be dereferenced, may be freed. */
#define ZERO_SIZE_PTR		((void *)16)
#define ZERO_OR_NULL_PTR(x)	((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)

#ifndef ARCH_KMALLOC_MINALIGN
#define ARCH_KMALLOC_MINALIGN	__alignof__(unsigned long long)
#endif
#ifndef ARCH_SLAB_MINALIGN
#define ARCH_SLAB_MINALIGN	__alignof__(unsigned long long)
#endif
#define __assume_kmalloc_alignment	__assume_aligned(ARCH_KMALLOC_MINALIGN)
#define __assume_slab_alignment		__assume_aligned(ARCH_SLAB_MINALIGN)
#define __assume_page_alignment		__assume_aligned(4096)

#define KMALLOC_SHIFT_LOW	3
#define KMALLOC_SHIFT_HIGH	13
#define KMALLOC_SHIFT_MAX	22
#define KMALLOC_MIN_SIZE	(1 << KMALLOC_SHIFT_LOW)
#define KMALLOC_MAX_CACHE_SIZE	(1UL << KMALLOC_SHIFT_HIGH)	/* above: whole pages */
#define KMALLOC_MAX_SIZE	(1UL << KMALLOC_SHIFT_MAX)
#define KMALLOC_MAX_ORDER	(KMALLOC_SHIFT_MAX - 12)
#define SLAB_OBJ_MIN_SIZE	KMALLOC_MIN_SIZE

struct kmem_cache;
struct list_lru;
struct rcu_head;

/* KMALLOC_PLAIN: no size class is picked in the caller. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KMALLOC_PLAIN 1
#endif
#endif
#if defined(KMALLOC_CHECKED) || defined(KMALLOC_CHECK) || defined(__SANITIZE_ADDRESS__)
#undef KMALLOC_PLAIN
#define KMALLOC_PLAIN 1
#endif

/*
 * Who must free what (linux/compiler_owner.h).  Not said of krealloc(), which leaves the old object
 * alone when it fails, nor of caches, whose objects may be looked at after the free with
 * SLAB_TYPESAFE_BY_RCU.
 */
#define KM_FREED_BY_KFREE							\
	KM_FREED_BY(kfree, 1) KM_FREED_BY(kfree_sensitive, 1)			\
	KM_FREED_BY(kfree_const, 1) KM_FREED_BY(kvfree, 1)			\
	KM_FREED_BY(kvfree_sensitive, 1)
#define KM_FREED_BY_KVFREE							\
	KM_FREED_BY(kvfree, 1) KM_FREED_BY(kvfree_sensitive, 1)			\
	KM_FREED_BY(kfree, 1)
/*
 * GCC never inlines a function that carries the form with arguments: the inlined ones below call
 * functions that do.
 */
#ifdef KMALLOC_PLAIN
#define KM_INLINED_FREED_BY_KFREE	KM_FREED_BY_KFREE
#else
#define KM_INLINED_FREED_BY_KFREE
#endif

/* -- giving back ------------------------------------------------------------------------------ */

/**
 * kfree() - free memory of kmalloc() and its kin, or of a cache
 * @object: NULL and ZERO_SIZE_PTR do nothing
 *
 * Context: any but NMI.  Never sleeps.
 * Return:  nothing; a pointer that no allocation returned is reported and ignored.
 */
void kfree(const void *object) KM_SYM(kfree) KM_TAKES(1);
/**
 * kfree_sensitive() - kfree() that wipes the whole slot first
 * Also: kfree_const() (what kstrdup_const() returned), kfree_bulk() (many, of any caches)
 * NULL and contexts as with kfree(); kfree_bulk() wants interrupts enabled.
 */
void kfree_sensitive(const void *object) KM_SYM(kfree_sensitive) KM_TAKES(1);
void kfree_const(const void *object) KM_SYM(kfree_const) KM_TAKES(1);
/**
 * kvfree() - free memory of kvmalloc(), kmalloc() or vmalloc(); NULL does nothing
 * Also: kvfree_sensitive() (wipes the first @len bytes)
 * Context: task context with preemption on, or an interrupt; for memory of kmalloc() any but NMI.
 */
void kvfree(const void *object) KM_SYM(kvfree) KM_TAKES(1);
void kvfree_sensitive(const void *object, size_t len) KM_SYM(kvfree_sensitive) KM_TAKES(1);

DEFINE_FREE(kfree, void *, if (!IS_ERR_OR_NULL(_T)) kfree(_T))
DEFINE_FREE(kvfree, void *, if (!IS_ERR_OR_NULL(_T)) kvfree(_T))

/**
 * krealloc() - change the size of an object, keeping its first bytes
 * Also: krealloc_array() (n * size bytes; NULL if that overflows), kvrealloc() (of kvmalloc())
 * @object: NULL or ZERO_SIZE_PTR: as kmalloc()
 * @size:   0: frees @object and returns ZERO_SIZE_PTR
 * @gfp:    __GFP_ZERO clears what is new, provided that every earlier allocation of the object had
 *          it too
 *
 * An object stays where it is while the new size fits its slot, also when it shrinks.
 * Return: the object, possibly moved; NULL when there is no memory, and then @object is still
 *         valid.
 */
void *krealloc(const void *object, size_t size, gfp_t gfp)
	KM_SYM(krealloc) __must_check __realloc_size(2);
void *krealloc_array(void *object, size_t n, size_t size, gfp_t gfp)
	KM_SYM(krealloc_array) __must_check __realloc_size(2, 3);
void *kvrealloc(const void *object, size_t size, gfp_t gfp)
	KM_SYM(kvrealloc) __must_check __realloc_size(2);

/**
 * ksize() - bytes of an object's slot; 0 for NULL and ZERO_SIZE_PTR
 * Also: kmalloc_size_roundup() (bytes kmalloc() would really give; 0 for 0, too much as it is)
 * Context: any.
 */
size_t ksize(const void *object) KM_SYM(ksize);
size_t __ksize(const void *object) KM_SYM(__ksize);
size_t kmalloc_size_roundup(size_t size) KM_SYM(kmalloc_size_roundup);

/**
 * kmem_cache_charge() - charge an object to the memory cgroup of the running task
 * Return:  true.
 * Differs: there are no memory cgroups: nothing is charged, and nothing can be refused.
 */
bool kmem_cache_charge(void *object, gfp_t gfp) KM_SYM(kmem_cache_charge);

/* -- caches ----------------------------------------------------------------------------------- */
struct kmem_cache_args {
	unsigned int align;		/* power of two; 0: the machine's least */
	unsigned int useroffset;	/* region that may be copied to and from user space */
	unsigned int usersize;		/* 0: none */
	/* with use_freeptr_offset and SLAB_TYPESAFE_BY_RCU: where the free list may write */
	unsigned int freeptr_offset;
	bool use_freeptr_offset;
	/* once for each object when its slab is made, not at each allocation */
	void (*ctor)(void *object);
};

/**
 * kmem_cache_create() - make a cache of equal objects
 * Also: kmem_cache_create_usercopy(), KMEM_CACHE() and KMEM_CACHE_USERCOPY() (of a struct)
 * @name: unique, without spaces; copied
 * @size: bytes of an object, at most KMALLOC_MAX_SIZE
 * @args: struct kmem_cache_args *, or NULL; or, in the older form with five arguments, an alignment
 * @flags: SLAB_*
 *
 * Context: task context, may sleep.
 * Return:  the cache, or one that is alike and exists (docs/slab.md says when); NULL with a
 *          message, or a panic with SLAB_PANIC.
 * Cost:    logarithmic in the number of caches.
 */
struct kmem_cache *
__kmem_cache_create_args(const char *name, unsigned int size, struct kmem_cache_args *args,
			 slab_flags_t flags) KM_SYM(__kmem_cache_create_args) __km_sleeps;
struct kmem_cache *
__kmem_cache_default_args(const char *name, unsigned int size, struct kmem_cache_args *args,
			  slab_flags_t flags) KM_SYM(__kmem_cache_default_args) __km_sleeps;
struct kmem_cache *
__kmem_cache_create(const char *name, unsigned int size, unsigned int align, slab_flags_t flags,
		    void (*ctor)(void *)) KM_SYM(__kmem_cache_create) __km_sleeps;
struct kmem_cache *
kmem_cache_create_usercopy(const char *name, unsigned int size, unsigned int align,
			   slab_flags_t flags, unsigned int useroffset, unsigned int usersize,
			   void (*ctor)(void *)) KM_SYM(kmem_cache_create_usercopy) __km_sleeps;
#define kmem_cache_create(name, size, args, ...)				\
	_Generic((args),							\
		struct kmem_cache_args *: __kmem_cache_create_args,		\
		void *: __kmem_cache_default_args,				\
		default: __kmem_cache_create)(name, size, args, __VA_ARGS__)

/**
 * KMEM_CACHE(), KMEM_CACHE_USERCOPY() - kmem_cache_create() with the name, size and alignment of
 * struct @type; the second names the @field that users may copy
 * Context, Return: as kmem_cache_create().
 */
#define KMEM_CACHE(type, flags)							\
	__kmem_cache_create_args(#type, sizeof(struct type),			\
		&(struct kmem_cache_args) { .align = __alignof__(struct type) }, (flags))
#define KMEM_CACHE_USERCOPY(type, flags, field)					\
	__kmem_cache_create_args(#type, sizeof(struct type),			\
		&(struct kmem_cache_args) {					\
			.align = __alignof__(struct type),			\
			.useroffset = __builtin_offsetof(struct type, field),	\
			.usersize = sizeof(((struct type *)0)->field),		\
		}, (flags))

/**
 * kmem_cache_destroy() - end a cache; NULL does nothing
 * Context: task context, may sleep: waits for kfree_rcu() and, with SLAB_TYPESAFE_BY_RCU, for
 *          readers.
 * Return:  nothing; if objects are still out they are listed and the cache stays.
 */
void kmem_cache_destroy(struct kmem_cache *cache) KM_SYM(kmem_cache_destroy) __km_sleeps;
/* gives empty slabs back, every CPU's list included; may sleep; 0: no slab is left */
int kmem_cache_shrink(struct kmem_cache *cache) KM_SYM(kmem_cache_shrink) __km_sleeps;
/**
 * kmem_cache_size() - bytes of an object, of the largest user if several share the cache
 * Also: slab_is_available() (is the machine up?), kmem_dump_obj() (print what @object is; false if
 * it is neither an object nor large kmalloc() memory)
 * Context: any.
 */
unsigned int kmem_cache_size(struct kmem_cache *cache) KM_SYM(kmem_cache_size);
bool slab_is_available(void) KM_SYM(slab_is_available);
bool kmem_dump_obj(void *object) KM_SYM(kmem_dump_obj);

/**
 * kmem_cache_free() - give back @object of @cache; not NULL
 * Also: kmem_cache_free_bulk() (@cache NULL: objects of any caches, or of kmalloc(); wants
 * interrupts enabled)
 * Context: any but NMI.  Never sleeps.
 * Return:  nothing; an object of another cache is reported and goes to its own.
 */
void kmem_cache_free(struct kmem_cache *cache, void *object) KM_SYM(kmem_cache_free);
void kmem_cache_free_bulk(struct kmem_cache *cache, size_t count, void **objects)
	KM_SYM(kmem_cache_free_bulk);
void kfree_bulk(size_t count, void **objects) KM_SYM(kfree_bulk);

/**
 * kmem_cache_alloc() - take one object
 * Also: kmem_cache_zalloc() (cleared), kmem_cache_alloc_node() (of a memory node; of another only
 * without __GFP_THISNODE), kmem_cache_alloc_lru() (@lru is not looked at: no memory cgroups)
 * @gfp: __GFP_ZERO clears it, and must not be used with a constructor
 *
 * Context: any but NMI; task context and no spinlock held if @gfp may block (sleep-in-atomic).
 * Return:  an object, or NULL.
 */
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp) KM_SYM(kmem_cache_alloc)
	__km_nonnull(1) __km_result
	__assume_slab_alignment __malloc;
void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp) KM_SYM(kmem_cache_zalloc)
	__km_nonnull(1) __km_result
	__assume_slab_alignment __malloc;
void *kmem_cache_alloc_node(struct kmem_cache *cache, gfp_t gfp, int node)
	KM_SYM(kmem_cache_alloc_node) __km_nonnull(1) __km_result
	__assume_slab_alignment __malloc;
void *kmem_cache_alloc_lru(struct kmem_cache *cache, struct list_lru *lru, gfp_t gfp)
	KM_SYM(kmem_cache_alloc_lru) __km_nonnull(1) __km_result
	__assume_slab_alignment __malloc;
/**
 * kmem_cache_alloc_bulk() - take @count objects, all or none
 * Context: as kmem_cache_alloc(), with interrupts enabled.
 * Return:  @count, or 0.
 */
int kmem_cache_alloc_bulk(struct kmem_cache *cache, gfp_t gfp, size_t count, void **ret_objects)
	KM_SYM(kmem_cache_alloc_bulk);

/* -- kmalloc ---------------------------------------------------------------------------------- */
enum kmalloc_cache_type {
	KMALLOC_NORMAL = 0,
	KMALLOC_RANDOM_START = KMALLOC_NORMAL,
	/* no kmalloc-rnd-NN-N, as without CONFIG_RANDOM_KMALLOC_CACHES */
	KMALLOC_RANDOM_END = KMALLOC_NORMAL,
	KMALLOC_RECLAIM,	/* kmalloc-rcl-N */
	KMALLOC_DMA,		/* dma-kmalloc-N */
	KMALLOC_CGROUP,		/* kmalloc-cg-N: kept apart, charged to nobody */
	NR_KMALLOC_TYPES
};
#define KMALLOC_NOT_NORMAL_BITS	(__GFP_RECLAIMABLE | __GFP_DMA | __GFP_ACCOUNT)

typedef struct kmem_cache *kmem_buckets[KMALLOC_SHIFT_HIGH + 1];
extern kmem_buckets kmalloc_caches[NR_KMALLOC_TYPES] KM_SYM(kmalloc_caches);

extern __always_inline __gnu_inline enum kmalloc_cache_type
kmalloc_type(gfp_t gfp, unsigned long caller __maybe_unused)
{
	if (__builtin_expect((gfp & KMALLOC_NOT_NORMAL_BITS) == 0, 1))
		return KMALLOC_NORMAL;
	if (gfp & __GFP_DMA)
		return KMALLOC_DMA;
	return gfp & __GFP_RECLAIMABLE ? KMALLOC_RECLAIM : KMALLOC_CGROUP;
}

/*
 * Row of kmalloc_caches for @size, 1 .. KMALLOC_MAX_CACHE_SIZE: log2 rounded up; 1 is 96 bytes and
 * 2 is 192.
 */
extern __always_inline __gnu_inline unsigned int kmalloc_index(size_t size)
{
	if (size <= 8)
		return size ? 3 : 0;
	if (size > 64 && size <= 96)
		return 1;
	if (size > 128 && size <= 192)
		return 2;
	return 64 - __builtin_clzl(size - 1);
}

/**
 * kmalloc() - memory by size
 * Also: kzalloc() (cleared), kmalloc_array(), kcalloc() (n * size bytes, NULL if that overflows),
 * kmalloc_node(), kzalloc_node(), kmalloc_array_node(), kcalloc_node() (of a memory node; of
 * another only without __GFP_THISNODE)
 * @size: 0 gives ZERO_SIZE_PTR; above KMALLOC_MAX_SIZE gives NULL and a warning
 * @gfp:  GFP_KERNEL where sleeping is allowed, GFP_ATOMIC elsewhere; GFP_DMA added: below 16 MiB
 *
 * Context: any but NMI; task context and no spinlock held if @gfp may block (sleep-in-atomic).
 * Return:  at least @size bytes, physically contiguous, aligned to 8 and, for a power of two, to
 *          @size; or NULL.
 */
void *kmalloc(size_t size, gfp_t gfp)
	KM_SYM(kmalloc) __km_result __malloc KM_INLINED_FREED_BY_KFREE __alloc_size(1)
	__assume_kmalloc_alignment;
void *kzalloc(size_t size, gfp_t gfp)
	KM_SYM(kzalloc) __km_result __malloc KM_INLINED_FREED_BY_KFREE __alloc_size(1)
	__assume_kmalloc_alignment;
void *kmalloc_array(size_t n, size_t size, gfp_t gfp)
	KM_SYM(kmalloc_array) __km_result __malloc KM_INLINED_FREED_BY_KFREE __alloc_size(1, 2);
void *kcalloc(size_t n, size_t size, gfp_t gfp)
	KM_SYM(kcalloc) __km_result __malloc KM_INLINED_FREED_BY_KFREE __alloc_size(1, 2);
void *kmalloc_node(size_t size, gfp_t gfp, int node)
	KM_SYM(kmalloc_node) __km_result __malloc KM_FREED_BY_KFREE __alloc_size(1);
void *kzalloc_node(size_t size, gfp_t gfp, int node)
	KM_SYM(kzalloc_node) __km_result __malloc KM_FREED_BY_KFREE __alloc_size(1);
void *kmalloc_array_node(size_t n, size_t size, gfp_t gfp, int node) KM_SYM(kmalloc_array_node)
	__km_result
	__malloc KM_FREED_BY_KFREE __alloc_size(1, 2);
void *kcalloc_node(size_t n, size_t size, gfp_t gfp, int node) KM_SYM(kcalloc_node) __km_result
	__malloc KM_FREED_BY_KFREE __alloc_size(1, 2);
void *__kmalloc_node_track_caller(size_t size, gfp_t gfp, int node, unsigned long caller)
	KM_SYM(__kmalloc_node_track_caller)
	__malloc KM_FREED_BY_KFREE __alloc_size(1);
/**
 * kmalloc_track_caller() - kmalloc() for code that allocates on behalf of its caller
 * Also: kmalloc_node_track_caller()
 * A report shows that one.  The rest is as with kmalloc() and kmalloc_node().
 */
#define kmalloc_track_caller(size, gfp)	\
	kmalloc_node_track_caller(size, gfp, NUMA_NO_NODE)
#define kmalloc_node_track_caller(size, gfp, node)	\
	__kmalloc_node_track_caller(size, gfp, node, (unsigned long)__builtin_return_address(0))
/* For the inlined forms: calls above by other names, and kmalloc() with its class picked. */
void *__kmalloc(size_t size, gfp_t gfp)
	KM_SYM(kmalloc) __malloc KM_FREED_BY_KFREE __alloc_size(1) __assume_kmalloc_alignment;
void *__kmalloc_node(size_t size, gfp_t gfp, int node)
	KM_SYM(kmalloc_node) __malloc KM_FREED_BY_KFREE __alloc_size(1);
/* @size: of @cache, a row of kmalloc_caches or a cache made with SLAB_KMALLOC */
void *__kmalloc_cache_noprof(struct kmem_cache *cache, gfp_t gfp, size_t size)
	KM_SYM(__kmalloc_cache_noprof) __malloc KM_FREED_BY_KFREE __alloc_size(3)
	__assume_kmalloc_alignment;
/**
 * kmem_buckets_create() - a set of kmalloc() caches of one's own, named @name-SIZE
 * @flags: SLAB_*, of each of them
 * @useroffset: with @usersize the part of every object that users may copy
 *
 * Context: task context, may sleep.
 * Return:  the set, for the life of the machine; NULL when there is no memory.
 */
kmem_buckets *kmem_buckets_create(const char *name, slab_flags_t flags, unsigned int useroffset,
				  unsigned int usersize, void (*ctor)(void *object))
	KM_SYM(kmem_buckets_create) __km_sleeps;
/**
 * kmem_buckets_alloc() - kmalloc() from the classes of a set; free with kfree()
 * Also: kmem_buckets_alloc_track_caller(), kmem_buckets_valloc()
 * @buckets: NULL: the classes of kmalloc()
 * Sizes above the largest class come as whole pages, as with kmalloc(); kmem_buckets_valloc() is
 * to this what kvmalloc() is to kmalloc(), and wants kvfree().
 */
void *kmem_buckets_alloc(kmem_buckets *buckets, size_t size, gfp_t gfp)
	KM_SYM(kmem_buckets_alloc) __km_result __malloc KM_FREED_BY_KFREE __alloc_size(2);
void *kmem_buckets_valloc(kmem_buckets *buckets, size_t size, gfp_t gfp)
	KM_SYM(kmem_buckets_valloc) __km_result __malloc KM_FREED_BY_KVFREE __alloc_size(2);
void *__kmem_buckets_alloc_track_caller(kmem_buckets *buckets, size_t size, gfp_t gfp,
					unsigned long caller)
	KM_SYM(__kmem_buckets_alloc_track_caller) __malloc KM_FREED_BY_KFREE __alloc_size(2);
#define kmem_buckets_alloc_track_caller(buckets, size, gfp)	\
	__kmem_buckets_alloc_track_caller(buckets, size, gfp,	\
					  (unsigned long)__builtin_return_address(0))

/* -- kvmalloc ---------------------------------------------------------------------------------- */
/**
 * kvmalloc() - kmalloc(), and vmalloc() when that fails and the size is above a page
 * Also: kvzalloc(), kvmalloc_array(), kvcalloc(), kvmalloc_node(), kvzalloc_node(),
 * kvmalloc_array_node(), kvcalloc_node(): as with kmalloc()
 * @gfp: GFP_KERNEL; one that may not block gets the kmalloc() half only
 *
 * Context: task context, may sleep; free with kvfree().
 * Return:  the memory; ZERO_SIZE_PTR for no bytes; NULL, above INT_MAX always.
 */
void *kvmalloc(size_t size, gfp_t gfp) KM_SYM(kvmalloc)
	__km_result __malloc KM_FREED_BY_KVFREE __alloc_size(1);
void *kvzalloc(size_t size, gfp_t gfp) KM_SYM(kvzalloc)
	__km_result __malloc KM_FREED_BY_KVFREE __alloc_size(1);
void *kvmalloc_node(size_t size, gfp_t gfp, int node)
	KM_SYM(kvmalloc_node) __km_result __malloc KM_FREED_BY_KVFREE __alloc_size(1);
void *kvzalloc_node(size_t size, gfp_t gfp, int node)
	KM_SYM(kvzalloc_node) __km_result __malloc KM_FREED_BY_KVFREE __alloc_size(1);
void *kvmalloc_array(size_t n, size_t size, gfp_t gfp)
	KM_SYM(kvmalloc_array) __km_result __malloc KM_FREED_BY_KVFREE __alloc_size(1, 2);
void *kvcalloc(size_t n, size_t size, gfp_t gfp)
	KM_SYM(kvcalloc) __km_result __malloc KM_FREED_BY_KVFREE __alloc_size(1, 2);
void *kvmalloc_array_node(size_t n, size_t size, gfp_t gfp, int node) KM_SYM(kvmalloc_array_node)
	__km_result
	__malloc KM_FREED_BY_KVFREE __alloc_size(1, 2);
void *kvcalloc_node(size_t n, size_t size, gfp_t gfp, int node) KM_SYM(kvcalloc_node) __km_result
	__malloc KM_FREED_BY_KVFREE __alloc_size(1, 2);

/* -- freeing after a grace period: kfree_rcu() and kvfree_rcu(), also in linux/rcupdate.h ------ */
#include <linux/kvfree_rcu.h>

/* -- what Linux's macros call: the functions themselves, here and there ------------------------ */
#define kmalloc_noprof				kmalloc
#define kzalloc_noprof				kzalloc
#define kmalloc_node_noprof			kmalloc_node
#define kmalloc_array_noprof			kmalloc_array
#define kmalloc_array_node_noprof		kmalloc_array_node
#define krealloc_noprof				krealloc
#define krealloc_array_noprof			krealloc_array
#define __kmalloc_noprof			__kmalloc
#define __kmalloc_node_noprof			__kmalloc_node
#define kmalloc_node_track_caller_noprof	__kmalloc_node_track_caller
#define kmem_cache_alloc_noprof			kmem_cache_alloc
#define kmem_cache_alloc_lru_noprof		kmem_cache_alloc_lru
#define kmem_cache_alloc_node_noprof		kmem_cache_alloc_node
#define kmem_cache_alloc_bulk_noprof		kmem_cache_alloc_bulk
#define kvmalloc_node_noprof			kvmalloc_node
#define kvmalloc_array_node_noprof		kvmalloc_array_node
#define kvrealloc_noprof			kvrealloc

/* -- sizes known at compile time -------------------------------------------------------------- */
#ifndef KMALLOC_PLAIN
extern __always_inline __gnu_inline void *kmalloc(size_t size, gfp_t gfp)
{
	if (__builtin_constant_p(size) && size - 1 < KMALLOC_MAX_CACHE_SIZE) {
		enum kmalloc_cache_type type = kmalloc_type(gfp, 0);

		return __kmalloc_cache_noprof(kmalloc_caches[type][kmalloc_index(size)], gfp,
					      size);
	}
	return __kmalloc(size, gfp);
}

extern __always_inline __gnu_inline void *kzalloc(size_t size, gfp_t gfp)
{
	return kmalloc(size, gfp | __GFP_ZERO);
}

extern __always_inline __gnu_inline void *kmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	if (__builtin_expect(__builtin_mul_overflow(n, size, &bytes), 0))
		return (void *)0;
	return kmalloc(bytes, gfp);
}

extern __always_inline __gnu_inline void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	return kmalloc_array(n, size, gfp | __GFP_ZERO);
}
#endif

/* -- what a gfp says to the compiler: linux/compiler_context.h -- */
#if defined(__clang_analyzer__) && !defined(CONFIG_MEM_ALLOC_PROFILING)
/* clang's analyzer knows kmalloc(), not that others clear: to it those that do not are that. */
#define kmalloc_array(n, size, gfp)	kmalloc((n) * (size), gfp)
#define kvmalloc(size, gfp)		kmalloc(size, gfp)
#define kvmalloc_array(n, size, gfp)	kmalloc((n) * (size), gfp)
#elif defined(KM_GFP_IS_LOOKED_AT)
#define krealloc(_object, _size, _gfp)	krealloc(_object, _size, KM_GFP(_gfp))
#define krealloc_array(_object, _n, _size, _gfp)	\
	krealloc_array(_object, _n, _size, KM_GFP(_gfp))
#define kvrealloc(_object, _size, _gfp)	kvrealloc(_object, _size, KM_GFP(_gfp))
#define kmem_cache_alloc(_cache, _gfp)	kmem_cache_alloc(_cache, KM_GFP(_gfp))
#define kmem_cache_zalloc(_cache, _gfp)	kmem_cache_zalloc(_cache, KM_GFP(_gfp))
#define kmem_cache_alloc_node(_cache, _gfp, _node)	\
	kmem_cache_alloc_node(_cache, KM_GFP(_gfp), _node)
#define kmem_cache_alloc_lru(_cache, _lru, _gfp)	\
	kmem_cache_alloc_lru(_cache, _lru, KM_GFP(_gfp))
#define kmem_cache_alloc_bulk(_cache, _gfp, _count, _ret_objects)	\
	kmem_cache_alloc_bulk(_cache, KM_GFP(_gfp), _count, _ret_objects)
#define kmalloc(_size, _gfp)	kmalloc(_size, KM_GFP(_gfp))
#define kzalloc(_size, _gfp)	kzalloc(_size, KM_GFP(_gfp))
#define kmalloc_array(_n, _size, _gfp)	kmalloc_array(_n, _size, KM_GFP(_gfp))
#define kcalloc(_n, _size, _gfp)	kcalloc(_n, _size, KM_GFP(_gfp))
#define kmalloc_node(_size, _gfp, _node)	kmalloc_node(_size, KM_GFP(_gfp), _node)
#define kzalloc_node(_size, _gfp, _node)	kzalloc_node(_size, KM_GFP(_gfp), _node)
#define kmalloc_array_node(_n, _size, _gfp, _node)	\
	kmalloc_array_node(_n, _size, KM_GFP(_gfp), _node)
#define kcalloc_node(_n, _size, _gfp, _node)	kcalloc_node(_n, _size, KM_GFP(_gfp), _node)
#define kmem_buckets_alloc(_buckets, _size, _gfp)	\
	kmem_buckets_alloc(_buckets, _size, KM_GFP(_gfp))
#define kmem_buckets_valloc(_buckets, _size, _gfp)	\
	kmem_buckets_valloc(_buckets, _size, KM_GFP(_gfp))
#define kvmalloc(_size, _gfp)	kvmalloc(_size, KM_GFP(_gfp))
#define kvzalloc(_size, _gfp)	kvzalloc(_size, KM_GFP(_gfp))
#define kvmalloc_node(_size, _gfp, _node)	kvmalloc_node(_size, KM_GFP(_gfp), _node)
#define kvzalloc_node(_size, _gfp, _node)	kvzalloc_node(_size, KM_GFP(_gfp), _node)
#define kvmalloc_array(_n, _size, _gfp)	kvmalloc_array(_n, _size, KM_GFP(_gfp))
#define kvcalloc(_n, _size, _gfp)	kvcalloc(_n, _size, KM_GFP(_gfp))
#define kvmalloc_array_node(_n, _size, _gfp, _node)	\
	kvmalloc_array_node(_n, _size, KM_GFP(_gfp), _node)
#define kvcalloc_node(_n, _size, _gfp, _node)	kvcalloc_node(_n, _size, KM_GFP(_gfp), _node)
#endif

/* What a file that includes slab.h has in Linux by way of gfp.h. */
#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/llist.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/wait.h>

/* Last: with CONFIG_MEM_ALLOC_PROFILING it takes the names of the functions. */
#define KM_SLAB_DECLARED
#include <linux/alloc_tag.h>

#endif
