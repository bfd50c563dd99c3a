/* SPDX-License-Identifier: MIT */
/* page_watched_test.c - which events the page calls send, and that answers are obeyed */
#include "page/page_test.h"
#include "page/watched.h"
#include "watch/watch.h"

#define MOST	64

static struct km_event seen[MOST];
static unsigned int seen_count;
static enum km_verdict answer_ask, answer_free;

static enum km_verdict see(const struct km_event *event)
{
	if (seen_count < MOST)
		seen[seen_count++] = *event;
	if (event->point == KM_POINT_ALLOC_ASK)
		return answer_ask;
	return event->point == KM_POINT_FREE_ASK ? answer_free : KM_GO;
}

static int boot_watched_room(void)
{
	static const struct km_rule rule = {
		.id = "test", .see = see,
		.points = 1u << KM_POINT_ALLOC_ASK | 1u << KM_POINT_ALLOC_DONE |
			  1u << KM_POINT_ALLOC_FAIL | 1u << KM_POINT_FREE_ASK |
			  1u << KM_POINT_FREE_ZERO | 1u << KM_POINT_RESIZE,
	};
	static const struct km_rule *const rules[] = { &rule };
	int error = boot_page_room();

	page_watched = true;
	watch_arm(rules, 1);
	return error;
}

static void start(void)
{
	seen_count = 0;
	answer_ask = answer_free = KM_GO;
}

static void expect(unsigned int index, enum km_point point, const char *what, const void *object,
		   size_t bytes)
{
	const struct km_event *event = &seen[index];

	REQUIRE(index < seen_count);
	CHECK_EQ(event->point, point);
	CHECK_EQ(event->family, KM_FAMILY_PAGES);
	CHECK(!__builtin_strcmp(event->what, what));
	CHECK(event->object == object);
	CHECK_EQ(event->bytes, bytes);
	CHECK(event->caller && event->frame);
}

static void a_block_is_asked_for_done_and_freed(void)
{
	struct page *page;

	start();
	page = alloc_pages(GFP_KERNEL, 2);
	expect(0, KM_POINT_ALLOC_ASK, "alloc_pages", NULL, 16384);
	expect(1, KM_POINT_ALLOC_DONE, "alloc_pages", page_address(page), 16384);
	CHECK_EQ(seen[1].gfp, GFP_KERNEL);
	CHECK_EQ(seen[1].order, 2);
	CHECK_EQ(seen[1].usable, 16384);
	__free_pages(page, 2);
	expect(2, KM_POINT_FREE_ASK, "__free_pages", page_address(page), 0);
	CHECK_EQ(seen[2].order, 2);
	CHECK_EQ(seen_count, 3);
}

static void a_refusal_is_null_and_leaves_the_object(void)
{
	unsigned long before = page_free_total();
	struct page *page;

	start();
	answer_ask = KM_REFUSE;
	CHECK(!alloc_pages(GFP_KERNEL, 0));
	CHECK_EQ(__get_free_pages(GFP_KERNEL, 0), 0);
	CHECK(!alloc_pages_exact(100, GFP_KERNEL));
	CHECK_EQ(seen_count, 3);
	CHECK_EQ(page_free_total(), before);
	start();
	page = alloc_pages(GFP_KERNEL, 0);
	answer_free = KM_REFUSE;
	__free_pages(page, 0);
	CHECK_EQ(page_count(page), 1);
	CHECK_EQ(page->owner, PAGE_OWNER_PAGES);
	answer_free = KM_GO;
	__free_pages(page, 0);
	CHECK_EQ(page_free_total(), before);
}

static void a_kept_block_comes_back_through_page_give(void)
{
	unsigned long before = page_free_total();
	struct page *page;

	start();
	page = alloc_pages(GFP_KERNEL | __GFP_COMP, 3);
	answer_free = KM_TAKE;
	__free_pages(page, 3);
	CHECK_EQ(page->owner, PAGE_OWNER_KEPT);
	CHECK_EQ(page_free_total(), before - 8);
	answer_free = KM_REFUSE;
	__free_pages(page, 3);	/* a second free is still told */
	expect(3, KM_POINT_FREE_ASK, "__free_pages", page_address(page), 0);
	page_give(page, 3);
	CHECK_EQ(page_free_total(), before);
	CHECK_EQ(seen_count, 4);
}

