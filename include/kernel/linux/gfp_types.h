/* SPDX-License-Identifier: MIT */
/*
 * gfp_types.h - the allocation flags, with the values of Linux 6.12
 *
 * Only bits are named here; what they mean for a request is decided in one place, src/page/gfp.c.
 * This configuration has no lockdep reclaim tracking, no hardware tags and no object extensions:
 * those flags exist and are 0, as in Linux.
 */
#ifndef __LINUX_GFP_TYPES_H
#define __LINUX_GFP_TYPES_H

#include <linux/types.h>

enum {
	___GFP_DMA_BIT,
	___GFP_HIGHMEM_BIT,
	___GFP_DMA32_BIT,
	___GFP_MOVABLE_BIT,
	___GFP_RECLAIMABLE_BIT,
	___GFP_HIGH_BIT,
	___GFP_IO_BIT,
	___GFP_FS_BIT,
	___GFP_ZERO_BIT,
	___GFP_UNUSED_BIT,		/* 0x200 was __GFP_ATOMIC until after 6.1 */
	___GFP_DIRECT_RECLAIM_BIT,
	___GFP_KSWAPD_RECLAIM_BIT,
	___GFP_WRITE_BIT,
	___GFP_NOWARN_BIT,
	___GFP_RETRY_MAYFAIL_BIT,
	___GFP_NOFAIL_BIT,
	___GFP_NORETRY_BIT,
	___GFP_MEMALLOC_BIT,
	___GFP_COMP_BIT,
	___GFP_NOMEMALLOC_BIT,
	___GFP_HARDWALL_BIT,
	___GFP_THISNODE_BIT,
	___GFP_ACCOUNT_BIT,
	___GFP_ZEROTAGS_BIT,
	___GFP_LAST_BIT
};

#define GFP_BIT_VALUE(name)	(1u << ___GFP_##name##_BIT)
#define ___GFP_DMA		GFP_BIT_VALUE(DMA)
#define ___GFP_HIGHMEM		GFP_BIT_VALUE(HIGHMEM)
#define ___GFP_DMA32		GFP_BIT_VALUE(DMA32)
#define ___GFP_MOVABLE		GFP_BIT_VALUE(MOVABLE)
#define ___GFP_RECLAIMABLE	GFP_BIT_VALUE(RECLAIMABLE)
#define ___GFP_HIGH		GFP_BIT_VALUE(HIGH)
#define ___GFP_IO		GFP_BIT_VALUE(IO)
#define ___GFP_FS		GFP_BIT_VALUE(FS)
#define ___GFP_ZERO		GFP_BIT_VALUE(ZERO)
#define ___GFP_DIRECT_RECLAIM	GFP_BIT_VALUE(DIRECT_RECLAIM)
#define ___GFP_KSWAPD_RECLAIM	GFP_BIT_VALUE(KSWAPD_RECLAIM)
#define ___GFP_WRITE		GFP_BIT_VALUE(WRITE)
#define ___GFP_NOWARN		GFP_BIT_VALUE(NOWARN)
#define ___GFP_RETRY_MAYFAIL	GFP_BIT_VALUE(RETRY_MAYFAIL)
#define ___GFP_NOFAIL		GFP_BIT_VALUE(NOFAIL)
#define ___GFP_NORETRY		GFP_BIT_VALUE(NORETRY)
#define ___GFP_MEMALLOC		GFP_BIT_VALUE(MEMALLOC)
#define ___GFP_COMP		GFP_BIT_VALUE(COMP)
#define ___GFP_NOMEMALLOC	GFP_BIT_VALUE(NOMEMALLOC)
#define ___GFP_HARDWALL		GFP_BIT_VALUE(HARDWALL)
#define ___GFP_THISNODE		GFP_BIT_VALUE(THISNODE)
#define ___GFP_ACCOUNT		GFP_BIT_VALUE(ACCOUNT)
#define ___GFP_ZEROTAGS		GFP_BIT_VALUE(ZEROTAGS)
#define ___GFP_NOLOCKDEP	0
#define ___GFP_NO_OBJ_EXT	0
#define ___GFP_SKIP_ZERO	0
#define ___GFP_SKIP_KASAN	0

/* Which zone; at most one of DMA, DMA32, HIGHMEM. */
#define __GFP_DMA		((__force gfp_t)___GFP_DMA)
#define __GFP_HIGHMEM		((__force gfp_t)___GFP_HIGHMEM)
#define __GFP_DMA32		((__force gfp_t)___GFP_DMA32)
#define __GFP_MOVABLE		((__force gfp_t)___GFP_MOVABLE)
#define GFP_ZONEMASK		(__GFP_DMA | __GFP_HIGHMEM | __GFP_DMA32 | __GFP_MOVABLE)

