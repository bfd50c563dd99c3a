/* SPDX-License-Identifier: MIT */
/* gfp_test.c - each contradiction is told once, each honest word is silent */
#include "rules/rules_test.h"

enum call { CALL_KMALLOC, CALL_PAGES, CALL_GET_PAGES, CALL_CACHE, CALL_VMALLOC, CALL_KVMALLOC };

static void see(enum call call, gfp_t gfp, unsigned int order)
{
	static const struct { enum km_family family; const char *what; } calls[] = {
		{ KM_FAMILY_KMALLOC, "kmalloc" }, { KM_FAMILY_PAGES, "alloc_pages" },
		{ KM_FAMILY_PAGES, "__get_free_pages" }, { KM_FAMILY_CACHE, "kmem_cache_alloc" },
		{ KM_FAMILY_VMALLOC, "__vmalloc" }, { KM_FAMILY_KVMALLOC, "kvmalloc" },
	};
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK,
		.family = calls[call].family,
		.what = calls[call].what,
		.bytes = 64,
		.gfp = (uint32_t)gfp,
		.order = order,
	};

	told_clear();
	gfp_rule.see(&event);
}

static void wrong_words_are_told(void)
{
	static const struct {
		enum call call;
		gfp_t gfp;
		unsigned int order;
		const char *words;
	} wrong[] = {
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_DMA | __GFP_HIGHMEM, 0, "two zones" },
		{ CALL_PAGES, GFP_KERNEL | __GFP_DMA | __GFP_DMA32, 0, "two zones" },
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_HIGHMEM, 0, "__GFP_HIGHMEM" },
		{ CALL_CACHE, GFP_KERNEL | __GFP_HIGHMEM, 0, "__GFP_HIGHMEM" },
		{ CALL_GET_PAGES, GFP_HIGHUSER, 0, "__GFP_HIGHMEM" },
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_DMA32, 0, "__GFP_DMA32 for kmalloc" },
		{ CALL_PAGES, GFP_KERNEL | __GFP_MOVABLE | __GFP_RECLAIMABLE, 0, "__GFP_MOVABLE" },
		{ CALL_KMALLOC, GFP_ATOMIC | __GFP_NOFAIL, 0, "without __GFP_DIRECT_RECLAIM" },
		{ CALL_PAGES, GFP_KERNEL | __GFP_NOFAIL, 2, "more than two pages" },
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_NOFAIL | __GFP_NORETRY, 0, "gives up" },
		{ CALL_KMALLOC, GFP_KERNEL | (__force gfp_t)0x40000000u, 0, "no flag of Linux" },
		{ CALL_KMALLOC, GFP_KERNEL | (__force gfp_t)0x200u, 0, "no flag of Linux" },
		{ CALL_VMALLOC, GFP_KERNEL | __GFP_DMA, 0, "a zone for vmalloc" },
		{ CALL_VMALLOC, GFP_ATOMIC, 0, "do not allow sleeping" },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(wrong); i++) {
		see(wrong[i].call, wrong[i].gfp, wrong[i].order);
		CHECK_TOLD("flag-misuse", "Unexpected gfp");
		CHECK(strstr(told_message, wrong[i].words) != NULL);
		CHECK_EQ(told_last.severity, KM_ERROR);
	}
}

static void honest_words_are_silent(void)
{
	static const struct { enum call call; gfp_t gfp; unsigned int order;
	} honest[] = {
		{ CALL_KMALLOC, GFP_KERNEL, 0 },
		{ CALL_KMALLOC, GFP_ATOMIC, 0 },
		{ CALL_KMALLOC, GFP_NOWAIT, 0 },
		{ CALL_KMALLOC, GFP_KERNEL | GFP_DMA, 0 },
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_ZERO, 0 },
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_NOFAIL, 0 },
		{ CALL_PAGES, GFP_HIGHUSER_MOVABLE, 0 },
		{ CALL_PAGES, GFP_KERNEL | GFP_DMA32, 3 },
		{ CALL_PAGES, GFP_TRANSHUGE, 9 },
		{ CALL_KMALLOC, GFP_KERNEL_ACCOUNT, 0 },
		{ CALL_KMALLOC, 0, 0 },
		{ CALL_VMALLOC, GFP_NOFS, 0 },
		{ CALL_VMALLOC, GFP_KERNEL | __GFP_HIGHMEM, 0 },
		{ CALL_KVMALLOC, GFP_ATOMIC, 0 },
		{ CALL_PAGES, GFP_KERNEL | __GFP_NOFAIL, 1 },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(honest); i++) {
		see(honest[i].call, honest[i].gfp, honest[i].order);
		CHECK_EQ(told_count, 0);
	}
}

static void a_zone_alone_is_advice(void)
{
	see(CALL_KMALLOC, GFP_DMA, 0);
	CHECK_TOLD("flag-misuse", "a zone and nothing else");
	CHECK_EQ(told_last.severity, KM_ADVICE);
}

static void ctor(void *object) { }

static void a_constructor_and_zero_exclude_each_other(void)
{
	struct kmem_cache *made = kmem_cache_create("gfp_ctor", 32, 0, 0, ctor);
	struct kmem_cache *plain = kmem_cache_create("gfp_plain", 32, 0, 0, NULL);
	void *object;

	told_clear();
	object = kmem_cache_zalloc(plain, GFP_KERNEL);
	CHECK_EQ(told_count, 0);
	kmem_cache_free(plain, object);
	object = kmem_cache_alloc(made, GFP_KERNEL | __GFP_ZERO);
	CHECK(told_count >= 1 && strstr(told_message, "constructor"));
	kmem_cache_free(made, object);
	kmem_cache_destroy(made);
	kmem_cache_destroy(plain);
}

static void the_allocation_itself_is_told_too(void)
{
	struct page *page;

	told_clear();
	page = alloc_pages(GFP_KERNEL | __GFP_MOVABLE | __GFP_RECLAIMABLE, 0);
	CHECK(told_count >= 1);
	if (page)
		__free_page(page);
}

KM_TESTS(rules_setup,
	T(wrong_words_are_told),
	T(honest_words_are_silent),
	T(a_zone_alone_is_advice),
	T(a_constructor_and_zero_exclude_each_other),
	T(the_allocation_itself_is_told_too));
