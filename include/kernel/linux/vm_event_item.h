/* SPDX-License-Identifier: MIT */
/* vm_event_item.h - events that are counted since boot, by their names in /proc/vmstat */
#ifndef VM_EVENT_ITEM_H_INCLUDED
#define VM_EVENT_ITEM_H_INCLUDED

enum vm_event_item {
	PGALLOC_DMA,		/* pages handed out, by type of zone */
	PGALLOC_DMA32,
	PGALLOC_NORMAL,
	PGALLOC_MOVABLE,
	PGFREE,			/* pages that came back */
	PGSTEAL_KSWAPD,
	PGSTEAL_DIRECT,
	PGSCAN_KSWAPD,
	PGSCAN_DIRECT,
	SLABS_SCANNED,
	KSWAPD_LOW_WMARK_HIT_QUICKLY,
	KSWAPD_HIGH_WMARK_HIT_QUICKLY,
	PAGEOUTRUN,
	ALLOCSTALL_DMA,
	ALLOCSTALL_DMA32,
	ALLOCSTALL_NORMAL,
	ALLOCSTALL_MOVABLE,
	DROP_SLAB,
	OOM_KILL,
	NR_VM_EVENT_ITEMS
};

#endif
