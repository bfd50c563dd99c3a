/* SPDX-License-Identifier: MIT */
/*
 * involved.c - the places a finding names: its own, those of the object's life, of locks and of
 * what was made to fail
 *
 * F1  A finding is placed at the innermost frame that lies in the module's own files; a leak at its
 *     allocation.
 */
#include "maker.h"

#include <stdlib.h>
#include <string.h>

bool place_find(struct maker *maker, const struct stack *stack, struct place *ret_place)
{
	for (unsigned int i = 0; i < stack->count; i++) {
		const struct frame *frames;
		unsigned int count = symbols_frames(maker->symbols, stack->pc[i], &frames);

		for (unsigned int k = 0; k < count; k++) {
			if (frames[k].owner != FRAME_USER)
				continue;
			*ret_place = (struct place){ frames[k].file, frames[k].function,
						     frames[k].line, frames[k].column };
			return true;
		}
	}
	return false;
}

struct place place_unknown(const struct maker *maker)
{
	return (struct place){ .file = maker->request->files.at[0], .function = "" };
}

bool place_equal(const struct place *a, const struct place *b)
{
	return a->line == b->line && strcmp(a->file, b->file) == 0 &&
	       strcmp(a->function, b->function) == 0;
}

static struct frame *frames_of(struct maker *maker, const struct stack *stack,
			       unsigned int *ret_count)
{
	struct frame *all = need((stack->count * FRAMES_PER_PC + 1) * sizeof(*all));

	*ret_count = 0;
	for (unsigned int i = 0; i < stack->count; i++) {
		const struct frame *frames;
		unsigned int count = symbols_frames(maker->symbols, stack->pc[i], &frames);

		memcpy(all + *ret_count, frames, count * sizeof(*frames));
		*ret_count += count;
	}
	return all;
}

void stack_fill(struct maker *maker, struct report *report, const struct stack *stack)
{
	report->stack = frames_of(maker, stack, &report->stack_count);
}

void add_involved(struct maker *maker, struct report *report, const char *role,
			 const struct stack *stack, const char *by)
{
	struct involved *site = &report->sites[report->site_count];
	struct place place;

	if (!stack->count || report->site_count == MAX_INVOLVED ||
	    !place_find(maker, stack, &place))
		return;
	*site = (struct involved){ .role = role, .by = by, .place = place };
	site->stack = frames_of(maker, stack, &site->stack_count);
	report->site_count++;
}

/* "name@pc,name@pc": a name may hold anything but ends at the last @ before a comma. */
void locks_fill(struct maker *maker, struct report *report, const char *locks)
{
	while (locks && *locks && report->lock_count < 16) {
		size_t bytes = strcspn(locks, ",");
		char *entry = need_part(locks, bytes), *at = strrchr(entry, '@');
		struct held_lock *lock = &report->locks[report->lock_count++];
		struct stack stack = { .count = 1 };

		if (at) {
			*at = 0;
			stack.pc[0] = strtoull(at + 1, NULL, 16);
		}
		lock->name = entry;
		if (!at || !place_find(maker, &stack, &lock->taken))
			lock->taken = (struct place){ .file = "", .function = "" };
		locks += bytes + (locks[bytes] == ',');
	}
}

static const struct run_site *site_of(const struct sweep *sweep, uint64_t hash)
{
	for (size_t i = 0; i < sweep->site_count; i++)
		if (sweep->sites[i].hash == hash)
			return &sweep->sites[i];
	return NULL;
}

void fail_fill(struct maker *maker, struct report *report, const struct run *run,
		      const struct plan *injected)
{
	report->plan = run->plan;
	for (unsigned int i = 0; i < injected->count; i++) {
		const struct run_site *site = site_of(maker->sweep, injected->at[i]);
		struct involved *failed = &report->sites[report->site_count];

		if (!site || report->site_count == MAX_INVOLVED)
			continue;
		*failed = (struct involved){ .role = "failed", .what = site->what,
					     .bytes = site->bytes, .hash = site->hash };
		if (!place_find(maker, &site->stack, &failed->place))
			failed->place = place_unknown(maker);
		failed->stack = frames_of(maker, &site->stack, &failed->stack_count);
		report->site_count++;
	}
}

/* The others came before it. */
const struct place *failed_place(const struct report *report)
{
	for (unsigned int i = report->site_count; i-- > 0;)
		if (strcmp(report->sites[i].role, "failed") == 0)
			return &report->sites[i].place;
	return NULL;
}
