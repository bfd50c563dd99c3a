/* SPDX-License-Identifier: MIT */
/* machine_boot_test.c - up and down, with and without rules, and one module's life in order */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include "machine/machine_room.h"
#include "machine/module_run.h"
#include "rules/rules.h"
#include "test.h"

static unsigned int told;
static char told_rule[32], told_message[RULES_TEXT];

static void keep_finding(const struct km_finding *finding)
{
	told++;
	strscpy(told_rule, finding->rule, sizeof(told_rule));
	strscpy(told_message, finding->message, sizeof(told_message));
}

static const struct km_sink sink = { .finding = keep_finding };

/* -- what a run did, one letter a step -- */
static char steps[32];

static void step(char letter)
{
	size_t length = strlen(steps);

	if (length < sizeof(steps) - 1)
		steps[length] = letter;
}

static void on_phase(const char *phase, const int *ret)
{
	step(phase[0]);
}

static bool settle(uint64_t ns)
{
	step('.');
	return true;
}

static void *kept;

static int init_good(void)
{
	step('I');
	kept = kmalloc(24, GFP_KERNEL);
	return kept ? 0 : -ENOMEM;
}

static int init_failing(void)
{
	step('I');
	kept = kmalloc(24, GFP_KERNEL);
	return -EIO;
}

static int init_unbalanced(void)
{
	preempt_disable();
	return 0;
}

static void exit_good(void)
{
	step('E');
	kfree(kept);
}

static void exit_forgetful(void)
{
	step('E');
}

static int run(int (*init)(void), void (*leave)(void))
{
	const struct module_plan plan = {
		.init = init, .exit = leave, .settle = settle, .settle_ns = 1, .phase = on_phase,
	};

	memset(steps, 0, sizeof(steps));
	record_forget();
	told = 0;
	return module_run(&plan);
}

static void a_good_module_is_silent(void)
{
	CHECK_EQ(run(init_good, exit_good), 0);
	CHECK(!strcmp(steps, "iIr.eE..d"));
	CHECK_EQ(told, 0);
}

static void what_exit_forgets_is_a_leak(void)
{
	run(init_good, exit_forgetful);
	CHECK(told == 1 && !strcmp(told_rule, "leak"));
	kfree(kept);
}

static void a_failed_init_has_no_exit_but_a_ledger(void)
{
	CHECK_EQ(run(init_failing, exit_good), -EIO);
	CHECK(!strcmp(steps, "iI..d"));
	CHECK(told == 1 && !strcmp(told_rule, "leak"));
	kfree(kept);
}

static void a_module_without_exit_may_keep_what_it_has(void)
{
	run(init_good, NULL);
	CHECK_EQ(told, 0);
	kfree(kept);
}

static void an_unbalanced_init_is_told_and_put_right(void)
{
	run(init_unbalanced, exit_forgetful);
	CHECK(told == 1 && !strcmp(told_rule, "bug") && strstr(told_message, "preemption"));
	CHECK_EQ(km_port_self()->preempt_count, 0);
}

static void a_second_boot_is_refused(void)
{
	CHECK_EQ(km_machine_boot(NULL), -EBUSY);
}

static void rules_may_be_chosen(void)
{
	struct km_config config = { .watch_all = true, .rules = "leak,double-free" };

	km_machine_shutdown();
	CHECK_EQ(km_machine_boot(&config), 0);
	CHECK_EQ(rules_armed(), 2);
	CHECK(rules_enforced("leak") && !rules_enforced("flag-misuse"));
	record_forget();
	told = 0;
	kfree(kmalloc(16, GFP_KERNEL | __GFP_DMA | __GFP_HIGHMEM | __GFP_NOWARN));
	CHECK_EQ(told, 0);
	km_machine_shutdown();
	config.rules = "leak,no-such-rule";
	CHECK_EQ(km_machine_boot(&config), -EINVAL);
	config.rules = NULL;
	CHECK_EQ(km_machine_boot(&config), 0);
	CHECK_EQ(rules_armed(), 0);
}

static void shutdown_counts_what_is_left(void)
{
	void *object = kmalloc(100, GFP_KERNEL);

	CHECK(object != NULL);
	CHECK_EQ(km_machine_shutdown(), 1);
	CHECK_EQ(km_machine_boot(NULL), 0);
	CHECK_EQ(km_machine_shutdown(), 0);
	CHECK_EQ(km_machine_boot(NULL), 0);
}

static void never(struct timer_list *timer)
{
}

static void a_timer_left_armed_is_counted(void)
{
	static struct timer_list timer;

	timer_setup(&timer, never, 0);
	mod_timer(&timer, jiffies + 100000);
	CHECK_EQ(km_machine_shutdown(), 1);
	CHECK_EQ(km_machine_boot(NULL), 0);
}

static void a_rule_that_is_not_armed_tells_nothing(void)
{
	struct km_config config = { .rules = "leak" };
	struct km_finding finding;

	km_machine_shutdown();
	CHECK_EQ(km_machine_boot(&config), 0);
	record_forget();
	told = 0;
	record_start(&finding, "flag-misuse");
	finding.message = "of a rule that nobody chose";
	CHECK(!record_finding(&finding));
	CHECK_EQ(told, 0);
	record_start(&finding, "leak");
	finding.message = "of one that was chosen";
	CHECK(record_finding(&finding));
	CHECK_EQ(told, 1);
}

/* what code that is checked calls for sprintf() */
int km_checked_sprintf(char *buf, const char *fmt, ...);

static void findings_are_text_where_nobody_listens(void)
{
	struct km_config config = { .watch_all = true, .rules = "all" };
	char *object, *again;

	km_machine_shutdown();
	km_report_sink(NULL);
	CHECK_EQ(km_machine_boot(&config), 0);
	record_forget();
	object = kmalloc(40, GFP_KERNEL);
	again = object;
	OPTIMIZER_HIDE_VAR(again);
	kfree(object);
	km_test_console_clear();
	kfree(again);
	CHECK(strstr(km_test_console(), "rule double-free, error"));
	object = kmalloc(40, GFP_KERNEL);
	km_test_console_clear();
	km_checked_sprintf(object, "%80d", 1);	/* past the slot of 64 as well */
	CHECK(strstr(km_test_console(), "rule out-of-bounds, error"));
	kfree(object);
	km_report_sink(&sink);
}

static int setup(void)
{
	static const struct km_config config = { .watch_all = true, .rules = "all" };

	km_report_sink(&sink);
	return km_machine_boot(&config);
}

KM_TESTS(setup,
	T(a_good_module_is_silent),
	T(what_exit_forgets_is_a_leak),
	T(a_failed_init_has_no_exit_but_a_ledger),
	T(a_module_without_exit_may_keep_what_it_has),
	T(an_unbalanced_init_is_told_and_put_right),
	T(a_second_boot_is_refused),
	T(rules_may_be_chosen),
	T(shutdown_counts_what_is_left),
	T(a_timer_left_armed_is_counted),
	T(a_rule_that_is_not_armed_tells_nothing),
	T(findings_are_text_where_nobody_listens));
