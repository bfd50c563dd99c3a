/* SPDX-License-Identifier: MIT */
/* kunit_test.c - KTAP as KUnit prints it, and what must be read out of it; TAP */
#include "kunit.h"

#include <stdio.h>
#include <string.h>

static unsigned int number, failed;

static void say(bool is_right, const char *name)
{
	number++;
	failed += !is_right;
	printf("%sok %u - %s\n", is_right ? "" : "not ", number, name);
}

static struct kunit_results read_text(const char *text)
{
	struct words log = { 0 };
	struct kunit_results results;

	while (*text) {
		size_t bytes = strcspn(text, "\n");

		words_add(&log, need_part(text, bytes));
		text += bytes + (text[bytes] == '\n');
	}
	kunit_read(&log, &results);
	return results;
}

int main(void)
{
	struct kunit_results results;

	puts("1..7");
	results = read_text("KTAP version 1\n1..1\n    KTAP version 1\n    # Subtest: a\n"
			    "    1..3\n    ok 1 one\n    ok 2 two # SKIP not here\n"
			    "    ok 3 three\nok 1 a\n");
	say(results.passed == 2 && results.skipped == 1 && !results.failed &&
		    !results.failure_count,
	    "passed and skipped cases are counted");

	results = read_text("    # Subtest: a\n    1..1\n"
			    "    # one: EXPECTATION FAILED at lib/a.c:12\n"
			    "    Expected x == 3, but\n        x == 4 (0x4)\n"
			    "    not ok 1 one\nnot ok 1 a\n");
	say(results.failed == 1 && results.failure_count == 1 &&
		    !strcmp(results.failures[0].test, "one") &&
		    !strcmp(results.failures[0].file, "lib/a.c") &&
		    results.failures[0].line == 12 &&
		    !strcmp(results.failures[0].message, "Expected x == 3, but\n  x == 4 (0x4)"),
	    "a failure has its place and its text, and is told once");

	results = read_text("    1..1\n    not ok 1 quiet\nnot ok 1 a\n");
	say(results.failure_count == 1 && !results.failures[0].file &&
		    !strcmp(results.failures[0].test, "quiet"),
	    "a case that fails without a word is told by its name");

	results = read_text("not ok 1 suite\n");
	say(results.failure_count == 1 && !strcmp(results.failures[0].test, "suite") &&
		    !results.failed,
	    "a suite that cannot begin is told");

	results = read_text("    1..1\n        # Subtest: p\n"
			    "        # p: EXPECTATION FAILED at a.c:3\n        Expected 1\n"
			    "        not ok 1 first\n        ok 2 second\n"
			    "    not ok 1 p\nnot ok 1 a\n");
	say(results.failure_count == 1 && results.failed == 1 && results.failures[0].line == 3,
	    "a failed parameter is told once, as one case");

	results = read_text("    # one: EXPECTATION FAILED at a.c:1\n    Expected\n"
			    "hello from a driver\n    # one: EXPECTATION FAILED at a.c:2\n"
			    "    ok 1 other\n");
	say(results.failure_count == 2 && !strcmp(results.failures[0].message, "Expected") &&
		    !results.failures[1].message,
	    "other lines of the log end a failure's text");

	results = read_text("    # one: EXPECTATION FAILED at a.c:1\nno answer from 7\n"
			    "hello from a driver\n    not ok 1 one\n");
	say(results.failure_count == 1 && results.failures[0].message &&
		    !strcmp(results.failures[0].message, "no answer from 7"),
	    "the text given to KUNIT_FAIL() is the failure's");
	return failed != 0;
}
