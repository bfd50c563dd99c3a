/* SPDX-License-Identifier: MIT */
/*
 * finding.c - what the runs of a check found, each once, in terms of the user's files
 *
 * F1  A finding is placed at the innermost frame that lies in the module's own files; a leak at its
 *     allocation.
 * F2  The same rule at the same place is one report, however many runs show it; the first run that
 *     did is the one told, one that needs no failure before one that does. null-unchecked is one
 *     report for each allocation that was not checked.
 * F3  atomic-waste is decided over all runs together, for a place in the source.
 * F4  Of accesses to freed memory that only schedules show, a function's first line is told; one
 *     that hangs or crashes in another schedule is the same.
 * F5  What follows damaged memory in a schedule, and was not seen without, is not told.
 * F6  An address that no program has, after the same task has read what it must not: it was read
 *     there, and is no second mistake.
 */
#include "check_plan.h"
#include "finding.h"
#include "stack_use.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define GFP_HIGH 0x20u /* 6.12 values: GFP_ATOMIC is HIGH without DIRECT_RECLAIM */
#define GFP_DIRECT_RECLAIM 0x400u

struct maker {
	struct reports *reports;
	const struct sweep *sweep;
	struct symbols *symbols;
	const struct request *request;
	bool uses_kunit;
	struct stack_use *stack_use;
	bool is_damaged; /* F5, in the run under way */
};

static bool place_find(struct maker *maker, const struct stack *stack, struct place *ret_place)
{
	for (unsigned int i = 0; i < stack->count; i++) {
		const struct frame *frames;
		unsigned int count = symbols_frames(maker->symbols, stack->pc[i], &frames);

		for (unsigned int k = 0; k < count; k++) {
			if (frames[k].owner != FRAME_USER)
				continue;
			*ret_place = (struct place){ frames[k].file, frames[k].function,
						     frames[k].line, frames[k].column };
			return true;
		}
	}
	return false;
}

static struct place place_unknown(const struct maker *maker)
{
	return (struct place){ .file = maker->request->files.at[0], .function = "" };
}

static bool place_equal(const struct place *a, const struct place *b)
{
	return a->line == b->line && strcmp(a->file, b->file) == 0 &&
	       strcmp(a->function, b->function) == 0;
}

static struct frame *frames_of(struct maker *maker, const struct stack *stack,
			       unsigned int *ret_count)
{
	struct frame *all = need((stack->count * FRAMES_PER_PC + 1) * sizeof(*all));

	*ret_count = 0;
	for (unsigned int i = 0; i < stack->count; i++) {
		const struct frame *frames;
		unsigned int count = symbols_frames(maker->symbols, stack->pc[i], &frames);

		memcpy(all + *ret_count, frames, count * sizeof(*frames));
		*ret_count += count;
	}
	return all;
}

static void stack_fill(struct maker *maker, struct report *report, const struct stack *stack)
{
	report->stack = frames_of(maker, stack, &report->stack_count);
}

static void add_involved(struct maker *maker, struct report *report, const char *role,
			 const struct stack *stack, const char *by)
{
	struct involved *site = &report->sites[report->site_count];
	struct place place;

	if (!stack->count || report->site_count == MAX_INVOLVED ||
	    !place_find(maker, stack, &place))
		return;
	*site = (struct involved){ .role = role, .by = by, .place = place };
	site->stack = frames_of(maker, stack, &site->stack_count);
	report->site_count++;
}

/* "name@pc,name@pc": a name may hold anything but ends at the last @ before a comma. */
static void locks_fill(struct maker *maker, struct report *report, const char *locks)
{
	while (locks && *locks && report->lock_count < 16) {
		size_t bytes = strcspn(locks, ",");
		char *entry = need_part(locks, bytes), *at = strrchr(entry, '@');
		struct held_lock *lock = &report->locks[report->lock_count++];
		struct stack stack = { .count = 1 };

		if (at) {
			*at = 0;
			stack.pc[0] = strtoull(at + 1, NULL, 16);
		}
		lock->name = entry;
		if (!at || !place_find(maker, &stack, &lock->taken))
			lock->taken = (struct place){ .file = "", .function = "" };
		locks += bytes + (locks[bytes] == ',');
	}
}

static const struct run_site *site_of(const struct sweep *sweep, uint64_t hash)
{
	for (size_t i = 0; i < sweep->site_count; i++)
		if (sweep->sites[i].hash == hash)
			return &sweep->sites[i];
	return NULL;
}

