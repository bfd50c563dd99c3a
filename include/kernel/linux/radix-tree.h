/* SPDX-License-Identifier: MIT */
/*
 * radix-tree.h - the older interface of the xarray: pointers by an index, the user holds a lock
 *
 * A tree is an xarray, as in Linux, so everything of xarray.h and of docs/kapi.md holds for it.
 * Absent: radix_tree_lookup_slot(), radix_tree_replace_slot(), radix_tree_node - an entry here is
 * an object of its own, not a slot of a node
 */
/* A kernel tree's radix tree goes with the tree's xarray. */
#if __has_include_next(<linux/radix-tree.h>)
#include_next <linux/radix-tree.h>
#endif

#ifndef _LINUX_RADIX_TREE_H
#define _LINUX_RADIX_TREE_H

#include <linux/gfp.h>
#include <linux/might_sleep.h>
#include <linux/preempt.h>
#include <linux/xarray.h>

#define radix_tree_root			xarray
#define RADIX_TREE_MAX_TAGS		3
#define RADIX_TREE_INIT(name, mask)	XARRAY_INIT(name, mask)
#define RADIX_TREE(name, mask)		struct radix_tree_root name = RADIX_TREE_INIT(name, mask)
#define INIT_RADIX_TREE(root, mask)	xa_init_flags(root, mask)

static inline bool radix_tree_empty(const struct radix_tree_root *root)
{
	return xa_empty(root);
}

/* From here to _end() an insert with GFP_ATOMIC may be tried; preemption is off. */
static inline __km_sleeps int __must_check radix_tree_preload(gfp_t gfp)
{
	if (gfpflags_allow_blocking(gfp))
		km_might_sleep("radix_tree_preload");
	preempt_disable();
	return 0;
}

static inline int __must_check radix_tree_maybe_preload(gfp_t gfp)
{
	if (gfpflags_allow_blocking(gfp))
		km_might_sleep("radix_tree_maybe_preload");
	preempt_disable();
	return 0;
}

static inline void radix_tree_preload_end(void)
{
	preempt_enable();
}

/* 0, -EEXIST or -ENOMEM; the memory as the tree's mask says. */
static inline int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item)
{
	/* Bits of zones are flags of the xarray. */
	gfp_t gfp = root->xa_flags & __GFP_BITS_MASK &
		    ~(__GFP_DMA | __GFP_HIGHMEM | __GFP_DMA32 | __GFP_MOVABLE);
	unsigned long irq;
	int error;

	/* Not GFP_KERNEL under a lock of our own: the user's lock is the one that counts. */
	if (gfpflags_allow_blocking(gfp)) {
		error = xa_insert(root, index, item, gfp);
	} else {
		xa_lock_irqsave(root, irq);
		error = __xa_insert(root, index, item, gfp);
		xa_unlock_irqrestore(root, irq);
	}
	return error == -EBUSY ? -EEXIST : error;
}

static inline void *radix_tree_lookup(const struct radix_tree_root *root, unsigned long index)
{
	return xa_load((struct radix_tree_root *)root, index);
}

/* The item that was there and, for the second form, was @item; else NULL. */
static inline void *radix_tree_delete(struct radix_tree_root *root, unsigned long index)
{
	unsigned long irq;
	void *item;

	xa_lock_irqsave(root, irq);
	item = __xa_erase(root, index);
	xa_unlock_irqrestore(root, irq);
	return item;
}

static inline void *radix_tree_delete_item(struct radix_tree_root *root, unsigned long index,
					   void *item)
{
	if (item && radix_tree_lookup(root, index) != item)
		return NULL;
	return radix_tree_delete(root, index);
}

static inline unsigned int radix_tree_gang_lookup(const struct radix_tree_root *root,
						  void **results, unsigned long first,
						  unsigned int most)
{
	return xa_extract((struct radix_tree_root *)root, results, first, ULONG_MAX, most,
			  XA_PRESENT);
}

static inline unsigned int radix_tree_gang_lookup_tag(const struct radix_tree_root *root,
						      void **results, unsigned long first,
						      unsigned int most, unsigned int tag)
{
	return xa_extract((struct radix_tree_root *)root, results, first, ULONG_MAX, most,
			  (__force xa_mark_t)tag);
}

static inline void *radix_tree_tag_set(struct radix_tree_root *root, unsigned long index,
				       unsigned int tag)
{
	xa_set_mark(root, index, (__force xa_mark_t)tag);
	return radix_tree_lookup(root, index);
}

static inline void *radix_tree_tag_clear(struct radix_tree_root *root, unsigned long index,
					 unsigned int tag)
{
	xa_clear_mark(root, index, (__force xa_mark_t)tag);
	return radix_tree_lookup(root, index);
}

static inline int radix_tree_tag_get(const struct radix_tree_root *root, unsigned long index,
				     unsigned int tag)
{
	return xa_get_mark((struct radix_tree_root *)root, index, (__force xa_mark_t)tag);
}

static inline int radix_tree_tagged(const struct radix_tree_root *root, unsigned int tag)
{
	return xa_marked(root, (__force xa_mark_t)tag);
}

/* -- one after the other: a slot holds a copy of the entry, good until the next step -- */
struct radix_tree_iter {
	unsigned long index, next_index;
	void *entry;
};

static inline void **km_radix_tree_step(struct radix_tree_root *root, struct radix_tree_iter *iter,
					xa_mark_t filter)
{
	unsigned long index = iter->next_index;

	iter->entry = index == ULONG_MAX ? NULL : xa_find(root, &index, ULONG_MAX - 1, filter);
	iter->index = index;
	iter->next_index = index + 1;
	return iter->entry ? &iter->entry : NULL;
}

#define km_radix_tree_for_each(slot, root, iter, start, filter)			\
	for ((iter)->next_index = (start);					\
	     ((slot) = km_radix_tree_step(root, iter, filter)) != NULL;)
#define radix_tree_for_each_slot(slot, root, iter, start)			\
	km_radix_tree_for_each(slot, root, iter, start, XA_PRESENT)
#define radix_tree_for_each_tagged(slot, root, iter, start, tag)		\
	km_radix_tree_for_each(slot, root, iter, start, (__force xa_mark_t)(tag))

static inline void *radix_tree_deref_slot(void **slot)
{
	return READ_ONCE(*slot);
}

static inline void *radix_tree_deref_slot_protected(void **slot, spinlock_t *treelock)
{
	return *slot;
}

static inline int radix_tree_deref_retry(void *arg)
{
	return 0;
}

static inline int radix_tree_exception(void *arg)
{
	return (unsigned long)arg & 3;
}

static inline void radix_tree_iter_delete(struct radix_tree_root *root,
					  struct radix_tree_iter *iter, void **slot)
{
	radix_tree_delete(root, iter->index);
}

#endif
