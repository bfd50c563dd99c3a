/* SPDX-License-Identifier: MIT */
/*
 * init_shadow_test.c - what counts as written, what copies carry along, and where it came from
 *
 * This program says of itself what the second program of a check does, but is not instrumented: all
 * it writes is what the library writes there.
 */
#include "rules/init_origin.h"
#include "rules/init_shadow.h"
#include "rules/rules_test.h"
#include "rules/uninit.h"

extern const char km_init_program[];
const char km_init_program[] = "this one";

static void fresh_memory_is_unwritten_until_somebody_writes(void)
{
	u32 *fresh = kmalloc(64, GFP_KERNEL), *zeroed = kzalloc(64, GFP_KERNEL);
	uint32_t origin = 0;

	CHECK(init_is_on() && fresh && zeroed);
	CHECK(init_is_untouched((uintptr_t)fresh, 64));
	CHECK_EQ(init_find((uintptr_t)zeroed, 64, &origin), 0);
	fresh[3] = 1;
	CHECK(!init_is_untouched((uintptr_t)fresh, 64));
	CHECK_EQ(init_find((uintptr_t)&fresh[3], 4, &origin), 0);
	CHECK_EQ(init_find((uintptr_t)fresh, 64, &origin), (uintptr_t)fresh);
	CHECK(origin_read(origin_root(origin))->kind == ORIGIN_ALLOCATED);
	CHECK_EQ(origin_read(origin_root(origin))->bytes, 64);
	CHECK_EQ(init_find((uintptr_t)&fresh[2], 16, &origin), (uintptr_t)&fresh[2]);
	kfree(fresh);
	CHECK_EQ(init_find((uintptr_t)fresh, 64, &origin), 0);
	kfree(zeroed);
}

static void copies_carry_it_along(void)
{
	u32 *from = kmalloc(32, GFP_KERNEL), *to = kzalloc(32, GFP_KERNEL), *third;
	uint32_t origin = 0, copied = 0;

	CHECK(from && to);
	from[0] = 1;
	init_copy(to, from, 32);
	CHECK_EQ(init_find((uintptr_t)from, 32, &origin), (uintptr_t)&from[1]);
	CHECK_EQ(init_find((uintptr_t)to, 32, &copied), (uintptr_t)&to[1]);
	CHECK_EQ(origin_root(origin), origin_root(copied));
	/* As kmemdup() does: told before, copied by code that is not instrumented. */
	uninit_will_dup("kmemdup", (uintptr_t)from);
	third = kmemdup(from, 32, GFP_KERNEL);
	CHECK_EQ(init_find((uintptr_t)third, 32, &copied), (uintptr_t)&third[1]);
	CHECK_EQ(origin_root(origin), origin_root(copied));
	kfree(third);
	/* And for one allocation only. */
	third = kmemdup(from, 32, GFP_KERNEL);
	CHECK_EQ(init_find((uintptr_t)third, 32, &copied), 0);
	kfree(third);
	kfree(to);
	kfree(from);
}

static void a_use_is_told_once(void)
{
	char *fresh = kmalloc(24, GFP_KERNEL);

	told_clear();
	uninit_check((uintptr_t)fresh, 24, UNINIT_USER, "copy_to_user", 0);
	CHECK(told("uninitialized-read", "copied to user space by copy_to_user()"));
	uninit_check((uintptr_t)fresh, 24, UNINIT_USER, "copy_to_user", 0);
	CHECK_EQ(told_count, 1);
	kfree(fresh);
}

static void a_chain_of_copies_ends_at_the_allocation(void)
{
	uint32_t root = origin_of_allocation("kmalloc", 40, 0), at = root;

	CHECK_EQ(origin_of_allocation("kmalloc", 40, 0), root);
	CHECK(origin_of_allocation("kmalloc", 41, 0) != root);
	for (unsigned int i = 0; i < 20; i++) {
		at = origin_of_store(at, (uintptr_t)__builtin_frame_address(0));
		CHECK(at & INIT_STORED);
		CHECK_EQ(origin_root(at), root);
	}
	CHECK(!origin_read(0));
}

KM_TESTS(rules_setup,
	T(fresh_memory_is_unwritten_until_somebody_writes),
	T(copies_carry_it_along),
	T(a_use_is_told_once),
	T(a_chain_of_copies_ends_at_the_allocation));
