/* SPDX-License-Identifier: MIT */
/* gfp_test.c - each contradiction is told once, each honest word is silent */
#include "rules/rules_test.h"

enum call { CALL_KMALLOC, CALL_PAGES, CALL_GET_PAGES, CALL_CACHE, CALL_VMALLOC, CALL_KVMALLOC,
	    CALL_EXACT, CALL_MEMPOOL, CALL_DMA };

static void see_bytes(enum call call, gfp_t gfp, unsigned int order, size_t bytes)
{
	static const struct { enum km_family family; const char *what; } calls[] = {
		{ KM_FAMILY_KMALLOC, "kmalloc" }, { KM_FAMILY_PAGES, "alloc_pages" },
		{ KM_FAMILY_PAGES, "__get_free_pages" }, { KM_FAMILY_CACHE, "kmem_cache_alloc" },
		{ KM_FAMILY_VMALLOC, "__vmalloc" }, { KM_FAMILY_KVMALLOC, "kvmalloc" },
		{ KM_FAMILY_PAGES, "alloc_pages_exact" }, { KM_FAMILY_MEMPOOL, "mempool_alloc" },
		{ KM_FAMILY_DMA, "dma_alloc_coherent" },
	};
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK,
		.family = calls[call].family,
		.what = calls[call].what,
		.bytes = bytes,
		.gfp = (uint32_t)gfp,
		.order = order,
	};

	told_clear();
	gfp_rule.see(&event);
}

static void see(enum call call, gfp_t gfp, unsigned int order)
{
	see_bytes(call, gfp, order, 64);
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
		{ CALL_KVMALLOC, GFP_HIGHUSER, 0, "__GFP_HIGHMEM" },
		{ CALL_KVMALLOC, GFP_KERNEL | __GFP_DMA32, 0, "__GFP_DMA32 for kmalloc" },
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_MOVABLE, 0, "fixed address" },
		{ CALL_CACHE, GFP_KERNEL | __GFP_MOVABLE, 0, "fixed address" },
		{ CALL_KMALLOC, GFP_KERNEL | GFP_ATOMIC, 0, "the one forbids to sleep" },
		{ CALL_PAGES, GFP_KERNEL | __GFP_NORETRY | __GFP_RETRY_MAYFAIL, 0, "with" },
		{ CALL_MEMPOOL, GFP_KERNEL | __GFP_ZERO, 0, "for a mempool" },
		{ CALL_DMA, GFP_KERNEL | __GFP_COMP, 0, "for DMA memory" },
		{ CALL_EXACT, GFP_KERNEL | __GFP_COMP, 0, "one by one" },
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
		{ CALL_KMALLOC, GFP_NOWAIT | __GFP_NORETRY, 0 },
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_RETRY_MAYFAIL | __GFP_NOWARN, 0 },
		{ CALL_KMALLOC, GFP_ATOMIC | __GFP_NOMEMALLOC | __GFP_NOWARN, 0 },
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_RECLAIMABLE, 0 },
		{ CALL_KMALLOC, GFP_KERNEL | __GFP_THISNODE | __GFP_NOWARN, 0 },
		{ CALL_KMALLOC, GFP_NOIO | __GFP_HIGH, 0 },
		{ CALL_KMALLOC, GFP_ATOMIC | GFP_DMA, 0 },
		{ CALL_KMALLOC, GFP_NOFS | __GFP_NOFAIL, 0 },
		{ CALL_KMALLOC, GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN, 0 },
		{ CALL_PAGES, GFP_KERNEL | __GFP_COMP | __GFP_ZERO, 3 },
		{ CALL_PAGES, GFP_TRANSHUGE_LIGHT, 9 },
		{ CALL_PAGES, GFP_KERNEL | __GFP_HIGH, 0 },
		{ CALL_GET_PAGES, GFP_KERNEL | __GFP_COMP | __GFP_DMA32, 2 },
		{ CALL_EXACT, GFP_KERNEL | __GFP_ZERO, 0 },
		{ CALL_MEMPOOL, GFP_NOIO, 0 },
		{ CALL_MEMPOOL, GFP_ATOMIC, 0 },
		{ CALL_DMA, GFP_KERNEL | GFP_DMA, 0 },
		{ CALL_DMA, GFP_ATOMIC | __GFP_ZERO | __GFP_NOWARN, 0 },
		{ CALL_CACHE, GFP_KERNEL | __GFP_ZERO | __GFP_NOFAIL, 0 },
		{ CALL_CACHE, GFP_NOWAIT | __GFP_ACCOUNT, 0 },
		{ CALL_VMALLOC, GFP_KERNEL_ACCOUNT | __GFP_ZERO, 0 },
		{ CALL_VMALLOC, GFP_KERNEL | __GFP_NOFAIL, 0 },
		{ CALL_KVMALLOC, GFP_KERNEL | __GFP_NOFAIL | __GFP_ZERO, 0 },
		{ CALL_KVMALLOC, GFP_KERNEL | __GFP_RETRY_MAYFAIL, 0 },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(honest); i++) {
		see(honest[i].call, honest[i].gfp, honest[i].order);
		CHECK_EQ(told_count, 0);
	}
}

static void size_and_flags_swapped_are_told(void)
{
	see_bytes(CALL_KMALLOC, (__force gfp_t)64, 0, (__force size_t)GFP_KERNEL);
	CHECK_TOLD("flag-misuse", "swapped");
	see_bytes(CALL_KMALLOC, (__force gfp_t)24, 0, (__force size_t)GFP_ATOMIC);
	CHECK_TOLD("flag-misuse", "swapped");
	/* Sizes that happen to be a gfp, with honest flags. */
	see_bytes(CALL_KMALLOC, GFP_KERNEL, 0, (__force size_t)GFP_KERNEL);
	CHECK_EQ(told_count, 0);
	see_bytes(CALL_KMALLOC, __GFP_ZERO, 0, (__force size_t)GFP_KERNEL);
	CHECK_EQ(told_count, 0);
	see_bytes(CALL_KMALLOC, GFP_KERNEL | __GFP_NOFAIL, 0, KMALLOC_MAX_CACHE_SIZE);
	CHECK_EQ(told_count, 0);
	see_bytes(CALL_KMALLOC, GFP_KERNEL | __GFP_NOFAIL, 0, KMALLOC_MAX_CACHE_SIZE + 1);
	CHECK_TOLD("flag-misuse", "more than two pages");
}

static void a_zone_is_the_caches(void)
{
	struct kmem_cache *plain = kmem_cache_create("gfp_zone", 40, 0, 0, NULL);
	struct kmem_cache *dma = kmem_cache_create("gfp_dma", 40, 0, SLAB_CACHE_DMA, NULL);
	void *object;

	told_clear();
	object = kmem_cache_alloc(dma, GFP_KERNEL | GFP_DMA);
	CHECK_EQ(told_count, 0);
	kmem_cache_free(dma, object);
	object = kmem_cache_alloc(plain, GFP_KERNEL | GFP_DMA);
	CHECK(told_count >= 1 && strstr(told_message, "was not made for it"));
	kmem_cache_free(plain, object);
	kmem_cache_destroy(dma);
	kmem_cache_destroy(plain);
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
	/* Linux warns as well. */
	CHECK_EQ(told_count, 2);
	CHECK(strstr(told_first, "constructor") && !strcmp(told_rule, "warn"));
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
	T(size_and_flags_swapped_are_told),
	T(a_zone_is_the_caches),
	T(a_zone_alone_is_advice),
	T(a_constructor_and_zero_exclude_each_other),
	T(the_allocation_itself_is_told_too));
