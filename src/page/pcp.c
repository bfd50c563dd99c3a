/* SPDX-License-Identifier: MIT */
/*
 * pcp.c - moves blocks between this CPU's lists and the zone, a batch at a time
 *
 * Owns: zone->pcp, zone->pcp_batch.  Not: what a block is (buddy.c), who may have it (watermark.c).
 * P1  A block on a list has owner PCP, reference count 0 and the order of its list.
 * P2  A CPU's list is touched by that CPU only, through the verbs of asm/percpu.h.
 * Lock: zone->lock while moving; never held when a verb is used. Only pcp_drain_everywhere()
 * sleeps.
 */
#include "page/pcp.h"

#include <linux/irq_work.h>
#include <linux/preempt.h>
#include "page/frame.h"

#define PCP_BATCH_MAX_PAGES	256	/* 1 MiB */

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

void pcp_boot(struct page_zone *zone)
{
	unsigned int cpus = km_port_cpus();
	unsigned long high = zone->mark[MARK_LOW] / cpus;

	zone->pcp_batch = batch_of(zone->managed);
	if (high < 4 * zone->pcp_batch)
		high = 4 * zone->pcp_batch;
	for (unsigned int order = 0; order < PCP_ORDERS; order++) {
		/* Single pages are most of the traffic; the lists above share a quarter each. */
		unsigned long blocks = order ? high / 4 >> order : high;

		for (unsigned int cpu = 0; cpu < KM_MAX_CPUS; cpu++)
			zone->pcp[order][cpu].high = blocks ? blocks : 1;
	}
}

/*
 * Take a batch from @zone that leaves @limit frames free: one block is returned, the others stay
 * on this CPU's list.
 */
struct page *pcp_refill(struct page_zone *zone, unsigned int order, unsigned long limit)
{
	unsigned int want = zone->pcp_batch >> order, got = 0;
	struct page *first, *page, *rest = NULL;
	unsigned long irq = km_spin_lock(&zone->lock);

	first = buddy_take_locked(zone, order);
	if (first) {
		first->owner = PAGE_OWNER_PCP;
		for (got = 1; got < want && zone->free >= limit + (1UL << order); got++) {
			page = buddy_take_locked(zone, order);
			if (!page)
				break;
			page->owner = PAGE_OWNER_PCP;
			page->lru.next = (struct list_head *)rest;
			rest = page;
		}
	}
	km_spin_unlock(&zone->lock, irq);
	while (rest) {
		page = rest;
		rest = (struct page *)page->lru.next;
		pcp_give(zone, page, order);
	}
	return first;
}

/* Give up to @blocks blocks of this CPU's list back to the zone. */
void pcp_spill(struct page_zone *zone, unsigned int order, unsigned int blocks)
{
	struct page *page, *chain = NULL;
	unsigned long irq;

	while (blocks-- && (page = pcp_take(zone, order))) {
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
	}
	km_spin_unlock(&zone->lock, irq);
}

/*
 * One argument that the caller has at hand anyway: what else it would keep for this call, it would
 * keep on the fast road. The block may be someone else's by now; its zone and the order of its list
 * stay true enough to choose a list by.
 */
noinline void pcp_overflow(const struct page *page)
{
	struct page_zone *zone = zone_of(page);
	unsigned int order = READ_ONCE(page->order);

	pcp_spill(zone, order < PCP_ORDERS ? order : 0, zone->pcp_batch);
}

void pcp_drain_here(void)
{
	for (unsigned int id = 0; id < MAX_NR_ZONES; id++) {
		for (unsigned int order = 0; order < PCP_ORDERS; order++)
			pcp_spill(&page_zone[id], order, ~0u);
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

unsigned long pcp_pages(const struct page_zone *zone)
{
	unsigned long pages = 0;

	for (unsigned int order = 0; order < PCP_ORDERS; order++) {
		for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++)
			pages += (unsigned long)zone->pcp[order][cpu].count << order;
	}
	return pages;
}
