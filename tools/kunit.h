/* SPDX-License-Identifier: MIT */
/* kunit.h - what KUnit suites said in the log of a run */
#ifndef KUNIT_H
#define KUNIT_H

#include "text.h"

struct kunit_failure {
	char *test; /* case, or suite when no case of it ran */
	char *file; /* NULL: the case does not say */
	int line;
	char *message;
};

struct kunit_results {
	unsigned int passed, failed, skipped; /* cases */
	struct kunit_failure *failures;
	size_t failure_count, room;
};

void kunit_read(const struct words *log, struct kunit_results *ret_results);

#endif
