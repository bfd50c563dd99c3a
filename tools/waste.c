/* SPDX-License-Identifier: MIT */
/*
 * waste.c - atomic-waste: the place that chose GFP_ATOMIC, and what became of it in all runs
 *
 * W1  It is the innermost statement of the module, up the call stack, that names the flag.  A
 *     wrapper that passes on what it was given chose nothing: its callers are judged one by one.
 * W2  Where no statement names it (a variable, a macro) it is the allocation itself.
 * F3  atomic-waste is decided over all runs together, for a place in the source.
 */
#include "maker.h"

#include <stdlib.h>
#include <string.h>

#define GFP_HIGH 0x20u /* 6.12 values: GFP_ATOMIC is HIGH without DIRECT_RECLAIM */
#define GFP_DIRECT_RECLAIM 0x400u

static bool names_flag(const char *text)
{
	return strstr(text, "GFP_ATOMIC") || strstr(text, "__GFP_HIGH");
}

static bool statement_names_flag(const struct place *place)
{
	return names_flag(place_statement(place));
}

static bool waste_place(struct symbols *symbols, const struct stack *stack,
			struct place *ret_place)
{
	for (unsigned int i = 0; i < stack->count; i++) {
		const struct frame *frames;
		unsigned int count = symbols_frames(symbols, stack->pc[i], &frames);

		for (unsigned int k = 0; k < count; k++) {
			struct place place = { frames[k].file, frames[k].function, frames[k].line,
					       frames[k].column };

			if (frames[k].owner != FRAME_USER || !statement_names_flag(&place))
				continue;
			*ret_place = place;
			return true;
		}
	}
	return false;
}

struct spot {
	struct place place;
	const struct run_site *first;
	uint64_t calls, sleepable, atomic;
	bool always_urgent;
};

static struct spot *spot_of(struct spot *spots, size_t *count, const struct place *place)
{
	for (size_t i = 0; i < *count; i++)
		if (place_equal(&spots[i].place, place))
			return &spots[i];
	spots[*count] = (struct spot){ .place = *place, .always_urgent = true };
	return &spots[(*count)++];
}

/* Which flags are right there has been said already. */
static bool is_flag_misuse(const struct maker *maker, const struct place *place)
{
	const struct reports *reports = maker->reports;

	for (size_t i = 0; i < reports->count; i++)
		if (strcmp(reports->at[i].rule, "flag-misuse") == 0 &&
		    place_equal(&reports->at[i].place, place))
			return true;
	return false;
}

static void spot_report(struct maker *maker, const struct spot *spot)
{
	struct report report = {
		.rule = "atomic-waste",
		.runs = 1,
		.place = spot->place,
		.message = text_format(
			"GFP_ATOMIC at a place where every one of %llu calls could have slept",
			(unsigned long long)spot->calls),
		.help = "Use GFP_KERNEL here: it may wait for memory and leaves the reserve to "
			"those who cannot.",
	};

	if (!spot->always_urgent || !spot->calls || spot->sleepable != spot->calls ||
	    spot->atomic != spot->calls || is_flag_misuse(maker, &spot->place))
		return;
	stack_fill(maker, &report, &spot->first->stack);
	report_add(maker, &report);
}

void take_waste(struct maker *maker)
{
	const struct sweep *sweep = maker->sweep;
	struct spot *spots = need((sweep->site_count + 1) * sizeof(*spots));
	size_t count = 0;

	for (size_t i = 0; i < sweep->site_count; i++) {
		const struct run_site *site = &sweep->sites[i];
		struct place place;
		struct spot *spot;

		if (!(site->gfp & GFP_HIGH) ||
		    !waste_place(maker->symbols, &site->stack, &place)) {
			if (!place_find(maker, &site->stack, &place))
				continue;
		}
		spot = spot_of(spots, &count, &place);
		if (!spot->first)
			spot->first = site;
		spot->calls += site->calls;
		spot->sleepable += site->sleepable;
		spot->atomic += site->atomic;
		spot->always_urgent &= (site->gfp & GFP_HIGH) && !(site->gfp & GFP_DIRECT_RECLAIM);
	}
	for (size_t i = 0; i < count; i++)
		spot_report(maker, &spots[i]);
	free(spots);
}
