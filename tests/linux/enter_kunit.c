/* SPDX-License-Identifier: MIT */
/*
 * enter_kunit.c - run every KUnit suite of the program on the kernel's own KUnit core
 *
 * Suites are collected by the linker: run.py renames their section so that the linker makes start
 * and stop symbols. The core's file names one function of a part that is not built here: the
 * executor's list of boot suites (run.py starts the suites through this file instead).
 */
#include <kunit/test.h>
#include <kunit/test-bug.h>
#include "device-impl.h"
#include "hooks-impl.h"

extern struct kunit_suite *const __start_kunit_test_suites[];
extern struct kunit_suite *const __stop_kunit_test_suites[];

void kunit_free_boot_suites(void)
{
}

int init_module(void);

int init_module(void)
{
	int count = __stop_kunit_test_suites - __start_kunit_test_suites;
	int error;

	/* Without them a check that fails would take the machine down. */
	kunit_install_hooks();
	error = kunit_bus_init();
	if (error)
		return error;
	error = __kunit_test_suites_init((struct kunit_suite **)__start_kunit_test_suites, count);
	for (int i = 0; i < count && !error; i++)
		if (kunit_suite_has_succeeded(__start_kunit_test_suites[i]) == KUNIT_FAILURE)
			error = -EINVAL;
	kunit_bus_shutdown();
	return count ? error : -ENOENT;
}
