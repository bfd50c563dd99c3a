/* SPDX-License-Identifier: MIT */
/*
 * vmstat.c - what was handed out, came back and is in use, per zone and node
 *
 * Owns: the counters that others change (mod_*_page_state, count_vm_events), and the sums of those
 * that follow from lists. Text formats are not made here.
 * C1  Blocks handed out of a zone = taken from its per-CPU lists (each list counts that itself,
 *     asm/percpu.h) - of these returned to the zone (zone->returned) + handed out without a list
 *     (zone->direct). So the fast road counts nothing.
 * C2  Pages that came back = handed out - still out; what is out = managed - free everywhere.
 * C3  On one node every block is a hit and local (C1); on several the cold road counts.
 * Lock: none; a sum while others allocate is a little old. Any context.
 */
#include <linux/vmstat.h>

#include <linux/bug.h>
#include <linux/mm.h>
#include <linux/string.h>
#include "page/frame.h"
#include "page/page_room.h"
#include "page/pcp.h"

static long zone_items[ZONES][NR_VM_ZONE_STAT_ITEMS];
static long node_items[MAX_NUMNODES][NR_VM_NODE_STAT_ITEMS];
static long events[NR_VM_EVENT_ITEMS];
static unsigned long numa_events[ZONES][NR_VM_NUMA_EVENT_ITEMS];

void vmstat_boot(void)
{
	memset(zone_items, 0, sizeof(zone_items));
	memset(node_items, 0, sizeof(node_items));
	memset(events, 0, sizeof(events));
	memset(numa_events, 0, sizeof(numa_events));
}

static unsigned long list_taken(const struct page_zone *zone, unsigned int order)
{
	unsigned long blocks = 0;

	for (unsigned int kind = 0; kind < PCP_KINDS; kind++) {
		for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++)
			blocks += pcpu_taken(&pcp_heads(zone, kind, order)[cpu]);
	}
	return blocks;
}

/* C1 for one order. */
static unsigned long zone_blocks_out(const struct page_zone *zone, unsigned int order)
{
	unsigned long blocks = READ_ONCE(zone->direct[order]);

	if (order < PCP_ORDERS)
		blocks += list_taken(zone, order) - READ_ONCE(zone->returned[order]);
	return blocks;
}

unsigned long vmstat_blocks(const struct page_zone *zone)
{
	unsigned long blocks = 0;

	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
		blocks += zone_blocks_out(zone, order);
	return blocks;
}

unsigned long vmstat_pages(const struct page_zone *zone)
{
	unsigned long pages = 0;

	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
		pages += zone_blocks_out(zone, order) << order;
	return pages;
}

static void numa_count(const struct page_zone *zone, enum numa_stat_item item)
{
	__atomic_fetch_add(&numa_events[zone->id][item], 1, __ATOMIC_RELAXED);
}

/* C3: the zone a request would have liked best. */
static const struct page_zone *preferred(const struct page_ask *ask)
{
	const struct zone_list *list = &node_list[ask->node];

	for (unsigned int i = 0; i < list->count; i++) {
		if (zone_serves(&zone_table[list->zone[i]], ask))
			return &zone_table[list->zone[i]];
	}
	return &zone_table[list->zone[0]];
}

void vmstat_numa(const struct page_zone *zone, const struct page_ask *ask)
{
	const struct page_zone *wanted = preferred(ask);

	if (zone->node == wanted->node) {
		numa_count(zone, NUMA_HIT);
	} else {
		numa_count(zone, NUMA_MISS);
		numa_count(wanted, NUMA_FOREIGN);
	}
	numa_count(zone, zone->node == node_here() ? NUMA_LOCAL : NUMA_OTHER);
}

/* -- events ----------------------------------------------------------------------------------- */
void count_vm_events(enum vm_event_item item, long delta)
{
	if (WARN_ON_ONCE(item <= PGFREE || item >= NR_VM_EVENT_ITEMS))
		return;
	__atomic_fetch_add(&events[item], delta, __ATOMIC_RELAXED);
}

void all_vm_events(unsigned long *ret)
{
	const struct page_zone *zone;

	for (unsigned int item = 0; item < NR_VM_EVENT_ITEMS; item++)
		ret[item] = __atomic_load_n(&events[item], __ATOMIC_RELAXED);
	for_each_page_zone(zone) {
		unsigned long pages = vmstat_pages(zone);

		ret[PGALLOC_DMA + zone->type] += pages;
		ret[PGFREE] += pages - (zone->managed - zone->free - zone->isolated -
					pcp_pages(zone));
	}
}

