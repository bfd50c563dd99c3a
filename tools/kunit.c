/* SPDX-License-Identifier: MIT */
/*
 * kunit.c - read KTAP, the way KUnit tells its results in the kernel log
 *
 * A suite's results stand at the left, its cases four blanks in, parameters of a case eight.
 * "# NAME: EXPECTATION FAILED at FILE:LINE" (or ASSERTION) begins a failure; its text follows,
 * further in, up to the next comment or result.
 */
#include "kunit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASE_BLANKS 4
#define MAX_MESSAGE 1000

struct reader {
	struct kunit_results *results;
	struct kunit_failure *open; /* takes the lines that follow */
	bool case_told, suite_told; /* what failed has told where */
};

static struct kunit_failure *add_failure(struct reader *reader, const char *test, size_t bytes)
{
	struct kunit_results *results = reader->results;

	if (results->failure_count == results->room) {
		results->room = results->room ? results->room * 2 : 8;
		results->failures =
			need_more(results->failures, results->room * sizeof(*results->failures));
	}
	reader->suite_told = true;
	results->failures[results->failure_count] =
		(struct kunit_failure){ .test = need_part(test, bytes) };
	return &results->failures[results->failure_count++];
}

/* "NAME: EXPECTATION FAILED at FILE:LINE" */
static bool read_failure(struct reader *reader, const char *comment)
{
	const char *mark = strstr(comment, " FAILED at "), *colon = strstr(comment, ": "), *line;

	if (!mark || !colon || colon > mark)
		return false;
	mark += strlen(" FAILED at ");
	line = strrchr(mark, ':');
	reader->open = add_failure(reader, comment, (size_t)(colon - comment));
	reader->case_told = true;
	if (line) {
		reader->open->file = need_part(mark, (size_t)(line - mark));
		reader->open->line = atoi(line + 1);
	}
	return true;
}

static void add_message(struct kunit_failure *failure, const char *text)
{
	char *before = failure->message;

	if (before && strlen(before) > MAX_MESSAGE)
		return;
	failure->message = before ? text_format("%s\n  %s", before, text) : need_copy(text);
	free(before);
}

/* "ok 3 name" or "not ok 3 name # SKIP why" */
static bool read_result(struct reader *reader, const char *text, size_t blanks)
{
	struct kunit_results *results = reader->results;
	bool is_ok = is_prefix(text, "ok "), is_bad = is_prefix(text, "not ok ");
	const char *name;
	size_t bytes;

	if (!is_ok && !is_bad)
		return false;
	reader->open = NULL;
	name = strchr(text + (is_ok ? 3 : 7), ' ');
	name = name ? name + 1 : text;
	bytes = strcspn(name, " ");
	if (blanks == CASE_BLANKS) {
		results->skipped += is_ok && strstr(name, "# SKIP");
		results->passed += is_ok && !strstr(name, "# SKIP");
		results->failed += is_bad;
	}
	if (is_bad && (blanks ? !reader->case_told : !reader->suite_told))
		add_failure(reader, name, bytes);
	if (blanks <= CASE_BLANKS)
		reader->case_told = false;
	else if (is_bad)
		reader->case_told = true;	/* its case fails for that */
	if (!blanks)
		reader->suite_told = false;
	return true;
}

static void read_line(struct reader *reader, const char *line)
{
	size_t blanks = strspn(line, " ");
	const char *text = line + blanks;

	if (read_result(reader, text, blanks))
		return;
	if (is_prefix(text, "# ")) {
		reader->open = NULL;
		read_failure(reader, text + 2);
		return;
	}
	/* What KUNIT_FAIL() was given stands in the line behind, as it is. */
	if (reader->open && *text && (blanks || !reader->open->message))
		add_message(reader->open, text);
	else
		reader->open = NULL;
}

void kunit_read(const struct words *log, struct kunit_results *ret_results)
{
	struct reader reader = { .results = ret_results };

	*ret_results = (struct kunit_results){ 0 };
	for (size_t i = 0; i < log->count; i++)
		read_line(&reader, log->at[i]);
}
