/* SPDX-License-Identifier: MIT */
/* size_test.c - which allocations are told of, and which wraps are harmless; notes made by hand */
#include "rules_test.h"
#include "rules/wrap.h"

struct type_u32 { uint16_t kind, info; char name[16]; };
static struct type_u32 u32_type = { 0, 5 << 1, "'u32'" }, u16_type = { 0, 4 << 1, "'u16'" };
static struct type_u32 int_type = { 0, 5 << 1 | 1, "'int'" }, u64_type = { 0, 6 << 1, "'u64'" };

struct note {
	struct wrap_place place;
	const void *type, *to;
	uint8_t kind;
};

void __ubsan_handle_add_overflow(struct note *told, uintptr_t left, uintptr_t right);
void __ubsan_handle_sub_overflow(struct note *told, uintptr_t left, uintptr_t right);
void __ubsan_handle_mul_overflow(struct note *told, uintptr_t left, uintptr_t right);
void __ubsan_handle_implicit_conversion(struct note *told, uintptr_t from, uintptr_t to);

#define NOTE(of)	(&(struct note){ .place = { "driver.c", __LINE__, 7 }, .type = &(of) })
/* From so many bytes, as the compiler cannot know. */
static volatile size_t wish;
#define ASK(bytes)	(wish = (bytes), kfree(kmalloc(wish, GFP_KERNEL | __GFP_NOWARN)))

static void start(void)
{
	wrap_watch(true);
	told_clear();
}

static void a_product_that_wrapped_is_told(void)
{
	start();
	__ubsan_handle_mul_overflow(NOTE(u32_type), 65536, 65537);
	ASK(65536);
	CHECK_TOLD("size-overflow", "65536 * 65537 does not fit u32");
}

static void other_sizes_are_not(void)
{
	start();
	__ubsan_handle_mul_overflow(NOTE(u32_type), 0x9e3779b1u, 77777);
	for (size_t bytes = 8; bytes < 9000; bytes += 8)
		ASK(bytes);
	CHECK(told_count == 0);
}

static void a_header_on_top_is_told(void)
{
	start();
	__ubsan_handle_mul_overflow(NOTE(u64_type), 0x2000000000000002ul, 8);
	ASK(16 + 24);
	CHECK_TOLD("size-overflow", "does not fit u64");
}

static void the_next_size_is_not(void)
{
	start();
	__ubsan_handle_mul_overflow(NOTE(u64_type), 0x4000000000000001ul, 4);
	ASK(4);
	CHECK_TOLD("size-overflow", "does not fit u64");
	told_clear();
	ASK(80);
	CHECK(told_count == 0);
	ASK(4);
	CHECK_TOLD("size-overflow", "became the 4 bytes");
}

static void another_thread_in_its_place_is_far(void)
{
	start();
	__ubsan_handle_mul_overflow(NOTE(u64_type), 0x2000000000000002ul, 8);
	wrap_thread_end(km_port_self());
	ASK(16 + 24);
	CHECK(told_count == 0);
}

static void nothing_left_is_told(void)
{
	start();
	__ubsan_handle_mul_overflow(NOTE(u32_type), 65536, 65536);
	ASK(0);
	CHECK_TOLD("size-overflow", "became the 0 bytes");
}

static void what_cancels_is_right(void)
{
	start();
	__ubsan_handle_sub_overflow(NOTE(u32_type), 4, 8);
	__ubsan_handle_add_overflow(NOTE(u32_type), 0xfffffffc, 16);
	ASK(12);
	CHECK(told_count == 0);
}

static void a_difference_of_counters_is_right(void)
{
	start();
	__ubsan_handle_sub_overflow(NOTE(u32_type), 5, 0xfffffff0);
	ASK(21);
	CHECK(told_count == 0);
	__ubsan_handle_sub_overflow(NOTE(u64_type), 4, 40);
	ASK(-36ul);
	CHECK_TOLD("size-overflow", "4 - 40 does not fit u64");
}

static void a_sum_and_more_is_not_told(void)
{
	start();
	__ubsan_handle_add_overflow(NOTE(u32_type), 0xffffffe0, 64);
	ASK(64);
	CHECK(told_count == 0);
	ASK(32);
	CHECK_TOLD("size-overflow", "4294967264 + 64 does not fit u32");
}

static void a_negative_number_is_told(void)
{
	struct note *told_note = NOTE(int_type);

	start();
	told_note->to = &u64_type;
	__ubsan_handle_implicit_conversion(told_note, (uint32_t)-5, -5ul);
	ASK(-5ul);
	CHECK_TOLD("size-overflow", "-5 (int) does not fit u64");
}

static noinline void keep_short(void)
{
	struct note *told_note = NOTE(u32_type);

	told_note->to = &u16_type;
	__ubsan_handle_implicit_conversion(told_note, 65536 + 200, 200);
}

static noinline void call_from_elsewhere(void (*function)(void))
{
	function();
	OPTIMIZER_HIDE_VAR(function);
}

static void ask_200(void)
{
	ASK(200);
}

static void a_short_one_counts_only_near(void)
{
	start();
	keep_short();
	ask_200();
	CHECK_TOLD("size-overflow", "65736 (u32) does not fit u16");
	/* The same numbers, but the function that cut is no longer on the way. */
	start();
	call_from_elsewhere(keep_short);
	wrap_site_at(0)->wraps[0].frames[0] = 0;
	wrap_site_at(0)->wraps[0].frames[1] = 0;
	wrap_site_at(0)->wraps[0].frames[2] = 0;
	ask_200();
	CHECK(told_count == 0);
}

KM_TESTS(rules_setup,
	T(a_product_that_wrapped_is_told),
	T(other_sizes_are_not),
	T(a_header_on_top_is_told),
	T(nothing_left_is_told),
	T(the_next_size_is_not),
	T(another_thread_in_its_place_is_far),
	T(what_cancels_is_right),
	T(a_difference_of_counters_is_right),
	T(a_sum_and_more_is_not_told),
	T(a_negative_number_is_told),
	T(a_short_one_counts_only_near));
