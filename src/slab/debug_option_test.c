/* SPDX-License-Identifier: MIT */
/* debug_option_test.c - slab_debug= names caches and options; hardened and shuffled free lists */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/random.h>
#include <linux/string.h>
#include "slab/debug.h"
#include "test.h"

#define F	SLAB_CONSISTENCY_CHECKS
#define Z	SLAB_RED_ZONE
#define P	SLAB_POISON
#define U	SLAB_STORE_USER
#define T_	SLAB_TRACE
#define A	SLAB_FAILSLAB
#define ALL	(F | Z | P | U)
#define BAD	0xffffffffu

static int boot(const char *line)
{
	const struct km_config config = { .command_line = line };

	return km_machine_boot(&config);
}

/* What a command line adds to the flags of three caches. */
static void each_command_line_names_its_caches(void)
{
	static const struct {
		const char *line;
		slab_flags_t dentry, kmalloc_64, other;
	} rows[] = {
		{ NULL, 0, 0, 0 },
		{ "slab_debug", ALL, ALL, ALL },
		{ "slab_debug=", ALL, ALL, ALL },
		{ "slub_debug=FZ", F | Z, F | Z, F | Z },
		{ "slab_debug=fzput", ALL | T_, ALL | T_, ALL | T_ },
		{ "slab_debug=A", A, A, A },
		{ "slab_debug=-", 0, 0, 0 },
		{ "slab_debug=,dentry", ALL, 0, 0 },
		{ "slab_debug=P,kmalloc-*,dentry", P, P, 0 },
		{ "slab_debug=FZ,kmalloc-*", 0, F | Z, 0 },
		{ "slab_debug=Z,dentry;U,kmalloc-*", Z, U, 0 },
		{ "slab_debug=FZ;-,dentry,other", 0, F | Z, 0 },
		{ "slab_debug=P;Z", Z, Z, Z },
		{ "slab_debug=Z,dent;P,dentry;U,dentry", P, 0, 0 },
		{ "slab_debug=F;;U,dentry", U, F, F },
		{ "slab_debug=Z,*;U,dentry", Z, Z, Z },
		{ "slab_debug=O", 0, 0, 0 },
		{ "slab_debug=X", BAD, 0, 0 },
		{ "slab_debug=F,dentry;Y,other", BAD, 0, 0 },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
		int error = boot(rows[i].line);

		km_test_note("%s", rows[i].line ? rows[i].line : "(none)");
		if (rows[i].dentry == BAD) {
			CHECK_EQ(error, -EINVAL);
			continue;
		}
		REQUIRE(!error);
		CHECK_EQ(debug_flags(0, "dentry"), rows[i].dentry);
		CHECK_EQ(debug_flags(0, "kmalloc-64"), rows[i].kmalloc_64);
		CHECK_EQ(debug_flags(0, "other"), rows[i].other);
		CHECK_EQ(kmalloc_caches[KMALLOC_NORMAL][6]->flags & (ALL | T_ | A),
			 rows[i].kmalloc_64);
		CHECK_EQ(debug_flags(Z | SLAB_NO_USER_FLAGS, "dentry"), Z | SLAB_NO_USER_FLAGS);
		CHECK_EQ(km_machine_shutdown(), 0);
	}
}

static void o_spares_caches_that_would_need_larger_slabs(void)
{
	struct kmem_cache *page, *small;

	REQUIRE(!boot("slab_debug=FZPUO"));
	page = kmem_cache_create("page", 4096, NULL, 0);
	small = kmem_cache_create("small", 100, NULL, 0);
	CHECK_EQ(page->flags & ALL, F);
	CHECK_EQ(page->layout.slot, 4096);
	CHECK_EQ(small->flags & ALL, ALL);
	kmem_cache_destroy(page);
	kmem_cache_destroy(small);
	CHECK_EQ(km_machine_shutdown(), 0);
	REQUIRE(!boot("slab_debug=FZPU"));
	page = kmem_cache_create("page", 4096, NULL, 0);
	CHECK_EQ(page->flags & ALL, ALL);
	CHECK(page->layout.slot > 4096);
	kmem_cache_destroy(page);
	CHECK_EQ(km_machine_shutdown(), 0);
}

static void leak_search_is_tracked_only_by_name(void)
{
	REQUIRE(!boot("slab_debug=FU"));
	CHECK_EQ(debug_flags(SLAB_NOLEAKTRACE, "any"), SLAB_NOLEAKTRACE | F);
	CHECK_EQ(km_machine_shutdown(), 0);
	REQUIRE(!boot("slab_debug=FU,any"));
	CHECK_EQ(debug_flags(SLAB_NOLEAKTRACE, "any"), SLAB_NOLEAKTRACE | F | U);
	CHECK_EQ(km_machine_shutdown(), 0);
}

