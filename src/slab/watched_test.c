/* SPDX-License-Identifier: MIT */
/* watched_test.c - the cold twins: events, verdicts, and the same results as the fast road */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/mm.h>
#include "slab/trace.h"

static struct trace trace;
static struct km_event log[64];
static unsigned int logged;
static u64 told;		/* count of events ever, for W2 */
static enum km_verdict answer[KM_POINTS];

static enum km_verdict see(const struct km_event *event)
{
	told++;
	if (logged < 64)
		log[logged++] = *event;
	return answer[event->point];
}

#define BIT_OF(p)	(1u << KM_POINT_##p)
static const struct km_rule recorder = {
	.id = NULL,
	.points = BIT_OF(ALLOC_ASK) | BIT_OF(ALLOC_DONE) | BIT_OF(ALLOC_FAIL) | BIT_OF(FREE_ASK) |
		BIT_OF(FREE_ZERO) | BIT_OF(RESIZE) | BIT_OF(SIZE_ASK) | BIT_OF(PRESSURE) |
		BIT_OF(CACHE_NEW) | BIT_OF(CACHE_GONE),
	.see = see,
};
static const struct km_rule *const rules[] = { &recorder };

/* The compiler must not see what a test does to a pointer on purpose. */
static void *hidden(const void *pointer)
{
	void *copy = (void *)pointer;

	OPTIMIZER_HIDE_VAR(copy);
	return copy;
}

static void listen(void)
{
	logged = 0;
	memset(answer, 0, sizeof(answer));
	watch_arm(rules, 1);
}

static void deafen(void)
{
	watch_arm(NULL, 0);
}

static void kmalloc_tells_size_asked_and_usable(void)
{
	void *object;

	listen();
	object = kmalloc(50, GFP_ATOMIC);
	kfree(object);
	deafen();
	REQUIRE(logged == 3);
	CHECK_EQ(log[0].point, KM_POINT_ALLOC_ASK);
	CHECK_EQ(log[0].bytes, 50);
	CHECK_EQ(log[0].gfp, GFP_ATOMIC);
	CHECK_EQ(log[0].family, KM_FAMILY_KMALLOC);
	CHECK(!strcmp(log[0].what, "kmalloc"));
	CHECK_EQ(log[1].point, KM_POINT_ALLOC_DONE);
	CHECK(log[1].object == object);
	CHECK_EQ(log[1].usable, 64);
	CHECK_EQ(log[2].point, KM_POINT_FREE_ASK);
	CHECK(log[2].object == object && log[2].cache == log[1].cache);
	CHECK(!strcmp(log[2].what, "kfree"));
}

/* The call is in this function: its return address lies between the two labels' functions. */
static noinline void *call_site(uintptr_t *ret_low)
{
	void *object = kmalloc(33, GFP_KERNEL);

	*ret_low = (uintptr_t)call_site;
	barrier();
	return object;
}

static void caller_and_frame_lead_to_the_user(void)
{
	uintptr_t low, pcs[4];

	listen();
	kfree(call_site(&low));
	deafen();
	CHECK(log[0].caller > low && log[0].caller < low + 128);
	CHECK(log[0].frame);
	/* The frame is gone by now; what a rule sees while it is called: */
	CHECK(km_port_backtrace(WATCH_FRAME(), pcs, 4) >= 1);
}

