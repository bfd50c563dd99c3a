/* SPDX-License-Identifier: MIT */
/*
 * page_room.h - what slab, vmap, kapi, machine and rules call in page beyond linux/gfp.h and
 * linux/mm.h
 */
#ifndef PAGE_PAGE_ROOM_H
#define PAGE_PAGE_ROOM_H

#include <kmalloc/port.h>
#include <linux/mm_types.h>
#include <linux/mmzone.h>
#include <kern/option.h>
#include "page/frame.h"	/* frame_of frame_head frame_address frame_pfn pfn_frame */

/* init_on_alloc=, init_on_free= */
extern const struct boot_option page_options[];
/* tunable.c: min_free_kbytes= and other settings of Linux's /proc/sys/vm */
extern const struct boot_option tunable_options[];

/*
 * While the machine runs: @name without "vm.", @value as the file takes it. 0; -ENOENT: no such
 * setting here; -EINVAL: out of Linux's limits, nothing is changed.
 */
int page_tune(const char *name, const char *value);

/*
 * memblock from km_port_regions(), then the buddy allocator. Either argument or the boot option
 * turns wiping on.
 */
int page_boot(bool init_on_alloc, bool init_on_free, bool watched);

/* Frames still out, not counting the engine's own, which earlier shutdowns gave back. */
unsigned long page_shutdown(void);

/*
 * Engine-internal allocation: no door, no event, no site of its own. page_take() sets the owner
 * of every frame of the block; compound only with __GFP_COMP. page_give() drops one reference and
 * frees with the last; the engine's own uses of mapping, index and private are wiped there. A
 * rule that kept a block (KM_TAKE) gives it back with page_give() too.
 */
struct page *page_take(gfp_t gfp, unsigned int order, enum page_owner owner);
void page_give(struct page *page, unsigned int order);

/*
 * For a rule that means to answer KM_TAKE: are these @count blocks of @order, one behind the other,
 * as they must be when their last holder frees them? Then they are marked as kept. False: nothing
 * is changed, and the free must go its way.
 */
bool page_keep(struct page *page, unsigned int order, unsigned long count);

/*
 * As page_take(), from @node if it can be had there (NUMA_NO_NODE: that of this CPU), only there
 * with __GFP_THISNODE; never from a node that is not in @nodes (NULL: any). A node the machine
 * does not have: a warning and NULL.
 */
struct page *page_take_node(gfp_t gfp, unsigned int order, enum page_owner owner, int node,
			    const nodemask_t *nodes);

/* As page_take(), but only what can be had above the low mark; for those with a second choice. */
struct page *page_take_easily(gfp_t gfp, unsigned int order, enum page_owner owner);

/*
 * fail.c, for tests of what the engine does when its own requests fail: @pass more requests of
 * page_take() and its kin are served, the @fail after them are not (but for those with
 * __GFP_NOFAIL that may block). page_fail_stop() ends it and tells how many were failed.
 */
void page_fail_after(unsigned long pass, unsigned long fail);
unsigned long page_fail_stop(void);

/* Turn a block that is not compound into 2^order single pages. */
void page_part(struct page *page, unsigned int order);

/* show_mem.c: who knows the frames of slabs, for reports; NULL: nobody */
extern void (*page_slab_pages)(unsigned long *ret_reclaimable, unsigned long *ret_unreclaimable);

extern bool page_init_on_alloc, page_init_on_free;

/* inspect.c: read only, for reports and rules */
struct page_zone_stats {
	const char *name;
	unsigned int node, type;	/* enum zone_type */
	unsigned long start_pfn, spanned, present, managed;
	unsigned long free;		/* without isolated ones and those on per-CPU lists */
	unsigned long isolated, pcp;
	unsigned long boost, min, low, high, promo;	/* the marks without the boost */
	unsigned long reserved_highatomic, free_highatomic;
	unsigned long reserve[MAX_NR_ZONES];	/* lowmem_reserve, "protection" */
	unsigned long free_blocks[NR_PAGE_ORDERS];
	unsigned long free_of_type[MIGRATE_TYPES][NR_PAGE_ORDERS];	/* pagetypeinfo */
	unsigned long blocks_of_type[MIGRATE_TYPES];
};
/* a CPU's lists of a zone, all kinds and orders together; in frames */
struct page_pcp_stats {
	unsigned long count;
	unsigned int high, high_min, high_max, batch;
};
unsigned int page_zones(void);
/* @zone: 0 .. page_zones() - 1: those with memory, by node and within a node upwards */
void page_zone_read(unsigned int zone, struct page_zone_stats *ret_stats);
void page_pcp_read(unsigned int zone, unsigned int cpu, struct page_pcp_stats *ret_stats);
/* the same by node and type, those without memory included */
void page_zone_read_at(unsigned int node, unsigned int type, struct page_zone_stats *ret_stats);
void page_pcp_read_at(unsigned int node, unsigned int type, unsigned int cpu,
		      struct page_pcp_stats *ret_stats);
unsigned long page_free_total(void);	/* buddy + per-CPU lists */
unsigned long page_managed_total(void);
/* Pageblocks kept for urgent requests are ordinary again, until the next one is needed. */
void page_reserves_drop(void);
void page_drain_all(void);		/* give per-CPU lists back */
/* walks every zone: B1, B2, counters; false and one printed line */
bool page_validate(void);

/* Is @page a struct page of the map?  Safe for any readable pointer. */
bool page_is_frame(const struct page *page);

#endif
