/* SPDX-License-Identifier: MIT */
/* leak_test.c - the ledger tells what a module left, by the place that made it */
#include <linux/timer.h>
#include "rules/rules_test.h"

/* The first test: in the machine's life before the module. */
static void what_was_made_before_is_not_the_modules(void)
{
	struct kmem_cache *cache = kmem_cache_create("built_in", 32, 0, 0, NULL);
	void *object = kmalloc(64, GFP_KERNEL);

	leak_begin();
	told_clear();
	leak_check();
	CHECK_EQ(told_count, 0);
	kfree(object);
	kmem_cache_destroy(cache);
}

static void nothing_left_is_silent(void)
{
	void *object;

	leak_begin();
	object = kmalloc(64, GFP_KERNEL);
	kfree(object);
	told_clear();
	leak_check();
	CHECK_EQ(told_count, 0);
}

static void one_finding_a_place(void)
{
	void *objects[3];

	leak_begin();
	for (unsigned int i = 0; i < 3; i++)
		objects[i] = kmalloc(40, GFP_KERNEL);
	told_clear();
	leak_check();
	CHECK_TOLD("leak", "3 objects, 120 bytes from kmalloc()");
	CHECK(told_last.stack.count > 0);
	for (unsigned int i = 0; i < 3; i++)
		kfree(objects[i]);
	told_clear();
	leak_check();
	CHECK_EQ(told_count, 0);
}

static void pages_and_areas_count(void)
{
	unsigned long page;
	void *area;

	leak_begin();
	page = __get_free_pages(GFP_KERNEL, 1);
	told_clear();
	leak_check();
	CHECK_TOLD("leak", "size 8192");
	free_pages(page, 1);
	area = vmalloc(5000);
	told_clear();
	leak_check();
	CHECK_TOLD("leak", "size 5000");
	vfree(area);
}

static void a_cache_never_destroyed(void)
{
	struct kmem_cache *cache;

	leak_begin();
	cache = kmem_cache_create("left_cache", 32, 0, 0, NULL);
	told_clear();
	leak_check();
	CHECK_TOLD("leak", "slab cache 'left_cache'");
	kmem_cache_destroy(cache);
	told_clear();
	leak_check();
	CHECK_EQ(told_count, 0);
}

static void a_cache_destroyed_too_early(void)
{
	struct kmem_cache *cache = kmem_cache_create("early", 32, 0, 0, NULL);
	void *object = kmem_cache_alloc(cache, GFP_KERNEL);

	leak_begin();
	told_clear();
	kmem_cache_destroy(cache);
	CHECK(told_count >= 1);
	CHECK(told_last.object == object || told_count > 1);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

static void freed_objects_in_quarantine_do_not_keep_a_cache(void)
{
	struct kmem_cache *cache = kmem_cache_create("kept", 32, 0, 0, NULL);

	told_clear();
	for (unsigned int i = 0; i < 100; i++)
		kmem_cache_free(cache, kmem_cache_alloc(cache, GFP_KERNEL));
	kmem_cache_destroy(cache);
	CHECK_EQ(told_count, 0);
}

static void on_timer(struct timer_list *timer) { }
static DEFINE_TIMER(left_timer, on_timer);

static void a_timer_still_armed(void)
{
	leak_begin();
	mod_timer(&left_timer, jiffies + 1000000);
	told_clear();
	leak_check_running(true);
	CHECK_TOLD("leak", "timer");
	timer_delete_sync(&left_timer);
	told_clear();
	leak_check_running(true);
	CHECK_EQ(told_count, 0);
}

KM_TESTS(rules_setup,
	T(what_was_made_before_is_not_the_modules), T(nothing_left_is_silent),
	T(one_finding_a_place),
	T(pages_and_areas_count),
	T(a_cache_never_destroyed),
	T(a_cache_destroyed_too_early),
	T(freed_objects_in_quarantine_do_not_keep_a_cache),
	T(a_timer_still_armed));