static void refused_allocations_are_null(void)
{
	struct kmem_cache *cache = kmem_cache_create("refused", 30, NULL, 0);
	void *objects[4];

	listen();
	answer[KM_POINT_ALLOC_ASK] = KM_REFUSE;
	CHECK(!kmalloc(10, GFP_KERNEL));
	CHECK(!kmalloc(100000, GFP_KERNEL));
	CHECK(!kmem_cache_alloc(cache, GFP_KERNEL));
	CHECK_EQ(kmem_cache_alloc_bulk(cache, GFP_KERNEL, 4, objects), 0);
	CHECK(!kmem_cache_create("refused2", 30, NULL, 0));
	CHECK(kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
	deafen();
	CHECK_EQ(logged, 5);
	kmem_cache_destroy(cache);
}

static void refused_frees_leave_the_object(void)
{
	u8 *object = kmalloc(100, GFP_KERNEL);

	memset(object, 5, 100);
	listen();
	answer[KM_POINT_FREE_ASK] = KM_REFUSE;
	kfree(hidden(object));
	deafen();
	CHECK_EQ(object[99], 5);
	CHECK(kmalloc(100, GFP_KERNEL) != object);
	kfree(object);
}

static void taken_objects_come_back_by_release(void)
{
	void *small = kmalloc(100, GFP_KERNEL), *large = kmalloc(50000, GFP_KERNEL);
	unsigned long out = slab_cache_objects_out(frame_of(small)->slab_cache);

	listen();
	answer[KM_POINT_FREE_ASK] = KM_TAKE;
	kfree(hidden(small));
	kfree(hidden(large));
	deafen();
	CHECK_EQ(slab_cache_objects_out(frame_of(small)->slab_cache), out);
	CHECK_EQ(large_count(), 1);
	listen();
	slab_release(KM_FAMILY_KMALLOC, frame_of(small)->slab_cache, small);
	slab_release(KM_FAMILY_KMALLOC, NULL, large);
	deafen();
	CHECK_EQ(logged, 0);
	CHECK_EQ(large_count(), 0);
	CHECK_EQ(slab_cache_objects_out(frame_of(small)->slab_cache), out - 1);
}

static void resizes_and_questions_are_told(void)
{
	void *object = kmalloc(20, GFP_KERNEL);

	listen();
	object = krealloc(object, 30, GFP_KERNEL);
	ksize(object);
	object = krealloc(object, 40, GFP_KERNEL);
	kfree(NULL);
	kfree(object);
	deafen();
	REQUIRE(logged == 7);
	CHECK_EQ(log[0].point, KM_POINT_RESIZE);
	CHECK_EQ(log[0].bytes, 30);
	CHECK_EQ(log[1].point, KM_POINT_SIZE_ASK);
	CHECK_EQ(log[2].point, KM_POINT_ALLOC_ASK);
	CHECK(!strcmp(log[2].what, "krealloc"));
	CHECK_EQ(log[3].point, KM_POINT_ALLOC_DONE);
	CHECK_EQ(log[4].point, KM_POINT_FREE_ASK);
	CHECK_EQ(log[5].point, KM_POINT_FREE_ZERO);
	CHECK_EQ(log[6].point, KM_POINT_FREE_ASK);
}

static void caches_tell_birth_and_death(void)
{
	struct kmem_cache *cache;

	listen();
	cache = kmem_cache_create("told", 30, NULL, 0);
	kmem_cache_destroy(cache);
	deafen();
	REQUIRE(logged == 5);
	CHECK_EQ(log[0].point, KM_POINT_ALLOC_ASK);
	CHECK_EQ(log[0].family, KM_FAMILY_KMEM_CACHE);
	CHECK(!strcmp(log[0].what, "kmem_cache_create"));
	CHECK_EQ(log[1].point, KM_POINT_ALLOC_DONE);
	CHECK_EQ(log[2].point, KM_POINT_CACHE_NEW);
	CHECK_EQ(log[3].point, KM_POINT_FREE_ASK);
	CHECK_EQ(log[4].point, KM_POINT_CACHE_GONE);
	CHECK_EQ(log[4].bytes, 0);
}

static const struct km_rule slab_recorder = {
	.points = BIT_OF(SLAB_NEW) | BIT_OF(SLAB_GONE), .see = see,
};
static const struct km_rule *const slab_rules[] = { &slab_recorder };

static void slabs_tell_birth_and_death(void)
{
	struct kmem_cache *cache = kmem_cache_create("slabs", 30, NULL, 0);
	struct page *slab;
	void *object;

	logged = 0;
	watch_arm(slab_rules, 1);
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	slab = frame_head(frame_of(object));
	CHECK_EQ(logged, 1);
	CHECK_EQ(log[0].point, KM_POINT_SLAB_NEW);
	kmem_cache_free(cache, object);
	kmem_cache_shrink(cache);
	deafen();
	REQUIRE(logged == 2);
	CHECK_EQ(log[1].point, KM_POINT_SLAB_GONE);
	CHECK(log[1].object == log[0].object && log[1].bytes == log[0].bytes);
	CHECK(!slab->slab_cache);	/* kfree() of a stale pointer must not find the cache */
	kmem_cache_destroy(cache);
}

static void pressure_comes_before_failure(void)
{
	void **list = NULL, **object;

	listen();
	while ((object = kmalloc(8192, GFP_NOWAIT))) {
		*object = list;
		list = object;
		logged = 0;
	}
	deafen();
	CHECK(logged >= 3);
	CHECK_EQ(log[0].point, KM_POINT_ALLOC_ASK);
	CHECK_EQ(log[1].point, KM_POINT_PRESSURE);
	CHECK_EQ(log[logged - 1].point, KM_POINT_ALLOC_FAIL);
	while (list) {
		object = *list;
		kfree(list);
		list = object;
	}
	CHECK(slab_validate());
}

static void gaps_lie_around_watched_objects(void)
{
	for (size_t size = 8; size <= 8192; size *= 2) {
		char *a = kmalloc(size, GFP_KERNEL), *b = kmalloc(size, GFP_KERNEL);

		REQUIRE(a && b);
		CHECK_EQ((uintptr_t)a % size, 0);
		CHECK((a < b ? b - a : a - b) >= size + SLAB_RED_BYTES);
		memset(a, 1, size + SLAB_RED_BYTES - 8);
		memset(b, 1, size + SLAB_RED_BYTES - 8);
		kfree(a);
		kfree(b);
	}
	CHECK(slab_validate());
}

static void wrong_pointers_are_survived(void)
{
	struct kmem_cache *cache = kmem_cache_create("wrong", 64, NULL, 0);
	char *object = kmem_cache_alloc(cache, GFP_KERNEL), *other = kmalloc(64, GFP_KERNEL);

	km_test_console_clear();
	kfree(hidden(object + 8));
	CHECK_EQ(slab_cache_objects_out(cache), 1);
	kmem_cache_free(cache, hidden(other));
	CHECK(strstr(km_test_console(), "Wrong slab cache. wrong but object is from kmalloc-64"));
	kmem_cache_free(cache, NULL);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
	kmem_cache_destroy(cache);
	CHECK(strstr(km_test_console(), "is not a cache"));
	CHECK(slab_validate());
}

/*
 * The same trace through the twin and, in caches that are not watched, down the fast road: same
 * results.
 */
static u64 trace_hash(bool watched)
{
	bool was = slab_watched;
	u64 results;

	slab_watched = watched;
	trace_ctors = 0;
	if (!trace_open(&trace))
		return watched;
	trace_run(&trace, 20000);
	results = trace.results;
	trace_close(&trace);
	slab_watched = was;
	return results;
}

static u64 twin_results;

static void trace_through_the_twin(void)
{
	u64 before = told;

	listen();
	twin_results = trace_hash(true);
	CHECK(told > before + 20000);
	deafen();
	CHECK(slab_validate());
}

/* Random numbers restart for each test: the same trace as the one before. */
static void trace_down_the_fast_road_sees_the_same(void)
{
	CHECK_EQ(trace_hash(false), twin_results);
	CHECK(slab_validate());
}

static int setup(void)
{
	static const struct km_config config = { .watch_all = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup, T(kmalloc_tells_size_asked_and_usable), T(caller_and_frame_lead_to_the_user),
	 T(refused_allocations_are_null), T(refused_frees_leave_the_object),
	 T(taken_objects_come_back_by_release), T(resizes_and_questions_are_told),
	 T(caches_tell_birth_and_death), T(slabs_tell_birth_and_death),
	 T(pressure_comes_before_failure),
	 T(gaps_lie_around_watched_objects), T(wrong_pointers_are_survived),
	 T(trace_through_the_twin), T(trace_down_the_fast_road_sees_the_same));
