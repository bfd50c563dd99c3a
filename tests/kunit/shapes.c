/* SPDX-License-Identifier: MIT */
/*
 * shapes.c - every way a check, a case and a suite can come out; shapes.ktap is what they print
 *
 * Nearly all of it fails, and is meant to.
 */
#include <kunit/resource.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>
#include <linux/slab.h>
#include <linux/string.h>

static const u8 left_bytes[20] = {1, 2, 3, 0xff};
static const u8 right_bytes[20] = {1, 9, 3, 0xff, [17] = 3};
static int three = 3;
static char word[] = "some word";
static void *nothing;

static void booleans(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, three == 4);
	KUNIT_EXPECT_FALSE(test, three == 3);
	KUNIT_EXPECT_TRUE_MSG(test, three > 5, "three is %d\n", three);
	KUNIT_EXPECT_FALSE_MSG(test, three, "no newline %s", "here");
}

static void integers(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 1 + 1, 3);
	KUNIT_EXPECT_EQ(test, three, 4);
	KUNIT_EXPECT_EQ(test, three, three + 1);
	KUNIT_EXPECT_NE(test, 3, three);
	KUNIT_EXPECT_LT(test, three, 3);
	KUNIT_EXPECT_LE(test, 4, three);
	KUNIT_EXPECT_GT(test, three, 0x10);
	KUNIT_EXPECT_GE(test, -7, three);
	KUNIT_EXPECT_EQ(test, (u64)-1, 0);
	KUNIT_EXPECT_EQ(test, 10ull, 11UL);
	KUNIT_EXPECT_EQ(test, 'a', 'b');
	KUNIT_EXPECT_EQ(test, true, false);
	KUNIT_EXPECT_EQ(test, -5, 7);
	KUNIT_EXPECT_EQ_MSG(test, three, 9, "value %d\n", 9);
	KUNIT_EXPECT_LT_MSG(test, three, 1, "value");
	KUNIT_EXPECT_EQ(test, (u8)300, 45);
	KUNIT_EXPECT_EQ(test, sizeof(int), 5);
	KUNIT_EXPECT_EQ(test, three, 010);
}

static void pointers(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, (void *)0x1234);
	KUNIT_EXPECT_NOT_NULL(test, nothing);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, nothing);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, ERR_PTR(-ENOMEM));
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, ERR_PTR(-200));
	KUNIT_EXPECT_PTR_EQ(test, nothing, (void *)0x1230);
	KUNIT_EXPECT_PTR_EQ(test, (void *)0x1230, NULL);
	KUNIT_EXPECT_PTR_NE(test, nothing, NULL);
	KUNIT_EXPECT_NULL_MSG(test, (void *)0x1234, "is %d", 4);
	KUNIT_EXPECT_NOT_NULL_MSG(test, NULL, "is null");
	KUNIT_EXPECT_NOT_ERR_OR_NULL_MSG(test, NULL, "is err");
	KUNIT_EXPECT_PTR_EQ_MSG(test, nothing, (void *)16, "are not");
}

static void strings(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, word, "other");
	KUNIT_EXPECT_STREQ(test, "some", "other");
	KUNIT_EXPECT_STREQ(test, "other", word);
	KUNIT_EXPECT_STRNEQ(test, word, word);
	KUNIT_EXPECT_STRNEQ(test, "same", "same");
	KUNIT_EXPECT_STREQ_MSG(test, word, word + 1, "msg %d", 1);
	KUNIT_EXPECT_MEMEQ(test, left_bytes, right_bytes, 20);
	KUNIT_EXPECT_MEMEQ(test, left_bytes, right_bytes, sizeof(left_bytes));
	KUNIT_EXPECT_MEMNEQ(test, left_bytes, left_bytes, 4);
	KUNIT_EXPECT_MEMEQ_MSG(test, left_bytes, right_bytes, 3, "bytes %d", 3);
	KUNIT_EXPECT_MEMEQ(test, left_bytes, NULL, 3);
	KUNIT_EXPECT_MEMEQ(test, NULL, left_bytes, 3);
	KUNIT_EXPECT_STREQ(test, NULL, "a");
}

static void fails(struct kunit *test)
{
	KUNIT_FAIL(test, "plain failure");
	KUNIT_FAIL(test, "with number %d\n", 7);
	kunit_fail_current_test("told by %s", "code under test");
	KUNIT_SUCCEED(test);
}

static void asserts(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 2, three);
	KUNIT_ASSERT_EQ(test, 1, three);
	kunit_info(test, "not reached\n");
}

static void asserts_more(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL_MSG(test, nothing, "nothing there");
	kunit_info(test, "not reached\n");
}
static void asserts_fail(struct kunit *test)
{
	KUNIT_FAIL_AND_ABORT(test, "abort %d", 1);
	kunit_info(test, "not reached\n");
}

static void logs(struct kunit *test)
{
	kunit_info(test, "info %d\n", 1);
	kunit_warn(test, "warn without newline");
	kunit_err(test, "err\n");
	kunit_log(KERN_INFO, test, "log\n");
	kunit_info(test, "two\nlines\n");
	kunit_info(test, "%s", test->name);
}

static void skips(struct kunit *test)
{
	kunit_skip(test, "because %d", 3);
}
static void skips_nl(struct kunit *test)
{
	kunit_mark_skipped(test, "with newline\n");
}
static void fails_then_skips(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 1, 2);
	kunit_skip(test, "after failure");
}
static void skips_then_fails(struct kunit *test)
{
	kunit_mark_skipped(test, "before failure");
	KUNIT_EXPECT_EQ(test, 1, 2);
}

