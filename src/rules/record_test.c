/* SPDX-License-Identifier: MIT */
/* record_test.c - findings once per stack, a limit, and stacks that are kept once */
#include "rules/rules_test.h"

static bool tell(uintptr_t pc)
{
	struct km_finding finding;

	record_start(&finding, "crash");
	finding.stack.count = 1;
	finding.stack.pc[0] = pc;
	finding.message = "made up";
	return record_finding(&finding);
}

static void a_stack_tells_once_a_rule(void)
{
	struct km_finding finding;

	told_clear();
	CHECK(tell(1000));
	CHECK(!tell(1000));
	CHECK(tell(1001));
	record_start(&finding, "hang");
	finding.stack.count = 1;
	finding.stack.pc[0] = 1000;
	CHECK(record_finding(&finding));
	CHECK_EQ(told_count, 3);
}

static void ten_thousand_findings_and_no_more(void)
{
	told_clear();
	km_test_console_clear();
	for (uintptr_t pc = 1; pc <= KM_FINDING_LIMIT + 500; pc++)
		tell(pc << 4);
	CHECK_EQ(told_count, KM_FINDING_LIMIT);
	CHECK_EQ(record_count(), KM_FINDING_LIMIT);
	CHECK(strstr(km_test_console(), "too many findings") != NULL);
	told_clear();
}

static void severity_and_help_come_from_the_catalogue(void)
{
	struct km_finding finding;

	record_start(&finding, "warn");
	CHECK_EQ(finding.severity, KM_ADVICE);
	CHECK(finding.help[0] != 0);
	CHECK(!strcmp(finding.context.kind, "task"));
	record_start(&finding, "leak");
	CHECK_EQ(finding.severity, KM_ERROR);
}

static void the_catalogue_is_whole(void)
{
	unsigned int built = 0;

	CHECK_EQ(catalog_count, 20);
	for (unsigned int i = 0; i < catalog_count; i++) {
		CHECK(catalog_find(catalog[i].id, strlen(catalog[i].id)) == &catalog[i]);
		CHECK(catalog[i].text[0] && catalog[i].source[0] && catalog[i].help[0]);
		built += catalog[i].is_built;
	}
	CHECK_EQ(rules_armed(), built);
	CHECK(!catalog_find("lea", 3));
	CHECK(!catalog_find("leaks", 5));
}

static void equal_stacks_have_one_number(void)
{
	struct km_stack stack = { .count = 3, .pc = { 11, 22, 33 } }, back;
	uint32_t first = stack_keep(&stack), other;

	CHECK(first != 0);
	CHECK_EQ(stack_keep(&stack), first);
	stack.pc[2] = 34;
	other = stack_keep(&stack);
	CHECK(other != first);
	stack_read(first, &back);
	CHECK_EQ(back.count, 3);
	CHECK_EQ(back.pc[2], 33);
	stack.count = 0;
	CHECK_EQ(stack_keep(&stack), 0);
	stack_read(0, &back);
	CHECK_EQ(back.count, 0);
}

static void many_stacks_stay_apart(void)
{
	struct km_stack stack = { .count = 2 }, back;
	uint32_t first = stack_count();

	for (uintptr_t i = 0; i < 50000; i++) {
		stack.pc[0] = i;
		stack.pc[1] = i * 7;
		CHECK_EQ(stack_keep(&stack), first + 1 + i);
	}
	for (uintptr_t i = 0; i < 50000; i += 997) {
		stack_read((uint32_t)(first + 1 + i), &back);
		CHECK_EQ(back.pc[0], i);
		CHECK_EQ(back.pc[1], i * 7);
	}
}

/* By the number of a call that was asked for: only the very same is done with. */
static noinline uint32_t ask_of(uint32_t *ret_done, uint32_t *ret_after)
{
	uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
	uintptr_t caller = (uintptr_t)__builtin_return_address(0);
	uint32_t number = stack_ask(frame, caller);

	*ret_done = stack_asked(frame, caller);
	*ret_after = stack_asked(frame, caller);
	return number;
}

static noinline uint32_t ask_elsewhere(uint32_t *ret_done, uint32_t *ret_after)
{
	uint32_t number = ask_of(ret_done, ret_after);

	return number + (*ret_done != *ret_after);
}

static void an_allocation_has_the_stack_it_was_asked_for_with(void)
{
	uint32_t number, done, after, other;

	number = ask_of(&done, &after);
	CHECK(number && done == number && after == number);
	other = ask_elsewhere(&done, &after);
	CHECK(other != number && done == other && after == other);
	stack_ask((uintptr_t)__builtin_frame_address(0), 4711);
	CHECK_EQ(stack_asked((uintptr_t)__builtin_frame_address(0), 4712),
		 stack_number((uintptr_t)__builtin_frame_address(0), 4712));
}

KM_TESTS(rules_setup,
	T(a_stack_tells_once_a_rule),
	T(ten_thousand_findings_and_no_more),
	T(severity_and_help_come_from_the_catalogue),
	T(the_catalogue_is_whole),
	T(equal_stacks_have_one_number),
	T(an_allocation_has_the_stack_it_was_asked_for_with),
	T(many_stacks_stay_apart));
