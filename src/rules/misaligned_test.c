/* SPDX-License-Identifier: MIT */
/* misaligned_test.c - accesses whose end lies in the next 8 bytes; notes made by hand */
#include "rules_test.h"
#include "rules/wrap.h"

struct type_text { uint16_t kind, info; char name[24]; };
static struct type_text u64_type = { 0, 6 << 1, "'u64'" }, u16_type = { 0, 4 << 1, "'u16'" };
static struct type_text pointer_type = { -1, 0, "'char *'" };
static struct type_text struct_type = { -1, 0, "'struct big'" };

struct note {
	struct wrap_place place;
	const void *type;
	uint8_t align_shift, kind;
};
enum { LOAD, STORE, MEMBER = 3 };

void __ubsan_handle_type_mismatch_v1(struct note *told, uintptr_t address);

static u8 *object;

static void touch_as(const void *type, unsigned int kind, size_t offset)
{
	struct note note = { { "driver.c", 3, 7 }, type, 3, (uint8_t)kind };

	told_clear();
	__ubsan_handle_type_mismatch_v1(&note, (uintptr_t)object + offset);
}

static void what_ends_behind_the_object_is_told(void)
{
	object = kmalloc(13, GFP_KERNEL);
	CHECK(object);
	touch_as(&u64_type, LOAD, 6);
	CHECK_TOLD("out-of-bounds", "Read of size 8");
	touch_as(&u64_type, STORE, 7);
	CHECK_TOLD("out-of-bounds", "Write of size 8");
	touch_as(&pointer_type, LOAD, 6);
	CHECK_TOLD("out-of-bounds", "Read of size 8");
	kfree(object);
}

static void what_ends_within_it_is_not(void)
{
	object = kmalloc(13, GFP_KERNEL);
	CHECK(object);
	touch_as(&u64_type, LOAD, 5);
	CHECK_EQ(told_count, 0);
	touch_as(&u16_type, LOAD, 7);
	CHECK_EQ(told_count, 0);
	kfree(object);
}

static void an_address_that_is_only_computed_is_no_access(void)
{
	object = kmalloc(13, GFP_KERNEL);
	CHECK(object);
	touch_as(&u64_type, MEMBER, 6);
	CHECK_EQ(told_count, 0);
	touch_as(&struct_type, LOAD, 6);
	CHECK_EQ(told_count, 0);
	kfree(object);
}

KM_TESTS(rules_setup,
	T(what_ends_behind_the_object_is_told),
	T(what_ends_within_it_is_not),
	T(an_address_that_is_only_computed_is_no_access));
