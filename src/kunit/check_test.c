/* SPDX-License-Identifier: MIT */
/* check_test.c - failed checks word for word; which cases run, fail and are skipped (U1 to U3) */
#define KBUILD_MODNAME "check_test"
#include <kmalloc/kunit.h>
#include <kmalloc/machine.h>
#include <kunit/test.h>
#include <linux/string.h>
#include "test.h"

static struct kunit lone;
static unsigned int exits, suite_exits, evaluated;

static const char *said(void)
{
	return km_test_console();
}

static void begin(void)
{
	memset(&lone, 0, sizeof(lone));
	kunit_init_test(&lone, "lone", NULL);
	km_test_console_clear();
}

static int next_number(void)
{
	return (int)++evaluated;
}

static void a_check_that_holds_says_nothing(void)
{
	begin();
	KUNIT_EXPECT_EQ(&lone, 3, 3);
	KUNIT_EXPECT_STREQ_MSG(&lone, "a", "a", "not told");
	KUNIT_EXPECT_NOT_ERR_OR_NULL(&lone, &lone);
	KUNIT_SUCCEED(&lone);
	CHECK_EQ(lone.status, KUNIT_SUCCESS);
	CHECK(!strstr(said(), "FAILED"));
}

static void numbers_are_told_once_each(void)
{
	begin();
	evaluated = 0;
	KUNIT_EXPECT_EQ_MSG(&lone, next_number(), 17, "round %d\n", 4);
	CHECK_EQ(evaluated, 1);
	CHECK_EQ(lone.status, KUNIT_FAILURE);
	CHECK(strstr(said(), "    # lone: EXPECTATION FAILED at "));
	CHECK(strstr(said(), "    Expected next_number() == 17, but\n"
			     "        next_number() == 1 (0x1)\nround 4\n"));
}

static void texts_and_bytes_are_shown(void)
{
	const u8 one[] = { 1, 2 }, other[] = { 1, 0xff };
	const char *text = "left";

	begin();
	KUNIT_EXPECT_STREQ(&lone, text, "right");
	CHECK(strstr(said(), "    Expected text == \"right\", but\n        text == \"left\"\n"));
	CHECK(!strstr(said(), "\"right\" == "));
	KUNIT_EXPECT_MEMEQ(&lone, one, other, 2);
	CHECK(strstr(said(), "        one ==\n         01 <02>\n"
			     "        other ==\n         01 <ff>\n"));
	KUNIT_EXPECT_MEMEQ(&lone, one, NULL, 2);
	CHECK(strstr(said(), "is not null, but is\n"));
}

static void pointers_are_told_apart(void)
{
	begin();
	KUNIT_EXPECT_NOT_ERR_OR_NULL(&lone, ERR_PTR(-ENODEV));
	CHECK(strstr(said(), "is not error, but is: -19\n"));
	KUNIT_EXPECT_NOT_NULL(&lone, NULL);
	CHECK(strstr(said(), " == 0000000000000000\n"));
	KUNIT_FAIL(&lone, "told %s\n", "so");
	CHECK(strstr(said(), "\ntold so\n"));
}

/* -- a suite -- */

static int suite_case_init(struct kunit *test)
{
	KUNIT_ASSERT_STRNEQ(test, test->name, "stopped_in_init");
	return strcmp(test->name, "refused_by_init") ? 0 : -ENODEV;
}

static void suite_case_exit(struct kunit *test)
{
	exits++;
}

static void passes(struct kunit *test)
{
	KUNIT_EXPECT_PTR_EQ(test, kunit_get_current_test(), test);
}

static void never(struct kunit *test)
{
	CHECK(!"a case ran whose init failed");
}

#define stopped_in_init	never
#define refused_by_init	never

static void left_in_the_middle(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, false);
	CHECK(!"behind an assertion that failed");
}

static void skipped(struct kunit *test)
{
	kunit_skip(test, "for %d", 7);
}

static struct kunit_case mixed_cases[] = {
	KUNIT_CASE(passes),
	{ .run_case = stopped_in_init, .name = "stopped_in_init" },
	{ .run_case = refused_by_init, .name = "refused_by_init" },
	KUNIT_CASE(left_in_the_middle),
	KUNIT_CASE(skipped),
	{}
};

static void note_suite_exit(struct kunit_suite *suite)
{
	suite_exits++;
}

static struct kunit_suite mixed = {
	.name = "mixed", .init = suite_case_init, .exit = suite_case_exit,
	.suite_exit = note_suite_exit, .test_cases = mixed_cases,
};

static int refuse(struct kunit_suite *suite)
{
	return -EBUSY;
}

static struct kunit_case one_case[] = { { .run_case = never, .name = "one" }, {} };
static struct kunit_suite refused = {
	.name = "refused", .suite_init = refuse, .suite_exit = note_suite_exit,
	.test_cases = one_case,
};
static struct kunit_case skipped_cases[] = { KUNIT_CASE(skipped), {} };
static struct kunit_suite idle = { .name = "idle", .test_cases = skipped_cases };
kunit_test_suites(&mixed, &refused, &idle);

static void each_case_has_its_result(void)
{
	km_test_console_clear();
	exits = suite_exits = 0;
	CHECK_EQ(km_kunit_run(), 4);	/* three cases and a suite */
	CHECK_EQ(exits, 5);		/* U1: whatever became of the case */
	CHECK_EQ(suite_exits, 1);	/* U2 */
	CHECK(strstr(said(), "KTAP version 1\n1..3\n    KTAP version 1\n    # Subtest: mixed\n"));
	CHECK(strstr(said(), "    ok 1 passes\n"));
	CHECK(strstr(said(), "    not ok 2 stopped_in_init\n"));
	CHECK(strstr(said(), "    # refused_by_init: failed to initialize: -19\n"
			     "    not ok 3 refused_by_init\n"));
	CHECK(strstr(said(), "    not ok 4 left_in_the_middle\n"));
	CHECK(strstr(said(), "    ok 5 skipped # SKIP for 7\n"));
	CHECK(strstr(said(), "# mixed: pass:1 fail:3 skip:1 total:5\n"));
	CHECK(strstr(said(), "\nnot ok 1 mixed\n"));
	CHECK(strstr(said(), "# failed to initialize (-16)\nnot ok 2 refused\n"));
	CHECK(strstr(said(), "\nok 3 idle # SKIP "));	/* U3 */
	CHECK_EQ(kunit_suite_has_succeeded(&mixed), KUNIT_FAILURE);
	CHECK_EQ(kunit_suite_has_succeeded(&refused), KUNIT_FAILURE);
	CHECK_EQ(kunit_suite_has_succeeded(&idle), KUNIT_SKIPPED);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(a_check_that_holds_says_nothing), T(numbers_are_told_once_each),
	 T(texts_and_bytes_are_shown), T(pointers_are_told_apart), T(each_case_has_its_result));
