// SPDX-License-Identifier: MIT
/*
 * contract_text.c - the contract test's part about text, backtraces, and what may be called
 * anywhere
 */
#include "contract.h"

static uintptr_t pcs[64], want_inner, want_outer, want_interrupted;
static unsigned int pc_count, traced;

static bool has_pc(uintptr_t pc)
{
	for (unsigned int i = 0; i < pc_count; i++)
		if (pcs[i] == pc)
			return true;
	return false;
}

static __attribute__((__noinline__)) void trace_inner(uintptr_t frame)
{
	want_inner = (uintptr_t)__builtin_return_address(0);
	pc_count = km_port_backtrace(frame ? (uintptr_t)__builtin_frame_address(0) : 0, pcs, 64);
	__asm__ volatile("");
}

static __attribute__((__noinline__)) void trace_outer(uintptr_t frame)
{
	want_outer = (uintptr_t)__builtin_return_address(0);
	trace_inner(frame);
	__asm__ volatile("");
}

void contract_backtrace_names_the_callers(void)
{
	for (uintptr_t frame = 0; frame < 2; frame++) {
		pc_count = 0;
		trace_outer(frame);
		CHECK(pc_count >= 3 && pc_count <= 64);
		CHECK(has_pc(want_inner));
		CHECK(has_pc(want_outer));
	}
	CHECK_EQ(km_port_backtrace(0, pcs, 2), 2);
	CHECK_EQ(km_port_backtrace(16, pcs, 64), 0);
}

static void trace_in_interrupt(unsigned int vector)
{
	trace_outer(0);
	contract_add(&traced, 1);
}

static __attribute__((__noinline__)) void be_interrupted(void)
{
	want_interrupted = (uintptr_t)__builtin_return_address(0);
	km_port_interrupt(km_port_cpu(), KM_VECTOR_IPI);
	contract_await(&traced, 1);
	__asm__ volatile("");
}

void contract_backtrace_goes_on_below_an_interrupt(void)
{
	traced = 0;
	contract_on_interrupt = trace_in_interrupt;
	be_interrupted();
	CHECK(has_pc(want_outer));
	CHECK(has_pc(want_interrupted));
	contract_on_interrupt = NULL;
}

static bool contains(const char *text, const char *part)
{
	size_t length = __builtin_strlen(part);

	for (; *text; text++)
		if (!__builtin_strncmp(text, part, length))
			return true;
	return false;
}

void contract_written_text_arrives(void)
{
	km_port_write("hello, console\n", 15);
	CHECK(contains(km_test_console(), "hello, console\n"));
}

void contract_entropy_differs(void)
{
	uint64_t one = km_port_entropy(), two = km_port_entropy();

	CHECK(one != two && two != km_port_entropy());
}

void contract_device_lines_may_be_named(void)
{
	for (unsigned int line = 0; line < KM_DEVICE_LINES; line++) {
		km_port_device(line, true);
		km_port_device(line, false);
	}
}

void contract_points_may_come_anywhere(void)
{
	unsigned long word = km_port_irq_save();

	for (unsigned int i = 0; i < 10000; i++)
		km_port_point();
	km_port_irq_restore(word);
	for (unsigned int i = 0; i < 10000; i++)
		km_port_point();
}
