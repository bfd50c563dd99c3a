/* SPDX-License-Identifier: MIT */
/* progress_test.c - who reclaims, how often, what the callbacks see; kswapd; the OOM handling */
#include "reclaim/reclaim_test.h"

#include <linux/oom.h>

static struct reclaim_stats since(const struct reclaim_stats *before)
{
	struct reclaim_stats now;

	reclaim_read(&now);
	now.direct -= before->direct;
	now.woken -= before->woken;
	now.oom -= before->oom;
	return now;
}

static void kernel_requests_live_on_what_shrinkers_have(void)
{
	unsigned long boot = free_after_drain();
	struct keeper keeper;
	struct hoard user;

	keeper_begin(&keeper, 4000);
	hoard_fill(&user, GFP_KERNEL, ~0ul);
	/* All that anybody could give is the user's now. */
	CHECK_EQ(keeper.hoard.count, 0);
	CHECK(keeper.scans > 0);
	CHECK_EQ(keeper.memalloc_missing, 0);
	hoard_free(&user);
	keeper_end(&keeper);
	CHECK_EQ(free_after_drain(), boot);
	CHECK(page_validate());
}

static void a_request_that_cannot_wait_asks_nobody(void)
{
	static const gfp_t gfps[] = { GFP_ATOMIC, GFP_NOWAIT, 0, __GFP_HIGH, __GFP_MEMALLOC };
	struct reclaim_stats before, delta;
	struct keeper keeper;
	struct hoard user, more;

	background_settle();		/* what earlier tests woke */
	kswapd_forgive();
	/* Nobody may wake kswapd here: what is seen is the caller's own doing. */
	keeper_begin(&keeper, 2000);
	fill_up(&user);
	reclaim_read(&before);
	for (unsigned int i = 0; i < ARRAY_SIZE(gfps); i++) {
		hoard_fill(&more, gfps[i] & ~__GFP_KSWAPD_RECLAIM, ~0ul);
		hoard_free(&more);
	}
	delta = since(&before);
	CHECK_EQ(delta.direct, 0);
	CHECK_EQ(delta.oom, 0);
	CHECK_EQ(keeper.counts, 0);
	CHECK_EQ(keeper.hoard.count, 2000);
	hoard_free(&user);
	keeper_end(&keeper);
}

static void a_request_in_the_wrong_context_asks_nobody(void)
{
	static DEFINE_SPINLOCK(lock);
	struct reclaim_stats before, delta;
	struct keeper keeper;
	struct hoard user;

	background_settle();		/* what earlier tests woke */
	kswapd_forgive();
	keeper_begin(&keeper, 2000);
	fill_up(&user);
	reclaim_read(&before);
	spin_lock(&lock);
	CHECK(!alloc_pages((GFP_KERNEL | __GFP_NOWARN) & ~__GFP_KSWAPD_RECLAIM, 0));
	spin_unlock(&lock);
	delta = since(&before);
	CHECK_EQ(delta.direct, 0);
	CHECK_EQ(keeper.counts, 0);
	hoard_free(&user);
	keeper_end(&keeper);
}

/* Nothing is free and nobody has anything: how often is reclaim tried, and is it an OOM? */
static void retries_follow_the_flags(void)
{
	static const struct {
		gfp_t gfp;
		unsigned int order;
		unsigned long direct, oom;
	} cases[] = {
		{ GFP_KERNEL | __GFP_NORETRY, 0, 1, 0 },
		{ GFP_KERNEL | __GFP_NORETRY, 4, 1, 0 },
		{ GFP_KERNEL | __GFP_RETRY_MAYFAIL, 0, 17, 0 },
		{ GFP_KERNEL | __GFP_RETRY_MAYFAIL, 4, 17, 0 },
		{ GFP_KERNEL, 0, 17, 1 },
		{ GFP_KERNEL, 3, 17, 1 },
		{ GFP_KERNEL, 4, 1, 0 },
		{ GFP_KERNEL, 10, 1, 0 },
		{ GFP_KERNEL | __GFP_THISNODE, 0, 17, 0 },
		{ GFP_KERNEL | GFP_DMA, 0, 17, 0 },
		{ GFP_KERNEL | GFP_DMA32, 0, 17, 0 },
		/* without __GFP_FS others get 16 more chances */
		{ GFP_NOFS, 0, 17 * 17, 1 },
		{ GFP_NOIO, 1, 17 * 17, 1 },
		{ GFP_ATOMIC, 0, 0, 0 },
		{ GFP_NOWAIT, 0, 0, 0 },
	};
	struct hoard user, rest;

	background_settle();
	hoard_fill(&user, GFP_KERNEL | __GFP_NORETRY, ~0ul);
	hoard_fill(&rest, GFP_ATOMIC | __GFP_MEMALLOC, ~0ul);
	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		struct reclaim_stats before, delta;

		reclaim_read(&before);
		CHECK(!alloc_pages(cases[i].gfp | __GFP_NOWARN, cases[i].order));
		delta = since(&before);
		if (delta.direct != cases[i].direct || delta.oom != cases[i].oom)
			km_test_note("case %u", i);
		CHECK_EQ(delta.direct, cases[i].direct);
		CHECK_EQ(delta.oom, cases[i].oom);
	}
	hoard_free(&rest);
	hoard_free(&user);
}

