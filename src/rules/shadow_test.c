/* SPDX-License-Identifier: MIT */
/* shadow_test.c - every access around every small object is judged to the byte */
#include "rules/rules_test.h"
#include "rules/shadow.h"

void __asan_load1_noabort(uintptr_t address);
void __asan_load8_noabort(uintptr_t address);
void __asan_storeN_noabort(uintptr_t address, size_t bytes);
void __asan_load2_noabort(uintptr_t address);
void __asan_load4_noabort(uintptr_t address);
void __asan_load16_noabort(uintptr_t address);
struct static_variable;
void __asan_register_globals(const struct static_variable *first, size_t count);
void __asan_unregister_globals(const struct static_variable *first, size_t count);
void *km_memset(void *dest, int value, size_t bytes);
void *km_memcpy(void *dest, const void *source, size_t bytes);

/* Is [offset, + length) from the object's start allowed, for an object of @size bytes? */
static bool should_pass(long offset, size_t length, size_t size)
{
	return offset >= 0 && (size_t)offset + length <= size;
}

static bool shadow_passes(const char *object, long offset, size_t length)
{
	uint8_t code;

	return !shadow_bad_byte((uintptr_t)object + (unsigned long)offset, length, &code);
}

static void check_size(size_t size)
{
	static const size_t lengths[] = { 1, 2, 4, 8, 16, 3, 13 };
	char *object = kmalloc(size, GFP_KERNEL);

	REQUIRE(object != NULL);
	/* Behind the gap there may be somebody else's object. */
	for (long offset = -16; offset < (long)size + 16; offset++)
		for (unsigned int i = 0; i < ARRAY_SIZE(lengths); i++)
			CHECK_EQ(shadow_passes(object, offset, lengths[i]),
				 should_pass(offset, lengths[i], size));
	kfree(object);
	for (long offset = 0; offset < (long)size; offset++)
		CHECK(!shadow_passes(object, offset, 1));
}

static void sizes_1_to_64_are_exact_to_the_byte(void)
{
	for (size_t size = 1; size <= 64; size++)
		check_size(size);
}

static void odd_sizes_of_larger_classes_are_exact_too(void)
{
	static const size_t sizes[] = { 65, 96, 97, 129, 192, 500, 1023, 4097, 8192, 8193, 20000 };

	for (unsigned int i = 0; i < ARRAY_SIZE(sizes); i++) {
		char *object = kmalloc(sizes[i], GFP_KERNEL);

		REQUIRE(object != NULL);
		CHECK(shadow_passes(object, 0, sizes[i]));
		CHECK(!shadow_passes(object, 0, sizes[i] + 1));
		CHECK(!shadow_passes(object, (long)sizes[i], 1));
		kfree(object);
		CHECK(!shadow_passes(object, 0, 1));
	}
}

/* Ranges are looked at by words of the shadow, from any byte to any other. */
static void ranges_of_all_lengths_are_exact_too(void)
{
	const size_t size = 203;
	char *object = kmalloc(size, GFP_KERNEL);
	uint8_t code;

	REQUIRE(object != NULL);
	for (size_t from = 0; from < size; from++)
		for (size_t bytes = 1; bytes <= size + 12 - from; bytes++)
			CHECK_EQ(shadow_bad_byte((uintptr_t)object + from, bytes, &code),
				 from + bytes > size ? (uintptr_t)object + size : 0);
	/* Nobody has the time to look at all of it. */
	CHECK_EQ(shadow_bad_byte((uintptr_t)object, (size_t)1 << 45, &code),
		 (uintptr_t)object + size);
	kfree(object);
}

static void the_first_bad_byte_is_named(void)
{
	char *object = kmalloc(13, GFP_KERNEL);
	uint8_t code = 0;

	CHECK_EQ(shadow_bad_byte((uintptr_t)object, 16, &code), (uintptr_t)object + 13);
	CHECK_EQ(code, SHADOW_REDZONE);
	kfree(object);
	CHECK_EQ(shadow_bad_byte((uintptr_t)object + 5, 4, &code), (uintptr_t)object + 5);
	CHECK_EQ(code, SHADOW_FREED);
}

static void check_entries(size_t size)
{
	static void (*const loads[])(uintptr_t) = {
		__asan_load1_noabort, __asan_load2_noabort,  __asan_load4_noabort,
		__asan_load8_noabort, __asan_load16_noabort,
	};
	char *object = kmalloc(size, GFP_KERNEL);

	REQUIRE(object != NULL);
	for (long offset = -16; offset < (long)size + 8; offset++) {
		for (unsigned int i = 0; i < ARRAY_SIZE(loads); i++) {
			told_clear();
			loads[i]((uintptr_t)object + (unsigned long)offset);
			CHECK_EQ(told_count == 0, should_pass(offset, (size_t)1 << i, size));
		}
	}
	kfree(object);
}

