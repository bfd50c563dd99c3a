/* SPDX-License-Identifier: MIT */
/*
 * order.c - what is called when: slow cases, cleanups that fail, stubs, threads; order.ktap tells
 */
#include <kunit/static_stub.h>
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/slab.h>
static void slow1(struct kunit *test)
{
	msleep(1500);
}
static void slow2(struct kunit *test)
{
	msleep(1990);
}
static void slow3(struct kunit *test)
{
	msleep(2500);
}
static void slow4(struct kunit *test)
{
	msleep(2500);
	KUNIT_ASSERT_TRUE(test, false);
}
static void slow5(struct kunit *test)
{
	msleep(1001);
}
static const int numbers[] = {1, 2, 3};
KUNIT_ARRAY_PARAM(number, numbers, NULL);
static void par(struct kunit *test)
{
	kunit_info(test, "%p\n", test->priv);
	test->priv = NULL;
	if (test->param_index == 1)
		KUNIT_FAIL(test, "x");
}
static int stubbed(int i)
{
	KUNIT_STATIC_STUB_REDIRECT(stubbed, i);
	return i;
}
static int other(int i)
{
	return i + 10;
}
static int other2(int i)
{
	return i + 20;
}
static void stub(struct kunit *test)
{
	kunit_activate_static_stub(test, stubbed, other);
	KUNIT_EXPECT_EQ(test, stubbed(1), 11);
	kunit_activate_static_stub(test, stubbed, other2);
	KUNIT_EXPECT_EQ(test, stubbed(1), 21);
	kunit_deactivate_static_stub(test, stubbed);
	KUNIT_EXPECT_EQ(test, stubbed(1), 1);
}
static int thread(void *data)
{
	struct kunit *test = data;
	KUNIT_EXPECT_EQ(test, 1, 2);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}
static void other_thread(struct kunit *test)
{
	struct task_struct *t = kthread_run(thread, test, "helper");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, t);
	msleep(5);
	kthread_stop(t);
}
static void freed(struct kunit *test)
{
	void *p = kunit_kmalloc(test, 10, GFP_KERNEL);
	void *q = kunit_kcalloc(test, 10, 3, GFP_KERNEL);
	kunit_kfree(test, q);
	kunit_kfree(test, NULL);
	kunit_kfree(test, p);
}
static struct kunit_case a[] = {KUNIT_CASE(slow1), KUNIT_CASE(slow2),
				KUNIT_CASE(slow3), KUNIT_CASE_SLOW(slow3),
				KUNIT_CASE(slow4), KUNIT_CASE(slow5),
				KUNIT_CASE(stub),  KUNIT_CASE(other_thread),
				KUNIT_CASE(freed), {}};
static struct kunit_case b[] = {KUNIT_CASE_PARAM(par, number_gen_params), {}};
static struct kunit_case c[] = {
    KUNIT_CASE_PARAM_ATTR(par, number_gen_params, {.speed = KUNIT_SPEED_SLOW}),
    KUNIT_CASE_ATTR(stub, {.speed = KUNIT_SPEED_NORMAL}),
    {}};
static void asserting_exit(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, false);
}
static void sleeping_exit(struct kunit *test)
{
	msleep(400000);
}
static int skip_init(struct kunit *test)
{
	kunit_mark_skipped(test, "marked");
	return 0;
}
static int neg_skip_init(struct kunit *test)
{
	kunit_mark_skipped(test, "marked");
	return -1;
}
static struct kunit_case one[] = {KUNIT_CASE(stub), {}};
static struct kunit_case one6[] = {KUNIT_CASE(stub), {}};
static struct kunit_case one7[] = {KUNIT_CASE(stub), {}};
static struct kunit_suite s1 = {.name = "a", .test_cases = a};
static struct kunit_suite s2 = {.name = "b", .test_cases = b};
static struct kunit_suite s3 = {.name = "c", .test_cases = c};
static struct kunit_suite s4 = {.name = "d", .test_cases = one, .exit = asserting_exit};
static struct kunit_suite s5 = {.name = "e", .test_cases = one, .exit = sleeping_exit};
static struct kunit_suite s6 = {.name = "f", .test_cases = one6, .init = skip_init};
static struct kunit_suite s7 = {.name = "g", .test_cases = one7, .init = neg_skip_init};
static struct kunit_suite s_8 = {.name = "h", .test_cases = a, .attr.speed = KUNIT_SPEED_VERY_SLOW};
kunit_test_suites(&s1, &s2);
kunit_test_suites(&s3, &s4, &s5, &s6, &s7, &s_8);
