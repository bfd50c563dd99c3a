/* SPDX-License-Identifier: MIT */
/* quarantine_test.c - freed objects stay away for a while, and come back when memory is short */
#include "rules/rules_test.h"
#include <linux/percpu.h>
#include "page/page_room.h"
#include "percpu/percpu_room.h"
#include "rules/shadow.h"
#include "slab/slab_room.h"
#include "vmap/vmap_room.h"

static void a_freed_object_is_not_handed_out_again_soon(void)
{
	void *object = kmalloc(48, GFP_KERNEL);

	kfree(object);
	for (unsigned int i = 0; i < 1000; i++) {
		void *other = kmalloc(48, GFP_KERNEL);

		CHECK(other != object);
		kfree(other);
	}
}

/* Nothing of @pages pages from @start on is among the next few hundred that are handed out. */
static bool stays_away(unsigned long start, unsigned long pages)
{
	static unsigned long taken[300];
	bool is_away = true;

	for (unsigned int i = 0; i < 300; i++) {
		taken[i] = __get_free_page(GFP_KERNEL);
		if (taken[i] - start < pages << PAGE_SHIFT)
			is_away = false;
	}
	for (unsigned int i = 0; i < 300; i++)
		free_page(taken[i]);
	return is_away;
}

static void freed_pages_stay_away_and_come_back(void)
{
	struct km_event event = { .point = KM_POINT_PRESSURE };
	unsigned long single, block, exact, before;
	struct page *held;

	quarantine_rule.see(&event);
	before = page_free_total();
	single = __get_free_page(GFP_KERNEL);
	block = __get_free_pages(GFP_KERNEL, 3);
	exact = (unsigned long)alloc_pages_exact(5 * PAGE_SIZE + 1, GFP_KERNEL);
	held = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);
	get_page(held);
	told_clear();
	free_page(single);
	free_pages(block, 3);
	free_pages_exact((void *)exact, 5 * PAGE_SIZE + 1);
	__free_pages(held, 2);
	CHECK_EQ(page_count(held), 1);
	put_page(held);
	CHECK_EQ(before - page_free_total(), 1 + 8 + 6 + 4);
	CHECK(stays_away(single, 1));
	CHECK(stays_away(block, 8));
	CHECK(stays_away(exact, 6));
	CHECK(stays_away((unsigned long)page_address(held), 4));
	quarantine_rule.see(&event);
	CHECK_EQ(page_free_total(), before);
	CHECK_EQ(told_count, 0);
	CHECK(page_validate());
}

/* A page that others hold, and one with something wrong, are not the quarantine's to keep. */
static void pages_that_are_not_whole_go_their_way(void)
{
	struct km_event event = { .point = KM_POINT_PRESSURE };
	struct page *block = alloc_pages(GFP_KERNEL, 2);

	get_page(block);
	__free_pages(block, 2);
	CHECK_EQ(page_count(block), 1);
	CHECK_EQ(block->owner, PAGE_OWNER_PAGES);
	put_page(block);
	CHECK(block->owner != PAGE_OWNER_KEPT);
	quarantine_rule.see(&event);
	CHECK(page_validate());
}

static void freed_areas_stay_mapped_and_closed(void)
{
	struct km_event event = { .point = KM_POINT_PRESSURE };
	char *area = vmalloc(3 * PAGE_SIZE + 5), *large = kvmalloc(5000000, GFP_KERNEL);
	struct vmap_place place;
	uint8_t code = 0;

	CHECK(is_vmalloc_addr(large));
	area[7] = 77;
	vfree(area);
	CHECK_EQ(shadow_bad_byte((uintptr_t)area + 7, 1, &code), (uintptr_t)area + 7);
	CHECK_EQ(code, SHADOW_FREED);
	CHECK_EQ(*(volatile char *)(area + 7), 77);
	kvfree(large);
	CHECK(find_vm_area(large) == NULL);
	quarantine_rule.see(&event);
	CHECK(!vmap_find(area, &place));
	CHECK(!vmap_find(large, &place));
	CHECK_EQ(shadow_bad_byte((uintptr_t)area + 7, 1, &code), (uintptr_t)area + 7);
}

static void freed_percpu_areas_stay_away(void)
{
	u64 __percpu *counter = alloc_percpu(u64);
	struct km_event event = { .point = KM_POINT_PRESSURE };

	free_percpu(counter);
	for (unsigned int i = 0; i < 100; i++) {
		u64 __percpu *other = alloc_percpu(u64);

		CHECK(other != counter);
		free_percpu(other);
	}
	quarantine_rule.see(&event);
	CHECK(alloc_percpu(u64) == counter);
	free_percpu(counter);
	CHECK(percpu_validate());
}