static void entry_points_are_exact_to_the_byte(void)
{
	for (size_t size = 1; size <= 33; size++)
		check_entries(size);
}

/*
 * Compiled code looks at one byte, and asks wherever an access might leave the object; at those
 * that are not aligned it looks in another way (misaligned_test.c).
 */
static void no_aligned_access_leaves_an_object_unasked(void)
{
	struct km_port_shadow shadow;

	if (!km_port_shadow_map(&shadow)) {
		km_test_skip("code looks at the shadow itself only where it is at a fixed place");
		return;
	}
	for (size_t size = 1; size <= 40; size++) {
		char *object = kmalloc(size, GFP_KERNEL);

		REQUIRE(object != NULL);
		for (size_t at = 0; at < size; at++) {
			const uintptr_t address = (uintptr_t)object + at;
			const int8_t byte = *(int8_t *)((address >> 3) + shadow.offset);

			for (size_t bytes = 1; bytes <= 8; bytes *= 2) {
				const bool asks = bytes == 8 ? byte != 0
							     : byte && (long)(address & 7) +
							       (long)bytes - 1 >= byte;

				CHECK(asks || at % bytes || at + bytes <= size);
			}
		}
		kfree(object);
	}
}

void __asan_report_load_n_noabort(uintptr_t address, size_t bytes);

/* Both ends are asked about, and an end that is open is no finding. */
static void either_end_of_an_unusual_access_is_asked_about(void)
{
	char *object = kmalloc(48, GFP_KERNEL);

	REQUIRE(object != NULL);
	for (long offset = -40; offset <= 48; offset++) {
		told_clear();
		__asan_report_load_n_noabort((uintptr_t)object + (unsigned long)offset, 40);
		__asan_report_load_n_noabort((uintptr_t)object + (unsigned long)offset + 39, 40);
		CHECK_EQ(told_count == 0, should_pass(offset, 40, 48));
	}
	kfree(object);
}

/* As compilers register it. */
struct static_record {
	uintptr_t start;
	size_t bytes, bytes_with_zone;
	const char *name, *file;
	size_t is_initialised_late;
	const void *place;
	uintptr_t indicator;
};

static void variables_are_exact_to_the_byte(void)
{
	static char room[64] __aligned(32);
	struct km_port_shadow shadow;
	struct static_record record = {
		.start = (uintptr_t)room, .bytes_with_zone = 64, .name = "room", .file = "test",
	};

	if (!km_port_shadow_map(&shadow)) {
		km_test_skip("only memory of the machine has a shadow on this port");
		return;
	}
	for (record.bytes = 1; record.bytes < 32; record.bytes++) {
		__asan_register_globals((const struct static_variable *)&record, 1);
		for (long offset = 0; offset < 64; offset++)
			CHECK_EQ(shadow_passes(room, offset, 1), offset < (long)record.bytes);
		told_clear();
		__asan_load1_noabort((uintptr_t)room + record.bytes + 2);
		CHECK_TOLD("out-of-bounds", "global-out-of-bounds: Read of size 1 at 2 bytes to");
		CHECK_TOLD("out-of-bounds", "-byte variable 'room'");
		__asan_unregister_globals((const struct static_variable *)&record, 1);
		CHECK(shadow_passes(room, 0, 64));
	}
}

static void an_access_past_the_end_says_by_how_much(void)
{
	char *object = kmalloc(30, GFP_KERNEL);

	told_clear();
	__asan_storeN_noabort((uintptr_t)object + 29, 1);
	CHECK_EQ(told_count, 0);
	__asan_storeN_noabort((uintptr_t)object + 31, 4);
	CHECK_TOLD(
		"out-of-bounds",
		"slab-out-of-bounds: Write of size 4 at 1 bytes to the right of allocated 30-byte");
	CHECK_EQ((uintptr_t)told_last.object, (uintptr_t)object);
	CHECK(told_last.alloc_stack.count > 0);
	told_clear();
	__asan_load1_noabort((uintptr_t)object - 1);
	CHECK_TOLD("out-of-bounds", "Read of size 1 at 1 bytes to the left of");
	kfree(object);
}

