/* SPDX-License-Identifier: MIT */
/* mempool_test.c - the order of tries, progress without memory, sizes, poison, four kinds */
#define KMALLOC_CHECKED 1
#include <test.h>
#include <kmalloc/machine.h>
#include <linux/kthread.h>
#include <linux/delay.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "slab/count_test.h"
#include "watch/watch.h"

/* -- an allocator of our own ------------------------------------------------------------------- */

static struct {
	gfp_t gfps[8];			/* of the last calls */
	unsigned int calls, out;
	int fail_from;			/* calls that come after so many fail */
	gfp_t fail_without;		/* and those whose gfp has not all of these */
} own;

static void *own_alloc(gfp_t gfp, void *data)
{
	unsigned int call = __atomic_fetch_add(&own.calls, 1, __ATOMIC_RELAXED);

	own.gfps[call % 8] = gfp;
	if ((int)call >= own.fail_from || (gfp & own.fail_without) != own.fail_without)
		return NULL;
	__atomic_fetch_add(&own.out, 1, __ATOMIC_RELAXED);
	return kmalloc(32, gfp);
}

static void own_free(void *element, void *data)
{
	__atomic_fetch_sub(&own.out, 1, __ATOMIC_RELAXED);
	kfree(element);
}

static mempool_t *own_pool(int min_nr)
{
	memset(&own, 0, sizeof(own));
	own.fail_from = 1 << 30;
	return mempool_create(min_nr, own_alloc, own_free, NULL);
}

static void tries_come_in_their_order(void)
{
	mempool_t *pool = own_pool(1);
	void *first, *second;

	REQUIRE(pool);
	CHECK_EQ(own.gfps[0], GFP_KERNEL);
	/* The allocator is asked first, gently. */
	own.calls = 0;
	first = mempool_alloc(pool, GFP_KERNEL);
	CHECK_EQ(own.calls, 1);
	CHECK_EQ(own.gfps[0], (GFP_KERNEL | __GFP_NOMEMALLOC | __GFP_NORETRY | __GFP_NOWARN) &
			      ~(__GFP_DIRECT_RECLAIM | __GFP_IO));
	CHECK(mempool_is_saturated(pool));
	/* Then the reserve. */
	own.fail_from = own.calls;
	second = mempool_alloc(pool, GFP_KERNEL);
	CHECK_EQ(own.calls, 2);
	CHECK(second && !mempool_is_saturated(pool));
	mempool_free(second, pool);
	CHECK(mempool_is_saturated(pool));
	second = mempool_alloc(pool, GFP_KERNEL);
	/* Then the allocator with all the gfp allows. */
	own.fail_from = 1 << 30;
	own.fail_without = __GFP_DIRECT_RECLAIM;
	own.calls = 0;
	mempool_free(mempool_alloc(pool, GFP_KERNEL), pool);
	CHECK_EQ(own.calls, 2);
	CHECK_EQ(own.gfps[1], GFP_KERNEL | __GFP_NOMEMALLOC | __GFP_NORETRY | __GFP_NOWARN);
	/* The element above filled the reserve; without it, and without sleep: NULL. */
	mempool_free(mempool_alloc_preallocated(pool), pool);
	own.fail_from = 0;
	mempool_free(first, pool);
	first = mempool_alloc_preallocated(pool);
	CHECK(first && !mempool_alloc_preallocated(pool));
	CHECK(!mempool_alloc(pool, GFP_ATOMIC));
	CHECK(!mempool_alloc(pool, GFP_NOWAIT));
	mempool_free(first, pool);
	mempool_free(second, pool);
	mempool_free(NULL, pool);
	mempool_destroy(pool);
	CHECK_EQ(own.out, 0);
	mempool_destroy(NULL);
}

/* -- progress --------------------------------------------------------------------------------- */

#define TASKS	6
#define ROUNDS	200

static struct {
	mempool_t *pool;
	unsigned int rounds[TASKS], nulls, holders, most_holders, ended;
} race;

static int race_task(void *data)
{
	unsigned long self = (unsigned long)data;

	for (int i = 0; i < ROUNDS; i++) {
		void *element = mempool_alloc(race.pool, i & 1 ? GFP_KERNEL : GFP_NOIO);
		unsigned int holders = __atomic_add_fetch(&race.holders, 1, __ATOMIC_SEQ_CST);

		if (!element)
			__atomic_fetch_add(&race.nulls, 1, __ATOMIC_RELAXED);
		if (holders > __atomic_load_n(&race.most_holders, __ATOMIC_RELAXED))
			__atomic_store_n(&race.most_holders, holders, __ATOMIC_RELAXED);
		if (i % 16 == 0)
			cond_resched();
		__atomic_sub_fetch(&race.holders, 1, __ATOMIC_SEQ_CST);
		mempool_free(element, race.pool);
		race.rounds[self]++;
	}
	__atomic_fetch_add(&race.ended, 1, __ATOMIC_SEQ_CST);
	return 0;
}

