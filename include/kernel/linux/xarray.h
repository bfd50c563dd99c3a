/* SPDX-License-Identifier: MIT */
/*
 * xarray.h - an array of pointers with an index of unsigned long, of which most are NULL
 *
 * Every entry is an object of its own, told in the name of the call that stored it; on Linux 64
 * neighbours share one, and an entry at index 0 alone needs none.
 * Absent: XA_STATE and xas_*(), xa_store_range(), xa_get_order() - code below the plain interface
 */
/* A kernel tree's xarray and radix-tree go with the tree's header. */
#if __has_include_next(<linux/xarray.h>)
#include_next <linux/xarray.h>
#endif

#ifndef _LINUX_XARRAY_H
#define _LINUX_XARRAY_H

#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/kconfig.h>
#include <linux/limits.h>
#include <linux/rbtree_types.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>

/* -- entries: a pointer to something aligned by 4, a number, or what only the array knows -- */
static inline void *xa_mk_value(unsigned long v)
{
	WARN_ON((long)v < 0);
	return (void *)((v << 1) | 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}

static inline void *xa_tag_pointer(void *p, unsigned long tag)
{
	return (void *)((unsigned long)p | tag);
}

static inline void *xa_untag_pointer(void *entry)
{
	return (void *)((unsigned long)entry & ~3UL);
}

static inline unsigned int xa_pointer_tag(void *entry)
{
	return (unsigned long)entry & 3UL;
}

static inline void *xa_mk_internal(unsigned long v)
{
	return (void *)((v << 2) | 2);
}

static inline bool xa_is_internal(const void *entry)
{
	return ((unsigned long)entry & 3) == 2;
}

#define XA_RETRY_ENTRY		xa_mk_internal(256)
#define XA_ZERO_ENTRY		xa_mk_internal(257)	/* reserved; it reads as NULL */

static inline bool xa_is_zero(const void *entry)
{
	return entry == XA_ZERO_ENTRY;
}

static inline bool xa_is_err(const void *entry)
{
	return xa_is_internal(entry) && entry >= xa_mk_internal(-MAX_ERRNO);
}

static inline int xa_err(void *entry)
{
	return xa_is_err(entry) ? (int)((long)entry >> 2) : 0;
}

/* -- arrays -- */
typedef unsigned int __bitwise xa_mark_t;

#define XA_MARK_0		((xa_mark_t)0U)
#define XA_MARK_1		((xa_mark_t)1U)
#define XA_MARK_2		((xa_mark_t)2U)
#define XA_PRESENT		((xa_mark_t)8U)
#define XA_MARK_MAX		XA_MARK_2
#define XA_FREE_MARK		XA_MARK_0

#define XA_FLAGS_LOCK_IRQ	((gfp_t)1U)
#define XA_FLAGS_LOCK_BH	((gfp_t)2U)
#define XA_FLAGS_TRACK_FREE	((gfp_t)4U)
#define XA_FLAGS_ZERO_BUSY	((gfp_t)8U)
#define XA_FLAGS_ALLOC_WRAPPED	((gfp_t)16U)
#define XA_FLAGS_ACCOUNT	((gfp_t)32U)
#define XA_FLAGS_MARK(mark)	((gfp_t)((1U << __GFP_BITS_SHIFT) << (unsigned int)(mark)))
#define XA_FLAGS_ALLOC		(XA_FLAGS_TRACK_FREE | XA_FLAGS_MARK(XA_FREE_MARK))
#define XA_FLAGS_ALLOC1		(XA_FLAGS_TRACK_FREE | XA_FLAGS_ZERO_BUSY)

struct xarray {
	spinlock_t xa_lock;		/* of who changes it */
	gfp_t xa_flags;
	unsigned int busy;		/* the library's own lock */
	struct rb_root root;
};

struct xa_limit {
	u32 max;
	u32 min;
};

#define XA_LIMIT(_min, _max)	((struct xa_limit){ .min = _min, .max = _max })
#define xa_limit_32b		XA_LIMIT(0, UINT_MAX)
#define xa_limit_31b		XA_LIMIT(0, INT_MAX)
#define xa_limit_16b		XA_LIMIT(0, USHRT_MAX)

#define XARRAY_INIT(name, flags) {				\
	.xa_lock = __SPIN_LOCK_INITIALIZER(name.xa_lock),	\
	.xa_flags = flags,					\
}
#define DEFINE_XARRAY_FLAGS(name, flags)	struct xarray name = XARRAY_INIT(name, flags)
#define DEFINE_XARRAY(name)			DEFINE_XARRAY_FLAGS(name, 0)
#define DEFINE_XARRAY_ALLOC(name)		DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC)
#define DEFINE_XARRAY_ALLOC1(name)		DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC1)

#define xa_init_flags(xa, flags) do {				\
	struct xarray *__xa = (xa);				\
	spin_lock_init(&__xa->xa_lock);				\
	__xa->xa_flags = (flags);				\
	__xa->busy = 0;						\
	__xa->root.rb_node = NULL;				\
} while (0)
#define xa_init(xa)			xa_init_flags(xa, 0)

static inline bool xa_empty(const struct xarray *xa)
{
	return !xa->root.rb_node;
}

