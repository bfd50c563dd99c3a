/* SPDX-License-Identifier: MIT */
/*
 * same.c - which findings are one
 *
 * F2  The same rule at the same place is one report, however many runs show it; the first run that
 *     did is the one told, one that needs no failure before one that does. null-unchecked is one
 *     report for each allocation that was not checked.
 * F4  Of accesses to freed memory that only schedules show, a function's first line is told; one
 *     that hangs or crashes in another schedule is the same.
 * F5  A copy beyond an object is told by out-of-bounds; that the copy was refused too is no more.
 */
#include "check_plan.h"
#include "maker.h"

#include <string.h>

static bool is_same(const struct report *a, const struct report *b)
{
	const struct place *failed_a = failed_place(a), *failed_b = failed_place(b);

	if (strcmp(a->rule, b->rule) != 0 || !place_equal(&a->place, &b->place))
		return false;
	if (a->place.line == 0 && strcmp(a->message, b->message) != 0)
		return false;
	if (strcmp(a->rule, "null-unchecked") == 0 && failed_a && failed_b)
		return place_equal(failed_a, failed_b);
	return true;
}

static const struct place *involved_place(const struct report *report, const char *role)
{
	for (unsigned int i = 0; i < report->site_count; i++)
		if (strcmp(report->sites[i].role, role) == 0)
			return &report->sites[i].place;
	return NULL;
}

static bool is_rule(const struct report *report, const char *rule)
{
	return strcmp(report->rule, rule) == 0;
}

/* What an access to freed memory comes to when the memory is in use again. */
static bool is_late_access(const struct report *one, const struct report *other)
{
	return is_rule(one, "use-after-free") &&
	       (is_rule(other, "hang") || is_rule(other, "crash")) &&
	       place_equal(&one->place, &other->place);
}

/* The same two places in the other order: which of them comes second is chance. */
static bool is_same_pair(const struct report *a, const struct report *b)
{
	const struct place *first_a = involved_place(a, "freed");
	const struct place *first_b = involved_place(b, "freed");

	return is_rule(a, "double-free") && is_rule(b, "double-free") && first_a && first_b &&
	       place_equal(first_a, &b->place) && place_equal(first_b, &a->place);
}

/* F4: which of a function's accesses comes after the free is chance. */
static bool is_same_race(const struct report *a, const struct report *b)
{
	const struct place *freed_a = involved_place(a, "freed");
	const struct place *freed_b = involved_place(b, "freed");

	if (!a->plan.schedule && !b->plan.schedule)
		return false;
	if (is_late_access(a, b) || is_late_access(b, a) || is_same_pair(a, b))
		return true;
	return is_rule(a, "use-after-free") && is_rule(b, "use-after-free") && freed_a &&
	       freed_b && place_equal(freed_a, freed_b) &&
	       strcmp(a->place.function, b->place.function) == 0 &&
	       strcmp(a->place.file, b->place.file) == 0;
}

/* F5 */
static bool is_refused_copy(const struct report *told, const struct report *report)
{
	return is_rule(told, "out-of-bounds") && is_rule(report, "warn") &&
	       strstr(report->message, "usercopy: ") && place_equal(&told->place, &report->place);
}

struct report *report_of(struct maker *maker, const struct report *report)
{
	struct reports *reports = maker->reports;

	for (size_t i = 0; i < reports->count; i++)
		if (is_same(&reports->at[i], report) || is_same_race(&reports->at[i], report) ||
		    is_refused_copy(&reports->at[i], report))
			return &reports->at[i];
	return NULL;
}

static struct report *report_put(struct maker *maker, struct report *to, const struct report *from)
{
	*to = *from;
	to->seed = schedule_seed(maker->request->seed, from->plan.schedule);
	return to;
}

struct report *report_add(struct maker *maker, const struct report *report)
{
	struct reports *reports = maker->reports;
	struct report *known = report_of(maker, report);
	unsigned int runs;

	if (known) {
		bool is_better = is_late_access(report, known) ||
				 (known->plan.schedule && report->place.line < known->place.line);

		runs = known->runs + (known->last_run != report->last_run);
		if (is_better)
			report_put(maker, known, report);
		known->last_run = report->last_run;
		known->runs = runs;
		return is_better ? known : NULL;
	}
	if (reports->count == reports->room) {
		reports->room = reports->room ? reports->room * 2 : 16;
		reports->at = need_more(reports->at, reports->room * sizeof(*reports->at));
	}
	if (report->is_error)
		reports->errors++;
	else
		reports->advice++;
	return report_put(maker, &reports->at[reports->count++], report);
}
