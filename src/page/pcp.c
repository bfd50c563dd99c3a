/* SPDX-License-Identifier: MIT */
/*
 * pcp.c - moves blocks between this CPU's lists and the zone, a batch at a time
 *
 * Owns: the lists, their batch and high marks, percpu_pagelist_high_fraction. Not: what a block is
 * (buddy.c), who may have it (watermark.c), of which type (mobility.c).
 * P1  A block on a list has owner PCP, reference count 0 and the order of its list. The type of its
 *     pageblock may have changed since; the way back to the zone looks again.
 * P2  A CPU's list is touched by that CPU only, through the verbs of asm/percpu.h.
 * P5  A list of kind PCP_STRAIGHT has high 0: what is freed there goes on to the zone at once.
 * Lock: zone->lock while moving; never held when a verb is used. Only pcp_drain_everywhere()
 * sleeps.
 */
#include "page/pcp.h"

#include <linux/bug.h>
#include <linux/irq_work.h>
#include <linux/memblock.h>
#include <linux/minmax.h>
#include <linux/preempt.h>
#include <linux/string.h>
#include "page/frame.h"
#include "page/mobility.h"

#define PCP_BATCH_MAX_PAGES	256	/* 1 MiB */
#define PCP_HIGH_BLOCKS		60000	/* a list's count has 16 bits */
#define PCP_HIGH_MAX_PART	8	/* of a zone, for all its CPUs together */

struct pcpu_head *pcp_road[PCP_ROADS][PCP_ORDERS];
struct pcpu_head *pcp_back[ZONES * PCP_KINDS][PCP_ORDERS];
unsigned int percpu_pagelist_high_fraction;
/* P3: nothing is ever given to it. */
static struct pcpu_head pcp_none[KM_MAX_CPUS];

static unsigned int batch_of(unsigned long managed)
{
	unsigned long batch = managed / 1024;

	if (batch > PCP_BATCH_MAX_PAGES)
		batch = PCP_BATCH_MAX_PAGES;
	batch /= 4;
	if (batch < 1)
		batch = 1;
	batch += batch / 2;
	while (batch & (batch - 1))
		batch &= batch - 1;
	/* One less than a power of two, so that batches of several CPUs do not keep in step. */
	return batch > 1 ? batch - 1 : 1;
}

static void lists_point(const struct page_zone *zone, struct pcpu_head *heads)
{
	unsigned int cpus = km_port_cpus();

	for (unsigned int kind = 0; kind < PCP_KINDS; kind++) {
		for (unsigned int order = 0; order < PCP_ORDERS; order++) {
			pcp_back[zone->id * PCP_KINDS + kind][order] = heads ? heads : pcp_none;
			heads += heads ? cpus : 0;
		}
	}
}

void pcp_boot(void)
{
	size_t bytes = sizeof(struct pcpu_head) * km_port_cpus() * PCP_KINDS * PCP_ORDERS;

	for (unsigned int id = 0; id < ZONES; id++) {
		const struct page_zone *zone = &zone_table[id];
		struct pcpu_head *heads = NULL;

		if (zone->present) {
			heads = km_port_grab(bytes);
			if (!heads)
				heads = memblock_alloc(bytes, PAGE_SIZE);
			BUG_ON(!heads);
		}
		lists_point(zone, heads);
	}
	pcp_set_roads();
}

/* P3 */
void pcp_set_roads(void)
{
	for (unsigned int bits = 0; bits < PCP_ROADS; bits++) {
		unsigned int top = gfp_zone_table[bits & GFP_ZONEMASK], kind = bits >> 3;
		bool is_straight = node_count == 1 && !(bits & __GFP_MOVABLE);

		while (top && !node_zone(0, top)->present)
			top--;
		if (kind >= MIGRATE_PCPTYPES || page_group_by_mobility_disabled)
			kind = MIGRATE_UNMOVABLE;
		for (unsigned int order = 0; order < PCP_ORDERS; order++)
			pcp_road[bits][order] = is_straight ?
				pcp_heads(node_zone(0, top), kind, order) : pcp_none;
	}
}

void pcp_shutdown(void)
{
	for (unsigned int id = 0; id < ZONES; id++)
		lists_point(&zone_table[id], NULL);
	for (unsigned int bits = 0; bits < PCP_ROADS; bits++) {
		for (unsigned int order = 0; order < PCP_ORDERS; order++)
			pcp_road[bits][order] = pcp_none;
	}
}

/* A node without CPUs is divided among all of them. */
static unsigned int cpus_near(const struct page_zone *zone)
{
	unsigned int cpus = node_cpus(zone->node);

	return cpus ? cpus : km_port_cpus();
}

