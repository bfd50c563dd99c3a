/* SPDX-License-Identifier: MIT */
/* shrinker_test.c - how much a shrinker is asked for, and when it may go */
#include "reclaim/reclaim_test.h"

#define LOG	64

/* Answers as told, and writes down what it was asked. */
static struct probe {
	struct shrinker *shrinker;
	unsigned long freeable, answer;		/* answer: of scan; 0: as many as asked */
	unsigned long scanned;			/* said in nr_scanned; 0: left alone */
	unsigned int counts, scans;
	unsigned long asked[LOG], total;
	int nid;
	gfp_t gfp;
	bool was_atomic;
} probe;

static unsigned long probe_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	probe.counts++;
	probe.nid = sc->nid;
	probe.gfp = sc->gfp_mask;
	return probe.freeable;
}

static unsigned long probe_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	CHECK_EQ(sc->nr_scanned, sc->nr_to_scan);
	CHECK(!sc->memcg);
	if (probe.scans < LOG)
		probe.asked[probe.scans] = sc->nr_to_scan;
	probe.scans++;
	probe.total += sc->nr_to_scan;
	if (probe.scanned)
		sc->nr_scanned = probe.scanned;
	return probe.answer ? probe.answer : sc->nr_to_scan;
}

static void probe_begin(unsigned long freeable, int seeks, long batch, unsigned int flags)
{
	probe = (struct probe) { .freeable = freeable };
	probe.shrinker = shrinker_alloc(flags, "probe-%d", 7);
	CHECK(probe.shrinker);
	CHECK_EQ(probe.shrinker->seeks, DEFAULT_SEEKS);
	CHECK(!strcmp(probe.shrinker->name, "probe-7"));
	probe.shrinker->count_objects = probe_count;
	probe.shrinker->scan_objects = probe_scan;
	probe.shrinker->seeks = seeks;
	probe.shrinker->batch = batch;
	shrinker_register(probe.shrinker);
}

static void probe_end(void)
{
	shrinker_free(probe.shrinker);
	rcu_barrier();
}

static struct shrink_sum shrink(int priority)
{
	struct shrink_sum sum = { 0 };

	shrink_node(GFP_KERNEL, 0, priority, &sum);
	return sum;
}

static void the_share_follows_priority_and_seeks(void)
{
	static const struct {
		unsigned long freeable;
		int seeks, priority;
		unsigned long want;	/* all of it in whole batches of 128 */
	} cases[] = {
		{ 1 << 20, 2, 12, 512 }, { 1 << 20, 2, 11, 1024 }, { 1 << 20, 4, 12, 256 },
		{ 1 << 20, 1, 12, 1024 }, { 4096, 2, 4, 512 }, { 4096, 2, 5, 256 },
		{ 4096, 0, 12, 2048 }, { 4096, 0, 0, 2048 },
		/* never more than twice what there is */
		{ 4096, 2, 0, 8192 }, { 4096, 1, 0, 8192 },
		/* less than a batch waits for its turn, unless it is all there is */
		{ 4096, 2, 7, 0 }, { 100, 2, 12, 0 }, { 100, 2, 1, 100 }, { 100, 2, 0, 128 },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		probe_begin(cases[i].freeable, cases[i].seeks, 0, 0);
		shrink(cases[i].priority);
		CHECK_EQ(probe.total, cases[i].want);
		CHECK_EQ(probe.counts, 1);
		probe_end();
	}
}

static void asking_is_done_in_batches(void)
{
	probe_begin(4096, 2, 0, 0);
	shrink(4);
	CHECK_EQ(probe.scans, 4);
	for (unsigned int i = 0; i < 4; i++)
		CHECK_EQ(probe.asked[i], SHRINK_BATCH);
	probe_end();
	probe_begin(4096, 2, 100, 0);
	shrink(4);
	CHECK_EQ(probe.scans, 5);
	CHECK_EQ(probe.asked[4], 100);
	probe_end();
}

static void what_was_put_off_is_asked_for_later(void)
{
	probe_begin(4096, 2, 0, 0);
	shrink(7);			/* 64: below a batch */
	CHECK_EQ(probe.total, 0);
	shrink(7);			/* of what is put off only the priority's share counts */
	CHECK_EQ(probe.total, 0);
	shrink(0);			/* 128 late and 8192 now, but at most 8192 */
	CHECK_EQ(probe.total, 8192);
	probe_end();

	probe_begin(1 << 20, 2, 0, 0);
	probe.answer = SHRINK_STOP;
	shrink(12);			/* 512 asked for, nothing done */
	CHECK_EQ(probe.scans, 1);
	CHECK_EQ(atomic_long_read(&probe.shrinker->nr_deferred[0]), 512);
	shrink(10);
	CHECK_EQ(atomic_long_read(&probe.shrinker->nr_deferred[0]), 512 + 2048);
	probe.answer = 0;
	probe.total = 0;
	shrink(8);			/* 2560 >> 8 = 10 late, 8192 now */
	CHECK_EQ(probe.total, 8192);
	CHECK_EQ(atomic_long_read(&probe.shrinker->nr_deferred[0]), 2560);
	probe_end();
}

