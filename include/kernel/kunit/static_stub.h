/* SPDX-License-Identifier: MIT */
/*
 * static_stub.h - a test puts a function of its own in another one's place
 */
#ifndef _KUNIT_STATIC_STUB_H
#define _KUNIT_STATIC_STUB_H

#include <linux/compiler.h>
#include <linux/kconfig.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>

#if IS_ENABLED(CONFIG_KUNIT)
/* First statement of a function that can be replaced. */
#define KUNIT_STATIC_STUB_REDIRECT(real_fn_name, args...)					\
	do {											\
		__typeof__(&real_fn_name) km_instead =						\
			km_kunit_stub_of(kunit_get_current_test(), (void *)&real_fn_name);	\
												\
		if (unlikely(km_instead))							\
			return km_instead(args);						\
	} while (0)
#else
#define KUNIT_STATIC_STUB_REDIRECT(real_fn_name, args...)	do { } while (0)
#endif

/* Until the test ends, or deactivates it. Both functions are of one type. */
#define kunit_activate_static_stub(test, real_fn_addr, replacement_addr)			\
	do {											\
		typecheck_fn(__typeof__(&*(real_fn_addr)), replacement_addr);			\
		km_kunit_stub_set(test, (void *)(real_fn_addr), (void *)(replacement_addr));	\
	} while (0)
void km_kunit_stub_set(struct kunit *test, void *real_fn, void *replacement) KM_SYM(kunit_stub_set);
/* NULL: it is not replaced in this test. */
void *km_kunit_stub_of(struct kunit *test, void *real_fn) KM_SYM(kunit_stub_of);
/* A test that has no such stub fails. */
void kunit_deactivate_static_stub(struct kunit *test, void *real_fn_addr)
	KM_SYM(kunit_deactivate_static_stub);

#endif
