/* SPDX-License-Identifier: MIT */
/*
 * check_sarif.c - the findings of a check as results of SARIF
 *
 * The flow of a result is what the report tells of other places: where the object was allocated and
 * freed, what the rule adds, which allocation was made to fail, where the locks held were taken.
 */
#include "check_report.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PROPERTIES 8

static struct sarif_place place_of(const struct place *place)
{
	bool is_known = place->file && *place->file;

	return (struct sarif_place){ is_known ? place->file : NULL, place->function, place->line,
				     place->column };
}

/* A header of ours or a file of the library is a function to the reader, no place. */
static struct sarif_place *frames_of(const struct frame *stack, unsigned int count,
				     size_t *ret_count)
{
	struct sarif_place *places = need((count + 1) * sizeof(*places));
	unsigned int first = first_frame_shown(stack, count);

	*ret_count = 0;
	for (unsigned int i = first; i < count; i++) {
		bool is_user = stack[i].owner == FRAME_USER;

		places[(*ret_count)++] = (struct sarif_place){
			.file = is_user ? stack[i].file : NULL,
			.function = stack[i].function,
			.line = is_user ? stack[i].line : 0,
			.column = is_user ? stack[i].column : 0,
		};
	}
	return places;
}

static enum sarif_kind kind_of(const char *role)
{
	static const struct {
		const char *role;
		enum sarif_kind kind;
	} known[] = {
		{ "allocated", SARIF_ACQUIRE_MEMORY }, { "created", SARIF_ACQUIRE_MEMORY },
		{ "mapped", SARIF_ACQUIRE_MEMORY },    { "freed", SARIF_RELEASE_MEMORY },
		{ "unmapped", SARIF_RELEASE_MEMORY },  { "failed", SARIF_FAILED },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].role, role) == 0)
			return known[i].kind;
	return strstr(role, "lock") ? SARIF_ACQUIRE_LOCK : SARIF_STEP;
}

static struct sarif_step step_of(const struct report *report, const struct involved *site)
{
	struct sarif_step step = { .place = place_of(&site->place), .kind = kind_of(site->role) };

	if (step.kind == SARIF_FAILED)
		step.text = text_format("injected failure: %s of %llu bytes returned no memory",
					site->what, (unsigned long long)site->bytes);
	else
		step.text = text_format("%s%s%s", site->role, site->by ? " by " : "",
					site->by ? site->by : "");
	step.stack = frames_of(site->stack, site->stack_count, &step.stack_count);
	/* It is one finding for each allocation that was not checked. */
	step.is_identity = step.kind == SARIF_FAILED && strcmp(report->rule, "null-unchecked") == 0;
	return step;
}

static struct sarif_step lock_step(const struct held_lock *lock)
{
	return (struct sarif_step){
		.place = place_of(&lock->taken),
		.text = text_format("lock %s taken", lock->name),
		.kind = SARIF_ACQUIRE_LOCK,
	};
}

static size_t flow_of(const struct report *report, struct sarif_step *steps)
{
	size_t count = 0;

	for (unsigned int i = 0; i < report->site_count; i++)
		steps[count++] = step_of(report, &report->sites[i]);
	for (unsigned int i = 0; i < report->lock_count; i++)
		steps[count++] = lock_step(&report->locks[i]);
	return count;
}

static struct sarif_property number(const char *key, uint64_t value)
{
	return (struct sarif_property){ key, text_format("%llu", (unsigned long long)value), true };
}

static size_t properties_of(const struct report *report, const struct request *request,
			    struct sarif_property *to)
{
	const struct run_finding *finding = report->finding;
	size_t count = 0;

	if (request->module)
		to[count++] = (struct sarif_property){ "module", request->module, false };
	if (report->static_tool) {
		to[count++] = (struct sarif_property){ "static", "true", true };
		to[count++] = (struct sarif_property){ "tool", report->static_tool, false };
		return count;
	}
	to[count++] = number("seed", report->seed);
	to[count++] = number("runs", report->runs);
	to[count++] = (struct sarif_property){ "replay", replay_command(report, request), false };
	if (finding)
		to[count++] = (struct sarif_property){ "context", finding->context, false };
	if (finding && finding->object && finding->bytes)
		to[count++] = number("objectBytes", finding->bytes);
	if (finding && finding->object && finding->cache)
		to[count++] = (struct sarif_property){ "cache", finding->cache, false };
	return count;
}

static void put_report(struct sarif *sarif, const struct report *report,
		       const struct request *request)
{
	struct sarif_step steps[MAX_INVOLVED + sizeof(report->locks) / sizeof(report->locks[0])];
	struct sarif_property properties[MAX_PROPERTIES];
	struct sarif_result result = {
		.rule = report->rule,
		.level = report->is_error ? SARIF_ERROR : SARIF_WARNING,
		.message = report->message,
		.help = report->help,
		.place = place_of(&report->place),
		.flow = steps,
		.flow_count = flow_of(report, steps),
		.properties = properties,
		.property_count = properties_of(report, request, properties),
	};

	result.stack = frames_of(report->stack, report->stack_count, &result.stack_count);
	sarif_result(sarif, &result);
}

void sarif_reports(struct sarif *sarif, const struct reports *reports,
		   const struct request *request)
{
	for (size_t i = 0; i < reports->count; i++)
		put_report(sarif, &reports->at[i], request);
}
