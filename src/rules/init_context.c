/* SPDX-License-Identifier: MIT */
/*
 * init_context.c - what instrumented functions tell each other about arguments and results
 *
 * Owns: the states of all tasks.  A function leaves in a state which bits of its arguments nobody
 * wrote; the function it calls finds them there.  The library leaves nothing, so a function that it
 * calls (an entry point, a timer, an interrupt handler) starts on a state of its own.
 * Y1  A task's levels are ordered: a deeper one begins at a lower frame.  A level ends when a frame
 *     above its own asks.
 * Y2  A function and those that it calls directly have the same level.
 * Y3  Below a frame's variables lies what it hands on by value.  The lowest variable is kept of the
 *     innermost frames; when there are more than MARKS, of none.
 * Y4  A function that the library called returns by way of km_init_return (tools/check_init.c): its
 *     answer is in the state only then.  What it looked like before, its level keeps.
 * Lock: free_lock for the list; a context belongs to its task, and an interrupt on it nests.
 * Nothing here sleeps.
 */
#include <linux/sched.h>
#include "rules/init_context.h"
#include "rules/uninit.h"

#define LEVELS	12u	/* beyond, the deepest is shared */
#define MARKS	32u

struct init_context {
	struct init_context *next_free;
	uint32_t depth;
	uintptr_t begins[LEVELS];
	struct init_state *states[LEVELS];
	uintptr_t callers[LEVELS];	/* where the level's function returns to; 0: by itself */
	uint32_t ends[LEVELS];		/* stack number of its end */
	unsigned int marks;
	struct frame_mark { uintptr_t frame, lowest; } mark[MARKS];
};

static struct km_spin free_lock = KM_SPIN_INIT;
static struct init_context *free_contexts;
/* When there is no memory, and before there are tasks. */
static struct init_state spare;

void init_context_forget(void)
{
	free_contexts = NULL;
}

static struct init_context *context_make(void)
{
	unsigned long irq = km_spin_lock(&free_lock);
	struct init_context *context = free_contexts;

	if (context)
		free_contexts = context->next_free;
	km_spin_unlock(&free_lock, irq);
	if (!context)
		context = memory_carve(sizeof(*context));
	if (context)
		context->depth = context->marks = 0;
	return context;
}

void init_context_end(const void *task)
{
	struct task_struct *ended = (struct task_struct *)task;
	struct init_context *context = ended->init_context;
	unsigned long irq;

	if (!context)
		return;
	ended->init_context = NULL;
	irq = km_spin_lock(&free_lock);
	context->next_free = free_contexts;
	free_contexts = context;
	km_spin_unlock(&free_lock, irq);
}

/* Only the second program has it. */
extern void km_init_return(void) __attribute__((weak));

/* Y4; not where the level is shared. */
static void level_watch(struct init_context *context, uintptr_t frame)
{
	uintptr_t *words = (uintptr_t *)frame;
	uint32_t level = context->depth - 1;

	context->callers[level] = context->ends[level] = 0;
	if (!km_init_return || context->depth == LEVELS || !pc_is_library(words[1]))
		return;
	context->callers[level] = words[1];
	words[1] = (uintptr_t)km_init_return;
}

static struct init_state *level_new(struct init_context *context, uintptr_t frame)
{
	uint32_t level = context->depth < LEVELS ? context->depth++ : LEVELS - 1;

	if (!context->states[level])
		context->states[level] = memory_carve(sizeof(struct init_state));
	context->begins[level] = frame;
	level_watch(context, frame);
	if (!context->states[level])
		return &spare;
	__builtin_memset(context->states[level], 0, sizeof(struct init_state));
	return context->states[level];
}

static struct init_state *level_top(const struct init_context *context)
{
	struct init_state *state = context->depth ? context->states[context->depth - 1] : NULL;

	return state ? state : &spare;
}

struct init_state *init_state_enter(uintptr_t frame, uintptr_t caller)
{
	struct init_context *context = current->init_context;

	if (!context)
		current->init_context = context = context_make();
	if (!context)
		return &spare;
	while (context->depth && context->begins[context->depth - 1] <= frame)
		context->depth--;
	if (!context->depth || pc_is_library(caller))
		return level_new(context, frame);
	return level_top(context);
}

struct init_state *init_state_of(uintptr_t frame)
{
	struct init_context *context = current->init_context;

	if (!context)
		return &spare;
	while (context->depth && context->begins[context->depth - 1] < frame)
		context->depth--;
	return level_top(context);
}

void init_ends(uintptr_t frame)
{
	struct init_context *context = current->init_context;
	uintptr_t function = ((const uintptr_t *)frame)[0];

	if (!context)
		return;
	init_state_of(function);
	if (context->depth && context->begins[context->depth - 1] == function)
		context->ends[context->depth - 1] = stack_number(frame, 0);
}

uintptr_t km_init_returned(uintptr_t frame);
uintptr_t km_init_returned(uintptr_t frame)
{
	struct init_context *context = current->init_context;
	struct init_state *state = init_state_of(frame);
	uint32_t level;

	if (!context || !context->depth || context->begins[context->depth - 1] != frame)
		__builtin_trap();
	level = --context->depth;
	/*
	 * Only the reader of the debug information knows whether the function answers at all: this
	 * may be left of another one that it called.
	 */
	if (state->result[0])
		uninit_answer(state->result_origin, context->ends[level]);
	return context->callers[level];
}

void init_context_local(uintptr_t frame, uintptr_t address)
{
	struct init_context *context = current->init_context;
	struct frame_mark *mark;

	if (!context)
		return;
	while (context->marks && context->mark[context->marks - 1].frame < frame)
		context->marks--;
	mark = context->marks ? &context->mark[context->marks - 1] : NULL;
	if (mark && mark->frame == frame) {
		if (address < mark->lowest)
			mark->lowest = address;
		return;
	}
	if (context->marks == MARKS)
		context->marks = 0;
	context->mark[context->marks++] = (struct frame_mark){ frame, address };
}

size_t init_context_by_value(uintptr_t frame, uintptr_t address)
{
	uintptr_t caller = ((const uintptr_t *)frame)[0];
	struct init_context *context = current->init_context;

	if (!context || address < frame + 16 || address >= caller)
		return 0;
	for (unsigned int i = context->marks; i--;)
		if (context->mark[i].frame == caller)
			return address < context->mark[i].lowest
				       ? context->mark[i].lowest - address : 0;
	return 0;
}