static void a_task_in_memalloc_takes_reserves_and_does_not_reclaim(void)
{
	struct reclaim_stats before, delta;
	struct hoard user, rest;
	unsigned int scope;

	hoard_fill(&user, GFP_KERNEL | __GFP_NORETRY, ~0ul);
	reclaim_read(&before);
	scope = memalloc_noreclaim_save();
	hoard_fill(&rest, GFP_KERNEL, ~0ul);
	CHECK(rest.count > 0);
	CHECK_EQ(page_free_total(), 0);
	CHECK(!alloc_pages(GFP_KERNEL | __GFP_NOWARN, 0));
	CHECK(!alloc_pages(GFP_KERNEL | __GFP_NOWARN | __GFP_NOMEMALLOC, 0));
	memalloc_noreclaim_restore(scope);
	delta = since(&before);
	CHECK_EQ(delta.direct, 0);
	CHECK_EQ(delta.oom, 0);
	hoard_free(&rest);
	hoard_free(&user);
}

static void scopes_reach_the_callbacks(void)
{
	struct keeper keeper;
	struct hoard user;
	unsigned int scope;

	background_settle();
	keeper_begin(&keeper, 100);
	fill_up(&user);
	scope = memalloc_nofs_save();
	hoard_add(&user, alloc_pages(GFP_KERNEL & ~__GFP_KSWAPD_RECLAIM, 0));
	CHECK_EQ(keeper.gfp, GFP_NOFS & ~__GFP_KSWAPD_RECLAIM);
	CHECK(keeper.task_flags & PF_MEMALLOC);
	memalloc_nofs_restore(scope);
	CHECK(!(current->flags & PF_MEMALLOC));
	keeper_end(&keeper);
	keeper_begin(&keeper, 0);
	hoard_free(&user);
	fill_up(&user);
	scope = memalloc_noio_save();
	CHECK(!alloc_pages((GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN) & ~__GFP_KSWAPD_RECLAIM, 0));
	CHECK_EQ(keeper.gfp & (__GFP_IO | __GFP_FS | __GFP_DIRECT_RECLAIM), __GFP_DIRECT_RECLAIM);
	memalloc_noio_restore(scope);
	hoard_free(&user);
	keeper_end(&keeper);
}

static unsigned long allocating_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	/* To free something one may need something: it comes from the reserve. */
	struct page *page = alloc_pages(GFP_KERNEL, 0);

	CHECK(page);
	if (page)
		__free_pages(page, 0);
	return keeper_scan(shrinker, sc);
}

static void a_callback_may_allocate(void)
{
	struct reclaim_stats before, delta;
	struct keeper keeper;
	struct hoard user;

	background_settle();
	keeper_begin(&keeper, 100);
	keeper.shrinker->scan_objects = allocating_scan;
	fill_up(&user);
	reclaim_read(&before);
	hoard_add(&user, alloc_pages(GFP_KERNEL & ~__GFP_KSWAPD_RECLAIM, 0));
	delta = since(&before);
	CHECK_EQ(delta.direct, 1);
	hoard_free(&user);
	keeper_end(&keeper);
}

/* -- NOFAIL ----------------------------------------------------------------------------------- */

static struct hoard to_free;

static int free_later(void *unused)
{
	for (unsigned int i = 0; i < 30; i++)
		schedule_timeout_uninterruptible(1);
	hoard_free(&to_free);
	return 0;
}

static void nofail_waits_until_others_free(void)
{
	struct hoard rest;
	struct page *page;

	hoard_fill(&to_free, GFP_KERNEL | __GFP_NORETRY, ~0ul);
	hoard_fill(&rest, GFP_ATOMIC | __GFP_MEMALLOC, ~0ul);
	kthread_run(free_later, NULL, "later");
	page = alloc_pages(GFP_KERNEL | __GFP_NOFAIL | __GFP_NOWARN, 0);
	CHECK(page);
	if (page)
		__free_pages(page, 0);
	hoard_free(&rest);
	while (READ_ONCE(to_free.count))
		schedule_timeout_uninterruptible(1);
}

