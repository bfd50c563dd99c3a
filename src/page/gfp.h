/* SPDX-License-Identifier: MIT */
/* page/gfp.h - what a gfp word asks for, decoded once */
#ifndef PAGE_GFP_H
#define PAGE_GFP_H

#include <linux/gfp.h>

struct page_ask {
	gfp_t gfp;		/* after the task's scopes; for reports only */
	const nodemask_t *nodes;	/* nodes that may serve; NULL: any */
	u8 node;		/* preferred: whose list of zones is walked */
	bool this_node;		/* no other node */
	bool keeps_blocks;	/* first look: rather another zone than break into a pageblock */
	bool cannot_wait;	/* nor gives up its claim on reserves */
	bool may_highatomic;	/* several pages, urgent, cannot wait */
	u8 order;
	u8 zone_top;		/* enum zone_type: highest zone that may serve */
	u8 mobility;		/* enum migratetype */
	u8 owner;		/* enum page_owner */
	bool may_block;		/* may sleep, hence may reclaim */
	bool may_io, may_fs;	/* what reclaim may do */
	bool may_wake;		/* background reclaim may be woken */
	bool may_dip;		/* below min, to half of it */
	bool may_dip_further;	/* a quarter of the rest as well: urgent and cannot wait */
	bool use_all;		/* no watermark */
	bool is_nofail;		/* asks to succeed in any case, */
	bool must_succeed;	/* and may: it can wait */
	bool one_try;
	bool try_hard;
	bool may_oom;		/* worth the last resort: small, ordinary memory, of any node */
	bool is_quiet;		/* no failure report */
	bool compound;
};

/* For the node of this CPU and any other. */
void page_ask_make(struct page_ask *ret_ask, gfp_t gfp, unsigned int order);

/* What is wrong with @gfp as such; NULL if nothing is.  For rules and the tests of this room. */
const char *gfp_fault(gfp_t gfp, unsigned int order);

/* Highest zone by the four zone bits; a contradiction selects ZONE_DMA as Linux's table does. */
extern const u8 gfp_zone_table[16];

#endif