static void what_is_put_off_never_exceeds_twice_the_objects(void)
{
	probe_begin(1000, 2, 0, 0);
	probe.answer = SHRINK_STOP;
	for (unsigned int i = 0; i < 50; i++)
		shrink(1);
	CHECK_EQ(atomic_long_read(&probe.shrinker->nr_deferred[0]), 2000);
	probe_end();
}

static void nothing_or_empty_is_not_scanned(void)
{
	static const unsigned long answers[] = { 0, SHRINK_EMPTY };

	for (unsigned int i = 0; i < 2; i++) {
		struct shrink_sum sum;

		probe_begin(answers[i], 2, 0, 0);
		sum = shrink(0);
		CHECK_EQ(probe.counts, 1);
		CHECK_EQ(probe.scans, 0);
		CHECK_EQ(sum.freed + sum.left, 0);
		probe_end();
	}
}

static void a_scan_may_say_that_it_looked_at_more_or_less(void)
{
	probe_begin(4096, 2, 0, 0);
	probe.scanned = 64;
	shrink(4);
	CHECK_EQ(probe.scans, 7);	/* then 64 are left, less than a batch */
	probe_end();
	probe_begin(4096, 2, 0, 0);
	probe.scanned = 256;
	shrink(4);
	CHECK_EQ(probe.scans, 2);
	probe_end();
}

static void the_sum_says_what_was_freed_and_what_is_left(void)
{
	struct shrink_sum sum;

	probe_begin(1000, 2, 0, 0);
	probe.answer = 10;
	sum = shrink(2);		/* 500: three batches */
	CHECK_EQ(sum.freed, 30);
	CHECK_EQ(sum.left, 970);
	probe_end();
}

static void gfp_and_node_reach_the_callbacks(void)
{
	struct shrink_sum sum = { 0 };

	probe_begin(1000, 2, 0, SHRINKER_NUMA_AWARE);
	shrink_node(GFP_NOFS, 0, 0, &sum);
	CHECK_EQ(probe.gfp, GFP_NOFS);
	CHECK_EQ(probe.nid, 0);
	probe_end();
}

/* -- life ------------------------------------------------------------------------------------- */

static void one_that_was_never_registered_can_be_freed(void)
{
	struct shrinker *shrinker = shrinker_alloc(SHRINKER_NONSLAB, "never");

	CHECK(shrinker);
	CHECK(!(shrinker->flags & SHRINKER_REGISTERED));
	shrinker_free(shrinker);
	shrinker_free(NULL);
	rcu_barrier();
}

static void mistakes_are_warned_of(void)
{
	struct shrinker *shrinker = shrinker_alloc(0, "wrong");

	km_test_console_clear();
	shrinker_register(shrinker);
	CHECK(text_has(km_test_console(), "has no callbacks"));
	shrinker->count_objects = probe_count;
	shrinker->scan_objects = probe_scan;
	shrinker_register(shrinker);
	shrinker_register(shrinker);
	CHECK(text_has(km_test_console(), "registered already"));
	shrinker_free(shrinker);
	shrinker_free(shrinker);
	CHECK(text_has(km_test_console(), "is not a shrinker"));
	rcu_barrier();
}

static void memory_comes_back(void)
{
	static struct shrinker *many[200];
	unsigned long before;

	rcu_barrier();
	before = free_after_drain();
	for (unsigned int i = 0; i < ARRAY_SIZE(many); i++) {
		many[i] = shrinker_alloc(0, "many");
		CHECK(many[i]);
	}
	CHECK(free_after_drain() < before);
	/* Not in the order they were made in. */
	for (unsigned int i = 0; i < ARRAY_SIZE(many); i++)
		shrinker_free(many[i * 77 % ARRAY_SIZE(many)]);
	rcu_barrier();
	CHECK_EQ(free_after_drain(), before);
}

static void without_memory_there_is_none(void)
{
	struct shrinker *shrinker;

	rcu_barrier();
	page_fail_after(0, 1);
	shrinker = shrinker_alloc(0, "none");
	CHECK_EQ(page_fail_stop(), 1);
	CHECK(!shrinker);
	shrinker = shrinker_alloc(0, "some");
	CHECK(shrinker);
	shrinker_free(shrinker);
	rcu_barrier();
}

static struct shrinker *made_inside;

static unsigned long making_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	if (!made_inside) {
		made_inside = shrinker_alloc(0, "inner");
		made_inside->count_objects = probe_count;
		made_inside->scan_objects = probe_scan;
		shrinker_register(made_inside);
	}
	return 0;
}