static void race_run(mempool_t *pool, unsigned int reserve)
{
	memset(&race, 0, sizeof(race));
	race.pool = pool;
	for (unsigned long i = 0; i < TASKS; i++)
		CHECK(!IS_ERR(kthread_run(race_task, (void *)i, "taker/%lu", i)));
	for (int ms = 0; ms < 60000 && __atomic_load_n(&race.ended, __ATOMIC_SEQ_CST) < TASKS; ms++)
		msleep(1);
	CHECK_EQ(race.ended, TASKS);
	CHECK_EQ(race.nulls, 0);
	CHECK(race.most_holders <= reserve);
	for (int i = 0; i < TASKS; i++)
		CHECK_EQ(race.rounds[i], ROUNDS);
}

static void all_go_on_although_nothing_can_be_had(void)
{
	for (int reserve = 1; reserve <= 3; reserve += 2) {
		mempool_t *pool = own_pool(reserve);

		REQUIRE(pool);
		own.fail_from = 0;
		race_run(pool, reserve);
		CHECK_EQ(pool->curr_nr, reserve);
		mempool_destroy(pool);
		CHECK_EQ(own.out, 0);
	}
}

/* The same with the machine's memory really gone. */
static void all_go_on_when_the_machine_is_full(void)
{
	mempool_t *pool = mempool_create_page_pool(2, 0);
	struct page *page, *next;
	LIST_HEAD(hoard);

	REQUIRE(pool);
	while ((page = alloc_page(GFP_ATOMIC | __GFP_MEMALLOC | __GFP_NOWARN)))
		list_add(&page->lru, &hoard);
	/* Threads need memory themselves: a little goes back, which the pool does not see. */
	race.pool = pool;
	for (int i = 0; i < 1000; i++) {
		struct page *one = mempool_alloc(pool, GFP_NOIO), *two;

		REQUIRE(one);
		two = mempool_alloc(pool, GFP_NOIO);
		REQUIRE(two && two != one);
		CHECK(!mempool_alloc(pool, GFP_NOWAIT));
		mempool_free(one, pool);
		mempool_free(two, pool);
	}
	list_for_each_entry_safe(page, next, &hoard, lru)
		__free_page(page);
	mempool_destroy(pool);
}

static struct {
	mempool_t *pool;
	void *element;
	unsigned long waited;
} late;

static int give_back_later(void *data)
{
	msleep(100);
	mempool_free(late.element, late.pool);
	return 0;
}

/* A free wakes the waiter at once; it does not sleep its 5 seconds out. */
static void a_free_wakes_who_waits(void)
{
	mempool_t *pool = own_pool(1);
	unsigned long start;
	void *element;

	REQUIRE(pool);
	own.fail_from = 0;
	late.pool = pool;
	late.element = mempool_alloc(pool, GFP_NOWAIT);
	REQUIRE(late.element);
	CHECK(!IS_ERR(kthread_run(give_back_later, NULL, "later")));
	start = jiffies;
	element = mempool_alloc(pool, GFP_KERNEL);
	CHECK(element == late.element);
	CHECK(jiffies - start >= msecs_to_jiffies(90));
	CHECK(jiffies - start < 4 * HZ);
	mempool_free(element, pool);
	mempool_destroy(pool);
}

static int memory_comes_back(void *data)
{
	msleep(300);
	own.fail_from = 1 << 30;
	return 0;
}

/* Nobody gives anything back: after 5 seconds the allocator is asked again. */
static void a_waiter_looks_again(void)
{
	mempool_t *pool = own_pool(1);
	void *held, *element;
	unsigned long start;

	REQUIRE(pool);
	own.fail_from = 0;
	held = mempool_alloc(pool, GFP_NOWAIT);
	CHECK(!IS_ERR(kthread_run(memory_comes_back, NULL, "back")));
	start = jiffies;
	element = mempool_alloc(pool, GFP_KERNEL);
	CHECK(element && element != held);
	CHECK(jiffies - start >= 4 * HZ && jiffies - start <= 7 * HZ);
	mempool_free(element, pool);
	mempool_free(held, pool);
	mempool_destroy(pool);
}

/* -- kinds and sizes -------------------------------------------------------------------------- */

static void four_kinds_of_elements(void)
{
	struct kmem_cache *cache = kmem_cache_create("pooled", 200, NULL, 0);
	unsigned long before = objects_out();
	mempool_t *pools[5] = {
		mempool_create_slab_pool(3, cache), mempool_create_kmalloc_pool(3, 100),
		mempool_create_page_pool(3, 2), mempool_create_kvmalloc_pool(3, 40000),
		mempool_create_kvmalloc_pool(0, 10),
	};

	for (int i = 0; i < 5; i++) {
		void *elements[6];

		REQUIRE(pools[i]);
		CHECK_EQ(pools[i]->curr_nr, i < 4 ? 3 : 0);
		for (int k = 0; k < 6; k++) {
			elements[k] = mempool_alloc(pools[i], GFP_KERNEL);
			REQUIRE(elements[k]);
		}
		memset(i == 2 ? page_address(elements[5]) : elements[5], 1, i < 4 ? 100 : 10);
		for (int k = 0; k < 6; k++)
			mempool_free(elements[k], pools[i]);
		mempool_destroy(pools[i]);
	}
	CHECK_EQ(objects_out(), before);
	kmem_cache_destroy(cache);
}

