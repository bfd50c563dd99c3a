/* SPDX-License-Identifier: MIT */
/* init_context_test.c - which functions share what they say of their arguments; frames made up */
#include "rules/init_context.h"
#include "rules_test.h"

#define FRAME(depth)	((uintptr_t)0x7f0000100000 - (depth) * 0x100)

static void a_function_and_those_it_calls_share_a_state(void)
{
	struct init_state *outer = init_state_enter(FRAME(1), 1);

	CHECK(outer);
	outer->param[0] = 0xff;
	CHECK(init_state_enter(FRAME(2), 1) == outer);
	CHECK(init_state_enter(FRAME(3), 1) == outer);
	CHECK(init_state_of(FRAME(3)) == outer);
	CHECK_EQ(outer->param[0], 0xff);
}

static void a_function_further_up_starts_anew(void)
{
	struct init_state *state = init_state_enter(FRAME(5), 1);

	state->param[3] = 0xff;
	state = init_state_enter(FRAME(0), 1);
	CHECK_EQ(state->param[3], 0);
	CHECK(init_state_of(FRAME(0)) == state);
}

static void what_lies_below_the_variables_was_handed_on_by_value(void)
{
	uintptr_t stack[16];
	uintptr_t callee = (uintptr_t)&stack[0], caller = (uintptr_t)&stack[14];

	stack[0] = caller;
	init_state_enter(caller, 1);
	init_context_local(caller, (uintptr_t)&stack[9]);
	init_context_local(caller, (uintptr_t)&stack[7]);
	CHECK_EQ(init_context_by_value(callee, (uintptr_t)&stack[2]), 5 * sizeof(*stack));
	CHECK_EQ(init_context_by_value(callee, (uintptr_t)&stack[6]), sizeof(*stack));
	/* A variable itself, the return address, another frame's. */
	CHECK_EQ(init_context_by_value(callee, (uintptr_t)&stack[8]), 0);
	CHECK_EQ(init_context_by_value(callee, (uintptr_t)&stack[1]), 0);
	CHECK_EQ(init_context_by_value(callee, (uintptr_t)&stack[15]), 0);
}

static void the_end_of_a_task_forgets_its_levels(void)
{
	struct init_state *state = init_state_enter(FRAME(1), 1);

	state->param[1] = 0xff;
	init_context_end(current);
	CHECK_EQ(init_state_enter(FRAME(2), 1)->param[1], 0);
	init_context_end(current);
	init_context_end(current);
}

KM_TESTS(rules_setup,
	T(a_function_and_those_it_calls_share_a_state),
	T(a_function_further_up_starts_anew),
	T(what_lies_below_the_variables_was_handed_on_by_value),
	T(the_end_of_a_task_forgets_its_levels));