/* Mobility and placement. */
#define __GFP_RECLAIMABLE	((__force gfp_t)___GFP_RECLAIMABLE)
#define __GFP_WRITE		((__force gfp_t)___GFP_WRITE)
#define __GFP_HARDWALL		((__force gfp_t)___GFP_HARDWALL)
#define __GFP_THISNODE		((__force gfp_t)___GFP_THISNODE)
#define __GFP_ACCOUNT		((__force gfp_t)___GFP_ACCOUNT)
#define __GFP_NO_OBJ_EXT	((__force gfp_t)___GFP_NO_OBJ_EXT)

/* How deep into the reserves. */
#define __GFP_HIGH		((__force gfp_t)___GFP_HIGH)
#define __GFP_MEMALLOC		((__force gfp_t)___GFP_MEMALLOC)
#define __GFP_NOMEMALLOC	((__force gfp_t)___GFP_NOMEMALLOC)

/* What may be done to get memory.  __GFP_DIRECT_RECLAIM is the one bit that means "may sleep". */
#define __GFP_IO		((__force gfp_t)___GFP_IO)
#define __GFP_FS		((__force gfp_t)___GFP_FS)
#define __GFP_DIRECT_RECLAIM	((__force gfp_t)___GFP_DIRECT_RECLAIM)
#define __GFP_KSWAPD_RECLAIM	((__force gfp_t)___GFP_KSWAPD_RECLAIM)
#define __GFP_RECLAIM		((__force gfp_t)(___GFP_DIRECT_RECLAIM | ___GFP_KSWAPD_RECLAIM))
#define __GFP_RETRY_MAYFAIL	((__force gfp_t)___GFP_RETRY_MAYFAIL)
#define __GFP_NOFAIL		((__force gfp_t)___GFP_NOFAIL)
#define __GFP_NORETRY		((__force gfp_t)___GFP_NORETRY)

/* What is done to the result. */
#define __GFP_NOWARN		((__force gfp_t)___GFP_NOWARN)
#define __GFP_COMP		((__force gfp_t)___GFP_COMP)
#define __GFP_ZERO		((__force gfp_t)___GFP_ZERO)
#define __GFP_ZEROTAGS		((__force gfp_t)___GFP_ZEROTAGS)
#define __GFP_SKIP_ZERO		((__force gfp_t)___GFP_SKIP_ZERO)
#define __GFP_SKIP_KASAN	((__force gfp_t)___GFP_SKIP_KASAN)
#define __GFP_NOLOCKDEP		((__force gfp_t)___GFP_NOLOCKDEP)

#define __GFP_BITS_SHIFT	___GFP_LAST_BIT
#define __GFP_BITS_MASK		((__force gfp_t)((1 << __GFP_BITS_SHIFT) - 1))

/* The combinations callers use. */
#define GFP_ATOMIC		(__GFP_HIGH | __GFP_KSWAPD_RECLAIM)
#define GFP_KERNEL		(__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_KERNEL_ACCOUNT	(GFP_KERNEL | __GFP_ACCOUNT)
#define GFP_NOWAIT		(__GFP_KSWAPD_RECLAIM | __GFP_NOWARN)
#define GFP_NOIO		(__GFP_RECLAIM)
#define GFP_NOFS		(__GFP_RECLAIM | __GFP_IO)
#define GFP_USER		(__GFP_RECLAIM | __GFP_IO | __GFP_FS | __GFP_HARDWALL)
#define GFP_DMA			__GFP_DMA
#define GFP_DMA32		__GFP_DMA32
#define GFP_HIGHUSER		(GFP_USER | __GFP_HIGHMEM)
#define GFP_HIGHUSER_MOVABLE	(GFP_HIGHUSER | __GFP_MOVABLE | __GFP_SKIP_KASAN)
#define GFP_TRANSHUGE_LIGHT \
	((GFP_HIGHUSER_MOVABLE | __GFP_COMP | __GFP_NOMEMALLOC | __GFP_NOWARN) & ~__GFP_RECLAIM)
#define GFP_TRANSHUGE		(GFP_TRANSHUGE_LIGHT | __GFP_DIRECT_RECLAIM)

_Static_assert(GFP_ATOMIC == 0x820 && GFP_KERNEL == 0xcc0, "Linux 6.12 values");
_Static_assert(GFP_NOWAIT == 0x2800 && GFP_NOFS == 0xc40, "Linux 6.12 values");
_Static_assert(GFP_USER == 0x100cc0 && GFP_HIGHUSER_MOVABLE == 0x100cca, "Linux 6.12 values");
_Static_assert(GFP_TRANSHUGE_LIGHT == 0x1c20ca && GFP_TRANSHUGE == 0x1c24ca, "Linux 6.12 values");
_Static_assert(GFP_KERNEL_ACCOUNT == 0x400cc0 && ___GFP_ZEROTAGS == 0x800000, "Linux 6.12 values");

#endif
