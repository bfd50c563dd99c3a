/* SPDX-License-Identifier: MIT */
/* merge_test.c - who shares a cache, who never does, and how caches are found among many */
#include <kmalloc/machine.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "slab/slab.h"
#include "test.h"

static void nop_ctor(void *object)
{
}

static void like_caches_share_one(void)
{
	struct kmem_cache *a = kmem_cache_create("like_a", 328, NULL, 0);
	struct kmem_cache *b = kmem_cache_create("like_b", 324, NULL, SLAB_PANIC);
	struct kmem_cache *c = kmem_cache_create("like_c", 325, 8, 0, NULL);
	void *object;

	REQUIRE(a && b && c);
	CHECK(a == b && b == c);
	CHECK_EQ(a->users, 3);
	CHECK_EQ(kmem_cache_size(b), 328);
	CHECK(!strcmp(slab_cache_name(c), "like_a"));
	CHECK(!strcmp(slab_cache_alias(a, 0), "like_b"));
	CHECK(!strcmp(slab_cache_alias(a, 1), "like_c"));
	CHECK(!slab_cache_alias(a, 2));
	object = kmem_cache_alloc(b, GFP_KERNEL);
	kmem_cache_destroy(a);
	CHECK(!slab_cache_alias(a, 1));
	kmem_cache_destroy(b);
	CHECK(cache_is_listed(c) && c->users == 1);
	kmem_cache_free(c, object);
	kmem_cache_destroy(c);
	CHECK(!cache_is_listed(c));
}

static void a_cache_grows_with_its_largest_user(void)
{
	struct kmem_cache *small = kmem_cache_create("grow_small", 321, NULL, 0), *large;
	u8 *object = kmem_cache_alloc(small, GFP_KERNEL);

	REQUIRE(object);
	memset(object, 0xff, 321);
	CHECK_EQ(kmem_cache_size(small), 321);
	large = kmem_cache_create("grow_large", 327, NULL, 0);
	CHECK(large == small);
	CHECK_EQ(kmem_cache_size(small), 327);
	kmem_cache_free(small, object);
	object = kmem_cache_zalloc(large, GFP_KERNEL);
	for (int i = 0; i < 327; i++)
		CHECK_EQ(object[i], 0);
	kmem_cache_free(large, object);
	kmem_cache_destroy(small);
	kmem_cache_destroy(large);
}

static void what_differs_never_shares(void)
{
	static const struct {
		const char *name;
		unsigned int size, align;
		slab_flags_t flags;
		void (*ctor)(void *object);
		unsigned int usersize;
	} kinds[] = {
		{ "d_plain", 400, 0, 0 },
		{ "d_rcl", 400, 0, SLAB_RECLAIM_ACCOUNT },
		{ "d_dma", 400, 0, SLAB_CACHE_DMA },
		{ "d_dma32", 400, 0, SLAB_CACHE_DMA32 },
		{ "d_account", 400, 0, SLAB_ACCOUNT },
		{ "d_both", 400, 0, SLAB_ACCOUNT | SLAB_RECLAIM_ACCOUNT },
		{ "d_size", 408, 0, 0 },
		{ "d_align", 400, 64, 0 },
		{ "d_ctor", 400, 0, 0, nop_ctor },
		{ "d_user", 400, 0, 0, NULL, 8 },
		{ "d_rcu", 400, 0, SLAB_TYPESAFE_BY_RCU },
		{ "d_noleak", 400, 0, SLAB_NOLEAKTRACE },
		{ "d_nomerge", 400, 0, SLAB_NO_MERGE },
		{ "d_red", 400, 0, SLAB_RED_ZONE },
		{ "d_poison", 400, 0, SLAB_POISON },
		{ "d_store", 400, 0, SLAB_STORE_USER },
		{ "d_trace", 400, 0, SLAB_TRACE },
		{ "d_check", 400, 0, SLAB_CONSISTENCY_CHECKS },
	};
	struct kmem_cache *first[ARRAY_SIZE(kinds)], *again[ARRAY_SIZE(kinds)];
	struct kmem_cache_args args;

	for (unsigned int i = 0; i < 2 * ARRAY_SIZE(kinds); i++) {
		unsigned int at = i % ARRAY_SIZE(kinds);
		struct kmem_cache **made = i == at ? first : again;

		args = (struct kmem_cache_args) {
			.align = kinds[at].align, .ctor = kinds[at].ctor,
			.usersize = kinds[at].usersize,
		};
		made[at] = kmem_cache_create(kinds[at].name, kinds[at].size, &args,
					     kinds[at].flags);
		REQUIRE(made[at]);
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(kinds); i++) {
		for (unsigned int k = 0; k < ARRAY_SIZE(kinds); k++) {
			CHECK(i == k || first[i] != first[k]);
			CHECK(i == k || first[i] != again[k]);
		}
		/* Up to d_align kinds share with their like, the others with nobody. */
		CHECK_EQ(first[i] == again[i], i < 8);
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(kinds); i++) {
		kmem_cache_destroy(first[i]);
		kmem_cache_destroy(again[i]);
	}
}

