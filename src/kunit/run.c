// SPDX-License-Identifier: MIT
/*
 * run.c - suites, one after the other, and their cases; results as KTAP in the kernel log
 *
 * Owns: the one test that runs.
 * U1  A case runs in a thread, its exit and the release of its resources in another: a case that is
 *     left in the middle is cleaned up like any other.
 * U2  A suite whose init fails has no cases, and its exit is not called.
 * U3  A failure counts for all above it; what has nothing but skipped parts is skipped.
 * Lock: none: one suite runs at a time.  Context: task, may sleep.
 */
#include "kunit.h"

#include <kern/balance.h>
#include <kmalloc/kunit.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sprintf.h>

#define SLOW_SECONDS	2	/* a case that takes longer should say so */

/* From the linker; a program without suites has none of them. */
extern struct kunit_suite *const __start_kunit_test_suites[] __attribute__((__weak__));
extern struct kunit_suite *const __stop_kunit_test_suites[] __attribute__((__weak__));
extern struct kunit_suite *const __start_kunit_init_test_suites[] __attribute__((__weak__));
extern struct kunit_suite *const __stop_kunit_init_test_suites[] __attribute__((__weak__));

struct tally {
	unsigned long passed, failed, skipped;
};

/* What a thread of the case needs. */
struct running {
	struct kunit *test;
	struct kunit_suite *suite;
	const struct kunit_case *test_case;
};

static struct kunit test;
static char description[KUNIT_PARAM_DESC_SIZE];
static unsigned int failed_cases;

/* -- a test -- */

void kunit_init_test(struct kunit *test, const char *name, struct string_stream *log)
{
	spin_lock_init(&test->lock);
	INIT_LIST_HEAD(&test->resources);
	test->name = name;
	test->log = log;
	test->status = KUNIT_SUCCESS;
	test->status_comment[0] = 0;
}

static struct kunit_resource *youngest(struct kunit *test)
{
	struct kunit_resource *res = NULL;
	unsigned long flags;

	spin_lock_irqsave(&test->lock, flags);
	if (!list_empty(&test->resources))
		res = list_last_entry(&test->resources, struct kunit_resource, node);
	spin_unlock_irqrestore(&test->lock, flags);
	return res;
}

void kunit_cleanup(struct kunit *test)
{
	struct kunit_resource *res;

	while ((res = youngest(test)))
		kunit_remove_resource(test, res);
	current->kunit_test = NULL;
}

size_t kunit_suite_num_test_cases(struct kunit_suite *suite)
{
	struct kunit_case *test_case;
	size_t count = 0;

	kunit_suite_for_each_test_case(suite, test_case)
		count++;
	return count;
}

/* U3 */
static void add_status(enum kunit_status *sum, enum kunit_status status)
{
	if (status == KUNIT_FAILURE || *sum == KUNIT_SKIPPED)
		*sum = status;
}

enum kunit_status kunit_suite_has_succeeded(struct kunit_suite *suite)
{
	enum kunit_status status = KUNIT_SKIPPED;
	struct kunit_case *test_case;

	if (suite->suite_init_err)
		return KUNIT_FAILURE;
	kunit_suite_for_each_test_case(suite, test_case) {
		if (test_case->status == KUNIT_FAILURE)
			return KUNIT_FAILURE;
		if (test_case->status == KUNIT_SUCCESS)
			status = KUNIT_SUCCESS;
	}
	return status;
}

/* -- what a case consists of: each in a thread of its own (U1) -- */

static bool is_slow(enum kunit_speed speed)
{
	return speed == KUNIT_SPEED_SLOW || speed == KUNIT_SPEED_VERY_SLOW;
}

static void call_case(struct running *running)
{
	struct kunit *test = running->test;
	struct balance balance;
	ktime_t begin = ktime_get();
	u64 ns;
	u32 rest;

	balance_begin(&balance);
	running->test_case->run_case(test);
	balance_end(&balance, "KUnit case", (const void *)running->test_case->run_case);
	ns = (u64)ktime_to_ns(ktime_sub(ktime_get(), begin));
	if (ns < SLOW_SECONDS * NSEC_PER_SEC || is_slow(running->test_case->attr.speed))
		return;
	ns = div_u64_rem(ns, NSEC_PER_SEC, &rest);
	kunit_warn(test, "Test should be marked slow (runtime: %llu.%09us)", ns, rest);
}

static void try_case(void *data)
{
	struct running *running = data;
	struct kunit_suite *suite = running->suite;
	struct kunit *test = running->test;
	struct balance balance;
	int error = 0;

	current->kunit_test = test;
	balance_begin(&balance);
	if (suite->init)
		error = suite->init(test);
	balance_end(&balance, "KUnit init", (const void *)suite->init);
	if (error) {
		kunit_err(test, "failed to initialize: %d\n", error);
		kunit_set_failure(test);
		return;
	}
	call_case(running);
}

