/* SPDX-License-Identifier: MIT */
/* depth_test.c - when a stack is told of as too deep, and what is said of its frames */
#include "rules_test.h"
#include "rules/depth.h"

#define LIMIT		16384u
#define HERE()		((uintptr_t)__builtin_frame_address(0))

/* A stack that began so many bytes above @frame. */
static void base_set(uintptr_t frame, size_t bytes)
{
	km_port_self()->stack_base = frame + bytes;
}

static void start(void)
{
	km_stack_limit(LIMIT);
	km_depth_limit = LIMIT;
	told_clear();
}

static void end(void)
{
	km_depth_limit = SIZE_MAX;
	km_port_self()->stack_base = 0;
}

static void a_stack_within_its_limit_is_not_told(void)
{
	start();
	base_set(HERE(), LIMIT);
	CHECK(!depth_is_passed(HERE()));
	depth_passed(HERE());
	CHECK_EQ(told_count, 0);
	end();
}

static void a_deeper_one_is_told_with_its_frames(void)
{
	start();
	base_set(HERE(), LIMIT + 4000);
	CHECK(depth_is_passed(HERE()));
	depth_passed(HERE());
	CHECK_TOLD("stack-overflow", "stack overflow");
	CHECK(told_last.frames && strchr(told_last.frames, ':'));
	end();
}

static noinline void look(void)
{
	depth_passed(HERE());
}

static noinline void deeper(size_t place)
{
	volatile char room[512];

	room[place % sizeof(room)] = 1;
	look();
	(void)room[0];
}

static void the_same_depth_is_told_once(void)
{
	start();
	base_set(HERE(), LIMIT + 8000);
	depth_passed(HERE());
	CHECK_EQ(told_count, 1);
	depth_passed(HERE());
	CHECK_EQ(told_count, 1);
	deeper(3);
	CHECK_EQ(told_count, 2);
	end();
}

static void what_interrupts_has_a_stack_of_its_own(void)
{
	start();
	base_set(HERE(), LIMIT + 9000);
	depth_passed(HERE());
	CHECK_EQ(told_count, 1);
	base_set(HERE(), 64);
	deeper(5);
	CHECK_EQ(told_count, 1);
	end();
}

KM_TESTS(rules_setup,
	T(a_stack_within_its_limit_is_not_told),
	T(a_deeper_one_is_told_with_its_frames),
	T(the_same_depth_is_told_once),
	T(what_interrupts_has_a_stack_of_its_own));
