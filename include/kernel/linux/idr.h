/* SPDX-License-Identifier: MIT */
/*
 * idr.h - small numbers for pointers (struct idr), and small numbers alone (struct ida)
 *
 * Every id of an idr is an object of its own, told in the name of idr_alloc(); an ida's first 62
 * ids need no memory, as on Linux.
 */
/* A kernel tree's radix-tree and idr go with the tree's header. */
#if __has_include_next(<linux/idr.h>)
#include_next <linux/idr.h>
#endif

#ifndef __IDR_H__
#define __IDR_H__

#include <linux/gfp.h>
#include <linux/limits.h>
#include <linux/might_sleep.h>
#include <linux/preempt.h>
#include <linux/rbtree_types.h>
#include <linux/rcupdate.h>

struct idr {
	struct rb_root root;
	unsigned int idr_next;		/* of idr_alloc_cyclic() */
	unsigned int lock;
};

struct ida {
	struct idr beyond;
	unsigned long first;		/* a bit for each of the ids 0 to 61 */
};

#define IDR_INIT(name)		{ }
#define DEFINE_IDR(name)	struct idr name = IDR_INIT(name)
#define IDA_INIT(name)		{ }
#define DEFINE_IDA(name)	struct ida name = IDA_INIT(name)

static inline void idr_init(struct idr *idr)
{
	*idr = (struct idr)IDR_INIT(idr);
}

static inline void ida_init(struct ida *ida)
{
	*ida = (struct ida)IDA_INIT(ida);
}

/**
 * idr_alloc() - the lowest free id in [@start, @end), for @ptr
 * @end: 0 or less: no limit
 *
 * Also: idr_alloc_cyclic(), which begins behind the last id it gave.
 * Context: as @gfp says; callers keep writers apart.   Return: the id, -ENOSPC, -ENOMEM, -EINVAL.
 */
int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp) KM_SYM(idr_alloc);
int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
	KM_SYM(idr_alloc_cyclic);
/* 0, -ENOSPC or -ENOMEM; *@id: from where, then the id; @max is allowed */
int idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp)
	KM_SYM(idr_alloc_u32);
void *idr_find(const struct idr *idr, unsigned long id) KM_SYM(idr_find);
/* what was there; NULL: nothing */
void *idr_remove(struct idr *idr, unsigned long id) KM_SYM(idr_remove);
/* the old pointer, or ERR_PTR(-ENOENT) */
void *idr_replace(struct idr *idr, void *ptr, unsigned long id) KM_SYM(idr_replace);
/* the entry at *@id or the next one, with its id in *@id; NULL behind the last */
void *idr_get_next(struct idr *idr, int *id) KM_SYM(idr_get_next);
int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data)
	KM_SYM(idr_for_each);
/* Frees the ids, not what they stand for. */
void idr_destroy(struct idr *idr) KM_SYM(idr_destroy);

static inline bool idr_is_empty(const struct idr *idr)
{
	return !idr->root.rb_node;
}

/* Between the two idr_alloc() is called with GFP_NOWAIT. */
static inline void idr_preload(gfp_t gfp)
{
	if (gfpflags_allow_blocking(gfp))
		km_might_sleep("idr_preload");
	preempt_disable();
}

static inline void idr_preload_end(void)
{
	preempt_enable();
}

#define idr_for_each_entry(idr, entry, id) \
	for (id = 0; ((entry) = idr_get_next(idr, &(id))) != NULL; id += 1)
#define idr_for_each_entry_continue(idr, entry, id) \
	for ((entry) = idr_get_next((idr), &(id)); entry;		\
	     ++id, (entry) = idr_get_next((idr), &(id)))

/* the id, -ENOSPC or -ENOMEM */
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp)
	KM_SYM(ida_alloc_range);
void ida_free(struct ida *ida, unsigned int id) KM_SYM(ida_free);
void ida_destroy(struct ida *ida) KM_SYM(ida_destroy);

static inline int ida_alloc(struct ida *ida, gfp_t gfp)
{
	return ida_alloc_range(ida, 0, INT_MAX, gfp);
}

static inline int ida_alloc_min(struct ida *ida, unsigned int min, gfp_t gfp)
{
	return ida_alloc_range(ida, min, INT_MAX, gfp);
}

static inline int ida_alloc_max(struct ida *ida, unsigned int max, gfp_t gfp)
{
	return ida_alloc_range(ida, 0, max, gfp);
}

static inline bool ida_is_empty(const struct ida *ida)
{
	return !ida->first && idr_is_empty(&ida->beyond);
}

#define ida_simple_get(ida, start, end, gfp) \
	ida_alloc_range(ida, start, (end) ? (end) - 1 : INT_MAX, gfp)
#define ida_simple_remove(ida, id)	ida_free(ida, id)

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define idr_alloc(_idr, _ptr, _start, _end, _gfp)	\
	idr_alloc(_idr, _ptr, _start, _end, KM_GFP(_gfp))
#define idr_alloc_cyclic(_idr, _ptr, _start, _end, _gfp)	\
	idr_alloc_cyclic(_idr, _ptr, _start, _end, KM_GFP(_gfp))
#define idr_alloc_u32(_idr, _ptr, _id, _max, _gfp)	\
	idr_alloc_u32(_idr, _ptr, _id, _max, KM_GFP(_gfp))
#define idr_preload(_gfp)	idr_preload(KM_GFP(_gfp))
#define ida_alloc_range(_ida, _min, _max, _gfp)	ida_alloc_range(_ida, _min, _max, KM_GFP(_gfp))
#define ida_alloc(_ida, _gfp)	ida_alloc(_ida, KM_GFP(_gfp))
#define ida_alloc_min(_ida, _min, _gfp)	ida_alloc_min(_ida, _min, KM_GFP(_gfp))
#define ida_alloc_max(_ida, _max, _gfp)	ida_alloc_max(_ida, _max, KM_GFP(_gfp))
#endif

#endif