/* What had failed when it happened: @injected of the run's plan, in that order. */
static void fail_fill(struct maker *maker, struct report *report, const struct run *run,
		      const struct plan *injected)
{
	report->plan = run->plan;
	for (unsigned int i = 0; i < injected->count; i++) {
		const struct run_site *site = site_of(maker->sweep, injected->at[i]);
		struct involved *failed = &report->sites[report->site_count];

		if (!site || report->site_count == MAX_INVOLVED)
			continue;
		*failed = (struct involved){ .role = "failed", .what = site->what,
					     .bytes = site->bytes, .hash = site->hash };
		if (!place_find(maker, &site->stack, &failed->place))
			failed->place = place_unknown(maker);
		failed->stack = frames_of(maker, &site->stack, &failed->stack_count);
		report->site_count++;
	}
}

/* The others came before it. */
const struct place *failed_place(const struct report *report)
{
	for (unsigned int i = report->site_count; i-- > 0;)
		if (strcmp(report->sites[i].role, "failed") == 0)
			return &report->sites[i].place;
	return NULL;
}

static bool is_same(const struct report *a, const struct report *b)
{
	const struct place *failed_a = failed_place(a), *failed_b = failed_place(b);

	if (strcmp(a->rule, b->rule) != 0 || !place_equal(&a->place, &b->place))
		return false;
	if (a->place.line == 0 && strcmp(a->message, b->message) != 0)
		return false;
	if (strcmp(a->rule, "null-unchecked") == 0 && failed_a && failed_b)
		return place_equal(failed_a, failed_b);
	return true;
}

static const struct place *involved_place(const struct report *report, const char *role)
{
	for (unsigned int i = 0; i < report->site_count; i++)
		if (strcmp(report->sites[i].role, role) == 0)
			return &report->sites[i].place;
	return NULL;
}

static bool is_rule(const struct report *report, const char *rule)
{
	return strcmp(report->rule, rule) == 0;
}

/* What an access to freed memory comes to when the memory is in use again. */
static bool is_late_access(const struct report *one, const struct report *other)
{
	return is_rule(one, "use-after-free") &&
	       (is_rule(other, "hang") || is_rule(other, "crash")) &&
	       place_equal(&one->place, &other->place);
}

/* The same two places in the other order: which of them comes second is chance. */
static bool is_same_pair(const struct report *a, const struct report *b)
{
	const struct place *first_a = involved_place(a, "freed");
	const struct place *first_b = involved_place(b, "freed");

	return is_rule(a, "double-free") && is_rule(b, "double-free") && first_a && first_b &&
	       place_equal(first_a, &b->place) && place_equal(first_b, &a->place);
}

/* F4: which of a function's accesses comes after the free is chance. */
static bool is_same_race(const struct report *a, const struct report *b)
{
	const struct place *freed_a = involved_place(a, "freed");
	const struct place *freed_b = involved_place(b, "freed");

	if (!a->plan.schedule && !b->plan.schedule)
		return false;
	if (is_late_access(a, b) || is_late_access(b, a) || is_same_pair(a, b))
		return true;
	return is_rule(a, "use-after-free") && is_rule(b, "use-after-free") && freed_a &&
	       freed_b && place_equal(freed_a, freed_b) &&
	       strcmp(a->place.function, b->place.function) == 0 &&
	       strcmp(a->place.file, b->place.file) == 0;
}

/* The one that tells the same as @report; NULL: there is none yet. */
static struct report *report_of(struct maker *maker, const struct report *report)
{
	struct reports *reports = maker->reports;

	for (size_t i = 0; i < reports->count; i++)
		if (is_same(&reports->at[i], report) || is_same_race(&reports->at[i], report))
			return &reports->at[i];
	return NULL;
}

static struct report *report_put(struct maker *maker, struct report *to, const struct report *from)
{
	*to = *from;
	to->seed = schedule_seed(maker->request->seed, from->plan.schedule);
	return to;
}

/* The report if it is to be filled; NULL: it was there already. */
static struct report *report_add(struct maker *maker, const struct report *report)
{
	struct reports *reports = maker->reports;
	struct report *known = report_of(maker, report);
	unsigned int runs;