static const int numbers[] = {1, 2, 3};
static void describe(const int *value, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "number %d", *value);
}
KUNIT_ARRAY_PARAM(number, numbers, describe);
KUNIT_ARRAY_PARAM(anon, numbers, NULL);
static const struct named {
	const char *name;
	int value;
} named[] = {{"first", 1}, {"the second", 2}};
KUNIT_ARRAY_PARAM_DESC(desc, named, name);

static void params(struct kunit *test)
{
	const int *value = test->param_value;

	kunit_info(test, "param %d index %d\n", *value, test->param_index);
	KUNIT_EXPECT_NE(test, *value, 2);
	if (*value == 3)
		kunit_skip(test, "no three");
}
static void params_skip(struct kunit *test)
{
	kunit_skip(test, "none");
}
static const void *no_params(const void *prev, char *desc)
{
	return NULL;
}

static struct kunit_case cases[] = {KUNIT_CASE(booleans),
				    KUNIT_CASE(integers),
				    KUNIT_CASE(pointers),
				    KUNIT_CASE(strings),
				    KUNIT_CASE(fails),
				    KUNIT_CASE(asserts),
				    KUNIT_CASE(asserts_more),
				    KUNIT_CASE(asserts_fail),
				    KUNIT_CASE(logs),
				    KUNIT_CASE(skips),
				    KUNIT_CASE(skips_nl),
				    KUNIT_CASE(fails_then_skips),
				    KUNIT_CASE(skips_then_fails),
				    KUNIT_CASE_PARAM(params, number_gen_params),
				    KUNIT_CASE_PARAM(params_skip, anon_gen_params),
				    KUNIT_CASE_PARAM(params_skip, desc_gen_params),
				    KUNIT_CASE_PARAM(params_skip, no_params),
				    KUNIT_CASE_SLOW(skips),
				    KUNIT_CASE_ATTR(logs, {.speed = KUNIT_SPEED_VERY_SLOW}),
				    {}};

static int failing_init(struct kunit *test)
{
	return -EINVAL;
}
static void told_exit(struct kunit *test)
{
	kunit_info(test, "exit runs, status %d\n", test->status);
}
static int asserting_init(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, false);
	return 0;
}
static int skipping_init(struct kunit *test)
{
	kunit_skip(test, "init skips");
	return 0;
}
static int failing_suite_init(struct kunit_suite *suite)
{
	kunit_info(suite, "suite\n");
	return -ENOMEM;
}
static void told_suite_exit(struct kunit_suite *suite)
{
	kunit_info(suite, "suite exit\n");
}
static void asserting_exit(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, false);
}
static void release(struct kunit_resource *res)
{
	pr_info("released %s\n", (char *)res->data);
}
static void act(void *ctx)
{
	pr_info("action %s\n", (char *)ctx);
}
static void resources(struct kunit *test)
{
	static struct kunit_resource one, two;
	kunit_add_action(test, act, "1");
	kunit_add_resource(test, NULL, release, &one, "2");
	kunit_add_action(test, act, "3");
	kunit_add_named_resource(test, NULL, release, &two, "four", "4");
	kunit_add_action(test, act, "5");
	kunit_release_action(test, act, "3");
	kunit_remove_action(test, act, "1");
	kunit_add_action_or_reset(test, act, "6");
	pr_info("again: %d\n", kunit_add_named_resource(test, NULL, release, &one, "four", "7"));
	{
		struct kunit_resource *found = kunit_find_named_resource(test, "four");
		pr_info("found %s\n", (char *)found->data);
		kunit_put_resource(found);
	}
	pr_info("destroy: %d %d\n", kunit_destroy_named_resource(test, "four"),
		kunit_destroy_named_resource(test, "four"));
	KUNIT_EXPECT_NOT_NULL(test, kunit_kmalloc(test, 10, GFP_KERNEL));
	KUNIT_ASSERT_TRUE(test, false);
}
static void passes(struct kunit *test)
{
}
static struct kunit_case one[] = {KUNIT_CASE(logs), KUNIT_CASE(skips), {}};
static struct kunit_case pass[] = {KUNIT_CASE(passes), {}};
static struct kunit_case res[] = {KUNIT_CASE(resources), {}};
static struct kunit_case skipping[] = {KUNIT_CASE(skips), KUNIT_CASE(skips_nl), {}};
static struct kunit_case none[] = {{}};
static struct kunit_suite shapes = {.name = "shapes", .test_cases = cases};
static struct kunit_suite s1 = {
    .name = "bad-init", .init = failing_init, .exit = told_exit, .test_cases = one};
static struct kunit_suite s2 = {
    .name = "assert-init", .init = asserting_init, .exit = told_exit, .test_cases = one};
static struct kunit_suite s3 = {.name = "bad-suite-init",
				.suite_init = failing_suite_init,
				.suite_exit = told_suite_exit,
				.test_cases = one};
static struct kunit_suite s4 = {
    .name = "skip-init", .init = skipping_init, .exit = told_exit, .test_cases = one};
static struct kunit_suite s5 = {.name = "bad-exit", .exit = asserting_exit, .test_cases = pass};
static struct kunit_suite s6 = {.name = "resources", .exit = told_exit, .test_cases = res};
static struct kunit_suite s7 = {
    .name = "skips-all", .suite_exit = told_suite_exit, .test_cases = skipping};
static struct kunit_suite s_8 = {.name = "none", .test_cases = none};
static struct kunit_suite s9 = {
    .name = "slow-suite", .attr.speed = KUNIT_SPEED_SLOW, .test_cases = pass};
kunit_test_suites(&shapes, &s1, &s2, &s3, &s4, &s5, &s6, &s7, &s_8, &s9);