static void an_access_after_free_names_both_stacks(void)
{
	char *object = kmalloc(40, GFP_KERNEL);

	kfree(object);
	told_clear();
	__asan_load8_noabort((uintptr_t)hidden(object) + 8);
	CHECK_TOLD("use-after-free",
		   "slab-use-after-free: Read of size 8 at 8 bytes inside of freed 40-byte region");
	CHECK(told_last.alloc_stack.count && told_last.free_stack.count);
}

static void krealloc_in_place_moves_the_edge(void)
{
	char *object = kmalloc(20, GFP_KERNEL), *grown;

	grown = krealloc(object, 30, GFP_KERNEL);
	REQUIRE(grown != NULL);
	CHECK(shadow_passes(grown, 0, 30));
	CHECK(!shadow_passes(grown, 30, 1));
	grown = krealloc(grown, 10, GFP_KERNEL);
	CHECK(shadow_passes(grown, 0, 10));
	CHECK(!shadow_passes(grown, 10, 1));
	kfree(grown);
}

static void ksize_opens_the_slot(void)
{
	char *object = kmalloc(33, GFP_KERNEL);
	size_t usable = ksize(object);

	CHECK(usable >= 33);
	CHECK(shadow_passes(object, 0, usable));
	kfree(object);
}

static void pages_and_areas_end_where_they_were_asked_to(void)
{
	char *exact = alloc_pages_exact(5000, GFP_KERNEL), *area = vmalloc(5000);
	unsigned long page = __get_free_pages(GFP_KERNEL, 1);

	REQUIRE(exact && area && page);
	CHECK(shadow_passes(exact, 0, 5000));
	CHECK(!shadow_passes(exact, 5000, 1));
	CHECK(shadow_passes(area, 0, 5000));
	CHECK(!shadow_passes(area, 5000, 1));
	CHECK(shadow_passes((char *)page, 0, 8192));
	free_pages(page, 1);
	CHECK(!shadow_passes((char *)page, 0, 1));
	free_pages_exact(exact, 5000);
	vfree(area);
}

static void copying_stops_before_the_first_bad_byte(void)
{
	char *object = kmalloc(24, GFP_KERNEL), *next;
	char source[64];

	memset(source, 7, sizeof(source));
	told_clear();
	km_memset(object, 1, 24);
	CHECK_EQ(told_count, 0);
	km_memcpy(object, source, sizeof(source));
	CHECK_TOLD("out-of-bounds",
		   "Write of size 64 at 0 bytes to the right of allocated 24-byte region");
	CHECK_EQ(object[23], 7);
	next = object + 24;
	for (unsigned int i = 0; i < 8; i++)
		CHECK(next[i] != 7);
	kfree(object);
}

static void a_negative_length_is_a_finding_not_a_loop(void)
{
	char *object = kmalloc(24, GFP_KERNEL);

	told_clear();
	km_memset(object, 1, (size_t)-8);
	CHECK_EQ(told_count, 1);
	CHECK(!strcmp(told_rule, "out-of-bounds"));
	kfree(object);
}

static char from_ctor;
static void touching_ctor(void *object)
{
	__asan_storeN_noabort((uintptr_t)object, 16);
	*(char *)object = 5;
	from_ctor = 1;
}

static void a_constructor_may_touch_what_is_not_out_yet(void)
{
	struct kmem_cache *cache;
	char *object;

	told_clear();
	cache = kmem_cache_create("shadow_ctor", 16, 0, 0, touching_ctor);
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	CHECK(from_ctor && object && *object == 5);
	CHECK_EQ(told_count, 0);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
	CHECK_EQ(told_count, 0);
}

KM_TESTS(rules_setup,
	T(sizes_1_to_64_are_exact_to_the_byte),
	T(odd_sizes_of_larger_classes_are_exact_too),
	T(ranges_of_all_lengths_are_exact_too),
	T(the_first_bad_byte_is_named),
	T(entry_points_are_exact_to_the_byte),
	T(no_aligned_access_leaves_an_object_unasked),
	T(either_end_of_an_unusual_access_is_asked_about),
	T(variables_are_exact_to_the_byte),
	T(an_access_past_the_end_says_by_how_much),
	T(an_access_after_free_names_both_stacks),
	T(krealloc_in_place_moves_the_edge),
	T(ksize_opens_the_slot),
	T(pages_and_areas_end_where_they_were_asked_to),
	T(copying_stops_before_the_first_bad_byte),
	T(a_negative_length_is_a_finding_not_a_loop),
	T(a_constructor_may_touch_what_is_not_out_yet));
