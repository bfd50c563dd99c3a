/* SPDX-License-Identifier: MIT */
/*
 * watermark.c - how many frames a zone keeps back, and from whom
 *
 * Owns: mark[] of every zone, min_free_kbytes.
 * W1  An ordinary request stops at min; __GFP_HIGH goes to half of it, one that cannot wait to
 *     37.5 %.
 * W2  A block of 2^order frames may be taken only if one of that size or larger is free.
 * Lock: none; zone->free is read once.  Nothing here sleeps.
 */
#include "page/zone.h"

#define WATERMARK_SCALE_FACTOR	10	/* of 10000 */

unsigned long min_free_kbytes;

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

void watermark_boot(void)
{
	unsigned long managed = 0, pages_min;

	for (unsigned int id = 0; id < MAX_NR_ZONES; id++)
		managed += page_zone[id].managed;
	min_free_kbytes = watermark_min_free_kbytes(managed << (PAGE_SHIFT - 10));
	pages_min = min_free_kbytes >> (PAGE_SHIFT - 10);
	for (unsigned int id = 0; managed && id < MAX_NR_ZONES; id++) {
		struct page_zone *zone = &page_zone[id];
		unsigned long share = (u64)pages_min * zone->managed / managed;
		unsigned long scaled = (u64)zone->managed * WATERMARK_SCALE_FACTOR / 10000;
		unsigned long step = share / 4 > scaled ? share / 4 : scaled;

		zone->mark[MARK_MIN] = share;
		zone->mark[MARK_LOW] = share + step;
		zone->mark[MARK_HIGH] = zone->mark[MARK_LOW] + step;
		zone->mark[MARK_PROMO] = zone->mark[MARK_HIGH] + step;
	}
}

unsigned long watermark_limit(const struct page_zone *zone, enum zone_mark mark,
			      const struct page_ask *ask)
{
	unsigned long limit = zone->mark[mark];

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

bool watermark_is_ok(const struct page_zone *zone, unsigned int order, unsigned long limit)
{
	unsigned long free = __atomic_load_n(&zone->free, __ATOMIC_RELAXED);

	if (free <= limit + ((1UL << order) - 1))
		return false;
	for (unsigned int larger = order; larger < NR_PAGE_ORDERS; larger++) {
		if (__atomic_load_n(&zone->free_blocks[larger].count, __ATOMIC_RELAXED))
			return true;
	}
	return false;
}
