/* SPDX-License-Identifier: MIT */
/*
 * gfp_history.h - the values of allocation flags in known kernels
 *
 * An era is one kernel version whose values are known.  A bit keeps its id through history whatever its value was.
 * style: columns (tables are read across)
 */
#ifndef GFP_HISTORY_H
#define GFP_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

enum gfp_era {
	ERA_2_0, ERA_2_2, ERA_2_4_0, ERA_2_4_20, ERA_2_6_0, ERA_2_6_12, ERA_3_0, ERA_4_0, ERA_4_4, ERA_4_20,
	ERA_5_10, ERA_6_1, ERA_6_12,
	GFP_ERAS
};

enum gfp_bit {
	BIT_DMA, BIT_HIGHMEM, BIT_DMA32, BIT_MOVABLE, BIT_WAIT, BIT_LOW, BIT_MED, BIT_HIGH, BIT_IO, BIT_HIGHIO, BIT_FS,
	BIT_SWAP, BIT_COLD, BIT_NOWARN, BIT_RETRY, BIT_NOFAIL, BIT_NORETRY, BIT_NO_GROW, BIT_MEMALLOC, BIT_COMP, BIT_ZERO,
	BIT_NOMEMALLOC, BIT_HARDWALL, BIT_THISNODE, BIT_RECLAIMABLE, BIT_ATOMIC, BIT_ACCOUNT, BIT_NOTRACK, BIT_NO_KSWAPD,
	BIT_DIRECT_RECLAIM, BIT_KSWAPD_RECLAIM, BIT_OTHER_NODE, BIT_WRITE, BIT_ZEROTAGS, BIT_NOLOCKDEP,
	GFP_BITS
};

struct gfp_version {
	unsigned int major, minor, patch;
};

struct gfp_era_info {
	const char *name;
	struct gfp_version first, last;	/* releases for which the values are established */
	const char *source;		/* how the values are known */
};

struct gfp_composite {
	const char *name;
	int64_t value[GFP_ERAS];	/* -1: the era has no such name */
};

extern const struct gfp_era_info gfp_eras[GFP_ERAS];
extern const struct gfp_composite gfp_composites[];
extern const unsigned int gfp_composite_count;

/* Value of @bit in @era; 0: it did not exist. */
uint32_t gfp_bit_value(enum gfp_era era, enum gfp_bit bit);
/* Its name in @era ("__GFP_REPEAT" became "__GFP_RETRY_MAYFAIL"). */
const char *gfp_bit_name(enum gfp_era era, enum gfp_bit bit);
const char *gfp_bit_meaning(enum gfp_bit bit);

int gfp_version_compare(struct gfp_version a, struct gfp_version b);
bool gfp_version_parse(const char *text, struct gfp_version *ret_version);

#endif
