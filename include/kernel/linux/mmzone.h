/* SPDX-License-Identifier: MIT */
/*
 * mmzone.h - zones, orders and migrate types as numbers; the zones themselves are src/page/zone.h
 */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/numa.h>
#include <asm/page.h>

#define MAX_PAGE_ORDER		10
#define MAX_ORDER_NR_PAGES	(1 << MAX_PAGE_ORDER)
#define NR_PAGE_ORDERS		(MAX_PAGE_ORDER + 1)
#define PAGE_ALLOC_COSTLY_ORDER	3
#define pageblock_order		9
#define pageblock_nr_pages	(1UL << pageblock_order)

enum migratetype {
	MIGRATE_UNMOVABLE,
	MIGRATE_MOVABLE,
	MIGRATE_RECLAIMABLE,
	MIGRATE_PCPTYPES,
	MIGRATE_HIGHATOMIC = MIGRATE_PCPTYPES,
	MIGRATE_TYPES
};

enum zone_type {
	ZONE_DMA,		/* below 16 MiB */
	ZONE_DMA32,		/* below 4 GiB */
	ZONE_NORMAL,
	ZONE_MOVABLE,		/* virtual; never populated here */
	__MAX_NR_ZONES
};
#define MAX_NR_ZONES		__MAX_NR_ZONES

#define PFN_SECTION_SHIFT	(SECTION_SIZE_BITS - PAGE_SHIFT)
#define SECTION_SIZE_BITS	27
#define PAGES_PER_SECTION	(1UL << PFN_SECTION_SHIFT)

#endif