/* Many objects of many sizes live and die; every check stays silent. */
static void churn(unsigned int steps)
{
	static struct { u8 *at; size_t bytes; u8 pattern; } live[200];
	struct kmem_cache *safe = kmem_cache_create("churn", 72, NULL, SLAB_TYPESAFE_BY_RCU);
	unsigned int i;

	REQUIRE(safe);
	memset(live, 0, sizeof(live));
	for (i = 0; i < steps + 200; i++) {
		unsigned int at = i < steps ? km_test_random_below(200) : i - steps;

		if (live[at].at) {
			for (size_t nr = 0; nr < live[at].bytes; nr++)
				if (live[at].at[nr] != live[at].pattern)
					km_test_fail(__FILE__, __LINE__, "an object changed");
			kfree(live[at].at);
			live[at].at = NULL;
		} else if (i < steps) {
			bool from_cache = !km_test_random_below(4);

			live[at].bytes = from_cache ? 72 : 1 + km_test_random_below(3000);
			live[at].at = from_cache ? kmem_cache_alloc(safe, GFP_KERNEL) :
						   kmalloc(live[at].bytes, GFP_KERNEL);
			live[at].pattern = km_test_random();
			REQUIRE(live[at].at);
			memset(live[at].at, live[at].pattern, live[at].bytes);
		}
	}
	CHECK(slab_validate());
	for (unsigned int index = 1; index <= KMALLOC_SHIFT_HIGH; index++)
		validate_slab_cache(kmalloc_caches[KMALLOC_NORMAL][index]);
	kmem_cache_destroy(safe);
}

static void correct_use_is_silent_under_every_option(void)
{
	static const char *const lines[] = {
		"slab_debug", "slab_debug=F", "slab_debug=Z", "slab_debug=P", "slab_debug=U",
		"slab_debug=FZPU,kmalloc-*", "slab_freelist_hardened", "slab_freelist_random=1",
		"slab_freelist_hardened slab_freelist_random slab_debug=FZPU",
		"slab_freelist_hardened init_on_alloc=1 init_on_free=1",
		"slab_debug=FZ init_on_alloc=1 init_on_free=1",
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(lines); i++) {
		km_test_note("%s", lines[i]);
		REQUIRE(!boot(lines[i]));
		km_test_console_clear();
		churn(3000);
		CHECK(!strstr(km_test_console(), "BUG ") && !strstr(km_test_console(), "FIX ") &&
		      !strstr(km_test_console(), "WARNING"));
		CHECK_EQ(km_machine_shutdown(), 0);
	}
}

/* -- hardening -------------------------------------------------------------------------------- */

static void *hidden(void *object)
{
	OPTIMIZER_HIDE_VAR(object);
	return object;
}

static void hardened_links_show_no_address(void)
{
	void *objects[3];

	REQUIRE(!boot("slab_freelist_hardened=1"));
	for (int i = 0; i < 3; i++)
		objects[i] = kmalloc(64, GFP_KERNEL);
	for (int i = 0; i < 3; i++)
		kfree(hidden(objects[i]));
	for (int i = 0; i < 3; i++) {
		void *word = *(void **)((char *)hidden(objects[i]) +
					kmalloc_caches[KMALLOC_NORMAL][6]->link);

		CHECK(!frame_of(word));
	}
	CHECK(kmalloc_caches[KMALLOC_NORMAL][6]->secret !=
	      kmalloc_caches[KMALLOC_NORMAL][7]->secret);
	CHECK_EQ(km_machine_shutdown(), 0);
}

static void a_hardened_cache_refuses_a_double_free(void)
{
	struct kmem_cache *cache;
	void *a, *b;

	REQUIRE(!boot("slab_freelist_hardened"));
	cache = kmem_cache_create("hard", 40, NULL, 0);
	a = kmem_cache_alloc(cache, GFP_KERNEL);
	b = kmem_cache_alloc(cache, GFP_KERNEL);
	REQUIRE(a && b);
	kmem_cache_free(cache, a);
	kmem_cache_free(cache, b);
	km_test_console_clear();
	kmem_cache_free(cache, hidden(a));	/* not the last one freed */
	CHECK(strstr(km_test_console(), "BUG hard (") &&
	      strstr(km_test_console(), "): Object already free\n"));
	CHECK(kmem_cache_alloc(cache, GFP_KERNEL) == b);
	CHECK(kmem_cache_alloc(cache, GFP_KERNEL) == a);
	kmem_cache_free(cache, a);
	kmem_cache_free(cache, b);
	kmem_cache_destroy(cache);
	CHECK_EQ(km_machine_shutdown(), 0);
}

static void a_hardened_cache_follows_no_overwritten_link(void)
{
	struct kmem_cache *cache;
	void **object, *again;

	REQUIRE(!boot("slab_freelist_hardened"));
	cache = kmem_cache_create("hard", 40, NULL, 0);
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	REQUIRE(object);
	kmem_cache_free(cache, object);
	*(void **)((char *)hidden(object) + cache->link) = cache;
	km_test_console_clear();
	CHECK(kmem_cache_alloc(cache, GFP_KERNEL) == object);
	CHECK(strstr(km_test_console(), "): Freechain corrupt\n"));
	CHECK(strstr(km_test_console(), "FIX hard: Isolate corrupted freechain\n"));
	again = kmem_cache_alloc(cache, GFP_KERNEL);
	CHECK(again && frame_head(frame_of(again)) != frame_head(frame_of(object)));
	CHECK(slab_validate());
	km_machine_shutdown();
}

