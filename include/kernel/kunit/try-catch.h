/* SPDX-License-Identifier: MIT */
/*
 * try-catch.h - run a function that may be left in the middle
 */
#ifndef _KUNIT_TRY_CATCH_H
#define _KUNIT_TRY_CATCH_H

#include <linux/types.h>

struct kunit;

typedef void (*kunit_try_catch_func_t)(void *context);

struct kunit_try_catch {
	struct kunit *test;
	int try_result;			/* 0, -EFAULT: thrown, -ETIMEDOUT */
	kunit_try_catch_func_t try, catch;
	void *context;
};

/**
 * kunit_try_catch_run() - call try(@context) in a thread of its own; catch(@context) if it was left
 *
 * After 300 seconds "try timed out" is logged, and the thread is asked to stop and waited for.
 *
 * Context: task, nothing held, may sleep.
 */
void kunit_try_catch_run(struct kunit_try_catch *try_catch, void *context)
	KM_SYM(kunit_try_catch_run);
/* Leaves try(): its thread ends here, and nothing it holds is given back. */
void __noreturn kunit_try_catch_throw(struct kunit_try_catch *try_catch)
	KM_SYM(kunit_try_catch_throw);

#endif
