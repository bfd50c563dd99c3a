/* SPDX-License-Identifier: MIT */
/*
 * kunit.h - between the parts of the KUnit core
 */
#ifndef KUNIT_KUNIT_H
#define KUNIT_KUNIT_H

#include <kunit/test.h>

/* -- filter.c -- */
/* what the user asked for: module parameters kunit.* */
bool filter_lists_only(void);
/* 0: never, 1: where there are several, 2: always */
int filter_stats(void);
/* Is the suite, or its case, to be run? A case that is only to be shown as skipped is. */
bool filter_takes(const struct kunit_suite *suite, const struct kunit_case *test_case);
bool filter_takes_suite(const struct kunit_suite *suite);
bool filter_skips(const struct kunit_suite *suite, const struct kunit_case *test_case);

const char *speed_name(enum kunit_speed speed);		/* NULL: nothing to tell */
const char *suite_module(const struct kunit_suite *suite);

/* -- device.c -- */
int device_bus_begin(void);
void device_bus_end(void);

/* -- slab_errors.c -- */
void slab_errors_count(void);

/* -- try_catch.c -- */
/* Told to the rules: a case begins. NULL: it is over. */
void case_tell(const char *name);

#endif
