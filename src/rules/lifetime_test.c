/* SPDX-License-Identifier: MIT */
/* lifetime_test.c - each wrong free is told and refused, each right one is silent */
#include "rules/rules_test.h"
#include "rules/objects.h"

static void right_frees_are_silent(void)
{
	struct kmem_cache *cache = kmem_cache_create("right", 48, 0, 0, NULL);
	struct page *page;

	told_clear();
	kfree(NULL);
	kfree(kmalloc(0, GFP_KERNEL));
	kfree(kmalloc(10, GFP_KERNEL));
	kfree(kmalloc(100000, GFP_KERNEL));
	kfree(kmem_cache_alloc(cache, GFP_KERNEL));
	kmem_cache_free(cache, kmem_cache_alloc(cache, GFP_KERNEL));
	kvfree(kvmalloc(100, GFP_KERNEL));
	kvfree(kvmalloc(3000000, GFP_KERNEL));
	kvfree(kmalloc(64, GFP_KERNEL));
	kvfree(vmalloc(64));
	vfree(vmalloc(10000));
	vfree(NULL);
	free_pages(__get_free_pages(GFP_KERNEL, 2), 2);
	free_pages(0, 0);
	free_pages_exact(alloc_pages_exact(9000, GFP_KERNEL), 9000);
	page = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);
	get_page(page);
	__free_pages(page, 2);
	put_page(page);
	page = alloc_pages(GFP_KERNEL, 3);
	get_page(page);
	free_pages((unsigned long)page_address(page), 3);
	put_page(page);
	kmem_cache_destroy(cache);
	kmem_cache_destroy(NULL);
	CHECK_EQ(told_count, 0);
	if (told_count)
		km_test_note("%s", told_message);
}

static void a_split_block_is_freed_page_by_page(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 2);

	told_clear();
	split_page(page, 2);
	for (unsigned int i = 0; i < 4; i++)
		__free_page(page + i);
	CHECK_EQ(told_count, 0);
}

static void double_frees_are_told_and_refused(void)
{
	struct kmem_cache *cache = kmem_cache_create("twice", 48, 0, 0, NULL);
	void *object = kmalloc(24, GFP_KERNEL), *large = kmalloc(50000, GFP_KERNEL);
	void *cached = kmem_cache_alloc(cache, GFP_KERNEL), *area = vmalloc(4096);
	unsigned long pages = __get_free_pages(GFP_KERNEL, 1);

	kfree(object);
	told_clear();
	kfree(hidden(object));
	CHECK_TOLD("double-free", "kfree() of a 24-byte object of cache kmalloc-32 from "
		   "kmalloc(), which kfree() has freed already in task");
	CHECK(told_last.alloc_stack.count && told_last.free_stack.count);
	kfree(large);
	told_clear();
	kfree(hidden(large));
	CHECK_TOLD("double-free", "50000-byte");
	kmem_cache_free(cache, cached);
	told_clear();
	kmem_cache_free(cache, hidden(cached));
	CHECK_TOLD("double-free", "kmem_cache_free()");
	vfree(area);
	told_clear();
	vfree(hidden(area));
	CHECK_TOLD("double-free", "vfree()");
	free_pages(pages, 1);
	told_clear();
	free_pages(pages, 1);
	CHECK_TOLD("double-free", "free_pages()");
	kmem_cache_destroy(cache);
}

static void frees_of_strangers_are_told(void)
{
	static char variable[64];
	char *object = kmalloc(100, GFP_KERNEL);

	told_clear();
	kfree(hidden(object + 16));
	CHECK_TOLD("invalid-free", "an address 16 bytes inside a 100-byte object of cache "
		   "kmalloc-128 from kmalloc()");
	told_clear();
	kfree(hidden(variable));
	CHECK_TOLD("invalid-free", "what no allocation returned: static variable "
		   "@variable@of the module");
	told_clear();
	kfree(object);
	CHECK_EQ(told_count, 0);
}