#define xa_trylock(xa)			spin_trylock(&(xa)->xa_lock)
#define xa_lock(xa)			spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa)			spin_unlock(&(xa)->xa_lock)
#define xa_lock_bh(xa)			spin_lock_bh(&(xa)->xa_lock)
#define xa_unlock_bh(xa)		spin_unlock_bh(&(xa)->xa_lock)
#define xa_lock_irq(xa)			spin_lock_irq(&(xa)->xa_lock)
#define xa_unlock_irq(xa)		spin_unlock_irq(&(xa)->xa_lock)
#define xa_lock_irqsave(xa, flags)	spin_lock_irqsave(&(xa)->xa_lock, flags)
#define xa_unlock_irqrestore(xa, flags)	spin_unlock_irqrestore(&(xa)->xa_lock, flags)
#define xa_lock_nested(xa, subclass)	spin_lock_nested(&(xa)->xa_lock, subclass)

/* -- reading: no lock but the library's own; what an entry points to is the user's to keep -- */
void *xa_load(struct xarray *xa, unsigned long index) KM_SYM(xa_load);
/* the first entry from *@index (xa_find_after: behind it) to @max; its index in *@index */
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
	KM_SYM(xa_find);
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
	KM_SYM(xa_find_after);
/* how many of at most @n were put into @dst */
unsigned int xa_extract(struct xarray *xa, void **dst, unsigned long start, unsigned long max,
			unsigned int n, xa_mark_t filter) KM_SYM(xa_extract);

#define xa_for_each_range(xa, index, entry, start, last)			\
	for (index = start, entry = xa_find(xa, &index, last, XA_PRESENT);	\
	     entry;								\
	     entry = xa_find_after(xa, &index, last, XA_PRESENT))
#define xa_for_each_start(xa, index, entry, start)				\
	xa_for_each_range(xa, index, entry, start, ULONG_MAX)
#define xa_for_each(xa, index, entry)		xa_for_each_start(xa, index, entry, 0)
#define xa_for_each_marked(xa, index, entry, filter)				\
	for (index = 0, entry = xa_find(xa, &index, ULONG_MAX, filter); entry;	\
	     entry = xa_find_after(xa, &index, ULONG_MAX, filter))

/* -- marks: only entries have them -- */
bool xa_marked(const struct xarray *xa, xa_mark_t mark) KM_SYM(xa_marked);
bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark) KM_SYM(xa_get_mark);
void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark) KM_SYM(xa_set_mark);
void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
	KM_SYM(xa_clear_mark);
void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
	KM_SYM(__xa_set_mark);
void __xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
	KM_SYM(__xa_clear_mark);

/*
 * -- changing.  Each takes and leaves xa_lock; the forms with __ are called with it held, and let
 * go of it while memory is waited for.  What was there before, or an error for xa_err(). --
 */
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
	KM_SYM(xa_store);
void *xa_store_bh(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
	KM_SYM(xa_store_bh);
void *xa_store_irq(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
	KM_SYM(xa_store_irq);
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
	KM_SYM(__xa_store);
void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
	KM_SYM(xa_cmpxchg);
void *xa_cmpxchg_bh(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
	KM_SYM(xa_cmpxchg_bh);
void *xa_cmpxchg_irq(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
	KM_SYM(xa_cmpxchg_irq);
void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
	KM_SYM(__xa_cmpxchg);
/* 0, -EBUSY where there is an entry, -ENOMEM */
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
	KM_SYM(xa_insert);
int xa_insert_bh(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
	KM_SYM(xa_insert_bh);
int xa_insert_irq(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
	KM_SYM(xa_insert_irq);
int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
	KM_SYM(__xa_insert);
/* the lowest free index of the limit; 0, -EBUSY, -ENOMEM; _cyclic: 1 if it began anew */
int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
	KM_SYM(xa_alloc);
int xa_alloc_bh(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
	KM_SYM(xa_alloc_bh);
int xa_alloc_irq(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
	KM_SYM(xa_alloc_irq);
int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
	KM_SYM(__xa_alloc);
int xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		    gfp_t gfp) KM_SYM(xa_alloc_cyclic);
void *xa_erase(struct xarray *xa, unsigned long index) KM_SYM(xa_erase);
void *xa_erase_bh(struct xarray *xa, unsigned long index) KM_SYM(xa_erase_bh);
void *xa_erase_irq(struct xarray *xa, unsigned long index) KM_SYM(xa_erase_irq);
void *__xa_erase(struct xarray *xa, unsigned long index) KM_SYM(__xa_erase);
/* What the entries stand for stays the user's. */
void xa_destroy(struct xarray *xa) KM_SYM(xa_destroy);

/* A place that a later xa_store() needs no memory for; it reads as NULL. */
int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp) KM_SYM(xa_reserve);

static inline void xa_release(struct xarray *xa, unsigned long index)
{
	xa_cmpxchg(xa, index, XA_ZERO_ENTRY, NULL, 0);
}

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define xa_store(_xa, _index, _entry, _gfp)	xa_store(_xa, _index, _entry, KM_GFP(_gfp))
#define xa_insert(_xa, _index, _entry, _gfp)	xa_insert(_xa, _index, _entry, KM_GFP(_gfp))
#define xa_cmpxchg(_xa, _index, _old, _entry, _gfp)	\
	xa_cmpxchg(_xa, _index, _old, _entry, KM_GFP(_gfp))
#define xa_alloc(_xa, _id, _entry, _limit, _gfp)	\
	xa_alloc(_xa, _id, _entry, _limit, KM_GFP(_gfp))
#define xa_alloc_cyclic(_xa, _id, _entry, _limit, _next, _gfp)	\
	xa_alloc_cyclic(_xa, _id, _entry, _limit, _next, KM_GFP(_gfp))
#define xa_reserve(_xa, _index, _gfp)		xa_reserve(_xa, _index, KM_GFP(_gfp))
#endif

#endif
