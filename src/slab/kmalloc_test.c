/* SPDX-License-Identifier: MIT */
/* kmalloc_test.c - memory by size: classes, alignment, zones, edges, krealloc */
#define KMALLOC_CHECKED 1 /* sizes here are meant to reach the function */
#include <kmalloc/machine.h>
#include <linux/mm.h>
#include <linux/string.h>
#include "slab/slab.h"
#include "test.h"

static const u32 classes[] = { 8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192 };
#define CLASSES (sizeof(classes) / sizeof(classes[0]))

/* The compiler must not see what a test does to a pointer on purpose. */
static void *hidden(const void *pointer)
{
	void *copy = (void *)pointer;

	OPTIMIZER_HIDE_VAR(copy);
	return copy;
}

static u32 class_of(size_t size)
{
	for (unsigned int i = 0; i < CLASSES; i++)
		if (size <= classes[i])
			return classes[i];
	return 0;
}

static bool is_filled(const void *from, u8 byte, size_t bytes)
{
	const u8 *at = from;

	for (size_t i = 0; i < bytes; i++)
		if (at[i] != byte)
			return false;
	return true;
}

static void every_size_gets_its_class_and_alignment(void)
{
	for (size_t size = 1; size <= 8192; size++) {
		u8 *object = kmalloc(size, GFP_KERNEL);
		size_t align = class_of(size) & -class_of(size);

		REQUIRE(object);
		CHECK_EQ(ksize(object), class_of(size));
		CHECK_EQ(kmalloc_size_roundup(size), class_of(size));
		CHECK_EQ((uintptr_t)object % align, 0);
		memset(object, 0xa5, size);
		kfree(object);
	}
	CHECK(slab_validate());
}

static void names_say_class_and_type(void)
{
	static const struct { size_t size; gfp_t gfp; const char *name;
	} rows[] = {
		{ 1, 0, "kmalloc-8" },
		{ 96, 0, "kmalloc-96" },
		{ 97, 0, "kmalloc-128" },
		{ 1000, 0, "kmalloc-1k" },
		{ 8192, 0, "kmalloc-8k" },
		{ 64, __GFP_RECLAIMABLE, "kmalloc-rcl-64" },
		{ 192, GFP_DMA, "dma-kmalloc-192" },
		{ 64, __GFP_ACCOUNT, "kmalloc-cg-64" },
		{ 64, GFP_DMA | __GFP_RECLAIMABLE, "dma-kmalloc-64" },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *object = kmalloc(rows[i].size, GFP_KERNEL | rows[i].gfp);
		struct slab_place place;

		REQUIRE(object && slab_find(object, &place));
		CHECK(!strcmp(slab_cache_name(place.cache), rows[i].name));
		CHECK(place.object == object && place.offset == 0);
		kfree(object);
	}
}

static void large_sizes_come_from_pages(void)
{
	static const size_t sizes[] = {
		8193, 12288, 16384, 65536, 100000, 1 << 20, KMALLOC_MAX_SIZE
	};

	for (unsigned int i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t whole = PAGE_SIZE << get_order(sizes[i]);
		u8 *object = kzalloc(sizes[i], GFP_KERNEL);
		struct slab_place place;

		REQUIRE(object);
		CHECK_EQ(ksize(object), whole);
		CHECK_EQ(kmalloc_size_roundup(sizes[i]), whole);
		CHECK_EQ((uintptr_t)object % PAGE_SIZE, 0);
		CHECK(is_filled(object, 0, sizes[i]));
		object[0] = object[sizes[i] - 1] = 1;
		CHECK(slab_find(object + 5, &place) && !place.cache && place.offset == 5);
		CHECK(slab_find(object + sizes[i] - 1, &place) && place.object == object);
		kfree(object);
	}
	CHECK_EQ(large_count(), 0);
}

static void above_the_largest_size_is_null_with_one_warning(void)
{
	km_test_console_clear();
	CHECK(!kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL | __GFP_NOWARN));
	CHECK(!strstr(km_test_console(), "WARNING"));
	CHECK(!kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL));
	CHECK(strstr(km_test_console(), "WARNING"));
	CHECK(!kmalloc((size_t)hidden((void *)SIZE_MAX), GFP_KERNEL | __GFP_NOWARN));
	CHECK_EQ(kmalloc_size_roundup(KMALLOC_MAX_SIZE + 1), KMALLOC_MAX_SIZE + 1);
}

