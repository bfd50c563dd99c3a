/* SPDX-License-Identifier: MIT */
/* buddy_test.c - free blocks: alignment, disjointness, complete merging */
#include "page/page_test.h"

#define BLOCKS	64

struct held { struct page *page; unsigned int order; };

static void read_counts(unsigned long counts[NR_PAGE_ORDERS])
{
	page_drain_all();
	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++) {
		counts[order] = 0;
		for (unsigned int id = 0; id < ZONES; id++)
			counts[order] += zone_table[id].free_blocks[order].count;
	}
}

static bool is_disjoint(const struct held *held, const struct page *page, unsigned int order)
{
	unsigned long first = frame_pfn(page), end = first + (1UL << order);

	for (unsigned int i = 0; i < BLOCKS; i++) {
		unsigned long other = held[i].page ? frame_pfn(held[i].page) : 0;

		if (held[i].page && first < other + (1UL << held[i].order) && other < end)
			return false;
	}
	return true;
}

static void step_random(struct held *held)
{
	unsigned int slot = km_test_random_below(BLOCKS);
	/* Small orders most of the time, as in life. */
	unsigned int order = km_test_random_below(1 + km_test_random_below(NR_PAGE_ORDERS));
	struct page *page;

	if (held[slot].page) {
		__free_pages(held[slot].page, held[slot].order);
		held[slot].page = NULL;
		return;
	}
	page = alloc_pages(GFP_KERNEL | __GFP_NOWARN, order);
	if (!page)
		return;
	CHECK_EQ(frame_pfn(page) & ((1UL << order) - 1), 0);
	CHECK(is_disjoint(held, page, order));
	CHECK_EQ(page->order, order);
	held[slot] = (struct held) { page, order };
}

static void a_random_trace_ends_where_it_began(void)
{
	unsigned long before[NR_PAGE_ORDERS], after[NR_PAGE_ORDERS];
	static struct held held[BLOCKS];

	read_counts(before);
	for (unsigned int step = 0; step < 20000; step++) {
		step_random(held);
		if (step % 1000 == 0)
			CHECK(page_validate());
	}
	for (unsigned int i = 0; i < BLOCKS; i++) {
		if (held[i].page)
			__free_pages(held[i].page, held[i].order);
		held[i].page = NULL;
	}
	/* Merged as far as B1 allows there is only one way to be. */
	read_counts(after);
	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
		CHECK_EQ(after[order], before[order]);
	CHECK(page_validate());
}

/* A type that has free blocks of at least @order. */
static unsigned int type_with(const struct page_zone *zone, unsigned int order)
{
	for (unsigned int type = 0; type < MIGRATE_PCPTYPES; type++) {
		for (unsigned int have = order; have < NR_PAGE_ORDERS; have++) {
			if (zone->free_blocks[have].of_type[type])
				return type;
		}
	}
	return MIGRATE_TYPES;
}

static void merge_restores_the_larger_block(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned int type = type_with(zone, 4);
	unsigned long irq = km_spin_lock(&zone->lock);
	struct page *block = buddy_take_locked(zone, 4, type), *left, *right;

	block[8].owner = PAGE_OWNER_FREE;
	for (unsigned int i = 1; i < 16; i++) {
		block[i].owner = PAGE_OWNER_FREE;
		block[i].order = FRAME_INTERIOR;
	}
	buddy_give_locked(zone, block + 8, 3);
	right = list_first_entry(&zone->free_blocks[3].list[type], struct page, lru);
	CHECK(right == block + 8);
	buddy_give_locked(zone, block, 3);
	left = block;
	CHECK(right->order == FRAME_INTERIOR);
	CHECK(left->owner == PAGE_OWNER_FREE);
	km_spin_unlock(&zone->lock, irq);
	CHECK(page_validate());
}

static void validate_sees_damage(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned int type;
	struct page *block;

	page_drain_all();
	zone->free++;
	CHECK(!page_validate());
	zone->free--;
	type = type_with(zone, MAX_PAGE_ORDER);
	block = list_first_entry(&zone->free_blocks[MAX_PAGE_ORDER].list[type], struct page, lru);
	block[3].owner = PAGE_OWNER_PAGES;
	CHECK(!page_validate());
	block[3].owner = PAGE_OWNER_FREE;
	CHECK(text_has(km_test_console(), "B3"));
	km_test_console_clear();
	CHECK(page_validate());
}

static void every_frame_of_a_block_knows_its_owner(void)
{
	struct page *page = page_take(GFP_KERNEL, 3, PAGE_OWNER_VMAP);

	REQUIRE(page);
	for (unsigned int i = 0; i < 8; i++)
		CHECK_EQ(page[i].owner, PAGE_OWNER_VMAP);
	page_give(page, 3);
	for (unsigned int i = 1; i < 8; i++)
		CHECK_EQ(page[i].owner, PAGE_OWNER_FREE);
	CHECK(page->owner == PAGE_OWNER_PCP || page->owner == PAGE_OWNER_FREE);
}

KM_TESTS(boot_page_room,
	 T(a_random_trace_ends_where_it_began),
	 T(merge_restores_the_larger_block),
	 T(validate_sees_damage),
	 T(every_frame_of_a_block_knows_its_owner));
