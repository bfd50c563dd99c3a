/* SPDX-License-Identifier: MIT */
/*
 * gfp.c - decodes a gfp word into a struct page_ask; nothing behind it looks at gfp again
 *
 * Owns: the zone table, the validity of flag combinations. Not: what to do about an invalid one
 * (rules).
 * G1  __GFP_NOMEMALLOC beats __GFP_MEMALLOC and PF_MEMALLOC.
 * G2  A task in PF_MEMALLOC does not reclaim: it would recurse.
 * G3  __GFP_NOFAIL means something only together with __GFP_DIRECT_RECLAIM.
 * No lock; nothing here sleeps.
 */
#include "page/gfp.h"

#include <linux/preempt.h>
#include <linux/sched/mm.h>
#include "page/zone.h"

#define ZONE_BITS(dma, highmem, dma32, movable) \
	((dma) * ___GFP_DMA | (highmem) * ___GFP_HIGHMEM |	\
	 (dma32) * ___GFP_DMA32 | (movable) * ___GFP_MOVABLE)

/*
 * No high memory in this configuration, so __GFP_HIGHMEM alone is ZONE_NORMAL; what is not named
 * is ZONE_DMA (0).
 */
const u8 gfp_zone_table[16] = {
	[ZONE_BITS(0, 0, 0, 0)] = ZONE_NORMAL,
	[ZONE_BITS(1, 0, 0, 0)] = ZONE_DMA,
	[ZONE_BITS(0, 1, 0, 0)] = ZONE_NORMAL,
	[ZONE_BITS(0, 0, 1, 0)] = ZONE_DMA32,
	[ZONE_BITS(0, 0, 0, 1)] = ZONE_NORMAL,
	[ZONE_BITS(1, 0, 0, 1)] = ZONE_DMA,
	[ZONE_BITS(0, 1, 0, 1)] = ZONE_MOVABLE,
	[ZONE_BITS(0, 0, 1, 1)] = ZONE_DMA32,
};

_Static_assert(GFP_ZONEMASK == 15, "the table is indexed by the low four bits");

enum zone_type (gfp_zone)(gfp_t flags)
{
	return (enum zone_type)gfp_zone_table[flags & GFP_ZONEMASK];
}

const char *gfp_fault(gfp_t gfp, unsigned int order)
{
	gfp_t zones = gfp & (__GFP_DMA | __GFP_DMA32 | __GFP_HIGHMEM);
	bool blocks = gfpflags_allow_blocking(gfp);

	if (gfp & ~__GFP_BITS_MASK || gfp & GFP_BIT_VALUE(UNUSED))
		return "unknown flag bits";
	if (zones & (zones - 1))
		return "two zone modifiers contradict each other";
	if ((gfp & __GFP_MOVABLE) && (gfp & __GFP_RECLAIMABLE))
		return "__GFP_MOVABLE and __GFP_RECLAIMABLE contradict each other";
	if ((gfp & __GFP_NOFAIL) && !blocks)
		return "__GFP_NOFAIL without __GFP_DIRECT_RECLAIM: the call can fail";
	if ((gfp & __GFP_NOFAIL) && (gfp & (__GFP_NORETRY | __GFP_RETRY_MAYFAIL)))
		return "__GFP_NOFAIL contradicts __GFP_NORETRY and __GFP_RETRY_MAYFAIL";
	if ((gfp & __GFP_NOFAIL) && order > 1)
		return "__GFP_NOFAIL for more than two pages";
	return NULL;
}

static bool may_use_all(gfp_t gfp)
{
	if (gfp & __GFP_NOMEMALLOC)
		return false;
	if (gfp & __GFP_MEMALLOC)
		return true;
	/* An interrupt does not inherit the privilege of the task it stopped. */
	if (in_serving_softirq() || !in_interrupt())
		return current->flags & PF_MEMALLOC;
	return false;
}

/* Both bits together are a caller's bug (gfp_fault()); the page lies where it does no harm. */
static unsigned int mobility_of(gfp_t gfp)
{
	unsigned int type = gfp_migratetype(gfp);

	return type < MIGRATE_PCPTYPES && !page_group_by_mobility_disabled ? type :
	       MIGRATE_UNMOVABLE;
}

void page_ask_make(struct page_ask *ret_ask, gfp_t gfp, unsigned int order)
{
	bool blocks, keeps_out;

	gfp = current_gfp_context(gfp & __GFP_BITS_MASK);
	blocks = gfpflags_allow_blocking(gfp);
	keeps_out = gfp & __GFP_NOMEMALLOC;
	*ret_ask = (struct page_ask) {
		.gfp = gfp,
		.node = node_here(),
		.this_node = gfp & __GFP_THISNODE,
		.cannot_wait = !blocks && !keeps_out,
		.may_highatomic = order && (gfp & __GFP_HIGH) && !blocks && !keeps_out,
		.order = order,
		.zone_top = gfp_zone_table[gfp & GFP_ZONEMASK],
		.mobility = mobility_of(gfp),
		.owner = PAGE_OWNER_PAGES,
		.may_block = blocks,
		.may_io = blocks && (gfp & __GFP_IO),
		.may_fs = blocks && (gfp & __GFP_FS),
		.may_wake = gfp & __GFP_KSWAPD_RECLAIM,
		.may_dip = gfp & __GFP_HIGH,
		.may_dip_further = (gfp & __GFP_HIGH) && !blocks && !keeps_out,
		.use_all = may_use_all(gfp),
		.is_nofail = gfp & __GFP_NOFAIL,
		.must_succeed = (gfp & __GFP_NOFAIL) && blocks,
		.one_try = gfp & __GFP_NORETRY,
		.try_hard = gfp & __GFP_RETRY_MAYFAIL,
		.may_oom = blocks && order <= PAGE_ALLOC_COSTLY_ORDER &&
			   gfp_zone_table[gfp & GFP_ZONEMASK] >= ZONE_NORMAL &&
			   !(gfp & (__GFP_NORETRY | __GFP_RETRY_MAYFAIL | __GFP_THISNODE)),
		.is_quiet = gfp & __GFP_NOWARN,
		.compound = (gfp & __GFP_COMP) && order,
	};
}
