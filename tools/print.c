/* SPDX-License-Identifier: MIT */
/*
 * print.c - findings as text for people
 *
 * Deterministic: no address of this computer, no clock.  The first line has the form FILE:LINE:
 * SEVERITY: RULE, which editors know how to jump to.
 */
#include "check_plan.h"
#include "finding.h"
#include "paint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PRINTED 100
#define EXCERPT_BEFORE 2
#define EXCERPT_AFTER 1
#define EXCERPT_COLUMNS 160

static void print_text(const char *text, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		unsigned char byte = (unsigned char)text[i];

		putchar(byte == '\t' || byte >= 0x20 ? byte : '?');
	}
}

static void print_source_line(const char *line, int number, bool is_marked)
{
	size_t bytes = strcspn(line, "\r\n");
	bool is_cut = bytes > EXCERPT_COLUMNS;

	printf("  %c %5d | ", is_marked ? '>' : ' ', number);
	print_text(line, is_cut ? EXCERPT_COLUMNS : bytes);
	puts(is_cut ? " ..." : "");
}

/* Below the line, at its byte @column: what stands before it becomes blank, tabs stay tabs. */
static void print_caret(const char *line, int column)
{
	int bytes = (int)strcspn(line, "\r\n");

	if (column < 1 || column > bytes || column > EXCERPT_COLUMNS)
		return;
	printf("          | ");
	for (int i = 0; i < column - 1; i++)
		/* The further bytes of a character that takes several have no column. */
		if (((unsigned char)line[i] & 0xc0) != 0x80)
			putchar(line[i] == '\t' ? '\t' : ' ');
	printf("%s^%s\n", paint(PAINT_CARET), paint(PAINT_NONE));
}

static void print_excerpt(const struct place *place)
{
	FILE *file = place->line ? fopen(place->file, "r") : NULL;
	char *line = NULL;
	size_t room = 0;

	for (int number = 1; file && number <= place->line + EXCERPT_AFTER; number++) {
		if (getline(&line, &room, file) < 0)
			break;
		if (number >= place->line - EXCERPT_BEFORE)
			print_source_line(line, number, number == place->line);
		if (number == place->line)
			print_caret(line, place->column);
	}
	free(line);
	if (file)
		fclose(file);
}

static char *place_text(const struct place *place)
{
	if (!place->line)
		return need_copy("a place outside the module");
	return text_format("%s:%d in %s()", place->file, place->line, place->function);
}

static void print_context(const struct run_finding *finding)
{
	printf("  context: %s", finding->context);
	if (finding->deed)
		printf(", %s", finding->deed);
	if (finding->comm)
		printf(", %s/%lld", finding->comm, (long long)finding->pid);
	printf(", CPU %llu; preempt_count %llx, interrupts %s, RCU depth %llu",
	       (unsigned long long)finding->cpu, (unsigned long long)finding->preempt,
	       finding->irqs_off ? "off" : "on", (unsigned long long)finding->rcu);
	if (finding->scope && strcmp(finding->scope, "0") != 0)
		printf(", scope %s", finding->scope);
	putchar('\n');
}

static void print_locks(const struct report *report)
{
	for (unsigned int i = 0; i < report->lock_count; i++) {
		char *taken = place_text(&report->locks[i].taken);

		printf("  lock held: %s, taken at %s\n", report->locks[i].name, taken);
		free(taken);
	}
}

unsigned int first_frame_shown(const struct frame *stack, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		if (stack[i].owner == FRAME_USER)
			return i ? i - 1 : 0;
	return 0;
}

static void print_frame(const struct frame *frame)
{
	const char *how = frame->is_inlined ? " (inlined)" : "";

	if (frame->owner == FRAME_USER)
		printf("    %-28s %s:%d%s\n", frame->function, frame->file, frame->line, how);
	else
		printf("    %s%s\n", frame->function, how);
}

static void print_stack(const struct report *report)
{
	if (report->stack_count)
		puts("  stack:");
	for (unsigned int i = first_frame_shown(report->stack, report->stack_count);
	     i < report->stack_count; i++)
		print_frame(&report->stack[i]);
}

static bool is_stack_of(const struct report *report, const struct involved *site)
{
	if (site->stack_count != report->stack_count)
		return false;
	for (unsigned int i = 0; i < site->stack_count; i++)
		if (site->stack[i].line != report->stack[i].line ||
		    strcmp(site->stack[i].function, report->stack[i].function) != 0)
			return false;
	return true;
}

/* How the code came to another place; the line of the place has told of a single frame. */
static void print_stack_of(const struct report *report, const struct involved *site)
{
	unsigned int first = first_frame_shown(site->stack, site->stack_count), users = 0;

	for (unsigned int i = 0; i < site->stack_count; i++)
		users += site->stack[i].owner == FRAME_USER;
	if (users < 2 || is_stack_of(report, site))
		return;
	for (unsigned int i = first; i < site->stack_count; i++)
		print_frame(&site->stack[i]);
}

