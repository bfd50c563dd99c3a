/* SPDX-License-Identifier: MIT */
/*
 * inspect.c - read the page room without changing it, for reports, rules and tests
 *
 * Numbers are a snapshot: exact while nothing else allocates. page_validate() and the counts of
 * other CPUs' lists need a quiet machine.
 */
#include "page/page_room.h"

#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include "kern/kern.h"
#include "page/alloc.h"
#include "page/mobility.h"

static struct page_zone *zone_numbered(unsigned int index)
{
	struct page_zone *zone;

	for_each_page_zone(zone) {
		if (zone_is_populated(zone) && index-- == 0)
			return zone;
	}
	return NULL;
}

unsigned int page_zones(void)
{
	unsigned int count = 0;

	while (zone_numbered(count))
		count++;
	return count;
}

static void count_blocks(struct page_zone *zone, struct page_zone_stats *stats)
{
	unsigned long end = zone->start_pfn + zone->spanned;

	for (unsigned long pfn = zone->start_pfn; pfn < end; pfn = pageblock_end_pfn(pfn)) {
		const struct page *page = pfn_frame(pfn);

		if (page && zone_of(page) == zone)
			stats->blocks_of_type[page->mobility]++;
	}
}

static void count_free_blocks(struct page_zone *zone, struct page_zone_stats *stats)
{
	unsigned long irq = km_spin_lock(&zone->lock);

	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++) {
		const struct zone_blocks *blocks = &zone->free_blocks[order];

		stats->free_blocks[order] = blocks->count;
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			stats->free_of_type[type][order] = blocks->of_type[type];
	}
	km_spin_unlock(&zone->lock, irq);
}

static void zone_read(struct page_zone *zone, struct page_zone_stats *ret_stats)
{
	*ret_stats = (struct page_zone_stats) {
		.name = zone->name, .node = zone->node, .type = zone->type,
		.start_pfn = zone->start_pfn, .spanned = zone->spanned,
		.present = zone->present, .managed = zone->managed, .free = zone->free,
		.isolated = zone->isolated, .pcp = pcp_pages(zone), .boost = zone->boost,
		.min = zone->mark[MARK_MIN], .low = zone->mark[MARK_LOW],
		.high = zone->mark[MARK_HIGH], .promo = zone->mark[MARK_PROMO],
		.reserved_highatomic = zone->reserved_highatomic,
		.free_highatomic = zone->free_highatomic,
	};
	for (unsigned int type = 0; type < MAX_NR_ZONES; type++)
		ret_stats->reserve[type] = zone->reserve[type];
	count_free_blocks(zone, ret_stats);
	count_blocks(zone, ret_stats);
}

void page_zone_read(unsigned int index, struct page_zone_stats *ret_stats)
{
	struct page_zone *zone = zone_numbered(index);

	if (zone)
		zone_read(zone, ret_stats);
}

void page_zone_read_at(unsigned int node, unsigned int type, struct page_zone_stats *ret_stats)
{
	zone_read(node_zone(node, type), ret_stats);
}

static void pcp_read(const struct page_zone *zone, unsigned int cpu,
		     struct page_pcp_stats *ret_stats)
{
	*ret_stats = (struct page_pcp_stats) {
		.count = pcp_pages_of(zone, cpu), .high = zone->pcp_high,
		.high_min = zone->pcp_high, .high_max = zone->pcp_high_max,
		.batch = zone->pcp_batch,
	};
}

void page_pcp_read(unsigned int index, unsigned int cpu, struct page_pcp_stats *ret_stats)
{
	const struct page_zone *zone = zone_numbered(index);

	if (zone && cpu < km_port_cpus())
		pcp_read(zone, cpu, ret_stats);
}

void page_pcp_read_at(unsigned int node, unsigned int type, unsigned int cpu,
		      struct page_pcp_stats *ret_stats)
{
	pcp_read(node_zone(node, type), cpu, ret_stats);
}

unsigned long page_free_total(void)
{
	const struct page_zone *zone;
	unsigned long pages = 0;

	for_each_page_zone(zone)
		pages += zone->free + zone->isolated + pcp_pages(zone);
	return pages;
}

