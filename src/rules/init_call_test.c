/* SPDX-License-Identifier: MIT */
/* init_call_test.c - what is told of a call into the library; the call itself is made up */
#include "rules/init_context.h"
#include "rules/init_shadow.h"
#include "rules_test.h"

extern const char km_init_program[];
const char km_init_program[] = "this one";

/* As the second program has it. */
struct init_call {
	const char *name, *sizes;
	int64_t is_variadic;
	const void *act;
};
void km_init_call(struct init_call *call, const uint64_t *arguments, uintptr_t frame);

/* The caller's frame, where it returns to, arguments on the stack. */
static uintptr_t frame[8];

static struct init_state *caller_state(void)
{
	struct init_state *state;

	frame[0] = (uintptr_t)&frame[6];
	frame[1] = 1;
	told_clear();
	state = init_state_enter(frame[0], 1);
	memset(state, 0, sizeof(*state));
	return state;
}

static void made(struct init_call call, const uint64_t *arguments)
{
	km_init_call(&call, arguments, (uintptr_t)frame);
}

static void an_argument_that_nobody_wrote_is_told_once(void)
{
	const uint64_t arguments[6] = { 32, GFP_KERNEL };
	struct init_state *state = caller_state();

	made((struct init_call){ "kmalloc", "84" }, arguments);
	CHECK_EQ(told_count, 0);
	state->param[0] = 0xff;
	made((struct init_call){ "kmalloc", "84" }, arguments);
	CHECK_TOLD("uninitialized-read", "handed to kmalloc()");
	made((struct init_call){ "kmalloc", "84" }, arguments);
	CHECK_EQ(told_count, 1);
}

static void a_format_says_which_arguments_are_looked_at(void)
{
	const uint64_t arguments[6] = { (uintptr_t)"%d %lu\n", 1, 2 };
	struct init_state *state = caller_state();

	state->va_arg[3 * 8] = 0xff;		/* one more than the format takes */
	made((struct init_call){ "checked__printk", "8", 1 }, arguments);
	CHECK_EQ(told_count, 0);
	state->va_arg[2 * 8 + 7] = 0xff;	/* the upper half of a long */
	made((struct init_call){ "checked__printk", "8", 1 }, arguments);
	CHECK_TOLD("uninitialized-read", "handed to printk()");
}

static void a_list_of_arguments_is_walked_to_the_stack(void)
{
	uint64_t *saved = kzalloc(48, GFP_KERNEL), *stack = kmalloc(16, GFP_KERNEL);
	struct { uint32_t general, floating; const void *stack, *registers; } list = {
		40, 0, stack, saved,
	};
	const uint64_t arguments[6] = { (uintptr_t)"%d %ld %d", (uintptr_t)&list };

	caller_state();
	CHECK(saved && stack);
	stack[0] = 1;
	made((struct init_call){ "vprintk", "88" }, arguments);
	CHECK_TOLD("uninitialized-read", "handed to vprintk()");
	CHECK_EQ(list.general, 40);
	told_clear();
	stack[1] = 2;
	made((struct init_call){ "vprintk", "88" }, arguments);
	CHECK_EQ(told_count, 0);
	kfree(stack);
	kfree(saved);
}

static void what_is_copied_to_user_space_must_be_written(void)
{
	u8 *buffer = kmalloc(16, GFP_KERNEL);
	const uint64_t arguments[6] = { 0x1000, (uintptr_t)buffer, 16 };

	caller_state();
	memset(buffer, 0, 12);
	made((struct init_call){ "copy_to_user", "888" }, arguments);
	CHECK_TOLD("uninitialized-read", "bytes 12-15 of 16");
	kfree(buffer);
}

KM_TESTS(rules_setup,
	T(an_argument_that_nobody_wrote_is_told_once),
	T(a_format_says_which_arguments_are_looked_at),
	T(a_list_of_arguments_is_walked_to_the_stack),
	T(what_is_copied_to_user_space_must_be_written));
