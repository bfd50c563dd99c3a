/* SPDX-License-Identifier: MIT */
/*
 * kunit_slab.c - lets a KUnit test count what SLUB debugging finds, as mm/slub.c does in Linux
 *
 * A test that adds a named resource "slab_errors", an int, has one added to it for each report and
 * each repair, and nothing is printed. Compiled beside a kernel tree's lib/kunit, whose headers it
 * reads.
 */
#include <kunit/resource.h>
#include <kunit/test.h>
#include <linux/sched.h>
#include <mm/slab.h>

static bool count_slab_error(bool is_error)
{
	struct kunit_resource *resource;

	if (!current->kunit_test)
		return false;
	resource = kunit_find_named_resource(current->kunit_test, "slab_errors");
	if (!resource)
		return false;
	*(int *)resource->data += is_error;
	kunit_put_resource(resource);
	return true;
}

/* Before main(): the allocator is there before KUnit is. */
static void __attribute__((__constructor__)) tell_slab(void)
{
	km_slab_kunit = count_slab_error;
}