unsigned long page_managed_total(void)
{
	const struct page_zone *zone;
	unsigned long pages = 0;

	for_each_page_zone(zone)
		pages += zone->managed;
	return pages;
}

void page_drain_all(void)
{
	if (kern_may_sleep())
		pcp_drain_everywhere();
	else
		pcp_drain_here();
}

static const char *list_fault(const struct page_zone *zone, const struct pcpu_head *head,
			      unsigned int order)
{
	unsigned long count = 0;

	for (void *node = head->first; node; node = *(void **)node) {
		const struct page *page = container_of(node, struct page, lru);

		if (page->owner != PAGE_OWNER_PCP || page->order != order ||
		    zone_of(page) != zone || page_ref_count(page))
			return "P1: a block on a per-CPU list is not marked so";
		if (count++ > zone->managed)
			return "a per-CPU list runs in a circle";
	}
	return count == head->count ? NULL : "the count of a per-CPU list is wrong";
}

static bool cpu_validate(const struct page_zone *zone, unsigned int cpu)
{
	for (unsigned int list = 0; list < PCP_KINDS * PCP_ORDERS; list++) {
		unsigned int kind = list / PCP_ORDERS, order = list % PCP_ORDERS;
		const char *fault = list_fault(zone, &pcp_heads(zone, kind, order)[cpu], order);

		if (!fault)
			continue;
		pr_err("page: node %u zone %s order %u kind %u cpu %u: %s\n", zone->node,
		       zone->name, order, kind, cpu, fault);
		return false;
	}
	return true;
}

/* F6 and M1 */
static bool blocks_validate(struct page_zone *zone)
{
	unsigned long end = zone->start_pfn + zone->spanned, reserved = 0;
	const struct page *first = NULL;

	for (unsigned long pfn = zone->start_pfn; pfn < end; pfn++) {
		const struct page *page = pfn_frame(pfn);

		if (pageblock_aligned(pfn))
			first = NULL;
		if (!page || zone_of(page) != zone)
			continue;
		if (!first)
			first = page;
		reserved += page->mobility == MIGRATE_HIGHATOMIC;
		if (page->mobility == first->mobility && page->home == first->home &&
		    (page->home & 3) == mobility_kind(page->mobility))
			continue;
		pr_err("page: node %u zone %s pfn %#lx: M1: a pageblock of two types\n",
		       zone->node, zone->name, pfn);
		return false;
	}
	if (reserved == zone->reserved_highatomic)
		return true;
	pr_err("page: node %u zone %s: %lu frames in HIGHATOMIC pageblocks, %lu counted\n",
	       zone->node, zone->name, reserved, zone->reserved_highatomic);
	return false;
}

static bool zone_validate(struct page_zone *zone)
{
	if (!buddy_validate(zone) || !blocks_validate(zone))
		return false;
	for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++) {
		if (!cpu_validate(zone, cpu))
			return false;
	}
	return true;
}

bool page_validate(void)
{
	struct page_zone *zone;

	for_each_page_zone(zone) {
		if (zone_is_populated(zone) && !zone_validate(zone))
			return false;
	}
	return true;
}

unsigned long totalram_pages(void)
{
	return page_managed_total();
}

/* Frames in the zones; those on per-CPU lists are not counted, as in Linux. */
unsigned long nr_free_pages(void)
{
	const struct page_zone *zone;
	unsigned long pages = 0;

	for_each_page_zone(zone)
		pages += zone->free;
	return pages;
}

unsigned long nr_free_buffer_pages(void)
{
	const struct page_zone *zone;
	unsigned long pages = 0;

	for_each_page_zone(zone) {
		if (zone->type <= ZONE_NORMAL && zone->managed > zone->mark[MARK_HIGH])
			pages += zone->managed - zone->mark[MARK_HIGH];
	}
	return pages;
}

bool want_init_on_alloc(gfp_t flags)
{
	return ((flags | page_zero_gfp) & __GFP_ZERO) != 0;
}

bool want_init_on_free(void)
{
	return page_init_on_free;
}

void drain_local_pages(void *zone)
{
	pcp_drain_here();
}

void drain_all_pages(void *zone)
{
	page_drain_all();
}
