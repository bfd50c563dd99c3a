/* SPDX-License-Identifier: MIT */
/*
 * assert.h - what a check that failed tells of itself
 *
 * The kernel's header of this name also has the parts of its core that put the text together; ours
 * are functions of src/kunit/check.c.
 */
#ifndef _KUNIT_ASSERT_H
#define _KUNIT_ASSERT_H

#include <linux/compiler.h>
#include <linux/types.h>

struct kunit;

enum kunit_assert_type {
	KUNIT_ASSERTION,	/* ends its case */
	KUNIT_EXPECTATION,
};

/* One check of the source. */
struct km_kunit_check {
	const char *file;
	int line;
	enum kunit_assert_type type;
	const char *left, *operation, *right;	/* as written */
};

/*
 * Tell, and let the test fail; then @fmt, if it is not NULL.
 */
void km_kunit_fail(struct kunit *test, const struct km_kunit_check *check, const char *fmt, ...)
	KM_SYM(kunit_fail) __printf(3, 4);
void km_kunit_fail_truth(struct kunit *test, const struct km_kunit_check *check, bool expected,
			 const char *fmt, ...) KM_SYM(kunit_fail_truth) __printf(4, 5);
void km_kunit_fail_number(struct kunit *test, const struct km_kunit_check *check, long long left,
			  long long right, const char *fmt, ...)
	KM_SYM(kunit_fail_number) __printf(5, 6);
void km_kunit_fail_pointer(struct kunit *test, const struct km_kunit_check *check, const void *left,
			   const void *right, const char *fmt, ...)
	KM_SYM(kunit_fail_pointer) __printf(5, 6);
void km_kunit_fail_string(struct kunit *test, const struct km_kunit_check *check, const char *left,
			  const char *right, const char *fmt, ...)
	KM_SYM(kunit_fail_string) __printf(5, 6);
struct km_kunit_bytes {
	const void *one, *other;
	size_t bytes;
};
void km_kunit_fail_memory(struct kunit *test, const struct km_kunit_check *check,
			  const struct km_kunit_bytes *bytes, const char *fmt, ...)
	KM_SYM(kunit_fail_memory) __printf(4, 5);
/* It is NULL, or an error. */
void km_kunit_fail_no_pointer(struct kunit *test, const struct km_kunit_check *check,
			      const void *value, const char *fmt, ...)
	KM_SYM(kunit_fail_no_pointer) __printf(4, 5);
void __noreturn km_kunit_abort(struct kunit *test) KM_SYM(kunit_abort);
/*
 * The same, but a compiler takes it to return: what the case would use later is still in its
 * registers and on its stack, where the rules look for what it holds (src/rules/test_case.c).
 */
void km_kunit_leave(struct kunit *test) KM_SYM(kunit_leave);

#endif
