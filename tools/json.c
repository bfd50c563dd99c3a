/* SPDX-License-Identifier: MIT */
/* json.c - findings as JSON: one object a line, nothing else on standard output */
#include "finding.h"
#include "json_text.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_place(cJSON *object, const struct place *place)
{
	json_string(object, "file", place->file);
	cJSON_AddNumberToObject(object, "line", place->line);
	json_string(object, "function", place->function);
}

static void add_context(cJSON *object, const struct run_finding *finding)
{
	json_string(object, "context", finding ? finding->context : "task");
	if (!finding)
		return;
	json_number(object, "cpu", finding->cpu);
	json_number(object, "preempt_count", finding->preempt);
	cJSON_AddBoolToObject(object, "irqs_off", finding->irqs_off != 0);
	json_number(object, "rcu_depth", finding->rcu);
	if (finding->scope)
		json_string(object, "gfp_scope", finding->scope);
	if (finding->comm) {
		json_string(object, "comm", finding->comm);
		if (finding->deed)
			json_string(object, "deed", finding->deed);
		cJSON_AddNumberToObject(object, "pid", (double)finding->pid);
	}
}

static void add_locks(cJSON *object, const struct report *report)
{
	cJSON *list = cJSON_AddArrayToObject(object, "locks");

	for (unsigned int i = 0; i < report->lock_count; i++) {
		cJSON *lock = cJSON_CreateObject();

		json_string(lock, "name", report->locks[i].name);
		add_place(lock, &report->locks[i].taken);
		cJSON_AddItemToArray(list, lock);
	}
}

static void add_stack(cJSON *object, const struct frame *stack, unsigned int count)
{
	cJSON *list = cJSON_AddArrayToObject(object, "stack");

	for (unsigned int i = 0; i < count; i++) {
		const struct frame *frame = &stack[i];
		cJSON *item = cJSON_CreateObject();

		json_string(item, "function", frame->function);
		if (frame->owner == FRAME_USER) {
			json_string(item, "file", frame->file);
			cJSON_AddNumberToObject(item, "line", frame->line);
		}
		cJSON_AddItemToArray(list, item);
	}
}

static cJSON *injected_item(const struct involved *failed)
{
	cJSON *item = cJSON_CreateObject();
	char *hash = text_format("%016llx", (unsigned long long)failed->hash);

	json_string(item, "site", hash);
	free(hash);
	json_string(item, "what", failed->what);
	json_number(item, "bytes", failed->bytes);
	add_place(item, &failed->place);
	return item;
}

/* The first that failed; what failed after it is a list inside. */
static void add_injected(cJSON *object, const struct report *report)
{
	cJSON *first = NULL, *then = NULL;

	for (unsigned int i = 0; i < report->site_count; i++) {
		if (strcmp(report->sites[i].role, "failed") != 0)
			continue;
		if (first && !then)
			then = cJSON_AddArrayToObject(first, "then");
		if (first)
			cJSON_AddItemToArray(then, injected_item(&report->sites[i]));
		else
			first = injected_item(&report->sites[i]);
	}
	cJSON_AddItemToObject(object, "injected", first ? first : cJSON_CreateNull());
}

static void add_sites(cJSON *object, const struct report *report)
{
	cJSON *list = cJSON_AddArrayToObject(object, "sites");

	for (unsigned int i = 0; i < report->site_count; i++) {
		cJSON *site = cJSON_CreateObject();

		json_string(site, "role", report->sites[i].role);
		add_place(site, &report->sites[i].place);
		if (report->sites[i].by)
			json_string(site, "by", report->sites[i].by);
		add_stack(site, report->sites[i].stack, report->sites[i].stack_count);
		cJSON_AddItemToArray(list, site);
	}
}

/* On one line: what a kernel log would have below is set apart by a semicolon. */
static void add_message(cJSON *object, const char *message)
{
	struct text text = { 0 };

	for (; *message; message++)
		text_put(&text, *message == '\n' ? "; " : message, *message == '\n' ? 2 : 1);
	json_string(object, "message", text.data ? text.data : "");
	text_drop(&text);
}

static void print_object(const struct report *report, const struct request *request)
{
	cJSON *object = cJSON_CreateObject();
	char *replay = replay_command(report, request);

	json_string(object, "rule", report->rule);
	if (request->directory)
		json_string(object, "module", request->module);
	json_string(object, "severity", report->is_error ? "error" : "advice");
	cJSON_AddBoolToObject(object, "static", report->static_tool != NULL);
	if (report->static_tool)
		json_string(object, "tool", report->static_tool);
	add_place(object, &report->place);
	add_message(object, report->message);
	json_string(object, "help", report->help);
	add_context(object, report->finding);
	add_locks(object, report);
	add_stack(object, report->stack, report->stack_count);
	json_number(object, "seed", report->seed);
	add_injected(object, report);
	add_sites(object, report);
	if (report->finding && report->finding->object) {
		json_number(object, "object_bytes", report->finding->bytes);
		if (report->finding->cache)
			json_string(object, "cache", report->finding->cache);
	}
	cJSON_AddNumberToObject(object, "runs", report->runs);
	json_string(object, "replay", replay);
	json_print(object);
	free(replay);
}

void json_reports(const struct reports *reports, const struct request *request)
{
	for (size_t i = 0; i < reports->count; i++)
		print_object(&reports->at[i], request);
}
