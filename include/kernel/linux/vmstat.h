/* SPDX-License-Identifier: MIT */
/*
 * vmstat.h - counters of zones and nodes
 *
 * Reading sums what CPUs hold: any context, cost in the number of CPUs, exact while nothing else
 * allocates.  NR_FREE_PAGES, the NUMA events, PGALLOC and PGFREE follow from the allocator's own
 * lists and cannot be changed; the others belong to who calls mod_*_page_state().
 * Differs: there is no difference between the exact and the snapshot forms.
 */
#ifndef _LINUX_VMSTAT_H
#define _LINUX_VMSTAT_H

#include <linux/compiler.h>
#include <linux/mm_types.h>
#include <linux/mmzone.h>
#include <linux/vm_event_item.h>

/* -- events ----------------------------------------------------------------------------------- */
void count_vm_events(enum vm_event_item item, long delta) KM_SYM(count_vm_events);
/* @ret has room for NR_VM_EVENT_ITEMS. */
void all_vm_events(unsigned long *ret) KM_SYM(all_vm_events);
#define count_vm_event(item)		count_vm_events((item), 1)
#define __count_vm_event(item)		count_vm_events((item), 1)
#define __count_vm_events(item, delta)	count_vm_events((item), (delta))

/* -- zones ------------------------------------------------------------------------------------ */
unsigned long zone_page_state(struct zone *zone, enum zone_stat_item item)
	KM_SYM(zone_page_state);
unsigned long global_zone_page_state(enum zone_stat_item item) KM_SYM(global_zone_page_state);
unsigned long sum_zone_node_page_state(int node, enum zone_stat_item item)
	KM_SYM(sum_zone_node_page_state);
void mod_zone_page_state(struct zone *zone, enum zone_stat_item item, long delta)
	KM_SYM(mod_zone_page_state);
void inc_zone_page_state(struct page *page, enum zone_stat_item item) KM_SYM(inc_zone_page_state);
void dec_zone_page_state(struct page *page, enum zone_stat_item item) KM_SYM(dec_zone_page_state);
#define zone_page_state_snapshot(zone, item)	zone_page_state((zone), (item))
#define __mod_zone_page_state(zone, item, delta) mod_zone_page_state((zone), (item), (delta))

/* -- NUMA events ------------------------------------------------------------------------------ */
unsigned long zone_numa_event_state(struct zone *zone, enum numa_stat_item item)
	KM_SYM(zone_numa_event_state);
unsigned long sum_zone_numa_event_state(int node, enum numa_stat_item item)
	KM_SYM(sum_zone_numa_event_state);
unsigned long global_numa_event_state(enum numa_stat_item item) KM_SYM(global_numa_event_state);

/* -- nodes ------------------------------------------------------------------------------------ */
/* NR_SLAB_*_B are changed in bytes (whole pages) and kept in pages: read them with _pages(). */
#define vmstat_item_in_bytes(item) \
	((item) == NR_SLAB_RECLAIMABLE_B || (item) == NR_SLAB_UNRECLAIMABLE_B)

void mod_node_page_state(struct pglist_data *pgdat, enum node_stat_item item, long delta)
	KM_SYM(mod_node_page_state);
void inc_node_page_state(struct page *page, enum node_stat_item item) KM_SYM(inc_node_page_state);
void dec_node_page_state(struct page *page, enum node_stat_item item) KM_SYM(dec_node_page_state);
unsigned long node_page_state_pages(struct pglist_data *pgdat, enum node_stat_item item)
	KM_SYM(node_page_state_pages);
unsigned long node_page_state(struct pglist_data *pgdat, enum node_stat_item item)
	KM_SYM(node_page_state);
unsigned long global_node_page_state_pages(enum node_stat_item item)
	KM_SYM(global_node_page_state_pages);
unsigned long global_node_page_state(enum node_stat_item item) KM_SYM(global_node_page_state);
#define __mod_node_page_state(pgdat, item, delta) mod_node_page_state((pgdat), (item), (delta))

#endif