static void a_callback_may_register_another(void)
{
	struct shrinker *outer = shrinker_alloc(0, "outer");

	probe = (struct probe) { .freeable = 0 };
	made_inside = NULL;
	outer->count_objects = making_count;
	outer->scan_objects = probe_scan;
	shrinker_register(outer);
	shrink(0);
	CHECK(made_inside);
	CHECK_EQ(probe.counts, 1);	/* it stands behind, so the same walk comes to it */
	shrinker_free(outer);
	shrinker_free(made_inside);
	rcu_barrier();
}

static struct {
	struct shrinker *shrinker, *after;
	int is_inside, may_leave, is_freed, is_walked;
} slow;

static unsigned long slow_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	WRITE_ONCE(slow.is_inside, 1);
	while (!READ_ONCE(slow.may_leave))
		schedule_timeout_uninterruptible(1);
	CHECK(!READ_ONCE(slow.is_freed));
	return 0;
}

static int walk_thread(void *unused)
{
	shrink(0);
	WRITE_ONCE(slow.is_walked, 1);
	return 0;
}

static int free_thread(void *unused)
{
	shrinker_free(slow.shrinker);
	WRITE_ONCE(slow.is_freed, 1);
	return 0;
}

static void freeing_waits_for_a_running_callback(void)
{
	struct task_struct *walker, *freer;

	__builtin_memset(&slow, 0, sizeof(slow));
	probe_begin(0, 2, 0, 0);
	slow.shrinker = shrinker_alloc(0, "slow");
	slow.shrinker->count_objects = slow_count;
	slow.shrinker->scan_objects = probe_scan;
	shrinker_register(slow.shrinker);
	slow.after = shrinker_alloc(0, "after");
	slow.after->count_objects = probe_count;
	slow.after->scan_objects = probe_scan;
	shrinker_register(slow.after);
	walker = kthread_run(walk_thread, NULL, "walker");
	while (!READ_ONCE(slow.is_inside))
		schedule_timeout_uninterruptible(1);
	freer = kthread_run(free_thread, NULL, "freer");
	for (unsigned int i = 0; i < 5; i++)
		schedule_timeout_uninterruptible(1);
	CHECK(!READ_ONCE(slow.is_freed));
	CHECK(!READ_ONCE(slow.is_walked));
	shrink(0);			/* another walk leaves out the one that goes */
	WRITE_ONCE(slow.may_leave, 1);
	while (!READ_ONCE(slow.is_freed) || !READ_ONCE(slow.is_walked))
		schedule_timeout_uninterruptible(1);
	CHECK_EQ(probe.counts, 4);	/* both walks came to the two others */
	shrinker_free(slow.after);
	probe_end();
	(void)walker;
	(void)freer;
}

static void count_left(const char *kind, const void *object, uintptr_t pc, const char *name,
		       void *arg)
{
	CHECK(!strcmp(kind, "shrinker"));
	CHECK(!strcmp(name, "left behind"));
	CHECK(pc);
	++*(unsigned int *)arg;
}

static void what_is_left_is_named(void)
{
	struct shrinker *shrinker = shrinker_alloc(0, "left behind");
	unsigned int count = 0;

	CHECK_EQ(reclaim_left(count_left, &count), 1);
	CHECK_EQ(count, 1);
	shrinker_free(shrinker);
	CHECK_EQ(reclaim_left(count_left, &count), 0);
	rcu_barrier();
}

static void drop_slab_asks_until_nothing_comes(void)
{
	struct keeper keeper;

	keeper_begin(&keeper, 3000);
	CHECK_EQ(keeper.hoard.count, 3000);
	drop_slab();
	CHECK_EQ(keeper.hoard.count, 0);
	CHECK_EQ(keeper.gfp, GFP_KERNEL);
	keeper_end(&keeper);
}

KM_TESTS(boot_reclaim_room,
	 T(the_share_follows_priority_and_seeks),
	 T(asking_is_done_in_batches),
	 T(what_was_put_off_is_asked_for_later),
	 T(what_is_put_off_never_exceeds_twice_the_objects),
	 T(nothing_or_empty_is_not_scanned),
	 T(a_scan_may_say_that_it_looked_at_more_or_less),
	 T(the_sum_says_what_was_freed_and_what_is_left),
	 T(gfp_and_node_reach_the_callbacks),
	 T(one_that_was_never_registered_can_be_freed),
	 T(mistakes_are_warned_of),
	 T(memory_comes_back),
	 T(without_memory_there_is_none),
	 T(a_callback_may_register_another),
	 T(freeing_waits_for_a_running_callback),
	 T(what_is_left_is_named),
	 T(drop_slab_asks_until_nothing_comes));
