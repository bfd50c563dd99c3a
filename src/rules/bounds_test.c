/* SPDX-License-Identifier: MIT */
/* bounds_test.c - indexes that an array's type does not have; notes made by hand */
#include "rules_test.h"
#include "rules/wrap.h"

struct type_text { uint16_t kind, info; char name[16]; };
static struct type_text array_type = { -1, 0, "'char[8]'" };
static struct type_text int_type = { 0, 5 << 1 | 1, "'int'" }, u64_type = { 0, 6 << 1, "'u64'" };

struct note {
	struct wrap_place place;
	const void *array, *index;
};

void __ubsan_handle_out_of_bounds(struct note *told, uintptr_t index);

#define NOTE(of)	(&(struct note){ { "driver.c", 3, 7 }, &array_type, &(of) })

static void an_index_is_told_with_its_type(void)
{
	told_clear();
	__ubsan_handle_out_of_bounds(NOTE(u64_type), 8);
	CHECK_TOLD("out-of-bounds", "index 8 is out of range for type 'char[8]'");
}

static void a_narrow_index_may_be_negative(void)
{
	told_clear();
	__ubsan_handle_out_of_bounds(NOTE(int_type), 0xfffffffful);
	CHECK_TOLD("out-of-bounds", "index -1 ");
}

static void what_is_meant_is_not_told(void)
{
	told_clear();
	current->kasan_depth++;
	__ubsan_handle_out_of_bounds(NOTE(u64_type), 9);
	current->kasan_depth--;
	CHECK(told_count == 0);
}

KM_TESTS(rules_setup, T(an_index_is_told_with_its_type), T(a_narrow_index_may_be_negative),
	 T(what_is_meant_is_not_told));
