/* SPDX-License-Identifier: MIT */
/* fault_test.c - sites are counted by stack, and the planned one fails once */
#include <linux/mm.h>
#include <linux/spinlock.h>
#include "rules/rules_test.h"

static struct km_site seen[32], ended[32];
static unsigned int seen_count, ended_count;

static void keep_site(const struct km_site *site, bool at_end)
{
	if (at_end && ended_count < 32)
		ended[ended_count++] = *site;
	else if (!at_end && seen_count < 32)
		seen[seen_count++] = *site;
}

static const struct km_sink site_sink = { .finding = keep_finding, .site = keep_site };

static noinline void *allocate(gfp_t gfp)
{
	void *object = kmalloc(24, gfp);

	OPTIMIZER_HIDE_VAR(object);
	return object;
}

static void restart(uint64_t plan)
{
	km_report_sink(&site_sink);
	km_fault_plan(plan);
	fault_rule.boot();
	seen_count = ended_count = 0;
}

/* The same stack each time: that of the call in this function. */
static noinline void *from_one_place(gfp_t gfp)
{
	void *object = allocate(gfp);

	barrier();
	return object;
}

static DEFINE_SPINLOCK(lock);

static noinline void free_one(spinlock_t *held, gfp_t gfp)
{
	void *object;

	if (held)
		spin_lock(held);
	object = from_one_place(gfp);
	if (held)
		spin_unlock(held);
	kfree(object);
}

/* The first call of a stack and its second are told; the calls are counted at the first. */
static void a_site_is_told_once_and_counted(void)
{
	struct km_site sum = { 0 };

	restart(0);
	for (unsigned int i = 0; i < 5; i++)
		kfree(from_one_place(GFP_KERNEL));
	CHECK_EQ(seen_count, 2);
	CHECK_EQ(fault_site_count(), 1);
	CHECK(seen[1].hash != seen[0].hash);
	CHECK(stack_hash(&seen[1].stack) == seen[0].hash);
	CHECK(!strcmp(seen[0].what, "kmalloc"));
	CHECK_EQ(seen[0].bytes, 24);
	CHECK(seen[0].may_fail && seen[0].stack.count > 1);
	fault_sites_end();
	CHECK_EQ(ended_count, 2);
	CHECK_EQ(ended[1].calls, 0);
	CHECK_EQ(ended[0].calls, 5);
	CHECK_EQ(ended[0].calls_could_sleep, 5);
	CHECK_EQ(ended[0].calls_atomic_gfp, 0);
	restart(0);
	for (unsigned int i = 0; i < 4; i++)
		free_one(i & 1 ? &lock : NULL, i == 3 ? GFP_NOWAIT : GFP_ATOMIC);
	fault_sites_end();
	/* The compiler may have made one call of this loop two. */
	for (unsigned int i = 0; i < ended_count; i++) {
		sum.calls += ended[i].calls;
		sum.calls_could_sleep += ended[i].calls_could_sleep;
		sum.calls_atomic_gfp += ended[i].calls_atomic_gfp;
	}
	CHECK_EQ(sum.calls, 4);
	CHECK_EQ(sum.calls_could_sleep, 2);
	CHECK_EQ(sum.calls_atomic_gfp, 3);
}

static uint64_t hash_of_the_site(void)
{
	restart(0);
	kfree(from_one_place(GFP_KERNEL));
	return seen[0].hash;
}

static void stacks_are_equal_in_equal_runs(void)
{
	uint64_t hashes[2];
	unsigned int rounds = 2;

	/* Unrolled, the loop would be two places. */
	OPTIMIZER_HIDE_VAR(rounds);
	for (unsigned int i = 0; i < rounds; i++)
		hashes[i] = hash_of_the_site();
	CHECK(hashes[0] != 0);
	CHECK_EQ(hashes[0], hashes[1]);
}

static void the_planned_site_fails_once(void)
{
	struct km_stack stack;
	const char *what = NULL;
	void *objects[3];
	uint64_t hash = 0;

	/* Round 0 learns the hash of the site in the loop, round 1 fails it. */
	for (unsigned int round = 0; round < 2; round++) {
		restart(hash);
		CHECK_EQ(fault_injected(&stack, &what), 0);
		for (unsigned int i = 0; i < 3; i++)
			objects[i] = from_one_place(GFP_KERNEL);
		hash = seen[0].hash;
		CHECK_EQ(objects[0] == NULL, round == 1);
		CHECK(objects[1] && objects[2]);
		for (unsigned int i = 0; i < 3; i++)
			kfree(objects[i]);
	}
	CHECK_EQ(fault_injected(&stack, &what), hash);
	CHECK_EQ(stack_hash(&stack), hash);
	CHECK(what && !strcmp(what, "kmalloc"));
	fault_sites_end();
	CHECK(ended[0].was_failed);
	restart(0);
}

