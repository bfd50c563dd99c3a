/* SPDX-License-Identifier: MIT */
/*
 * test-bug.h - for code under test: which test runs, and let it fail
 */
#ifndef _KUNIT_TEST_BUG_H
#define _KUNIT_TEST_BUG_H

#include <linux/sched.h>

struct kunit;

/* Of the calling task; NULL: none runs in it. */
static inline struct kunit *kunit_get_current_test(void)
{
	return current->kunit_test;
}

void km_kunit_fail_current(const char *file, int line, const char *fmt, ...)
	KM_SYM(kunit_fail_current) __printf(3, 4);
/* Without a test in the calling task nothing happens. */
#define kunit_fail_current_test(fmt, ...)							\
	km_kunit_fail_current(__FILE__, __LINE__, fmt, ##__VA_ARGS__)

#endif