static void a_free_is_told_when_the_last_reference_goes(void)
{
	struct page *page;

	start();
	page = alloc_pages(GFP_KERNEL, 3);
	get_page(page);
	__free_pages(page, 3);
	CHECK_EQ(seen_count, 2);
	put_page(page);
	CHECK_EQ(seen_count, 3);
	expect(2, KM_POINT_FREE_ASK, "put_page", page_address(page), 0);
	/* It was asked for with this order, though only one page was left. */
	CHECK_EQ(seen[2].order, 3);
	__free_pages(page, 0);
	CHECK_EQ(seen_count, 4);
	km_test_console_clear();
}

static void bad_addresses_are_told_before_they_are_warned_about(void)
{
	int local;

	start();
	answer_free = KM_REFUSE;
	free_pages((unsigned long)&local, 0);
	expect(0, KM_POINT_FREE_ASK, "free_pages", &local, 0);
	free_pages(0, 0);
	expect(1, KM_POINT_FREE_ZERO, "free_pages", NULL, 0);
	__free_pages((struct page *)&local, 0);
	CHECK_EQ(seen[2].point, KM_POINT_FREE_ASK);
}

static void exact_split_and_bulk_keep_the_ledger_straight(void)
{
	struct page *pages[3] = { NULL }, *page;
	void *address;

	start();
	address = alloc_pages_exact(5000, GFP_KERNEL);
	expect(1, KM_POINT_ALLOC_DONE, "alloc_pages_exact", address, 5000);
	CHECK_EQ(seen[1].usable, 8192);
	free_pages_exact(address, 5000);
	expect(2, KM_POINT_FREE_ASK, "free_pages_exact", address, 5000);
	CHECK_EQ(seen_count, 3);
	start();
	page = alloc_pages(GFP_KERNEL, 1);
	split_page(page, 1);
	expect(2, KM_POINT_RESIZE, "split_page", page_address(page), 4096);
	expect(3, KM_POINT_ALLOC_DONE, "split_page", page_address(page + 1), 4096);
	__free_pages(page, 0);
	__free_pages(page + 1, 0);
	start();
	CHECK_EQ(alloc_pages_bulk_array(GFP_KERNEL, 3, pages), 3);
	CHECK_EQ(seen_count, 6);
	for (unsigned int i = 0; i < 3; i++) {
		expect(2 * i + 1, KM_POINT_ALLOC_DONE, "alloc_pages_bulk", page_address(pages[i]),
		       4096);
		__free_pages(pages[i], 0);
	}
}

static void a_real_failure_is_told_as_such(void)
{
	start();
	CHECK(!alloc_pages(GFP_KERNEL | __GFP_NOWARN, MAX_PAGE_ORDER + 1));
	CHECK_EQ(seen_count, 2);
	CHECK_EQ(seen[1].point, KM_POINT_ALLOC_FAIL);
}

static void the_engines_own_calls_are_silent(void)
{
	struct page *page;

	start();
	page = page_take(GFP_KERNEL, 1, PAGE_OWNER_SLAB);
	page_give(page, 1);
	CHECK_EQ(seen_count, 0);
}

/* T1 of the differential test: the same trace through both roads ends in the same place. */
static void both_roads_do_the_same_work(void)
{
	unsigned long free[2];

	for (unsigned int road = 0; road < 2; road++) {
		struct page *pages[32];

		page_watched = road;
		start();
		page_drain_all();
		for (unsigned int i = 0; i < 32; i++)
			pages[i] = alloc_pages(GFP_KERNEL | (i & 1 ? __GFP_COMP : 0), i % 5);
		free[road] = page_free_total();
		for (unsigned int i = 0; i < 32; i++)
			__free_pages(pages[i], i % 5);
		CHECK(page_validate());
	}
	page_watched = true;
	CHECK_EQ(free[0], free[1]);
}

KM_TESTS(boot_watched_room,
	 T(a_block_is_asked_for_done_and_freed),
	 T(a_refusal_is_null_and_leaves_the_object),
	 T(a_kept_block_comes_back_through_page_give),
	 T(a_free_is_told_when_the_last_reference_goes),
	 T(bad_addresses_are_told_before_they_are_warned_about),
	 T(exact_split_and_bulk_keep_the_ledger_straight),
	 T(a_real_failure_is_told_as_such),
	 T(the_engines_own_calls_are_silent),
	 T(both_roads_do_the_same_work));