static noinline void *from_another_place(gfp_t gfp)
{
	void *object = allocate(gfp);

	barrier();
	return object;
}

/* F3 */
static void the_second_call_is_a_site_of_its_own(void)
{
	uint64_t second = 0, failed[KM_FAIL_MAX];

	for (unsigned int round = 0; round < 2; round++) {
		restart(second);
		for (unsigned int i = 0; i < 3; i++) {
			void *object = from_one_place(GFP_KERNEL);

			CHECK((object == NULL) == (round && i == 1));
			kfree(object);
		}
		CHECK_EQ(seen_count, 2);
		second = seen[1].hash;
	}
	CHECK_EQ(km_fault_injected(failed), 1);
	CHECK(failed[0] == second);
	restart(0);
}

/* Either half may be the one that serves it; where there is one half alone it is no second site. */
static void the_kmalloc_half_of_kvmalloc_fails_alone(void)
{
	uint64_t half = 0;

	for (unsigned int round = 0; round < 2; round++) {
		void *large, *small;

		restart(half);
		large = kvmalloc(3 * PAGE_SIZE, GFP_KERNEL);
		small = kvmalloc(PAGE_SIZE, GFP_KERNEL);
		CHECK(large && small && !is_vmalloc_addr(small));
		CHECK_EQ(is_vmalloc_addr(large), round != 0);
		/* With a failure planned the second site is told before it fails. */
		CHECK_EQ(seen_count, 3);
		half = seen[1].hash;
		/* For the code nothing failed. */
		CHECK_EQ(fault_injected(NULL, NULL), 0);
		kvfree(large);
		kvfree(small);
	}
	restart(0);
}

/* B is called before and after A fails: only the call after it fails. */
static void the_second_fails_after_the_first(void)
{
	uint64_t hashes[2] = { 0 }, failed[KM_FAIL_MAX];
	bool is_null[4];

	for (unsigned int round = 0; round < 2; round++) {
		restart(hashes[0]);
		if (round)
			CHECK(km_fault_plan_then(hashes[1]));
		for (unsigned int i = 0; i < 4; i++) {
			void *object = i == 1 ? from_one_place(GFP_KERNEL) :
						from_another_place(GFP_KERNEL);

			is_null[i] = !object;
			kfree(object);
		}
		hashes[1] = seen[0].hash;
		hashes[0] = seen[1].hash;
		/* The second call of B is a site of its own as long as nothing has failed. */
		CHECK_EQ(seen_count, round ? 2 : 3);
	}
	CHECK(!is_null[0] && is_null[1] && is_null[2] && !is_null[3]);
	CHECK_EQ(km_fault_injected(failed), 2);
	CHECK(failed[0] == hashes[0] && failed[1] == hashes[1]);
	fault_sites_end();
	CHECK_EQ(ended[0].calls_after, 1);
	CHECK_EQ(ended[1].calls_after, 0);
	restart(0);
	CHECK(km_fault_plan_then(1) && km_fault_plan_then(2));
	CHECK(km_fault_plan_then(3) && km_fault_plan_then(4));
	CHECK(!km_fault_plan_then(5));
	restart(0);
}

static void nofail_is_never_failed(void)
{
	uint64_t hash = 0;

	for (unsigned int round = 0; round < 2; round++) {
		void *object;

		restart(hash);
		object = from_one_place(GFP_KERNEL | __GFP_NOFAIL);
		CHECK(object != NULL);
		hash = seen[0].hash;
		CHECK(!seen[0].may_fail);
		kfree(object);
	}
	restart(0);
}

static void pages_caches_and_areas_are_sites_too(void)
{
	struct kmem_cache *cache;
	unsigned long page;
	void *area;

	restart(0);
	cache = kmem_cache_create("sites", 16, 0, 0, NULL);
	page = __get_free_pages(GFP_KERNEL, 0);
	area = vmalloc(10);
	kmem_cache_free(cache, kmem_cache_alloc(cache, GFP_KERNEL));
	CHECK_EQ(seen_count, 4);
	free_pages(page, 0);
	vfree(area);
	kmem_cache_destroy(cache);
}

KM_TESTS(rules_setup,
	T(a_site_is_told_once_and_counted),
	T(stacks_are_equal_in_equal_runs),
	T(the_planned_site_fails_once),
	T(the_second_call_is_a_site_of_its_own),
	T(the_kmalloc_half_of_kvmalloc_fails_alone),
	T(the_second_fails_after_the_first),
	T(nofail_is_never_failed),
	T(pages_caches_and_areas_are_sites_too));
