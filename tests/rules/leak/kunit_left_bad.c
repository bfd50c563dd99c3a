/* SPDX-License-Identifier: MIT */
/* what a case that skips itself keeps, and what an exit forgets */
#include <kunit/test.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>

static void *kept;

static void skips_itself(struct kunit *test)
{
	kept = kmalloc(13, GFP_KERNEL); /* finding: leak */
	kunit_skip(test, "not here");
}

static int begin(struct kunit *test)
{
	test->priv = vmalloc(5000); /* finding: leak */
	return test->priv ? 0 : -ENOMEM;
}

static void end(struct kunit *test)
{
}

static void has_room(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test, test->priv);
}

static struct kunit_case cases[] = { KUNIT_CASE(skips_itself), KUNIT_CASE(has_room), {} };
static struct kunit_suite suite = {
	.name = "left",
	.init = begin,
	.exit = end,
	.test_cases = cases,
};
kunit_test_suite(suite);
