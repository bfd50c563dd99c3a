/* SPDX-License-Identifier: MIT */
/*
 * echo.c - findings that are none after all, or that another one tells better
 *
 * E1  The compiler's check of an index speaks of pointers too: p = name + i is told where p is
 * made, and the access through it once more.  The access is the finding.
 * E2  Where a value is used that nobody wrote, chance may make a crash or a WARN of it, in a run of
 * the first program.
 * E3  Who waits where nobody may sleep may wait for ever: what would wake it is shut out.
 * E4  GFP_KERNEL | __GFP_HIGH is the same number as GFP_KERNEL | GFP_ATOMIC, and right.  Which of
 * them was meant, the source tells.
 * E5  What freed or foreign memory holds is chance, and so is a crash, a hang or a WARN on the line
 * that uses it.
 * E6  A size that the source spells out did not wrap; that the numbers are equal is chance.
 * E7  A WARN inside a call that another finding tells of says the same.
 */
#include "finding.h"
#include "whole_file.h"

#include <stdio.h>
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

/* E2, E3: the rule whose finding a finding of @rule may follow from. */
static const char *cause_of(const char *rule)
{
	if (strcmp(rule, "crash") == 0 || strcmp(rule, "warn") == 0)
		return "uninitialized-read";
	return strcmp(rule, "hang") == 0 ? "sleep-in-atomic" : NULL;
}

static bool is_same_place(const struct place *left, const struct place *right)
{
	return left->line == right->line && strcmp(left->file, right->file) == 0 &&
	       strcmp(left->function, right->function) == 0;
}

/* E5 */
static bool is_crash_of(const struct report *report, const struct report *misuse)
{
	return (strcmp(report->rule, "crash") == 0 || strcmp(report->rule, "hang") == 0 ||
		strcmp(report->rule, "warn") == 0) &&
	       report->place.line &&
	       (strcmp(misuse->rule, "use-after-free") == 0 ||
		strcmp(misuse->rule, "out-of-bounds") == 0) &&
	       is_same_place(&report->place, &misuse->place);
}

/* E7: objects that are left when their cache goes are leaks, or were freed to another. */
static bool is_told_of_objects(const struct reports *reports, const struct report *report)
{
	return reports->errors && strcmp(report->rule, "warn") == 0 &&
	       is_prefix(report->message, "kmem_cache_destroy ");
}

static bool is_warn_of(const struct report *report, const struct report *misuse)
{
	return strcmp(report->rule, "warn") == 0 && report->place.line &&
	       strcmp(misuse->rule, "warn") != 0 && strcmp(misuse->rule, "atomic-waste") != 0 &&
	       strcmp(misuse->rule, "leak") != 0 &&
	       is_same_place(&report->place, &misuse->place);
}

static bool is_consequence(const struct reports *reports, const struct report *report)
{
	const char *cause = cause_of(report->rule);

	if (is_told_of_objects(reports, report))
		return true;
	for (size_t i = 0; i < reports->count; i++) {
		const struct report *other = &reports->at[i];

		if (is_crash_of(report, other) || is_warn_of(report, other))
			return true;
		if (cause && strcmp(other->rule, cause) == 0 && other->place.line &&
		    came_through(report, &other->place))
			return true;
	}
	return false;
}

/* E4: does the statement name __GFP_HIGH, or the whole file GFP_ATOMIC nowhere? */
static bool means_high(const struct place *place)
{
	const char *statement = place_statement(place);

	return *statement && !strstr(statement, "GFP_ATOMIC") &&
	       (strstr(statement, "__GFP_HIGH") ||
		!strstr(whole_file_text(place->file), "GFP_ATOMIC"));
}

/* E6 */
static bool is_chance(const struct report *report)
{
	const char *asked = strstr(report->message, "asked of ");
	char what[64];

	return asked && sscanf(asked, "asked of %63[a-z0-9_A-Z]", what) == 1 &&
	       size_is_spelled_out(&report->place, what);
}

static bool is_echo(const struct reports *reports, const struct report *report)
{
	if (strcmp(report->rule, "flag-misuse") == 0)
		return strstr(report->message, "GFP_ATOMIC together with GFP_KERNEL") &&
		       means_high(&report->place);
	if (strcmp(report->rule, "size-overflow") == 0)
		return is_chance(report);
	if (!is_index(report))
		return is_consequence(reports, report);
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
		else
			reports->advice--;
	}
	reports->count = kept;
}
