// SPDX-License-Identifier: MIT
/*
 * slab_errors.c - lets a test count what SLUB debugging finds
 *
 * A test that adds a named resource "slab_errors", an int, has one added to it for each report and
 * each repair, and nothing is printed.
 */
#include "kunit.h"

#include <mm/slab.h>

static bool count_slab_error(bool is_error)
{
	struct kunit *test = kunit_get_current_test();
	struct kunit_resource *res;

	res = test ? kunit_find_named_resource(test, "slab_errors") : NULL;
	if (!res)
		return false;
	*(int *)res->data += is_error;
	kunit_put_resource(res);
	return true;
}

void slab_errors_count(void)
{
	km_slab_kunit = count_slab_error;
}