/* -- zones ------------------------------------------------------------------------------------ */
static long item_read(const long *item)
{
	long value = __atomic_load_n(item, __ATOMIC_RELAXED);

	/* What one CPU took away another may not have added yet. */
	return value < 0 ? 0 : value;
}

static const struct page_zone *page_zone_of(const struct zone *zone)
{
	return container_of(zone, struct page_zone, seen);
}

unsigned long zone_page_state(struct zone *zone, enum zone_stat_item item)
{
	const struct page_zone *own = page_zone_of(zone);

	if (item == NR_FREE_PAGES)
		return READ_ONCE(own->free);
	return item_read(&zone_items[own->id][item]);
}

unsigned long sum_zone_node_page_state(int node, enum zone_stat_item item)
{
	unsigned long sum = 0;

	if (node < 0 || node >= (int)node_count)
		return 0;
	for (unsigned int type = 0; type < MAX_NR_ZONES; type++)
		sum += zone_page_state(&node_zone(node, type)->seen, item);
	return sum;
}

unsigned long global_zone_page_state(enum zone_stat_item item)
{
	unsigned long sum = 0;

	for (unsigned int node = 0; node < node_count; node++)
		sum += sum_zone_node_page_state(node, item);
	return sum;
}

void mod_zone_page_state(struct zone *zone, enum zone_stat_item item, long delta)
{
	if (WARN_ON_ONCE(item == NR_FREE_PAGES))
		return;
	__atomic_fetch_add(&zone_items[page_zone_of(zone)->id][item], delta, __ATOMIC_RELAXED);
}

void inc_zone_page_state(struct page *page, enum zone_stat_item item)
{
	mod_zone_page_state(&zone_of(page)->seen, item, 1);
}

void dec_zone_page_state(struct page *page, enum zone_stat_item item)
{
	mod_zone_page_state(&zone_of(page)->seen, item, -1);
}

/* -- NUMA events ------------------------------------------------------------------------------ */
unsigned long zone_numa_event_state(struct zone *zone, enum numa_stat_item item)
{
	const struct page_zone *own = page_zone_of(zone);

	if (node_count == 1)
		return item == NUMA_HIT || item == NUMA_LOCAL ? vmstat_blocks(own) : 0;
	return __atomic_load_n(&numa_events[own->id][item], __ATOMIC_RELAXED);
}

unsigned long sum_zone_numa_event_state(int node, enum numa_stat_item item)
{
	unsigned long sum = 0;

	if (node < 0 || node >= (int)node_count)
		return 0;
	for (unsigned int type = 0; type < MAX_NR_ZONES; type++)
		sum += zone_numa_event_state(&node_zone(node, type)->seen, item);
	return sum;
}

unsigned long global_numa_event_state(enum numa_stat_item item)
{
	unsigned long sum = 0;

	for (unsigned int node = 0; node < node_count; node++)
		sum += sum_zone_numa_event_state(node, item);
	return sum;
}

/* -- nodes ------------------------------------------------------------------------------------ */
void mod_node_page_state(struct pglist_data *pgdat, enum node_stat_item item, long delta)
{
	if (vmstat_item_in_bytes(item)) {
		WARN_ON_ONCE(delta & (long)(PAGE_SIZE - 1));
		delta /= (long)PAGE_SIZE;
	}
	__atomic_fetch_add(&node_items[pgdat->node_id][item], delta, __ATOMIC_RELAXED);
}

void inc_node_page_state(struct page *page, enum node_stat_item item)
{
	mod_node_page_state(page_pgdat(page), item, 1);
}

void dec_node_page_state(struct page *page, enum node_stat_item item)
{
	mod_node_page_state(page_pgdat(page), item, -1);
}

unsigned long node_page_state_pages(struct pglist_data *pgdat, enum node_stat_item item)
{
	return item_read(&node_items[pgdat->node_id][item]);
}

/* Not for items that are changed in bytes. */
unsigned long node_page_state(struct pglist_data *pgdat, enum node_stat_item item)
{
	WARN_ON_ONCE(vmstat_item_in_bytes(item));
	return node_page_state_pages(pgdat, item);
}

unsigned long global_node_page_state_pages(enum node_stat_item item)
{
	unsigned long sum = 0;

	for (unsigned int node = 0; node < node_count; node++)
		sum += item_read(&node_items[node][item]);
	return sum;
}

unsigned long global_node_page_state(enum node_stat_item item)
{
	WARN_ON_ONCE(vmstat_item_in_bytes(item));
	return global_node_page_state_pages(item);
}