	if (known) {
		bool is_better = known->plan.schedule &&
				 (report->place.line < known->place.line ||
				  is_late_access(report, known));

		runs = known->runs + (known->last_run != report->last_run);
		if (is_better)
			report_put(maker, known, report);
		known->last_run = report->last_run;
		known->runs = runs;
		return is_better ? known : NULL;
	}
	if (reports->count == reports->room) {
		reports->room = reports->room ? reports->room * 2 : 16;
		reports->at = need_more(reports->at, reports->room * sizeof(*reports->at));
	}
	if (report->is_error)
		reports->errors++;
	else
		reports->advice++;
	return report_put(maker, &reports->at[reports->count++], report);
}

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

static void take_finding(struct maker *maker, const struct run *run,
			 const struct run_finding *finding)
{
	bool is_null = strcmp(finding->rule, "null-unchecked") == 0;
	bool is_leak = strcmp(finding->rule, "leak") == 0;
	const struct stack *stack = is_leak && finding->alloc_stack.count ? &finding->alloc_stack
									  : &finding->stack;
	struct report report = {
		.rule = finding->rule, .message = finding->message, .help = finding->help,
		.is_error = finding->is_error, .finding = finding, .runs = 1, .last_run = run,
	}, *added;

	if (strcmp(finding->rule, "atomic-waste") == 0 ||
	    (maker->is_damaged && (is_leak || is_damage(finding->rule))))
		return;
	if (!place_find(maker, stack, &report.place) &&
	    !place_find(maker, &finding->alloc_stack, &report.place))
		report.place = place_unknown(maker);
	if (run->plan.count && maker->uses_kunit && is_kunits(&report.place))
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
			(unsigned long long)maker->request->wall_seconds);
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

/* -- atomic-waste
 * ---------------------------------------------------------------------------------------------- */

struct spot {
	struct place place;
	const struct run_site *first;
	uint64_t calls, sleepable, atomic;
	bool always_urgent;
};

static struct spot *spot_of(struct spot *spots, size_t *count, const struct place *place)
{
	for (size_t i = 0; i < *count; i++)
		if (place_equal(&spots[i].place, place))
			return &spots[i];
	spots[*count] = (struct spot){ .place = *place, .always_urgent = true };
	return &spots[(*count)++];
}

/* Which flags are right there has been said already. */
static bool is_flag_misuse(const struct maker *maker, const struct place *place)
{
	const struct reports *reports = maker->reports;

	for (size_t i = 0; i < reports->count; i++)
		if (strcmp(reports->at[i].rule, "flag-misuse") == 0 &&
		    place_equal(&reports->at[i].place, place))
			return true;
	return false;
}

static void spot_report(struct maker *maker, const struct spot *spot)
{
	struct report report = {
		.rule = "atomic-waste",
		.runs = 1,
		.place = spot->place,
		.message = text_format(
			"GFP_ATOMIC at a place where every one of %llu calls could have slept",
			(unsigned long long)spot->calls),
		.help = "Use GFP_KERNEL here: it may wait for memory and leaves the reserve to "
			"those who cannot.",
	};

	if (!spot->always_urgent || !spot->calls || spot->sleepable != spot->calls ||
	    spot->atomic != spot->calls || is_flag_misuse(maker, &spot->place))
		return;
	stack_fill(maker, &report, &spot->first->stack);
	report_add(maker, &report);
}

static void take_waste(struct maker *maker)
{
	const struct sweep *sweep = maker->sweep;
	struct spot *spots = need((sweep->site_count + 1) * sizeof(*spots));
	size_t count = 0;

	for (size_t i = 0; i < sweep->site_count; i++) {
		const struct run_site *site = &sweep->sites[i];
		struct place place;
		struct spot *spot;

		if (!(site->gfp & GFP_HIGH) ||
		    !waste_place(maker->symbols, &site->stack, &place)) {
			if (!place_find(maker, &site->stack, &place))
				continue;
		}
		spot = spot_of(spots, &count, &place);
		if (!spot->first)
			spot->first = site;
		spot->calls += site->calls;
		spot->sleepable += site->sleepable;
		spot->atomic += site->atomic;
		spot->always_urgent &= (site->gfp & GFP_HIGH) && !(site->gfp & GFP_DIRECT_RECLAIM);
	}
	for (size_t i = 0; i < count; i++)
		spot_report(maker, &spots[i]);
	free(spots);
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
		ret_reports, sweep, symbols, request, build->uses_kunit,
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
}
