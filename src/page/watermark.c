/* SPDX-License-Identifier: MIT */
/*
 * watermark.c - how many frames a zone keeps back, and from whom
 *
 * Owns: mark[] and boost of every zone, min_free_kbytes, watermark_scale_factor,
 * watermark_boost_factor.
 * W1  An ordinary request stops at min; __GFP_HIGH goes to half of it, one that cannot wait to
 *     37.5 %.
 * W2  A block of 2^order frames may be taken only if one of that size or larger is free.
 * W3  Free frames of HIGHATOMIC pageblocks are not there for a request without a claim on reserves.
 * W4  ZONE_MOVABLE does not count for min_free_kbytes: nothing of the kernel's lies there.
 * Lock: none; zone->free is read once.  Nothing here sleeps.
 */
#include "page/zone.h"

#include <linux/minmax.h>
#include "page/pcp.h"
#include "page/reclaim_ops.h"

#define MOVABLE_MIN_LEAST	32
#define MOVABLE_MIN_MOST	128

unsigned long min_free_kbytes, min_free_kbytes_wanted;
unsigned int watermark_scale_factor = 10;	/* of 10000 */
unsigned int watermark_boost_factor = 15000;	/* of 10000 of the high mark */

static unsigned long square_root(unsigned long value)
{
	unsigned long root = 0, bit = 1UL << (sizeof(value) * 8 - 2);

	for (; bit; bit >>= 2) {
		if (value >= root + bit) {
			value -= root + bit;
			root = (root >> 1) + bit;
		} else {
			root >>= 1;
		}
	}
	return root;
}

unsigned long watermark_min_free_kbytes(unsigned long lowmem_kbytes)
{
	unsigned long kbytes = square_root(lowmem_kbytes * 16);

	if (kbytes < 128)
		return 128;
	return kbytes > 262144 ? 262144 : kbytes;
}

static unsigned long lowmem_pages(void)
{
	const struct page_zone *zone;
	unsigned long pages = 0;

	for_each_page_zone(zone)
		pages += zone->type == ZONE_MOVABLE ? 0 : zone->managed;
	return pages;
}

static void set_marks(struct page_zone *zone, unsigned long pages_min, unsigned long lowmem)
{
	unsigned long share = lowmem ? (u64)pages_min * zone->managed / lowmem : 0;
	unsigned long step = max_t(unsigned long, share / 4,
				   (u64)zone->managed * watermark_scale_factor / 10000);
	unsigned long irq = km_spin_lock(&zone->lock);

	zone->mark[MARK_MIN] = share;
	if (zone->type == ZONE_MOVABLE)
		zone->mark[MARK_MIN] = clamp_t(unsigned long, zone->managed / 1024,
					       MOVABLE_MIN_LEAST, MOVABLE_MIN_MOST);
	zone->boost = 0;
	zone->mark[MARK_LOW] = zone->mark[MARK_MIN] + step;
	zone->mark[MARK_HIGH] = zone->mark[MARK_LOW] + step;
	zone->mark[MARK_PROMO] = zone->mark[MARK_HIGH] + step;
	km_spin_unlock(&zone->lock, irq);
}

void watermark_set(void)
{
	unsigned long lowmem = lowmem_pages();
	struct page_zone *zone;

	min_free_kbytes = min_free_kbytes_wanted ? min_free_kbytes_wanted :
			  watermark_min_free_kbytes(lowmem << (PAGE_SHIFT - 10));
	for_each_page_zone(zone) {
		if (zone_is_populated(zone))
			set_marks(zone, min_free_kbytes >> (PAGE_SHIFT - 10), lowmem);
	}
	pcp_set_limits();
	zone_publish();
}

unsigned long watermark_limit(const struct page_zone *zone, enum zone_mark mark,
			      const struct page_ask *ask)
{
	unsigned long limit = zone->mark[mark];

	/* An urgent single page does not wait for reclaim to mend fragmentation. */
	if (mark != MARK_MIN || !ask->may_dip || ask->order)
		limit += zone->boost;
	/*
	 * The reserve is for those who failed above min: the first look, at low, is the same for
	 * all.
	 */
	if (mark == MARK_MIN && ask->may_dip) {
		limit -= limit / 2;
		if (ask->may_dip_further)
			limit -= limit / 4;
	}
	return limit + zone->reserve[ask->zone_top];
}

/* @claims: W3 does not hold for it; @blocks: it may even be given a block of the reserve. */
static bool is_above(const struct page_zone *zone, unsigned int order, unsigned long limit,
		     bool claims, bool blocks)
{
	unsigned long free = __atomic_load_n(&zone->free, __ATOMIC_RELAXED);

	if (!claims)
		limit += __atomic_load_n(&zone->free_highatomic, __ATOMIC_RELAXED);
	if (free <= limit + ((1UL << order) - 1))
		return false;
	if (!order)
		return true;
	for (unsigned int larger = order; larger < NR_PAGE_ORDERS; larger++) {
		const struct zone_blocks *had = &zone->free_blocks[larger];
		unsigned long kept = __atomic_load_n(&had->of_type[MIGRATE_ISOLATE],
						     __ATOMIC_RELAXED);

		if (!blocks)
			kept += __atomic_load_n(&had->of_type[MIGRATE_HIGHATOMIC],
						__ATOMIC_RELAXED);
		if (__atomic_load_n(&had->count, __ATOMIC_RELAXED) > kept)
			return true;
	}
	return false;
}

bool watermark_is_ok(const struct page_zone *zone, unsigned int order, unsigned long limit)
{
	return is_above(zone, order, limit, false, false);
}

bool watermark_allows(const struct page_zone *zone, const struct page_ask *ask,
		      unsigned long limit)
{
	return is_above(zone, ask->order, limit, ask->may_dip || ask->cannot_wait,
			ask->may_highatomic);
}

void watermark_boost_locked(struct page_zone *zone)
{
	unsigned long most = (u64)zone->mark[MARK_HIGH] * watermark_boost_factor / 10000;

	/* Nobody would take it back, or a small zone would be all boost. */
	if (!page_reclaim_ops || !most || zone->managed < 4 * pageblock_nr_pages)
		return;
	if (most < pageblock_nr_pages)
		most = pageblock_nr_pages;
	zone->boost = min(zone->boost + pageblock_nr_pages, most);
	zone->seen.watermark_boost = zone->boost;
	zone->wakes_boosted = true;
}

void watermark_unboost(struct page_zone *zone, unsigned long boost)
{
	unsigned long irq = km_spin_lock(&zone->lock);

	zone->boost -= min(zone->boost, boost);
	zone->seen.watermark_boost = zone->boost;
	km_spin_unlock(&zone->lock, irq);
}