static void an_embedded_pool_begins_and_ends(void)
{
	unsigned long before = objects_out();
	mempool_t pool = { }, other = { };

	mempool_exit(&pool);
	CHECK(!mempool_initialized(&pool));
	CHECK_EQ(mempool_init_kmalloc_pool(&pool, 4, 64), 0);
	CHECK(mempool_initialized(&pool) && mempool_is_saturated(&pool));
	CHECK_EQ(mempool_resize(&pool, 9), 0);
	CHECK_EQ(pool.curr_nr, 9);
	CHECK_EQ(mempool_resize(&pool, 2), 0);
	CHECK_EQ(pool.curr_nr, 2);
	mempool_exit(&pool);
	CHECK(!mempool_initialized(&pool));
	mempool_exit(&pool);
	CHECK_EQ(mempool_init_node(&other, 1, mempool_kmalloc, mempool_kfree, (void *)8UL,
				   GFP_KERNEL, NUMA_NO_NODE), 0);
	mempool_exit(&other);
	CHECK_EQ(mempool_init_kmalloc_pool(&pool, -1, 64), -ENOMEM);
	CHECK_EQ(objects_out(), before);
}

static void a_reserve_changes_its_size(void)
{
	mempool_t *pool = own_pool(2);
	void *held[4];

	REQUIRE(pool);
	own.fail_from = own.calls;
	held[0] = mempool_alloc(pool, GFP_NOWAIT);
	held[1] = mempool_alloc(pool, GFP_NOWAIT);
	/* No memory for more: the larger reserve is filled by what comes back. */
	CHECK_EQ(mempool_resize(pool, 4), 0);
	CHECK_EQ(pool->curr_nr, 0);
	mempool_free(held[0], pool);
	mempool_free(held[1], pool);
	CHECK_EQ(pool->curr_nr, 2);
	CHECK(!mempool_is_saturated(pool));
	own.fail_from = 1 << 30;
	CHECK_EQ(mempool_resize(pool, 5), 0);
	CHECK_EQ(pool->curr_nr, 5);
	CHECK_EQ(own.out, 5);
	CHECK_EQ(mempool_resize(pool, 1), 0);
	CHECK_EQ(own.out, 1);
	mempool_destroy(pool);
	CHECK_EQ(own.out, 0);
}

static void a_reserve_that_cannot_be_filled_is_none(void)
{
	unsigned long before = objects_out();

	for (int at = 0; at < 4; at++) {
		memset(&own, 0, sizeof(own));
		own.fail_from = at;
		CHECK(!mempool_create(4, own_alloc, own_free, NULL));
		CHECK_EQ(own.out, 0);
	}
	CHECK(!mempool_create_kmalloc_pool(2, KMALLOC_MAX_SIZE * 2));
	CHECK_EQ(objects_out(), before);
}

static void a_late_write_to_the_reserve_is_found(void)
{
	mempool_t *pool = mempool_create_kmalloc_pool(1, 100);
	u8 *element;

	REQUIRE(pool);
	element = mempool_alloc_preallocated(pool);
	REQUIRE(element);
	CHECK_EQ(element[0], POISON_INUSE);
	mempool_free(element, pool);
	CHECK_EQ(element[0], POISON_FREE);
	CHECK_EQ(element[99], POISON_END);
	element[40] = 1;
	km_test_console_clear();
	CHECK(mempool_alloc_preallocated(pool) == element);
	CHECK(strstr(km_test_console(), "BUG: mempool element poison mismatch"));
	CHECK(strstr(km_test_console(), "byte 40 is 0x01"));
	mempool_free(element, pool);
	mempool_destroy(pool);
}

static void zero_is_warned_of(void)
{
	mempool_t *pool = mempool_create_kmalloc_pool(1, 100);
	void *element;

	REQUIRE(pool);
	km_test_console_clear();
	element = mempool_alloc(pool, GFP_KERNEL | __GFP_ZERO);
	CHECK(strstr(km_test_console(), "__GFP_ZERO is not supported"));
	mempool_free(element, pool);
	mempool_destroy(pool);
}

static int setup(void)
{
	return km_machine_boot(&(struct km_config){ .watch_all = true });
}

KM_TESTS(setup, T(tries_come_in_their_order), T(all_go_on_although_nothing_can_be_had),
	 T(all_go_on_when_the_machine_is_full), T(a_free_wakes_who_waits), T(a_waiter_looks_again),
	 T(four_kinds_of_elements), T(an_embedded_pool_begins_and_ends),
	 T(a_reserve_changes_its_size), T(a_reserve_that_cannot_be_filled_is_none),
	 T(a_late_write_to_the_reserve_is_found), T(zero_is_warned_of));