static void kmalloc_caches_share_with_nobody(void)
{
	struct kmem_cache *cache = kmem_cache_create("sixty_four", 64, 64, 0, NULL);

	CHECK(cache != kmalloc_caches[KMALLOC_NORMAL][kmalloc_index(64)]);
	kmem_cache_destroy(cache);
}

static void who_destroys_with_objects_out_is_joined_no_more(void)
{
	struct kmem_cache *a = kmem_cache_create("left_a", 336, NULL, 0), *b;
	void *object = kmem_cache_alloc(a, GFP_KERNEL);

	REQUIRE(object);
	kmem_cache_destroy(a);
	CHECK(cache_is_listed(a));
	b = kmem_cache_create("left_b", 336, NULL, 0);
	CHECK(b != a);
	kmem_cache_free(a, object);
	kmem_cache_destroy(a);
	kmem_cache_destroy(b);
	CHECK(!cache_is_listed(a) && !cache_is_listed(b));
}

static void long_aliases_are_kept_whole(void)
{
	unsigned long before = page_free_total();
	struct kmem_cache *a = kmem_cache_create("short", 344, NULL, 0);
	char name[400];

	memset(name, 'x', sizeof(name) - 1);
	name[399] = 0;
	CHECK(kmem_cache_create(name, 344, NULL, 0) == a);
	CHECK(!strcmp(slab_cache_alias(a, 0), name));
	kmem_cache_destroy(a);
	kmem_cache_destroy(a);
	CHECK(page_free_total() + 16 >= before);
}

static unsigned int count_listed(void)
{
	unsigned int count = 0;

	for (struct kmem_cache *at = slab_cache_next(NULL); at; at = slab_cache_next(at))
		count++;
	return count;
}

#define MANY	600

/* A random life of many names against a table of what should be there. */
static void each_of_many_is_found_by_its_name(void)
{
	static struct kmem_cache *made[MANY];
	unsigned int before = count_listed(), alive = 0;
	char name[40];

	memset(made, 0, sizeof(made));
	for (int step = 0; step < 6000; step++) {
		unsigned int at = km_test_random_below(MANY);

		sprintf(name, "many_%u", at * 7919 % 1000);
		if (made[at]) {
			CHECK(cache_find(name) == made[at]);
			kmem_cache_destroy(made[at]);
			made[at] = NULL;
			alive--;
		} else {
			made[at] = kmem_cache_create(name, 8 + at, NULL, SLAB_NO_MERGE);
			REQUIRE(made[at]);
			alive++;
		}
		CHECK(cache_find(name) == made[at]);
	}
	CHECK_EQ(count_listed(), before + alive);
	for (unsigned int at = 0; at < MANY; at++)
		kmem_cache_destroy(made[at]);
	CHECK_EQ(count_listed(), before);
}

/* The same with sharing: users and caches agree with a count by kind. */
static void sharing_counts_its_users(void)
{
	static struct { struct kmem_cache *cache; u32 size; } made[200];
	u32 users[16] = {};
	char name[40];

	memset(made, 0, sizeof(made));
	for (int step = 0; step < 4000; step++) {
		unsigned int at = km_test_random_below(200), kind;

		if (made[at].cache) {
			kind = (made[at].size - 1 - 4096) / 8;
			CHECK_EQ(made[at].cache->users, users[kind]);
			users[kind]--;
			kmem_cache_destroy(made[at].cache);
			made[at].cache = NULL;
			continue;
		}
		made[at].size = 4096 + 1 + km_test_random_below(128);
		kind = (made[at].size - 1 - 4096) / 8;
		sprintf(name, "share_%u", at);
		made[at].cache = kmem_cache_create(name, made[at].size, NULL, 0);
		REQUIRE(made[at].cache);
		CHECK_EQ(made[at].cache->users, ++users[kind]);
	}
	for (unsigned int at = 0; at < 200; at++)
		kmem_cache_destroy(made[at].cache);
}

static void only_caches_are_taken_for_caches(void)
{
	struct kmem_cache *cache = kmem_cache_create("real", 352, NULL, 0);
	void *object = kmem_cache_alloc(cache, GFP_KERNEL);

	CHECK(cache_is_listed(cache));
	CHECK(!cache_is_listed((void *)((char *)cache + 8)));
	CHECK(!cache_is_listed(object));
	CHECK(!cache_is_listed(NULL));
	CHECK(!cache_is_listed((void *)-8L));
	CHECK(!cache_is_listed((void *)&object));
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
	CHECK(!cache_is_listed(cache));
}

/* -- no memory -------------------------------------------------------------------------------- */

static unsigned int cache_pages(void)
{
	unsigned long pages;

	kmem_cache_shrink(cache_of_caches);
	kmem_cache_shrink(cache_find("kmem_cache_alias"));
	page_drain_all();
	pages = page_free_total();
	return pages;
}

/* Until the next cache needs new pages for itself. */
static unsigned int fill_cache_of_caches(struct kmem_cache **fillers, unsigned int most)
{
	unsigned int count = 0;

	while (slab_cache_objects_out(cache_of_caches) < nodes_sum(cache_of_caches).objects &&
	       count < most)
		fillers[count++] = kmem_cache_create("filler", 8, NULL, SLAB_NO_MERGE);
	return count;
}