static void set_limits_of(struct page_zone *zone)
{
	unsigned int cpus = cpus_near(zone), fraction = percpu_pagelist_high_fraction;
	unsigned long high = fraction ? zone->managed / fraction : zone->mark[MARK_LOW];
	unsigned long most = zone->managed / (fraction ? fraction : PCP_HIGH_MAX_PART);

	zone->pcp_batch = batch_of(zone->managed);
	zone->pcp_high = max_t(unsigned long, high / cpus, 4 * zone->pcp_batch);
	zone->pcp_high_max = max_t(unsigned long, most / cpus, 4 * zone->pcp_batch);
	for (unsigned int kind = 0; kind < PCP_STRAIGHT; kind++) {
		for (unsigned int order = 0; order < PCP_ORDERS; order++) {
			/* Single pages are most of the traffic; the others share a quarter each. */
			unsigned int blocks = order ? zone->pcp_high / 4 >> order : zone->pcp_high;
			struct pcpu_head *heads = pcp_heads(zone, kind, order);

			blocks = clamp_t(unsigned int, blocks, 1, PCP_HIGH_BLOCKS);
			for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++)
				WRITE_ONCE(heads[cpu].high, blocks);
		}
	}
}

void pcp_set_limits(void)
{
	struct page_zone *zone;

	for_each_page_zone(zone) {
		if (zone_is_populated(zone))
			set_limits_of(zone);
	}
}

/*
 * Take a batch from @zone that leaves @limit frames free: one block is returned, the others stay
 * on this CPU's list.
 */
struct page *pcp_refill(struct page_zone *zone, const struct page_ask *ask, unsigned long limit)
{
	unsigned int order = ask->order, want = zone->pcp_batch >> order, got = 0;
	struct page *first, *page, *rest = NULL;
	unsigned long irq = km_spin_lock(&zone->lock);

	first = mobility_take_locked(zone, ask);
	if (first) {
		zone->direct[order]++;
		for (got = 1; got < want && zone->free >= limit + (1UL << order); got++) {
			page = mobility_take_locked(zone, ask);
			if (!page)
				break;
			page->lru.next = (struct list_head *)rest;
			rest = page;
		}
	}
	km_spin_unlock(&zone->lock, irq);
	while (rest) {
		page = rest;
		rest = (struct page *)page->lru.next;
		/* Borrowed from another type, it still serves who asked. */
		if (pcpu_give(pcp_heads(zone, ask->mobility, order), &page->lru))
			pcp_spill(zone, ask->mobility, order, zone->pcp_batch);
	}
	return first;
}

/* Give up to @blocks blocks of this CPU's list back to the zone. */
void pcp_spill(struct page_zone *zone, unsigned int kind, unsigned int order, unsigned int blocks)
{
	struct page *page, *chain = NULL;
	unsigned long irq;

	while (blocks-- && (page = pcp_take(zone, kind, order))) {
		page->lru.next = (struct list_head *)chain;
		chain = page;
	}
	if (!chain)
		return;
	irq = km_spin_lock(&zone->lock);
	while (chain) {
		page = chain;
		chain = (struct page *)page->lru.next;
		buddy_give_locked(zone, page, order);
		zone->returned[order]++;
	}
	km_spin_unlock(&zone->lock, irq);
}

/*
 * One argument that the caller has at hand anyway: what else it would keep for this call, it would
 * keep on the fast road. The block may be someone else's by now; its home and the order of its list
 * stay true enough to choose a list by.
 */
noinline void pcp_overflow(const struct page *page)
{
	struct page_zone *zone = zone_of(page);
	unsigned int order = READ_ONCE(page->order), kind = READ_ONCE(page->home) % PCP_KINDS;

	pcp_spill(zone, kind, order < PCP_ORDERS ? order : 0,
		  kind == PCP_STRAIGHT ? ~0u : zone->pcp_batch);
}

void pcp_drain_here(void)
{
	struct page_zone *zone;

	for_each_page_zone(zone) {
		for (unsigned int kind = 0; kind < PCP_KINDS; kind++) {
			for (unsigned int order = 0; order < PCP_ORDERS; order++)
				pcp_spill(zone, kind, order, ~0u);
		}
	}
}

static void drain_called(struct irq_work *work)
{
	pcp_drain_here();
}

/* P2: each CPU empties its own lists, the others from an interrupt. */
void pcp_drain_everywhere(void)
{
	static struct irq_work drain[KM_MAX_CPUS];
	unsigned int cpus = km_port_cpus();

	for (unsigned int cpu = 0; cpu < cpus; cpu++) {
		drain[cpu].func = drain_called;
		irq_work_queue_on(&drain[cpu], cpu);
	}
	for (unsigned int cpu = 0; cpu < cpus; cpu++)
		irq_work_sync(&drain[cpu]);
}

unsigned long pcp_pages_of(const struct page_zone *zone, unsigned int cpu)
{
	unsigned long pages = 0;

	for (unsigned int kind = 0; kind < PCP_KINDS; kind++) {
		for (unsigned int order = 0; order < PCP_ORDERS; order++)
			pages += (unsigned long)pcp_heads(zone, kind, order)[cpu].count << order;
	}
	return pages;
}

unsigned long pcp_pages(const struct page_zone *zone)
{
	unsigned long pages = 0;

	for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++)
		pages += pcp_pages_of(zone, cpu);
	return pages;
}
