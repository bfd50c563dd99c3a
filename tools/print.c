/* SPDX-License-Identifier: MIT */
/*
 * print.c - findings as text for people
 *
 * Deterministic: no address of this computer, no clock.  The first line has the form FILE:LINE:
 * SEVERITY: RULE, which editors know how to jump to.
 */
#include "check_plan.h"
#include "finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PRINTED 100
#define EXCERPT_BEFORE 2
#define EXCERPT_AFTER 1
#define EXCERPT_COLUMNS 160

static void print_source_line(const char *line, int number, bool is_marked)
{
	size_t bytes = strcspn(line, "\r\n");

	printf("  %c %5d | ", is_marked ? '>' : ' ', number);
	for (size_t i = 0; i < bytes && i < EXCERPT_COLUMNS; i++) {
		unsigned char byte = (unsigned char)line[i];

		putchar(byte == '\t' || byte >= 0x20 ? byte : '?');
	}
	puts(bytes > EXCERPT_COLUMNS ? " ..." : "");
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

/* Engine frames inside the call the module made say nothing to its author: the last of them, the
 * API call, stays. */
static unsigned int first_frame_shown(const struct frame *stack, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		if (stack[i].owner == FRAME_USER)
			return i ? i - 1 : 0;
	return 0;
}

static void print_frame(const struct frame *frame)
{
	if (frame->owner == FRAME_USER)
		printf("    %-28s %s:%d\n", frame->function, frame->file, frame->line);
	else
		printf("    %s\n", frame->function);
}

static void print_stack(const struct report *report)
{
	if (report->stack_count)
		puts("  stack:");
	for (unsigned int i = first_frame_shown(report->stack, report->stack_count);
	     i < report->stack_count; i++)
		print_frame(&report->stack[i]);
}

/* How the code came to another place; its own line has told of a single frame. */
static void print_stack_of(const struct involved *site)
{
	unsigned int first = first_frame_shown(site->stack, site->stack_count), users = 0;

	for (unsigned int i = 0; i < site->stack_count; i++)
		users += site->stack[i].owner == FRAME_USER;
	for (unsigned int i = first; users > 1 && i < site->stack_count; i++)
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
		print_stack_of(site);
		free(place);
	}
}

static void print_object(const struct run_finding *finding)
{
	if (!finding || !finding->object)
		return;
	printf("  object: %llu bytes", (unsigned long long)finding->bytes);
	if (finding->cache)
		printf(" of %s", finding->cache);
	putchar('\n');
}

static void print_report(const struct report *report, const struct request *request)
{
	char *replay = replay_command(report, request);

	if (report->place.line)
		printf("%s:%d: ", report->place.file, report->place.line);
	else
		printf("%s: ", report->place.file);
	printf("%s: %s", report->is_error ? "error" : "advice", report->rule);
	if (report->place.line)
		printf(" in %s()", report->place.function);
	printf("\n  %s\n", report->message);
	print_excerpt(&report->place);
	if (report->finding)
		print_context(report->finding);
	print_locks(report);
	print_object(report->finding);
	print_involved(report);
	print_stack(report);
	if (report->help && *report->help)
		printf("  instead: %s\n", report->help);
	printf("  seed %llu, seen in %u run%s; again: %s\n\n", (unsigned long long)request->seed,
	       report->runs, report->runs == 1 ? "" : "s", replay);
	free(replay);
}

static void print_names(const struct request *request)
{
	for (size_t i = 0; i < request->files.count; i++)
		printf("%s%s", i ? " " : "", request->files.at[i]);
}

void print_reports(const struct reports *reports, const struct sweep *sweep,
		   const struct request *request, bool uses_kunit)
{
	const char *plural = sweep->failed_sites == 1 ? "" : "s";

	for (size_t i = 0; i < reports->count && i < MAX_PRINTED; i++)
		print_report(&reports->at[i], request);
	if (reports->count > MAX_PRINTED)
		printf("... and %zu more findings not shown; --json lists them all.\n\n",
		       reports->count - MAX_PRINTED);
	print_names(request);
	if (uses_kunit)
		printf(": KUnit %u passed, %u failed, %u skipped", reports->kunit.passed,
		       reports->kunit.failed, reports->kunit.skipped);
	if (reports->errors)
		printf(": %u finding%s", reports->errors, reports->errors == 1 ? "" : "s");
	else
		printf(": clean");
	if (reports->advice)
		printf(", %u piece%s of advice", reports->advice, reports->advice == 1 ? "" : "s");
	if (request->sweep_mode == SWEEP_NONE)
		printf("; no allocation was failed (--no-sweep)");
	else
		printf("; %zu allocation site%s failed once each", sweep->failed_sites, plural);
	if (request->sweep_mode == SWEEP_PAIRS)
		printf(", %zu pair%s", sweep->failed_pairs, sweep->failed_pairs == 1 ? "" : "s");
	printf(", %zu run%s, seed %llu.\n", sweep->count, sweep->count == 1 ? "" : "s",
	       (unsigned long long)request->seed);
}