static void nofail_warns_as_linux_does(void)
{
	struct hoard user, rest;
	struct page *page;

	hoard_fill(&user, GFP_KERNEL | __GFP_NORETRY, ~0ul);
	hoard_fill(&rest, GFP_ATOMIC | __GFP_MEMALLOC, ~0ul);
	km_test_console_clear();
	CHECK(!alloc_pages(GFP_ATOMIC | __GFP_NOFAIL, 0));
	CHECK(text_has(km_test_console(), "__GFP_NOFAIL without __GFP_DIRECT_RECLAIM"));
	hoard_free(&rest);
	hoard_free(&user);
	km_test_console_clear();
	page = alloc_pages(GFP_KERNEL | __GFP_NOFAIL, 2);
	CHECK(page);
	CHECK(text_has(km_test_console(), "__GFP_NOFAIL for order 2"));
	km_test_console_clear();
	__free_pages(page, 2);
	page = alloc_pages(GFP_KERNEL | __GFP_NOFAIL, 2);
	CHECK(!text_has(km_test_console(), "__GFP_NOFAIL"));
	__free_pages(page, 2);
}

static unsigned long lying_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	return sc->nr_to_scan;
}

static void a_shrinker_that_lies_does_not_hold_a_request_for_ever(void)
{
	struct reclaim_stats before, delta;
	struct keeper keeper;
	struct hoard user;

	background_settle();
	keeper_begin(&keeper, 1000);
	keeper.shrinker->scan_objects = lying_scan;
	fill_up(&user);
	reclaim_read(&before);
	CHECK(!alloc_pages((GFP_KERNEL | __GFP_NOWARN) & ~__GFP_KSWAPD_RECLAIM, 0));
	delta = since(&before);
	CHECK_EQ(delta.direct, 256 + 17);
	CHECK_EQ(delta.oom, 1);
	hoard_free(&user);
	keeper_end(&keeper);
}

/* -- kswapd ----------------------------------------------------------------------------------- */

static void kswapd_works_from_low_to_high(void)
{
	struct reclaim_stats before, delta;
	struct keeper keeper;
	struct hoard user;

	background_settle();		/* what earlier tests woke */
	kswapd_forgive();
	keeper_begin(&keeper, 4000);
	/* In small steps, so that where it stops is seen. */
	keeper.shrinker->batch = 1;
	keeper.shrinker->seeks = 64;
	fill_up(&user);		/* down to min, and nobody is woken */
	background_settle();
	CHECK_EQ(keeper.counts, 0);
	CHECK(!page_node_is_above(0, MARK_LOW, 0, ZONE_NORMAL));
	reclaim_read(&before);
	hoard_add(&user, alloc_pages(GFP_ATOMIC, 0));
	background_settle();
	delta = since(&before);
	CHECK(delta.woken > 0);
	CHECK_EQ(delta.direct, 0);
	CHECK(page_node_is_above(0, MARK_HIGH, 0, ZONE_NORMAL));
	/* It sleeps at high: what there is more is left to its owner. */
	CHECK(keeper.hoard.count > 0);
	CHECK_EQ(keeper.memalloc_missing, 0);
	CHECK(keeper.task_flags & PF_KSWAPD);
	CHECK_EQ(keeper.gfp, GFP_KERNEL);
	hoard_free(&user);
	keeper_end(&keeper);
}

static void kswapd_is_woken_by_those_who_may(void)
{
	struct reclaim_stats before, delta;
	struct hoard user;

	background_settle();		/* what earlier tests woke */
	kswapd_forgive();
	fill_up(&user);
	reclaim_read(&before);
	alloc_pages(GFP_KERNEL & ~__GFP_KSWAPD_RECLAIM, 10);
	alloc_pages(__GFP_HIGH | __GFP_NOWARN, 10);
	background_settle();
	delta = since(&before);
	CHECK_EQ(delta.woken, 0);
	hoard_free(&user);
}

static void a_node_becomes_hopeless_and_is_forgiven(void)
{
	struct reclaim_stats before, delta;
	struct keeper keeper;
	struct hoard user;

	background_settle();		/* what earlier tests woke */
	kswapd_forgive();
	fill_up(&user);
	reclaim_read(&before);
	for (unsigned int i = 0; i < 2 * BACKGROUND_TRIES; i++) {
		CHECK(!alloc_pages(GFP_NOWAIT, 9));
		background_settle();
	}
	delta = since(&before);
	CHECK_EQ(delta.woken, BACKGROUND_TRIES);
	CHECK_EQ(delta.hopeless_nodes, 1);
	hoard_free(&user);
	keeper_begin(&keeper, 100);
	fill_up(&user);
	hoard_add(&user, alloc_pages(GFP_KERNEL & ~__GFP_KSWAPD_RECLAIM, 0));
	delta = since(&before);
	CHECK_EQ(delta.hopeless_nodes, 0);
	hoard_free(&user);
	keeper_end(&keeper);
}