static void case_was_left(void *data)
{
	struct running *running = data;
	struct kunit *test = running->test;
	int result = test->try_catch.try_result;

	if (!result)
		return;
	kunit_set_failure(test);
	if (result == -ETIMEDOUT)
		kunit_err(test, "test case timed out\n");
	else
		kunit_err(test, "internal error occurred preventing test case from running: %d\n",
			  result);
}

static void try_cleanup(void *data)
{
	struct running *running = data;
	struct kunit_suite *suite = running->suite;
	struct balance balance;

	current->kunit_test = running->test;
	balance_begin(&balance);
	if (suite->exit)
		suite->exit(running->test);
	balance_end(&balance, "KUnit exit", (const void *)suite->exit);
	kunit_cleanup(running->test);
}

static void cleanup_was_left(void *data)
{
	struct running *running = data;
	struct kunit *test = running->test;

	kunit_set_failure(test);
	if (test->try_catch.try_result == -ETIMEDOUT)
		kunit_err(test, "test case cleanup timed out\n");
	else
		kunit_err(test, "test aborted during cleanup. continuing without cleaning up\n");
}

static void run_part(struct running *running, kunit_try_catch_func_t try,
		     kunit_try_catch_func_t catch)
{
	struct kunit_try_catch *try_catch = &running->test->try_catch;

	try_catch->test = running->test;
	try_catch->try = try;
	try_catch->catch = catch;
	kunit_try_catch_run(try_catch, running);
}

/* One run of a case: with one parameter, or without. */
static void run_once(struct kunit_suite *suite, const struct kunit_case *test_case)
{
	struct running running = { .test = &test, .suite = suite, .test_case = test_case };
	char name[sizeof(suite->name) + KUNIT_PARAM_DESC_SIZE + 64];

	scnprintf(name, sizeof(name), "%s.%s%s%s", suite->name, test_case->name,
		  description[0] ? "/" : "", description);
	case_tell(name);
	kunit_init_test(&test, test_case->name, NULL);
	run_part(&running, try_case, case_was_left);
	run_part(&running, try_cleanup, cleanup_was_left);
	case_tell(NULL);
}

/* -- results -- */

static void print_result(unsigned int level, enum kunit_status status, size_t number,
			 const char *name, const char *comment)
{
	pr_info("%*s%s %zu %s%s%s\n", (int)(level * KUNIT_INDENT_LEN), "",
		status == KUNIT_FAILURE ? "not ok" : "ok", number, name,
		status == KUNIT_SKIPPED ? " # SKIP " : "",
		status == KUNIT_SKIPPED && comment ? comment : "");
}

static void count(struct tally *tally, enum kunit_status status)
{
	tally->passed += status == KUNIT_SUCCESS;
	tally->failed += status == KUNIT_FAILURE;
	tally->skipped += status == KUNIT_SKIPPED;
}

static unsigned long total(const struct tally *tally)
{
	return tally->passed + tally->failed + tally->skipped;
}

static bool has_stats(const struct tally *tally)
{
	return filter_stats() > 1 || (filter_stats() == 1 && total(tally) > 1);
}

static void print_stats(const char *blanks, const char *name, const struct tally *tally)
{
	pr_info("%s# %s: pass:%lu fail:%lu skip:%lu total:%lu\n", blanks, name, tally->passed,
		tally->failed, tally->skipped, total(tally));
}

/* -- cases -- */

static void run_params(struct kunit_suite *suite, struct kunit_case *test_case,
		       struct tally *tally)
{
	test_case->status = KUNIT_SKIPPED;
	pr_info(KUNIT_SUBSUBTEST_INDENT "KTAP version 1\n");
	pr_info(KUNIT_SUBSUBTEST_INDENT "# Subtest: %s\n", test_case->name);
	test.param_value = test_case->generate_params(NULL, description);
	while (test.param_value) {
		if (!description[0])
			scnprintf(description, sizeof(description), "param-%d", test.param_index);
		run_once(suite, test_case);
		print_result(2, test.status, (size_t)test.param_index + 1, description,
			     test.status_comment);
		add_status(&test_case->status, test.status);
		count(tally, test.status);
		description[0] = 0;
		test.param_value = test_case->generate_params(test.param_value, description);
		test.param_index++;
	}
	test.status_comment[0] = 0;
}

static void run_case(struct kunit_suite *suite, struct kunit_case *test_case, size_t number,
		     struct tally *totals)
{
	const char *speed = speed_name(test_case->attr.speed);
	struct tally tally = { 0 };

