/* SPDX-License-Identifier: MIT */
/* one parameter of a case fails */
#include <kunit/test.h>
#include <linux/slab.h>

static struct kmem_cache *cache;

static int make_cache(struct kunit_suite *suite)
{
	cache = kmem_cache_create("own", 40, 0, 0, NULL);
	return cache ? 0 : -ENOMEM;
}

static void drop_cache(struct kunit_suite *suite)
{
	kmem_cache_destroy(cache);
}

static const struct step {
	const char *name;
	int count;
} steps[] = { { "one", 1 }, { "some", 5 } };
KUNIT_ARRAY_PARAM_DESC(step, steps, name);

static void objects_are_apart(struct kunit *test)
{
	const struct step *step = test->param_value;
	void *object[5] = { NULL };
	int i, made = 0;

	for (i = 0; i < step->count; i++) {
		object[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		made += object[i] != NULL;
	}
	for (i = 0; i < step->count; i++)
		if (object[i])
			kmem_cache_free(cache, object[i]);
	if (made < step->count)
		kunit_skip(test, "no memory");
	KUNIT_EXPECT_LE(test, made, 4); /* finding: kunit */
}

static struct kunit_case cases[] = { KUNIT_CASE_PARAM(objects_are_apart, step_gen_params), {} };
static struct kunit_suite suite = {
	.name = "caches",
	.suite_init = make_cache,
	.suite_exit = drop_cache,
	.test_cases = cases,
};
kunit_test_suite(suite);
