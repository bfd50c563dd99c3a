/* SPDX-License-Identifier: MIT */
/* kunit_error_path_bad.c put right */
#include <kunit/test.h>
#include <linux/slab.h>

struct thing {
	char *name;
	int *slot;
};

static struct thing *thing_new(void)
{
	struct thing *thing = kzalloc(sizeof(*thing), GFP_KERNEL);

	if (!thing)
		return NULL;
	thing->name = kstrdup("thing", GFP_KERNEL);
	if (!thing->name)
		goto out;
	thing->slot = kmalloc(400, GFP_KERNEL);
	if (!thing->slot)
		goto out_name;
	return thing;
out_name:
	kfree(thing->name);
out:
	kfree(thing);
	return NULL;
}

static void thing_free(struct thing *thing)
{
	kfree(thing->slot);
	kfree(thing->name);
	kfree(thing);
}

static struct thing *kept;

/* What a failing assertion leaves in variables is no leak: the case could not go on. */
static void two_of_them(struct kunit *test)
{
	struct thing *one = thing_new(), *two;
	void *more;

	KUNIT_ASSERT_NOT_NULL(test, one);
	two = thing_new();
	KUNIT_ASSERT_NOT_NULL(test, two);
	kept = thing_new();
	KUNIT_ASSERT_NOT_NULL(test, kept);
	more = kunit_kmalloc(test, 4, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, more);
	thing_free(one);
	thing_free(two);
	thing_free(kept);
}

static struct kunit_case cases[] = { KUNIT_CASE(two_of_them), {} };
static struct kunit_suite suite = { .name = "things", .test_cases = cases };
kunit_test_suite(suite);
