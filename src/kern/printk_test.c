// SPDX-License-Identifier: MIT
/* printk_test.c - the log: records, levels, rates, WARN, dumps */
#include <linux/bug.h>
#include <linux/notifier.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <kern/upper_test.h>

static bool console_is(const char *text)
{
	bool is_same;

	printk_flush();
	is_same = !strcmp(km_test_console(), text);
	if (!is_same)
		km_test_note("console: \"%s\"", km_test_console());
	km_test_console_clear();
	return is_same;
}

static void a_record_ends_at_its_newline(void)
{
	printk_flush();
	km_test_console_clear();
	pr_info("one %d\n", 1);
	pr_err("two\n");
	CHECK(console_is("one 1\ntwo\n"));
}

static void a_record_without_newline_ends_at_the_next_message(void)
{
	pr_info("ok 1 first");
	CHECK_EQ(km_test_console()[0], 0);
	pr_info("ok 2 second");
	CHECK_EQ(strcmp(km_test_console(), "ok 1 first\n"), 0);
	CHECK(console_is("ok 1 first\nok 2 second\n"));
}

static void a_continuation_joins_the_open_record(void)
{
	pr_info("a");
	pr_cont(" b");
	pr_cont(" c\n");
	pr_cont("alone\n");
	CHECK(console_is("a b c\nalone\n"));
}

static void debug_messages_do_not_reach_the_console_below_its_level(void)
{
	int level = console_loglevel;

	console_loglevel = LOGLEVEL_DEBUG;
	printk(KERN_DEBUG "hidden\n");
	printk(KERN_INFO "shown\n");
	console_loglevel = level;
	CHECK(console_is("shown\n"));
	pr_debug("compiled out\n");
	CHECK(console_is(""));
}

static void lines_inside_one_message_stay_lines(void)
{
	printk("x\ny\n");
	CHECK(console_is("x\ny\n"));
	printk("\n");
	CHECK(console_is("\n"));
}

static void the_time_can_stand_before_each_line(void)
{
	printk_time = true;
	printk("x\ny\n");
	printk_time = false;
	CHECK_EQ(km_test_console()[0], '[');
	CHECK(strstr(km_test_console(), "] x\n["));
	CHECK(strstr(km_test_console(), "] y\n"));
	km_test_console_clear();
}

static void the_ring_keeps_the_newest_text(void)
{
	char tail[16];
	unsigned int nr;

	for (nr = 0; nr < 2000; nr++)
		printk(KERN_INFO "line %4u of many that push the oldest out\n", nr);
	km_test_console_clear();
	printk("0123456789\n");
	CHECK_EQ(printk_tail(tail, 6), 6);
	CHECK_EQ(memcmp(tail, "56789\n", 6), 0);
	km_test_console_clear();
}

static void once_is_once(void)
{
	unsigned int nr;

	for (nr = 0; nr < 3; nr++)
		pr_info_once("once %u\n", nr);
	CHECK(console_is("once 0\n"));
}

static void a_rate_limit_lets_the_burst_through_and_counts_the_rest(void)
{
	static DEFINE_RATELIMIT_STATE(limit, 2, 3);
	unsigned int nr, let = 0;

	for (nr = 0; nr < 10; nr++)
		let += __ratelimit(&limit);
	CHECK(let >= 3 && let < 10);
	msleep(5);
	km_test_console_clear();
	CHECK(__ratelimit(&limit));
	CHECK(strstr(km_test_console(), "callbacks suppressed\n"));
	km_test_console_clear();
}

static void warn_says_where_and_gives_the_condition(void)
{
	int one = 1;

	upper_listen(1u << KM_POINT_WARN);
	CHECK_EQ(WARN_ON(one == 2), 0);
	CHECK_EQ(upper_seen[KM_POINT_WARN].count, 0);
	CHECK_EQ(WARN(one == 1, "bad thing %d\n", 7), 1);
	CHECK_EQ(upper_seen[KM_POINT_WARN].count, 1);
	CHECK_EQ(strcmp(upper_seen[KM_POINT_WARN].what, "bad thing 7"), 0);
	CHECK(strstr(km_test_console(), "------------[ cut here ]------------\nbad thing 7\n"));
	CHECK(strstr(km_test_console(), "WARNING: CPU: "));
	CHECK(strstr(km_test_console(), "printk_test.c:"));
	CHECK(strstr(km_test_console(), "---[ end trace 0000000000000000 ]---\n"));
	CHECK(test_taint(TAINT_WARN));
	CHECK_EQ(strcmp(print_tainted(), "Tainted: G        W         "), 0);
	upper_listen(0);
	km_test_console_clear();
}