	memset(&test, 0, sizeof(test));
	description[0] = 0;
	if (filter_skips(suite, test_case)) {
		test_case->status = KUNIT_SKIPPED;
		count(&tally, test_case->status);
	} else if (test_case->generate_params) {
		run_params(suite, test_case, &tally);
	} else {
		run_once(suite, test_case);
		test_case->status = test.status;
		count(&tally, test.status);
	}
	if (speed)
		pr_info(KUNIT_SUBTEST_INDENT "# %s.speed: %s\n", test_case->name, speed);
	if (has_stats(&tally))
		print_stats(KUNIT_SUBTEST_INDENT, test_case->name, &tally);
	print_result(1, test_case->status, number, test_case->name, test.status_comment);
	totals->passed += tally.passed;
	totals->failed += tally.failed;
	totals->skipped += tally.skipped;
	failed_cases += test_case->status == KUNIT_FAILURE;
}

/* -- suites -- */

static size_t taken_cases(struct kunit_suite *suite)
{
	struct kunit_case *test_case;
	size_t taken = 0;

	kunit_suite_for_each_test_case(suite, test_case)
		taken += filter_takes(suite, test_case);
	return taken;
}

static void print_head(struct kunit_suite *suite)
{
	const char *speed = speed_name(suite->attr.speed);

	pr_info(KUNIT_SUBTEST_INDENT "KTAP version 1\n");
	pr_info(KUNIT_SUBTEST_INDENT "# Subtest: %s\n", suite->name);
	if (speed)
		pr_info(KUNIT_SUBTEST_INDENT "# speed: %s\n", speed);
	pr_info(KUNIT_SUBTEST_INDENT "# module: %s\n", suite_module(suite));
	if (suite->is_init)
		pr_info(KUNIT_SUBTEST_INDENT "# is_init: true\n");
	pr_info(KUNIT_SUBTEST_INDENT "1..%zu\n", taken_cases(suite));
}

static enum kunit_status run_cases(struct kunit_suite *suite)
{
	struct tally tally = { 0 }, totals = { 0 };
	enum kunit_status status = KUNIT_SKIPPED;
	struct kunit_case *test_case;
	size_t number = 0;

	print_head(suite);
	kunit_suite_for_each_test_case(suite, test_case) {
		if (!filter_takes(suite, test_case))
			continue;
		run_case(suite, test_case, ++number, &totals);
		add_status(&status, test_case->status);
		count(&tally, test_case->status);
	}
	if (suite->suite_exit)
		suite->suite_exit(suite);
	if (has_stats(&tally))
		print_stats("", suite->name, &tally);
	if (has_stats(&totals))
		print_stats("", "Totals", &totals);
	return status;
}

static void run_suite(struct kunit_suite *suite, size_t number)
{
	enum kunit_status status = KUNIT_FAILURE;

	suite->suite_init_err = suite->suite_init ? suite->suite_init(suite) : 0;
	if (suite->suite_init_err) {	/* U2 */
		kunit_err(suite, KUNIT_SUBTEST_INDENT "# failed to initialize (%d)",
			  suite->suite_init_err);
		failed_cases++;
	} else {
		status = run_cases(suite);
	}
	print_result(0, status, number, suite->name, "");
}

/* -- all of them -- */

static void list_suite(struct kunit_suite *suite)
{
	struct kunit_case *test_case;

	pr_info("%s\n", suite->name);
	kunit_suite_for_each_test_case(suite, test_case)
		if (filter_takes(suite, test_case))
			pr_info("%s.%s\n", suite->name, test_case->name);
}

/* Calls @see for each suite that is wanted, those with init code first. Return: how many. */
static size_t each_suite(void (*see)(struct kunit_suite *suite, size_t number))
{
	struct kunit_suite *const *starts[] = { __start_kunit_init_test_suites,
						__start_kunit_test_suites };
	struct kunit_suite *const *stops[] = { __stop_kunit_init_test_suites,
					       __stop_kunit_test_suites };
	size_t number = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(starts); i++) {
		for (struct kunit_suite *const *at = starts[i]; at < stops[i]; at++) {
			(*at)->is_init = i == 0;
			if (!filter_takes_suite(*at))
				continue;
			number++;
			if (see)
				see(*at, number);
		}
	}
	return number;
}

static void see_listed(struct kunit_suite *suite, size_t number)
{
	list_suite(suite);
}

bool km_kunit_has_suites(void)
{
	return &__start_kunit_test_suites[0] != &__stop_kunit_test_suites[0] ||
	       &__start_kunit_init_test_suites[0] != &__stop_kunit_init_test_suites[0];
}

int km_kunit_run(void)
{
	failed_cases = 0;
	slab_errors_count();
	pr_info("KTAP version 1\n");
	if (filter_lists_only()) {
		each_suite(see_listed);
		return 0;
	}
	pr_info("1..%zu\n", each_suite(NULL));
	if (device_bus_begin())
		return -ENOMEM;
	each_suite(run_suite);
	device_bus_end();
	return (int)failed_cases;
}
