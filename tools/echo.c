/* SPDX-License-Identifier: MIT */
/*
 * echo.c - findings that another one tells better
 *
 * E1  The compiler's check of an index speaks of pointers too: p = name + i is told where p is
 * made, and the access through it once more.  The access is the finding.
 * E2  Where a value is used that nobody wrote, chance may make a crash or a WARN of it, in a run of
 * the first program.
 */
#include "finding.h"

#include <string.h>

static bool is_index(const struct report *report)
{
	return strcmp(report->rule, "out-of-bounds") == 0 &&
	       is_prefix(report->message, "UBSAN: array-index-out-of-bounds");
}

static bool came_through(const struct report *report, const struct place *place)
{
	for (unsigned int i = 0; i < report->stack_count; i++) {
		const struct frame *frame = &report->stack[i];

		if (frame->owner == FRAME_USER && frame->line == place->line &&
		    strcmp(frame->file, place->file) == 0 &&
		    strcmp(frame->function, place->function) == 0)
			return true;
	}
	return false;
}

static bool is_chance(const struct reports *reports, const struct report *report)
{
	if (strcmp(report->rule, "crash") != 0 && strcmp(report->rule, "warn") != 0)
		return false;
	for (size_t i = 0; i < reports->count; i++)
		if (strcmp(reports->at[i].rule, "uninitialized-read") == 0 &&
		    reports->at[i].place.line && came_through(report, &reports->at[i].place))
			return true;
	return false;
}

static bool is_echo(const struct reports *reports, const struct report *report)
{
	if (!is_index(report))
		return is_chance(reports, report);
	for (size_t i = 0; i < reports->count; i++) {
		const struct report *other = &reports->at[i];

		if (strcmp(other->rule, "out-of-bounds") == 0 && !is_index(other) &&
		    came_through(other, &report->place))
			return true;
	}
	return false;
}

void reports_drop_echoes(struct reports *reports)
{
	size_t kept = 0;

	for (size_t i = 0; i < reports->count; i++) {
		if (!is_echo(reports, &reports->at[i]))
			reports->at[kept++] = reports->at[i];
		else if (reports->at[i].is_error)
			reports->errors--;
	}
	reports->count = kept;
}
