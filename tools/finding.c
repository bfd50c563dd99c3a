/* SPDX-License-Identifier: MIT */
/*
 * finding.c - what the runs of a check found, in terms of the user's files
 *
 * Where a finding is placed: involved.c (F1).  Which are one: same.c (F2, F4).  atomic-waste, of
 * all runs together: waste.c (F3).
 *
 * F5  What follows damaged memory in a schedule, and was not seen without, is not told.
 * F6  An address that no program has, after the same task has read what it must not: it was read
 *     there, and is no second mistake.
 */
#include "drive.h"
#include "maker.h"
#include "stack_use.h"

#include <string.h>
#include <sys/wait.h>

/* F5 */
static bool is_damage(const char *rule)
{
	static const char *const damaging[] = { "use-after-free", "double-free", "invalid-free",
						"out-of-bounds", "crash", "bug", "hang" };

	for (size_t i = 0; i < sizeof(damaging) / sizeof(damaging[0]); i++)
		if (strcmp(rule, damaging[i]) == 0)
			return true;
	return false;
}

/* How KUnit itself copes with an allocation that fails is not the suite's business. */
static bool is_kunits(const struct place *place)
{
	return !place->line || strstr(place->file, "/include/kunit/");
}

/* What the first stack beside the finding's own is of. */
static const char *made_role(const struct run_finding *finding)
{
	return strstr(finding->message, "; local variable '") ? "created" : "allocated";
}

/*
 * Where a callback's answer that nobody wrote is returned.  The end of a function with several
 * return statements is the bracket that closes it, and each of them stores the answer.
 */
static const struct stack *answer_stack(struct maker *maker, const struct run_finding *finding)
{
	struct place end = { .column = 0 };

	place_find(maker, &finding->stack, &end);
	return end.column == 1 && finding->also[0].role ? &finding->also[0].stack : &finding->stack;
}

static bool is_answer(const struct run_finding *finding)
{
	return strstr(finding->message, ": it is returned to the kernel");
}

static void take_finding(struct maker *maker, const struct run *run,
			 const struct run_finding *finding)
{
	bool is_null = strcmp(finding->rule, "null-unchecked") == 0;
	bool is_leak = strcmp(finding->rule, "leak") == 0;
	const struct stack *stack = is_leak && finding->alloc_stack.count ? &finding->alloc_stack
				    : is_answer(finding) ? answer_stack(maker, finding)
							 : &finding->stack;
	struct report report = {
		.rule = finding->rule, .message = finding->message, .help = finding->help,
		.is_error = finding->is_error, .finding = finding, .runs = 1, .last_run = run,
	}, *added;

	if (strcmp(finding->rule, "atomic-waste") == 0 ||
	    (is_answer(finding) && !symbols_answers(maker->symbols, finding->stack.pc[0])) ||
	    (maker->is_damaged &&
	     (is_leak || is_damage(finding->rule) || strcmp(finding->rule, "warn") == 0)))
		return;
	/* The library did it, for user space: who freed what is still shown is to blame. */
	if (!place_find(maker, stack, &report.place) &&
	    !place_find(maker, &finding->free_stack, &report.place) &&
	    !place_find(maker, &finding->alloc_stack, &report.place))
		report.place = place_unknown(maker);
	if (run->plan.count && maker->has_tree_kunit && is_kunits(&report.place))
		return;
	/* With null-unchecked it is the allocation that failed, which the plan knows too. */
	if (!is_null)
		add_involved(maker, &report, made_role(finding), &finding->alloc_stack,
			     finding->alloc_by);
	add_involved(maker, &report, "freed", &finding->free_stack, finding->free_by);
	for (unsigned int i = 0; i < FINDING_ALSO && finding->also[i].role; i++)
		add_involved(maker, &report, finding->also[i].role, &finding->also[i].stack,
			     finding->also[i].by);
	fail_fill(maker, &report, run, &finding->injected);
	added = report_add(maker, &report);
	maker->is_damaged |= run->plan.schedule && is_damage(finding->rule) &&
			     report_of(maker, &report)->plan.schedule;
	if (!added)
		return;
	added->message = message_whole(added, maker->symbols);
	stack_fill(maker, added, stack);
	locks_fill(maker, added, finding->locks);
}

/* F6 */
static bool is_wild_address(const struct run *run, size_t number)
{
	const struct run_finding *crash = &run->findings[number];

	if (strcmp(crash->rule, "crash") != 0 || !strstr(crash->message, "page fault for address"))
		return false;
	for (size_t i = 0; i < number; i++) {
		const struct run_finding *before = &run->findings[i];

		if (before->pid == crash->pid && strstr(before->message, ": Read of size ") &&
		    (!strcmp(before->rule, "use-after-free") ||
		     !strcmp(before->rule, "out-of-bounds")))
			return true;
	}
	return false;
}