/* -- the OOM handling ------------------------------------------------------------------------- */

static struct {
	struct hoard hoard;
	unsigned int calls;
	bool has_memalloc, gives;
} spare;

static int spare_give(struct notifier_block *nb, unsigned long action, void *data)
{
	unsigned long *freed = data;

	spare.calls++;
	spare.has_memalloc = current->flags & PF_MEMALLOC;
	if (spare.gives) {
		*freed += spare.hoard.count;
		hoard_free(&spare.hoard);
	}
	return NOTIFY_OK;
}

static void a_notifier_saves_the_request(void)
{
	struct notifier_block nb = { .notifier_call = spare_give };
	struct reclaim_stats before, delta;
	struct hoard user;
	struct page *page;

	hoard_fill(&spare.hoard, GFP_KERNEL, 50);
	spare.calls = 0;
	spare.gives = false;
	CHECK_EQ(register_oom_notifier(&nb), 0);
	hoard_fill(&user, GFP_KERNEL | __GFP_NORETRY, ~0ul);
	CHECK_EQ(spare.calls, 0);
	reclaim_read(&before);
	CHECK(!alloc_pages(GFP_KERNEL | __GFP_NOWARN, 0));
	CHECK_EQ(spare.calls, 1);
	spare.gives = true;
	page = alloc_pages(GFP_KERNEL, 0);
	CHECK(page);
	CHECK_EQ(spare.calls, 2);
	CHECK(spare.has_memalloc);
	CHECK(!(current->flags & PF_MEMALLOC));
	delta = since(&before);
	CHECK_EQ(delta.oom, 1);
	if (page)
		__free_pages(page, 0);
	hoard_free(&user);
	CHECK_EQ(unregister_oom_notifier(&nb), 0);
	CHECK_EQ(unregister_oom_notifier(&nb), -ENOENT);
}

static void the_report_is_the_kernels(void)
{
	struct hoard user;

	page_report_boot();
	hoard_fill(&user, GFP_KERNEL | __GFP_NORETRY, ~0ul);
	km_test_console_clear();
	CHECK(!alloc_pages(GFP_KERNEL, 0));
	CHECK(text_has(km_test_console(), " invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), "
		       "order=0, oom_score_adj=0\n"));
	CHECK(text_has(km_test_console(), "Mem-Info:\n"));
	hoard_free(&user);
}

static unsigned int givings;

static unsigned long giver_give(void)
{
	givings++;
	CHECK(current->flags & PF_MEMALLOC);
	if (!spare.hoard.count)
		return 0;
	hoard_free(&spare.hoard);
	return 50;
}

static void rooms_give_what_they_keep(void)
{
	static struct reclaim_giver giver = { .name = "test", .give = giver_give };
	struct hoard user;
	struct page *page;

	background_settle();
	hoard_fill(&spare.hoard, GFP_KERNEL, 50);
	reclaim_register_giver(&giver);
	fill_up(&user);
	CHECK_EQ(givings, 0);
	page = alloc_pages(GFP_KERNEL & ~__GFP_KSWAPD_RECLAIM, 0);
	CHECK(page);
	CHECK(givings > 0);
	if (page)
		__free_pages(page, 0);
	hoard_free(&user);
	reclaim_unregister_giver(&giver);
}

KM_TESTS(boot_reclaim_room,
	 T(kernel_requests_live_on_what_shrinkers_have),
	 T(a_request_that_cannot_wait_asks_nobody),
	 T(a_request_in_the_wrong_context_asks_nobody),
	 T(retries_follow_the_flags),
	 T(a_task_in_memalloc_takes_reserves_and_does_not_reclaim),
	 T(scopes_reach_the_callbacks),
	 T(a_callback_may_allocate),
	 T(nofail_waits_until_others_free),
	 T(nofail_warns_as_linux_does),
	 T(a_shrinker_that_lies_does_not_hold_a_request_for_ever),
	 T(kswapd_works_from_low_to_high),
	 T(kswapd_is_woken_by_those_who_may),
	 T(a_node_becomes_hopeless_and_is_forgiven),
	 T(a_notifier_saves_the_request),
	 T(the_report_is_the_kernels),
	 T(rooms_give_what_they_keep));