static void wrong_functions_are_told(void)
{
	struct kmem_cache *one = kmem_cache_create("one", 48, 0, 0, NULL);
	struct kmem_cache *other = kmem_cache_create("other", 48, 0, 0, NULL);
	void *object = kmalloc(5000, GFP_KERNEL), *area = vmalloc(100),
	     *cached = kmem_cache_alloc(one, GFP_KERNEL);
	unsigned long pages = __get_free_pages(GFP_KERNEL, 1);

	told_clear();
	kfree(hidden(area));
	CHECK_TOLD("invalid-free", "kfree() of a vmalloc area (100 bytes from vmalloc()), "
		   "use vfree()");
	CHECK(strstr(told_last.help, "vfree()") != NULL);
	told_clear();
	vfree(hidden(object));
	CHECK_TOLD("invalid-free", "vfree()");
	told_clear();
	kmem_cache_free(other, hidden(cached));
	CHECK_TOLD("invalid-free", "to other, but the object is from one");
	told_clear();
	free_pages(pages, 0);
	CHECK_TOLD("invalid-free", "order 0 of pages allocated with order 1");
	told_clear();
	kfree(hidden((void *)pages));
	CHECK_TOLD("invalid-free", "kfree()");
	told_clear();
	kmem_cache_free(one, NULL);
	CHECK_TOLD("invalid-free", "of NULL");
	told_clear();
	kfree(object);
	vfree(area);
	kmem_cache_free(one, cached);
	free_pages(pages, 1);
	kmem_cache_destroy(one);
	kmem_cache_destroy(other);
	CHECK_EQ(told_count, 0);
	kmem_cache_destroy(hidden(other));
	CHECK_TOLD("invalid-free", "no cache, or no longer one");
}

static void late_krealloc_is_use_after_free(void)
{
	void *object = kmalloc(24, GFP_KERNEL), *again;

	kfree(object);
	told_clear();
	again = krealloc(hidden(object), 20, GFP_KERNEL);
	CHECK(again != NULL);
	CHECK_TOLD("use-after-free", "krealloc()");
}

/* Without memory for records nothing is claimed of what has none. */
static void without_records_nothing_is_claimed(void)
{
	static void *objects[20000];
	char *known = kmalloc(100, GFP_KERNEL);

	told_clear();
	memory_limit(0);
	for (unsigned int i = 0; i < 20000; i++)
		objects[i] = kmalloc(8, GFP_KERNEL);
	CHECK(objects_lost());
	for (unsigned int i = 0; i < 20000; i++)
		kfree(objects[i]);
	CHECK_EQ(told_count, 0);
	/* What has a record is judged as ever. */
	kfree(known);
	kfree(hidden(known));
	CHECK_TOLD("double-free", "100-byte");
	memory_limit(1 << 30);
}

/*
 * Live objects in a model; a random step allocates, frees, or frees wrongly. The rules must agree
 * at each step.
 */
#define LIVE	64u
static void random_traces_agree_with_a_model(void)
{
	static void *live[LIVE], *dead[LIVE];
	unsigned int slot;

	memset(live, 0, sizeof(live));
	memset(dead, 0, sizeof(dead));
	for (unsigned int step = 0; step < 20000; step++) {
		told_clear();
		slot = km_test_random_below(LIVE);
		if (!live[slot]) {
			live[slot] = kmalloc(1 + km_test_random_below(3000), GFP_KERNEL);
			for (unsigned int i = 0; i < LIVE; i++)
				if (dead[i] == live[slot])
					dead[i] = NULL;
			CHECK_EQ(told_count, 0);
		} else if (km_test_random_below(8)) {
			kfree(live[slot]);
			dead[slot] = live[slot];
			live[slot] = NULL;
			CHECK_EQ(told_count, 0);
		} else if (dead[slot]) {
			kfree(dead[slot]);
			CHECK_TOLD("double-free", "kfree()");
		} else {
			kfree((char *)live[slot] + 1);
			CHECK_EQ(told_count, 1);
			CHECK(!strcmp(told_rule, "invalid-free"));
		}
	}
	for (slot = 0; slot < LIVE; slot++)
		kfree(live[slot]);
}

KM_TESTS(rules_setup,
	T(right_frees_are_silent),
	T(a_split_block_is_freed_page_by_page),
	T(double_frees_are_told_and_refused),
	T(frees_of_strangers_are_told),
	T(wrong_functions_are_told),
	T(late_krealloc_is_use_after_free),
	T(random_traces_agree_with_a_model),
	T(without_records_nothing_is_claimed));
