/* SPDX-License-Identifier: MIT */
/*
 * depth.c - rule stack-overflow: how much of its stack a task uses
 *
 * Owns: the limit, and the deepest place told so far.
 * D1  The stacks of this machine are longer than a kernel's, and instrumented code needs more of
 *     them: what is told here is that the limit was passed and which functions are how often on the
 *     stack; who reads it knows what they need in a kernel, and judges.
 * D2  What an interrupt or a softirq uses counts from its entry (stack_base of the thread): in a
 *     kernel it has a stack of its own.
 * D3  Told again only STEP bytes deeper, at most TELL_LIMIT times a run.
 * Lock: none; told on one CPU at a time, a lost one comes again deeper.  Nothing here sleeps.
 */
#include "rules/depth.h"

#include <linux/sprintf.h>
#include "kern/kern.h"
#include "watch/watch.h"

#define STEP		256u
#define TELL_LIMIT	512u
#define WALK_LIMIT	65536u
#define FRAME_KINDS	48u
#define FRAME_TEXT	4096u

size_t km_depth_limit = SIZE_MAX;

static size_t wanted_limit;
static unsigned int told_count;
static const struct km_port_thread *told_thread;
static uintptr_t told_base, told_low;

struct frame_kind { uintptr_t pc; size_t count, bytes; };

void km_stack_limit(size_t bytes)
{
	wanted_limit = bytes;
}

static int depth_boot(void)
{
	km_depth_limit = wanted_limit ? wanted_limit : SIZE_MAX;
	told_count = 0;
	told_thread = NULL;
	return 0;
}

static void depth_shutdown(void)
{
	km_depth_limit = SIZE_MAX;
}

/* Adds a frame; what belongs to the library is one kind, pc 0. False: too many kinds. */
static bool kind_add(struct frame_kind *kinds, unsigned int *count, uintptr_t pc, size_t bytes)
{
	unsigned int i;

	if (pc_is_library(pc) || !pc_is_program(pc))
		pc = 0;
	for (i = 0; i < *count; i++)
		if (kinds[i].pc == pc)
			break;
	if (i == *count) {
		if (*count == FRAME_KINDS)
			return false;
		kinds[(*count)++] = (struct frame_kind){ .pc = pc };
	}
	kinds[i].count++;
	kinds[i].bytes += bytes;
	return true;
}

/* The frames from @frame, of a function that checked code called, up to @base. */
static unsigned int kinds_take(struct frame_kind *kinds, uintptr_t frame, uintptr_t base)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < WALK_LIMIT; i++) {
		const uintptr_t *words = (const uintptr_t *)frame;
		uintptr_t next = words[0];

		if (next <= frame || next >= base || next % sizeof(next))
			break;
		if (!kind_add(kinds, &count, words[1], next - frame))
			break;
		frame = next;
	}
	return count;
}

static void tell(uintptr_t frame, uintptr_t base)
{
	static char text[FRAME_TEXT];
	struct frame_kind kinds[FRAME_KINDS];
	unsigned int count = kinds_take(kinds, frame, base);
	struct km_finding finding;
	int at = 0;

	record_start(&finding, "stack-overflow");
	stack_take(frame, 0, &finding.stack);
	for (unsigned int i = 0; i < count && at < (int)FRAME_TEXT - 64; i++)
		at += scnprintf(text + at, FRAME_TEXT - at, "%s%lx:%zu:%zu", i ? "," : "",
				(unsigned long)kinds[i].pc, kinds[i].count, kinds[i].bytes);
	finding.message = "BUG: stack overflow";
	finding.frames = text;
	record_candidate(&finding);
}

void depth_passed(uintptr_t frame)
{
	struct km_port_thread *self = km_port_self();
	uintptr_t low = (uintptr_t)self->stack_low, high = (uintptr_t)self->stack_high;

	/* A thread that has not been looked at before; the boot thread's bounds are not known. */
	if (!self->stack_base)
		self->stack_base = high;
	if (!self->stack_base || self->stack_base - frame <= km_depth_limit ||
	    (low && (frame < low || frame >= high)))
		return;
	if (told_thread == self && told_base == self->stack_base && frame + STEP > told_low)
		return;
	if (told_count++ >= TELL_LIMIT)
		return;
	told_thread = self;
	told_base = self->stack_base;
	told_low = frame;
	watch_enter();
	tell(frame, self->stack_base);
	watch_leave();
}

const struct km_rule depth_rule = {
	.id = "stack-overflow",
	.boot = depth_boot,
	.shutdown = depth_shutdown,
};