static void without_a_budget_nothing_is_kept(void)
{
	struct km_event pressure = { .point = KM_POINT_PRESSURE };
	unsigned long before;
	void *page;

	quarantine_rule.see(&pressure);
	km_quarantine(0);
	quarantine_rule.boot();
	before = page_free_total();
	page = (void *)__get_free_page(GFP_KERNEL);
	free_page((unsigned long)page);
	CHECK_EQ(page_free_total(), before);
	km_quarantine(KM_QUARANTINE_DEFAULT);
	quarantine_rule.boot();
}

static void the_budget_is_obeyed_by_pages_too(void)
{
	struct km_event pressure = { .point = KM_POINT_PRESSURE };
	unsigned long before, least;

	quarantine_rule.see(&pressure);
	km_quarantine(1UL << 20);
	quarantine_rule.boot();
	before = least = page_free_total();
	for (unsigned int i = 0; i < 2000; i++) {
		free_page(__get_free_page(GFP_KERNEL));
		if (page_free_total() < least)
			least = page_free_total();
	}
	CHECK(before - least >= 250 && before - least <= 260);
	quarantine_rule.see(&pressure);
	km_quarantine(KM_QUARANTINE_DEFAULT);
	quarantine_rule.boot();
}

static void typesafe_caches_are_left_alone(void)
{
	struct kmem_cache *cache = kmem_cache_create("typesafe", 48, 0, SLAB_TYPESAFE_BY_RCU, NULL);
	void *object = kmem_cache_alloc(cache, GFP_KERNEL);
	unsigned long out = slab_cache_objects_out(cache);
	uint8_t code;

	told_clear();
	kmem_cache_free(cache, object);
	CHECK_EQ(slab_cache_objects_out(cache), out - 1);
	/* A reader that found it a moment ago may still look. */
	CHECK(!shadow_bad_byte((uintptr_t)object, 48, &code));
	kmem_cache_free(cache, object);
	CHECK_TOLD("double-free", "");
	kmem_cache_destroy(cache);
}

static void what_is_kept_has_a_limit(void)
{
	unsigned long before = nr_free_pages(), least = before;

	for (unsigned int i = 0; i < 20000; i++) {
		kfree(kmalloc(8000, GFP_KERNEL));
		if (nr_free_pages() < least)
			least = nr_free_pages();
	}
	CHECK(before - least < totalram_pages() / 6);
}

static void pressure_brings_all_back(void)
{
	struct kmem_cache *cache = kmem_cache_create("pressed", 512, 0, 0, NULL);
	struct km_event event = { .point = KM_POINT_PRESSURE };
	void *objects[64];

	for (unsigned int i = 0; i < 64; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	for (unsigned int i = 0; i < 64; i++)
		kmem_cache_free(cache, objects[i]);
	CHECK_EQ(slab_cache_objects_out(cache), 64);
	quarantine_rule.see(&event);
	CHECK_EQ(slab_cache_objects_out(cache), 0);
	kmem_cache_destroy(cache);
}

static void memory_can_be_used_up_and_comes_back(void)
{
	static void *objects[8192];
	unsigned int count = 0;

	for (unsigned int i = 0; i < 3000; i++)
		kfree(kmalloc(4000, GFP_KERNEL));
	while (count < 8192 &&
	       (objects[count] = kmalloc(16384, GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN)))
		count++;
	/* Nearly all of RAM was to be had, although part of it was kept before. */
	CHECK(count == 8192 || count > totalram_pages() / 4 * 8 / 10);
	while (count)
		kfree(objects[--count]);
}

static void pages_can_be_used_up_and_come_back(void)
{
	unsigned long *last = NULL, *page;
	unsigned int count = 0;

	for (unsigned int i = 0; i < 1000; i++)
		free_page(__get_free_page(GFP_KERNEL));
	while ((page = (void *)__get_free_page(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN))) {
		*page = (unsigned long)last;
		last = page;
		count++;
	}
	CHECK(count > totalram_pages() * 8 / 10);
	while ((page = last)) {
		last = (unsigned long *)*page;
		free_page((unsigned long)page);
	}
}

KM_TESTS(rules_setup,
	T(a_freed_object_is_not_handed_out_again_soon),
	T(freed_pages_stay_away_and_come_back),
	T(pages_that_are_not_whole_go_their_way),
	T(freed_areas_stay_mapped_and_closed),
	T(freed_percpu_areas_stay_away),
	T(without_a_budget_nothing_is_kept),
	T(the_budget_is_obeyed_by_pages_too),
	T(pages_can_be_used_up_and_come_back),
	T(typesafe_caches_are_left_alone),
	T(what_is_kept_has_a_limit),
	T(pressure_brings_all_back),
	T(memory_can_be_used_up_and_comes_back));