/* Every object once, in another order than that of addresses, the same each time the seed is. */
static void shuffled_lists_hold_each_object_once(void)
{
	static u32 first[64], second[64];
	u32 *orders[] = { first, second }, count = 0, sorted = 0;
	u64 draws[2];

	for (unsigned int round = 0; round < 2; round++) {
		struct kmem_cache *cache;
		struct page *slab;
		u64 seen = 0;

		REQUIRE(!boot("slab_freelist_random"));
		cache = kmem_cache_create("mixed", 64, NULL, SLAB_NO_MERGE);
		slab = frame_head(frame_of(kmem_cache_alloc(cache, GFP_KERNEL)));
		cache_flush_all(cache);
		count = slab->objects;
		REQUIRE(count <= 64);
		for (u32 i = slab->inuse; i < count; i++) {
			char *object = kmem_cache_alloc(cache, GFP_KERNEL);
			u32 nr = (object - (char *)frame_address(slab)) / cache->layout.slot;

			REQUIRE(frame_head(frame_of(object)) == slab && nr < count);
			CHECK(!(seen >> nr & 1));
			seen |= 1ull << nr;
			orders[round][i] = nr;
			sorted += i > 1 && nr == orders[round][i - 1] + 1;
		}
		CHECK_EQ(__builtin_popcountll(seen), count - 1);
		draws[round] = get_random_u64();
		km_machine_shutdown();
	}
	CHECK(sorted < count / 2);
	/* A machine that draws the same numbers after each boot has the same orders too. */
	CHECK(draws[0] != draws[1] || !memcmp(first, second, sizeof(first)));
}

/* -- failslab --------------------------------------------------------------------------------- */

static unsigned int refused(struct kmem_cache *cache, gfp_t gfp, unsigned int tries)
{
	unsigned int failed = 0;

	while (tries--) {
		void *object = kmem_cache_alloc(cache, gfp);

		failed += !object;
		if (object)
			kmem_cache_free(cache, object);
	}
	return failed;
}

static void failslab_fails_as_its_four_numbers_say(void)
{
	static const struct { const char *line; unsigned int low, high, sleepers; } rows[] = {
		{ "failslab=1,100,0,-1", 100, 100, 0 },
		{ "failslab=1,100,0,7", 7, 7, 0 },
		{ "failslab=4,100,0,-1", 25, 25, 0 },
		{ "failslab=1,0,0,-1", 0, 0, 0 },
		{ "failslab=1,50,0,-1", 20, 80, 0 },
		{ "failslab=1,100,6400,-1", 1, 99, 0 },
		{ "failslab=1,100,0,-1 failslab.ignore-gfp-wait=0 failslab.cache-filter=1 "
		  "slab_debug=A,weak", 100, 100, 100 },
		{ "failslab=1,100,0,-1 failslab.cache-filter=1", 0, 0, 0 },
		{ "failslab=1,100,0,-1 failslab.cache-filter=1 slab_debug=A,weak", 100, 100, 0 },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
		struct kmem_cache *cache;
		unsigned int count;

		km_test_note("%s", rows[i].line);
		REQUIRE(!boot(rows[i].line));
		cache = kmem_cache_create("weak", 100, NULL, 0);
		REQUIRE(cache);
		CHECK_EQ(refused(cache, GFP_KERNEL | __GFP_NOFAIL, 10), 0);
		count = refused(cache, GFP_ATOMIC | __GFP_NOWARN, 100);
		CHECK(count >= rows[i].low && count <= rows[i].high);
		CHECK_EQ(refused(cache, GFP_KERNEL, 100), rows[i].sleepers);
		kmem_cache_destroy(cache);
		km_machine_shutdown();
	}
	CHECK_EQ(boot("failslab=1,2"), -EINVAL);
	CHECK_EQ(boot("failslab=1,2,3,x"), -EINVAL);
	CHECK_EQ(boot("failslab=1,2,3,4,5"), -EINVAL);
}

static int setup(void)
{
	return 0;
}

KM_TESTS(setup, T(each_command_line_names_its_caches),
	 T(o_spares_caches_that_would_need_larger_slabs), T(leak_search_is_tracked_only_by_name),
	 T(correct_use_is_silent_under_every_option), T(hardened_links_show_no_address),
	 T(a_hardened_cache_refuses_a_double_free),
	 T(a_hardened_cache_follows_no_overwritten_link), T(shuffled_lists_hold_each_object_once),
	 T(failslab_fails_as_its_four_numbers_say));
