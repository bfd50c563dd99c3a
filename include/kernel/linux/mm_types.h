/* SPDX-License-Identifier: MIT */
/*
 * mm_types.h - struct page, one per page frame
 *
 * 64 bytes. Names that kernel code uses (flags, lru, mapping, index, private, _refcount,
 * _mapcount, rcu_head) are Linux's. owner, order, home and pfn belong to the page room; a slab
 * owns the second and third union of its first frame.
 */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/types.h>

struct kmem_cache;
struct address_space;

/* Who a frame belongs to; routes kfree() and makes a wrong free detectable in every build. */
enum page_owner {
	PAGE_OWNER_RESERVED,	/* not managed: holes, mem_map, what memblock kept */
	PAGE_OWNER_FREE,	/* in the buddy allocator */
	PAGE_OWNER_PCP,		/* on a per-CPU list */
	PAGE_OWNER_PAGES,	/* handed out by alloc_pages() */
	PAGE_OWNER_SLAB,	/* a slab; slab_cache is set */
	PAGE_OWNER_LARGE,	/* kmalloc above KMALLOC_MAX_CACHE_SIZE; index = bytes asked for */
	PAGE_OWNER_VMAP,	/* behind a vmalloc area */
	PAGE_OWNER_PERCPU,	/* units of the percpu room, and its records */
	PAGE_OWNER_KEPT,	/* freed by its user, kept by a rule (quarantine) */
};

struct page {
	unsigned long flags;			/* PG_* bits of linux/page-flags.h */
	union {
		/* buddy and pcp lists; the user's while allocated */
		struct list_head lru;
		struct list_head slab_list;	/* node's partial list */
		unsigned long compound_head;	/* tail page: address of head | 1 */
		struct rcu_head rcu_head;
	};
	union {
		struct address_space *mapping;
		struct kmem_cache *slab_cache;
	};
	union {
		pgoff_t index;
		void *freelist;			/* slab: first free object */
	};
	union {
		unsigned long private;
		struct {
			/* slab: objects handed out (incl. those on per-CPU lists) */
			u16 inuse;
			u16 objects;		/* slab: objects in it */
			u32 slab_state;		/* slab: on which list */
		};
	};
	atomic_t _mapcount;			/* -1: not mapped */
	atomic_t _refcount;
	/* enum page_owner; valid on head frames and on each order-0 frame */
	u8 owner;
	u8 order;				/* of the block this head frame starts */
	/* node << 4 | enum zone_type << 2 | kind of per-CPU list; src/page/frame.h */
	u8 home;
	u8 mobility;				/* enum migratetype of its pageblock */
	u32 pfn;				/* frame number; set once at boot */
} __attribute__((aligned(64)));

_Static_assert(sizeof(struct page) == 64, "one cache line a frame");

struct folio { struct page page; };

#endif
