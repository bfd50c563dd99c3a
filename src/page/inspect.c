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

static struct page_zone *populated_zone(unsigned int index)
{
	for (unsigned int id = 0; id < MAX_NR_ZONES; id++) {
		if (zone_is_populated(&page_zone[id]) && index-- == 0)
			return &page_zone[id];
	}
	return NULL;
}

unsigned int page_zones(void)
{
	unsigned int count = 0;

	while (populated_zone(count))
		count++;
	return count;
}

void page_zone_read(unsigned int index, struct page_zone_stats *ret_stats)
{
	const struct page_zone *zone = populated_zone(index);

	if (!zone)
		return;
	*ret_stats = (struct page_zone_stats) {
		.name = zone->name, .start_pfn = zone->start_pfn, .spanned = zone->spanned,
		.present = zone->present, .managed = zone->managed, .free = zone->free,
		.pcp = pcp_pages(zone), .min = zone->mark[MARK_MIN],
		.low = zone->mark[MARK_LOW], .high = zone->mark[MARK_HIGH],
	};
	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
		ret_stats->free_blocks[order] = zone->free_blocks[order].count;
}

unsigned long page_free_total(void)
{
	unsigned long pages = 0;

	for (unsigned int id = 0; id < MAX_NR_ZONES; id++) {
		if (zone_is_populated(&page_zone[id]))
			pages += page_zone[id].free + pcp_pages(&page_zone[id]);
	}
	return pages;
}

unsigned long page_managed_total(void)
{
	unsigned long pages = 0;

	for (unsigned int id = 0; id < MAX_NR_ZONES; id++)
		pages += page_zone[id].managed;
	return pages;
}

void page_drain_all(void)
{
	if (kern_may_sleep())
		pcp_drain_everywhere();
	else
		pcp_drain_here();
}

static const char *list_fault(const struct page_zone *zone, unsigned int order, unsigned int cpu)
{
	const struct pcpu_head *head = &zone->pcp[order][cpu];
	unsigned long count = 0;

	for (void *node = head->first; node; node = *(void **)node) {
		const struct page *page = container_of(node, struct page, lru);

		if (page->owner != PAGE_OWNER_PCP || page->order != order ||
		    page->zone_id != zone->id || page_ref_count(page))
			return "P1: a block on a per-CPU list is not marked so";
		if (count++ > zone->managed)
			return "a per-CPU list runs in a circle";
	}
	return count == head->count ? NULL : "the count of a per-CPU list is wrong";
}

static bool pcp_validate(const struct page_zone *zone)
{
	for (unsigned int order = 0; order < PCP_ORDERS; order++) {
		for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++) {
			const char *fault = list_fault(zone, order, cpu);

			if (!fault)
				continue;
			pr_err("page: zone %s order %u cpu %u: %s\n", zone->name, order, cpu,
			       fault);
			return false;
		}
	}
	return true;
}

bool page_validate(void)
{
	for (unsigned int id = 0; id < MAX_NR_ZONES; id++) {
		if (zone_is_populated(&page_zone[id]) &&
		    (!buddy_validate(&page_zone[id]) || !pcp_validate(&page_zone[id])))
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
	unsigned long pages = 0;

	for (unsigned int id = 0; id < MAX_NR_ZONES; id++)
		pages += page_zone[id].free;
	return pages;
}

unsigned long nr_free_buffer_pages(void)
{
	unsigned long pages = 0;

	for (unsigned int id = 0; id <= ZONE_NORMAL; id++) {
		if (page_zone[id].managed > page_zone[id].mark[MARK_HIGH])
			pages += page_zone[id].managed - page_zone[id].mark[MARK_HIGH];
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