static void print_involved(const struct report *report)
{
	for (unsigned int i = 0; i < report->site_count; i++) {
		const struct involved *site = &report->sites[i];
		char *place = place_text(&site->place);

		if (strcmp(site->role, "failed") == 0)
			printf("  injected failure: %s of %llu bytes at %s returned no memory\n",
			       site->what, (unsigned long long)site->bytes, place);
		else
			printf("  %s at %s%s%s\n", site->role, place, site->by ? " by " : "",
			       site->by ? site->by : "");
		print_stack_of(report, site);
		free(place);
	}
}

static void print_object(const struct run_finding *finding)
{
	if (!finding || !finding->object || !finding->bytes)
		return;
	printf("  object: %llu bytes", (unsigned long long)finding->bytes);
	if (finding->cache)
		printf(" of %s", finding->cache);
	putchar('\n');
}

/* FILE:LINE: error: RULE: what would be the kernel's first line; its further lines below. */
static void print_head(const struct report *report)
{
	const char *message = report->message;
	size_t first = strcspn(message, "\n");

	printf("%s%s:", paint(PAINT_PLACE), report->place.file);
	if (report->place.line)
		printf("%d:", report->place.line);
	printf("%s %s%s:%s %s: ", paint(PAINT_NONE),
	       paint(report->is_error ? PAINT_ERROR : PAINT_ADVICE),
	       report->is_error ? "error" : "advice", paint(PAINT_NONE), report->rule);
	print_text(message, first);
	putchar('\n');
	for (message += first; *message; message += first) {
		message++;
		first = strcspn(message, "\n");
		printf("  ");
		print_text(message, first);
		putchar('\n');
	}
	if (report->place.line && *report->place.function)
		printf("  in %s():\n", report->place.function);
}

static void print_report(const struct report *report, const struct request *request)
{
	char *replay = replay_command(report, request);

	print_head(report);
	print_excerpt(&report->place);
	if (report->finding)
		print_context(report->finding);
	print_locks(report);
	print_object(report->finding);
	print_involved(report);
	print_stack(report);
	if (report->help && *report->help)
		printf("  %sinstead:%s %s\n", paint(PAINT_PLACE), paint(PAINT_NONE),
		       report->help);
	if (report->static_tool)
		printf("  %s: %s, no run showed it; again: %s\n\n",
		       report->is_error ? "static" : "static, unproven", report->static_tool,
		       replay);
	else
		printf("  seed %llu, seen in %u run%s; again: %s\n\n",
		       (unsigned long long)report->seed, report->runs,
		       report->runs == 1 ? "" : "s", replay);
	free(replay);
}

static void print_names(const struct request *request)
{
	if (request->directory)
		printf("%s", request->module);
	for (size_t i = 0; !request->directory && i < request->files.count; i++)
		printf("%s%s", i ? " " : "", request->files.at[i]);
}

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void print_found(const struct reports *reports, bool uses_kunit)
{
	const char *color = paint(reports->errors ? PAINT_ERROR : PAINT_CARET);

	if (uses_kunit)
		printf(": KUnit %u passed, %u failed, %u skipped", reports->kunit.passed,
		       reports->kunit.failed, reports->kunit.skipped);
	printf(": %s", color);
	if (reports->errors)
		printf("%u finding%s", reports->errors, plural(reports->errors));
	else
		printf("clean");
	printf("%s", paint(PAINT_NONE));
	if (reports->advice)
		printf(", %u piece%s of advice", reports->advice, plural(reports->advice));
}

/* What was done for it.  The seconds are the machines; a terminal gets the reader's own too. */
static void print_done(const struct sweep *sweep, const struct request *request)
{
	uint64_t ns = 0;

	for (size_t i = 0; i < sweep->count; i++)
		ns += sweep->runs[i]->virtual_ns;
	if (request->sweep_mode == SWEEP_NONE)
		printf("; no allocation was failed (--no-sweep)");
	else
		printf("; %zu allocation site%s failed once each", sweep->failed_sites,
		       plural(sweep->failed_sites));
	if (request->sweep_mode == SWEEP_PAIRS)
		printf(", %zu pair%s", sweep->failed_pairs, plural(sweep->failed_pairs));
	if (request->sweep_mode == SWEEP_ORDERS)
		printf(", %zu in other orders", sweep->failed_pairs);
	if (sweep->schedules)
		printf(", %zu schedule%s", sweep->schedules, plural(sweep->schedules));
	printf(", %zu run%s, seed %llu; %.3f seconds of machine time", sweep->count,
	       plural(sweep->count), (unsigned long long)request->seed, (double)ns / 1e9);
	if (*paint(PAINT_NONE))
		printf(", %.1f of yours", progress_seconds());
	puts(".");
}

void print_reports(const struct reports *reports, const struct sweep *sweep,
		   const struct request *request, bool uses_kunit)
{
	for (size_t i = 0; i < reports->count && i < MAX_PRINTED; i++)
		print_report(&reports->at[i], request);
	if (reports->count > MAX_PRINTED)
		printf("... and %zu more findings not shown; --json lists them all.\n\n",
		       reports->count - MAX_PRINTED);
	print_names(request);
	print_found(reports, uses_kunit);
	print_done(sweep, request);
}