/* Each request for pages inside create fails in turn; what was taken comes back. */
static void creation_survives_each_failure(void)
{
	static struct kmem_cache *fillers[300];
	char name[200];
	unsigned long n, before, failed = 1, count;
	struct kmem_cache *cache;

	memset(name, 'f', sizeof(name) - 1);
	name[199] = 0;
	kmem_cache_shrink(cache_of_caches);
	count = fill_cache_of_caches(fillers, 300);
	before = cache_pages();
	for (n = 0; failed; n++) {
		REQUIRE(n < 100);
		page_fail_after(n, 1000);
		cache = kmem_cache_create(name, 360, NULL, 0);
		failed = page_fail_stop();
		CHECK(cache || failed);
		if (!cache)
			CHECK_EQ(cache_pages(), before);
		kmem_cache_destroy(cache);
		CHECK_EQ(cache_pages(), before);
	}
	CHECK(n > 2);
	while (count)
		kmem_cache_destroy(fillers[--count]);
}

static void joining_survives_each_failure(void)
{
	struct kmem_cache *first = kmem_cache_create("first", 368, NULL, 0), *cache;
	unsigned long n, before, failed = 1;
	char name[200];

	memset(name, 'g', sizeof(name) - 1);
	name[199] = 0;
	before = cache_pages();
	for (n = 0; failed; n++) {
		REQUIRE(n < 100);
		page_fail_after(n, 1000);
		cache = kmem_cache_create(name, 368, NULL, 0);
		failed = page_fail_stop();
		CHECK(!cache || cache == first);
		CHECK_EQ(first->users, cache ? 2 : 1);
		if (cache)
			kmem_cache_destroy(cache);
		CHECK_EQ(cache_pages(), before);
	}
	CHECK(n > 2);
	kmem_cache_destroy(first);
}

/* -- other machines --------------------------------------------------------------------------- */

static struct kmem_cache *two_alike(struct kmem_cache **ret_second)
{
	*ret_second = kmem_cache_create("two_b", 376, NULL, 0);
	return kmem_cache_create("two_a", 376, NULL, 0);
}

static void boot_with(const struct km_config *config, bool shares)
{
	struct kmem_cache *a, *b;

	CHECK_EQ(km_machine_shutdown(), 0);
	CHECK(!km_machine_boot(config));
	a = two_alike(&b);
	CHECK(a && b);
	CHECK_EQ(a == b, shares);
	kmem_cache_destroy(a);
	kmem_cache_destroy(b);
}

static void boot_options_decide(void)
{
	boot_with(&(struct km_config) { .command_line = "slab_nomerge" }, false);
	boot_with(&(struct km_config) { .command_line = "slub_nomerge" }, false);
	boot_with(&(struct km_config) { .command_line = "slab_nomerge slab_merge" }, true);
	boot_with(&(struct km_config) { .watch_all = true }, false);
	boot_with(NULL, true);
}

static void orders_obey_the_command_line(void)
{
	static const struct { const char *line; unsigned int size, order; } rows[] = {
		{ "slab_max_order=0", 1024, 0 },
		{ "slub_max_order=1", 6000, 1 },
		{ "slab_min_order=2", 8, 2 },
		{ "slab_min_objects=1", 1024, 0 },
		{ "slab_min_objects=32 slab_max_order=5", 4096, 5 },
		{ "slab_max_order=0", 20000, 3 },	/* no other way */
	};
	struct kmem_cache *cache;

	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
		CHECK_EQ(km_machine_shutdown(), 0);
		REQUIRE(!km_machine_boot(&(struct km_config) { .command_line = rows[i].line }));
		cache = kmem_cache_create("ordered", rows[i].size, NULL, 0);
		CHECK_EQ(cache->layout.order, rows[i].order);
		kmem_cache_destroy(cache);
	}
	CHECK_EQ(km_machine_shutdown(), 0);
	CHECK(km_machine_boot(&(struct km_config) { .command_line = "slab_min_order=x" }));
	CHECK(km_machine_boot(&(struct km_config) { .command_line = "slab_nomerge=1" }));
	REQUIRE(!km_machine_boot(NULL));
}

/* All users of a shared cache that were forgotten are counted. */
static void shutdown_counts_users(void)
{
	struct kmem_cache *a, *b;

	a = two_alike(&b);
	CHECK(a == b);
	CHECK_EQ(km_machine_shutdown(), 2);
	REQUIRE(!km_machine_boot(NULL));
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(like_caches_share_one), T(a_cache_grows_with_its_largest_user),
	 T(what_differs_never_shares), T(kmalloc_caches_share_with_nobody),
	 T(who_destroys_with_objects_out_is_joined_no_more), T(long_aliases_are_kept_whole),
	 T(each_of_many_is_found_by_its_name), T(sharing_counts_its_users),
	 T(only_caches_are_taken_for_caches), T(creation_survives_each_failure),
	 T(joining_survives_each_failure), T(boot_options_decide),
	 T(orders_obey_the_command_line), T(shutdown_counts_users));
