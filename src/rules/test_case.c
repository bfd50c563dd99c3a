/* SPDX-License-Identifier: MIT */
/*
 * test_case.c - which KUnit case runs, and what one that is left in the middle leaves behind
 *
 * Owns: the name of the case.
 * E1  A case that fails ends where its assertion stands, and what its variables and others hold
 *     then is not given back: no leak, for the failure is told, or is due to a failed allocation.
 *     What nothing refers to at that moment was lost before, by the code under test: a leak.
 * E2  The same holds for kunit_skip() in a run where an allocation was made to fail; else a case
 *     that skips itself gives back what it took.
 * Lock: none.  One case runs at a time; the scan of E1 wants a quiet machine, which one that runs
 * a module to its exit (leak_begin()) is while one thread runs.
 */
#include <linux/string.h>
#include "rules/leak_scan.h"

static const char *now;

void test_case_boot(void)
{
	now = NULL;
}

const char *test_case_now(void)
{
	return now;
}

static void excuse_reached(void)
{
	struct object_walk walk = { 0 };
	struct object *object;

	scan_mark();
	while ((object = object_next(&walk)))
		if (object->state == OBJECT_LIVE && object->test == now && scan_reached(object))
			object->hints |= HINT_EXCUSED;
	leak_excuse_resources(now);
}

void test_case_see(const struct km_event *event)
{
	bool is_left = event->order != 0, has_failed = event->order == 1;

	if (!is_left)
		now = event->what ? object_text_keep(event->what) : NULL;
	else if (now && leak_has_begun() && (has_failed || fault_injected(NULL, NULL)))
		excuse_reached();
}