static bool warn_each_time(int condition)
{
	return WARN_ON_ONCE(condition);
}

static void warn_once_reports_once_and_answers_each_time(void)
{
	upper_listen(1u << KM_POINT_WARN);
	CHECK(!warn_each_time(0));
	CHECK(warn_each_time(1));
	CHECK(warn_each_time(1));
	CHECK_EQ(upper_seen[KM_POINT_WARN].count, 1);
	upper_listen(0);
	km_test_console_clear();
}

static void a_hex_dump_has_the_kernels_columns(void)
{
	static const char bytes[] = "0123456789abcdefXY";

	print_hex_dump(KERN_INFO, "p ", DUMP_PREFIX_OFFSET, 16, 1, bytes, 18, true);
	CHECK(console_is("p 00000000: 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  "
			 "0123456789abcdef\n"
			 "p 00000010: 58 59                                            XY\n"));
}

static void dump_stack_shows_frames(void)
{
	dump_stack();
	CHECK(strstr(km_test_console(), "Call Trace:\n <TASK>\n"));
	CHECK(strstr(km_test_console(), " </TASK>\n"));
	CHECK(strstr(km_test_console(), "Comm: "));
	km_test_console_clear();
}

static void va_format_nests(void)
{
	struct va_format format;
	va_list none = {};

	format.fmt = "inner";
	format.va = &none;
	pr_info("outer(%pV)\n", &format);
	CHECK(console_is("outer(inner)\n"));
}

static void *way_out[5];
static struct km_port_fault fault_seen;

static void jump_out(const struct km_port_fault *fault)
{
	fault_seen = *fault;
	__builtin_longjmp(way_out, 1);
}

static void bug_and_panic(bool by_panic)
{
	if (by_panic)
		panic("out of %s\n", "ideas");
	BUG_ON(!by_panic);
}

/* True when the call came back through the fault handler, as it must. */
static noinline bool ends(bool by_panic)
{
	if (__builtin_setjmp(way_out))
		return true;
	bug_and_panic(by_panic);
	return false;
}

static unsigned int panics;

static int panic_told(struct notifier_block *nb, unsigned long action, void *data)
{
	panics++;
	return NOTIFY_DONE;
}

static void bug_and_panic_tell_print_and_do_not_return(void)
{
	struct notifier_block nb = { .notifier_call = panic_told };

	atomic_notifier_chain_register(&panic_notifier_list, &nb);
	kern_fault_handler = jump_out;
	upper_listen(1u << KM_POINT_BUG);
	CHECK(ends(false));
	CHECK_EQ(fault_seen.kind, KM_FAULT_ILLEGAL);
	CHECK(fault_seen.pc != 0);
	CHECK_EQ(upper_seen[KM_POINT_BUG].count, 1);
	CHECK(strstr(upper_seen[KM_POINT_BUG].what, "kernel BUG at "));
	CHECK(strstr(km_test_console(), "kernel BUG at "));
	CHECK(ends(true));
	CHECK_EQ(upper_seen[KM_POINT_BUG].count, 2);
	CHECK_EQ(panics, 1);
	CHECK(strstr(km_test_console(), "Kernel panic - not syncing: out of ideas\n"));
	CHECK(strstr(km_test_console(),
		     "---[ end Kernel panic - not syncing: out of ideas ]---\n"));
	upper_listen(0);
	kern_fault_handler = NULL;
	atomic_notifier_chain_unregister(&panic_notifier_list, &nb);
	km_test_console_clear();
}

KM_TESTS(upper_setup, T(a_record_ends_at_its_newline),
	 T(a_record_without_newline_ends_at_the_next_message),
	 T(a_continuation_joins_the_open_record),
	 T(debug_messages_do_not_reach_the_console_below_its_level),
	 T(lines_inside_one_message_stay_lines), T(the_time_can_stand_before_each_line),
	 T(the_ring_keeps_the_newest_text), T(once_is_once),
	 T(a_rate_limit_lets_the_burst_through_and_counts_the_rest),
	 T(warn_says_where_and_gives_the_condition),
	 T(warn_once_reports_once_and_answers_each_time), T(a_hex_dump_has_the_kernels_columns),
	 T(dump_stack_shows_frames), T(va_format_nests),
	 T(bug_and_panic_tell_print_and_do_not_return));