static void zero_size_is_a_pointer_of_its_own(void)
{
	CHECK(kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
	CHECK(kcalloc(0, 10, GFP_KERNEL) == ZERO_SIZE_PTR);
	CHECK(kzalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
	CHECK_EQ(ksize(ZERO_SIZE_PTR), 0);
	CHECK_EQ(ksize(NULL), 0);
	CHECK_EQ(kmalloc_size_roundup(0), 0);
	kfree(hidden(ZERO_SIZE_PTR));
	kfree(NULL);
	kfree_sensitive(NULL);
	kfree_sensitive(hidden(ZERO_SIZE_PTR));
}

static void overflow_is_null(void)
{
	volatile size_t half = SIZE_MAX / 2 + 1;

	CHECK(!kmalloc_array(half, 2, GFP_KERNEL));
	CHECK(!kcalloc(2, half, GFP_KERNEL));
	CHECK(!kmalloc_array_node(half, 3, GFP_KERNEL, 0));
	CHECK(!kcalloc_node(half, half, GFP_KERNEL, 0));
	CHECK(!krealloc_array(NULL, half, 2, GFP_KERNEL));
}

static void zeroed_memory_is_zero_when_reused(void)
{
	for (unsigned int i = 0; i < CLASSES; i++) {
		void *object = kmalloc(classes[i], GFP_KERNEL);

		REQUIRE(object);
		memset(object, 0xff, classes[i]);
		kfree(object);
		object = kzalloc(classes[i], GFP_KERNEL);
		CHECK(is_filled(object, 0, classes[i]));
		memset(object, 0xff, classes[i]);
		kfree(object);
		object = kcalloc(classes[i] / 8, 8, GFP_KERNEL);
		CHECK(is_filled(object, 0, classes[i]));
		kfree(object);
	}
}

static void gfp_dma_lies_below_16_mib(void)
{
	void *objects[64];

	for (unsigned int i = 0; i < 64; i++) {
		objects[i] = kmalloc(i % 2 ? 1024 : 20000, GFP_KERNEL | GFP_DMA);
		REQUIRE(objects[i]);
		CHECK(virt_to_phys(objects[i]) + 20000 <= 16 << 20);
	}
	for (unsigned int i = 0; i < 64; i++)
		kfree(objects[i]);
}

static void highmem_is_fixed_up_with_a_message(void)
{
	void *object;

	km_test_console_clear();
	object = kmalloc(20000, GFP_KERNEL | __GFP_HIGHMEM);
	CHECK(object);
	CHECK(strstr(km_test_console(),
		     "Unexpected gfp: 0x2 (__GFP_HIGHMEM). Fixing up to gfp: 0xcc0 (GFP_KERNEL)"
		     ". Fix your code!"));
	kfree(object);
}

static void krealloc_keeps_bytes_and_place(void)
{
	static const struct { size_t from, to; bool stays;
	} rows[] = {
		{ 1, 8, true },		{ 8, 9, false },       { 60, 64, true },
		{ 64, 65, false },	{ 100, 10, true },     { 4000, 4096, true },
		{ 4096, 8192, false },	{ 8192, 8193, false }, { 9000, 16384, true },
		{ 9000, 16385, false }, { 20000, 100, true },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t kept = rows[i].from < rows[i].to ? rows[i].from : rows[i].to;
		void *old = kmalloc(rows[i].from, GFP_KERNEL), *now;

		REQUIRE(old);
		memset(old, i + 1, rows[i].from);
		now = krealloc(old, rows[i].to, GFP_KERNEL);
		REQUIRE(now);
		CHECK_EQ(now == old, rows[i].stays);
		CHECK(is_filled(now, i + 1, kept));
		kfree(now);
	}
}

static void krealloc_at_its_edges(void)
{
	void *object = krealloc(NULL, 32, GFP_KERNEL), *same;

	REQUIRE(object);
	CHECK_EQ(ksize(object), 32);
	CHECK(krealloc(object, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	object = krealloc(ZERO_SIZE_PTR, 40, GFP_KERNEL);
	REQUIRE(object);
	memset(object, 7, 40);
	same = krealloc(object, KMALLOC_MAX_SIZE + 1, GFP_KERNEL | __GFP_NOWARN);
	CHECK(!same);
	CHECK(is_filled(object, 7, 40));
	kfree(object);
	object = kzalloc(100, GFP_KERNEL);
	memset(object, 9, 100);
	object = krealloc(object, 50, GFP_KERNEL | __GFP_ZERO);
	object = krealloc(object, 128, GFP_KERNEL | __GFP_ZERO);
	CHECK(is_filled(object, 9, 50) && is_filled((char *)object + 50, 0, 78));
	object = krealloc(object, 500, GFP_KERNEL | __GFP_ZERO);
	CHECK(is_filled(object, 9, 50) && is_filled((char *)object + 50, 0, 450));
	kfree(object);
}

static void sensitive_memory_is_wiped(void)
{
	u8 *object = kmalloc(200, GFP_KERNEL);

	REQUIRE(object);
	object = hidden(object);
	memset(object, 0x77, 256);
	kfree_sensitive(hidden(object));
	/* The first word may hold the free list. */
	CHECK(is_filled(object + 8, 0, 248));
}

static void strangers_are_reported_and_ignored(void)
{
	unsigned long page = __get_free_page(GFP_KERNEL);
	static u8 in_data[64];

	km_test_console_clear();
	kfree(hidden(in_data));
	CHECK(strstr(km_test_console(), "was not allocated"));
	kfree(hidden((void *)page));
	CHECK_EQ(page_count(virt_to_page((void *)page)), 1);
	free_page(page);
	CHECK(slab_validate());
}

static void *take_all(size_t size, gfp_t gfp, unsigned long *ret_count)
{
	void **list = NULL, **object;

	for (*ret_count = 0; (object = kmalloc(size, gfp | __GFP_NOWARN)); ++*ret_count) {
		*object = list;
		list = object;
	}
	return list;
}

static void exhaustion_gives_null_and_memory_comes_back(void)
{
	unsigned long before = page_free_total(), first, second, after;
	void **list, *next;

	for (int round = 0; round < 2; round++) {
		list = take_all(round ? 1024 : 4096, GFP_NOWAIT, round ? &second : &first);
		CHECK(list);
		CHECK(slab_validate());
		for (; list; list = next) {
			next = *list;
			kfree(list);
		}
		for (unsigned int i = 1; i <= KMALLOC_SHIFT_HIGH; i++)
			kmem_cache_shrink(kmalloc_caches[KMALLOC_NORMAL][i]);
	}
	page_drain_all();
	after = page_free_total();
	CHECK(first > 1000 && second > 2 * first);
	CHECK(after + 64 >= before);
	CHECK(slab_validate() && page_validate());
}

static void failure_is_said_in_the_words_of_linux(void)
{
	void **list = NULL, **object;

	km_test_console_clear();
	while ((object = kmalloc(4096, GFP_NOWAIT & ~__GFP_NOWARN))) {
		*object = list;
		list = object;
	}
	CHECK(strstr(km_test_console(), "SLUB: Unable to allocate memory on CPU"));
	CHECK(strstr(km_test_console(), "cache: kmalloc-4k, object size: 4096, buffer size: 4096"));
	for (; list; list = object) {
		object = *list;
		kfree(list);
	}
}

static void addresses_of_the_functions_work(void)
{
	void *(*volatile alloc)(size_t, gfp_t) = kmalloc;
	void (*volatile give)(const void *) = kfree;
	void *object = alloc(50, GFP_KERNEL);

	CHECK_EQ(ksize(object), 64);
	give(object);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(every_size_gets_its_class_and_alignment), T(names_say_class_and_type),
	 T(large_sizes_come_from_pages), T(above_the_largest_size_is_null_with_one_warning),
	 T(zero_size_is_a_pointer_of_its_own), T(overflow_is_null),
	 T(zeroed_memory_is_zero_when_reused), T(gfp_dma_lies_below_16_mib),
	 T(highmem_is_fixed_up_with_a_message), T(krealloc_keeps_bytes_and_place),
	 T(krealloc_at_its_edges), T(sensitive_memory_is_wiped),
	 T(strangers_are_reported_and_ignored), T(exhaustion_gives_null_and_memory_comes_back),
	 T(failure_is_said_in_the_words_of_linux), T(addresses_of_the_functions_work));
