/* SPDX-License-Identifier: MIT */
/*
 * suites.c - a program of KUnit suites on the harness: all of them pass
 *
 * A machine without rules; what the suites said is told when one does not.
 */
#include <kmalloc/kunit.h>
#include <kmalloc/machine.h>
#include <linux/string.h>
#include "test.h"

static void all_suites_pass(void)
{
	int failed;

	REQUIRE(km_kunit_has_suites());
	failed = km_kunit_run();
	if (failed)
		km_test_note("%s", km_test_console());
	CHECK_EQ(failed, 0);
	/* It said so, too. */
	CHECK(strstr(km_test_console(), "\nok 1 ") != NULL);
	CHECK(strstr(km_test_console(), "not ok") == NULL);
}

static int boot(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(boot, T(all_suites_pass));
