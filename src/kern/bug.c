// SPDX-License-Identifier: MIT
/*
 * bug.c - WARN, BUG, panic and taints
 *
 * Owns: the taint mask.  BUG and panic tell the rules, print, hand the fault to kern_fault_handler
 * and stop the port: they do not return.  Any context; nothing sleeps.
 */
#include <linux/bug.h>
#include <linux/notifier.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <kern/core.h>
#include <kern/parts.h>

#define TEXT_BYTES	256
#define STATUS_STOPPED	70

int oops_in_progress;
int panic_on_warn;
ATOMIC_NOTIFIER_HEAD(panic_notifier_list);

static unsigned long tainted;
/* What a set and a clear bit print as. */
static const char taint_letters[TAINT_FLAGS_COUNT][2] = {
	{ 'P', 'G' }, { 'F', ' ' }, { 'S', ' ' }, { 'R', ' ' }, { 'M', ' ' },
	{ 'B', ' ' }, { 'U', ' ' }, { 'D', ' ' }, { 'A', ' ' }, { 'W', ' ' },
	{ 'C', ' ' }, { 'I', ' ' }, { 'O', ' ' }, { 'E', ' ' }, { 'L', ' ' },
	{ 'K', ' ' }, { 'X', ' ' }, { 'T', ' ' }, { 'N', ' ' },
};

void add_taint(unsigned int flag, enum lockdep_ok ok)
{
	__atomic_fetch_or(&tainted, 1UL << flag, __ATOMIC_SEQ_CST);
}

int test_taint(unsigned int flag)
{
	return tainted >> flag & 1;
}

unsigned long get_taint(void)
{
	return tainted;
}

const char *print_tainted(void)
{
	static char text[sizeof("Tainted: ") + TAINT_FLAGS_COUNT];
	char *at = text;
	unsigned int flag;

	if (!tainted)
		return "Not tainted";
	at += scnprintf(text, sizeof(text), "Tainted: ");
	for (flag = 0; flag < TAINT_FLAGS_COUNT; flag++)
		*at++ = taint_letters[flag][test_taint(flag) ? 0 : 1];
	*at = '\0';
	return text;
}

static void bug_tell(enum km_point point, const char *text, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = point,
		.family = KM_FAMILY_OTHER,
		.what = text,
		.caller = caller,
		.frame = frame,
	};

	/* What a function of the library says of its arguments is said inside its call. */
	watch_tell_inner(&event);
}

/* The end: rules first, so that their finding comes before whoever handles the fault closes the
 * run. */
static void __noreturn bug_stop(const char *text, uintptr_t caller, uintptr_t frame)
{
	struct km_port_fault fault = {
		.kind = KM_FAULT_ILLEGAL, .pc = caller, .frame = frame, .thread = km_port_self(),
	};

	printk_flush();
	current->thread.watch_depth = 0;	/* a BUG inside an allocator is told as well */
	bug_tell(KM_POINT_BUG, text, caller, frame);
	if (kern_fault_handler)
		kern_fault_handler(&fault);
	km_port_stop(STATUS_STOPPED);
}

void km_bug_at(const char *file, int line, const char *function)
{
	char text[TEXT_BYTES];

	oops_in_progress++;
	scnprintf(text, sizeof(text), "kernel BUG at %s:%d!", file, line);
	pr_emerg(CUT_HERE);
	pr_emerg("%s\n", text);
	pr_emerg("RIP: %s\n", function);
	km_show_stack_from(KERN_EMERG, WATCH_FRAME());
	pr_emerg("---[ end trace 0000000000000000 ]---\n");
	bug_stop(text, WATCH_CALLER(), WATCH_FRAME());
}

/**
 * panic() - the machine cannot go on
 * Context: any.  Does not return.
 */
void panic(const char *fmt, ...)
{
	char text[TEXT_BYTES] = "Kernel panic - not syncing: ";
	size_t begin = strlen(text);
	va_list args;

	oops_in_progress++;
	va_start(args, fmt);
	begin += vscnprintf(text + begin, sizeof(text) - begin, fmt, args);
	va_end(args);
	if (text[begin - 1] == '\n')
		text[begin - 1] = '\0';
	pr_emerg("%s\n", text);
	km_show_stack_from(KERN_EMERG, WATCH_FRAME());
	atomic_notifier_call_chain(&panic_notifier_list, 0, text);
	pr_emerg("---[ end %s ]---\n", text);
	bug_stop(text, WATCH_CALLER(), WATCH_FRAME());
}

/* @text NULL: WARN_ON(), which has none. */
static void warn_report(const char *file, int line, const char *text, uintptr_t caller,
			uintptr_t frame)
{
	char where[TEXT_BYTES];

	scnprintf(where, sizeof(where), "WARNING: CPU: %u PID: %d at %s:%d %pS", km_port_cpu(),
		  current->pid, file, line, (void *)caller);
	if (!text)
		pr_warn(CUT_HERE);
	pr_warn("%s\n", where);
	pr_warn("CPU: %u PID: %d Comm: %.20s %s\n", km_port_cpu(), current->pid, current->comm,
		print_tainted());
	km_show_stack_from(KERN_WARNING, frame);
	pr_warn("---[ end trace 0000000000000000 ]---\n");
	bug_tell(KM_POINT_WARN, text ? text : where, caller, frame);
	if (panic_on_warn)
		panic("kernel: panic_on_warn set ...\n");
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

void km_warn_at(const char *file, int line)
{
	warn_report(file, line, NULL, WATCH_CALLER(), WATCH_FRAME());
}

void km_warn_printk_at(const char *file, int line, unsigned int taint, const char *fmt, ...)
{
	char text[TEXT_BYTES];
	const char *bare;
	size_t bytes;
	va_list args;

	va_start(args, fmt);
	bytes = vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (bytes && text[bytes - 1] == '\n')
		text[bytes - 1] = '\0';
	bare = printk_skip_headers(text);
	pr_warn(CUT_HERE);
	pr_warn("%s\n", bare);
	if (taint != TAINT_WARN)
		add_taint(taint, LOCKDEP_STILL_OK);
	warn_report(file, line, bare, WATCH_CALLER(), WATCH_FRAME());
}