/*
 * Of the candidates of stack-overflow the first that is one; what the same task does on the stack
 * it has used up is no news, be it deeper or the end of it.
 */
static void take_or_judge(struct maker *maker, const struct run *run, size_t number)
{
	struct run_finding *finding = &run->findings[number];
	char *message;

	if (is_wild_address(run, number))
		return;
	for (size_t i = 0; i < number && strcmp(finding->rule, "stack-overflow") == 0; i++)
		if (run->findings[i].is_judged && run->findings[i].pid == finding->pid)
			return;
	if (finding->frames) {
		message = stack_use_judge(maker->stack_use, finding);
		if (!message)
			return;
		finding->message = message;
		finding->is_judged = true;
	}
	take_finding(maker, run, finding);
}

/* A run that ended without its last record. */
static void take_bad_end(struct maker *maker, const struct run *run)
{
	struct report report = {
		.is_error = true, .runs = 1, .last_run = run, .place = place_unknown(maker),
	};

	if (run->end == RUN_ORDERLY || run->end == RUN_REFUSED)
		return;
	if (run->end == RUN_HUNG) {
		report.rule = "hang";
		report.message = text_format(
			"the run did not end within %llu seconds and could not report where it was",
			(unsigned long long)run_patience(maker->request));
		report.help = "Look for a loop that never ends with interrupts off, or raise "
			      "--time-limit.";
	} else if (run->end == RUN_FLOODED) {
		report.rule = "hang";
		report.message = "the run wrote more than 64 MiB of records and was stopped";
		report.help = "Look for a loop that prints or breaks a rule without end.";
	} else {
		report.rule = "crash";
		if (WIFSIGNALED(run->wait_status))
			report.message = text_format(
				"the machine died of signal %d (%s) while the module was in phase "
				"'%s'",
				WTERMSIG(run->wait_status), strsignal(WTERMSIG(run->wait_status)),
				run->phase ? run->phase : "boot");
		else
			report.message = text_format(
				"the machine stopped with status %d in phase '%s'",
				WEXITSTATUS(run->wait_status), run->phase ? run->phase : "boot");
		report.help =
			"The module damaged the machine itself; --verbose shows the last lines of "
			"its log.";
	}
	fail_fill(maker, &report, run, &run->injected);
	report_add(maker, &report);
}

/* A case that fails because an allocation was made to fail is right to: only the base counts. */
static void take_kunit(struct maker *maker, const struct run *base)
{
	struct kunit_results *results = &maker->reports->kunit;

	kunit_read(&base->log, results);
	for (size_t i = 0; i < results->failure_count; i++) {
		const struct kunit_failure *failure = &results->failures[i];
		struct report report = {
			.rule = "kunit",
			.is_error = true,
			.runs = 1,
			.message = text_format("test %s failed%s%s", failure->test,
					       failure->message ? ": " : "",
					       failure->message ? failure->message : ""),
			.help = "The lines of the log before \"not ok\" tell what the case saw.",
			.place = place_unknown(maker),
		};

		if (failure->file)
			report.place = (struct place){ .file = failure->file,
						       .function = failure->test,
						       .line = failure->line };
		report_add(maker, &report);
	}
}

static void take_run(struct maker *maker, const struct run *run)
{
	maker->is_damaged = false;
	for (size_t i = 0; i < run->finding_count; i++)
		take_or_judge(maker, run, i);
	take_bad_end(maker, run);
}

void reports_make(struct reports *ret_reports, const struct sweep *sweep, struct symbols *symbols,
		  const struct request *request, const struct build *build)
{
	struct maker maker = {
		ret_reports, sweep, symbols, request, build->has_tree_kunit,
		stack_use_open(request, build, symbols), false,
	};

	*ret_reports = (struct reports){ 0 };
	for (size_t i = 0; i < sweep->count; i++)
		if (!sweep->runs[i]->plan.count)
			take_run(&maker, sweep->runs[i]);
	for (size_t i = 0; i < sweep->count; i++)
		if (sweep->runs[i]->plan.count)
			take_run(&maker, sweep->runs[i]);
	if (build->uses_kunit)
		take_kunit(&maker, sweep->runs[0]);
	drive_find(&maker, sweep->runs[0]);
	take_waste(&maker);
	reports_drop_echoes(ret_reports);
}

void reports_add(struct reports *reports, const struct sweep *sweep, struct symbols *symbols,
		 const struct request *request, const char *rule)
{
	struct maker maker = {
		.reports = reports, .sweep = sweep, .symbols = symbols, .request = request,
	};

	for (size_t i = 0; i < sweep->count; i++) {
		const struct run *run = sweep->runs[i];

		for (size_t k = 0; k < run->finding_count; k++)
			if (strcmp(run->findings[k].rule, rule) == 0)
				take_finding(&maker, run, &run->findings[k]);
	}
	reports_drop_echoes(reports);
}
