/* SPDX-License-Identifier: MIT */
/* json.c - findings as JSON: one object a line, nothing else on standard output */
#include "finding.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many bytes of well-formed UTF-8 start at @at; 0: none. */
static size_t utf8_bytes(const unsigned char *at)
{
	size_t bytes = at[0] < 0x80		? 1
		       : (at[0] & 0xe0) == 0xc0 ? 2
		       : (at[0] & 0xf0) == 0xe0 ? 3
		       : (at[0] & 0xf8) == 0xf0 ? 4
						: 0;

	if (at[0] == 0xc0 || at[0] == 0xc1 || at[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < bytes; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
	    (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return bytes;
}

/* Names and paths come from the module: what is not UTF-8 would not be JSON. */
static void add_string(cJSON *object, const char *key, const char *value)
{
	struct text clean = { 0 };
	const unsigned char *at = (const unsigned char *)(value ? value : "");

	while (*at) {
		size_t bytes = utf8_bytes(at);

		text_put(&clean, bytes ? (const char *)at : "?", bytes ? bytes : 1);
		at += bytes ? bytes : 1;
	}
	cJSON_AddStringToObject(object, key, clean.data ? clean.data : "");
	text_drop(&clean);
}

/* Exact for all 64 bits, which a double is not. */
static void add_number(cJSON *object, const char *key, uint64_t value)
{
	char *digits = text_format("%llu", (unsigned long long)value);

	cJSON_AddRawToObject(object, key, digits);
	free(digits);
}

static void add_place(cJSON *object, const struct place *place)
{
	add_string(object, "file", place->file);
	cJSON_AddNumberToObject(object, "line", place->line);
	add_string(object, "function", place->function);
}

static void add_context(cJSON *object, const struct run_finding *finding)
{
	add_string(object, "context", finding ? finding->context : "task");
	if (!finding)
		return;
	add_number(object, "cpu", finding->cpu);
	add_number(object, "preempt_count", finding->preempt);
	cJSON_AddBoolToObject(object, "irqs_off", finding->irqs_off != 0);
	add_number(object, "rcu_depth", finding->rcu);
	if (finding->scope)
		add_string(object, "gfp_scope", finding->scope);
	if (finding->comm) {
		add_string(object, "comm", finding->comm);
		cJSON_AddNumberToObject(object, "pid", (double)finding->pid);
	}
}

static void add_locks(cJSON *object, const struct report *report)
{
	cJSON *list = cJSON_AddArrayToObject(object, "locks");

	for (unsigned int i = 0; i < report->lock_count; i++) {
		cJSON *lock = cJSON_CreateObject();

		add_string(lock, "name", report->locks[i].name);
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

		add_string(item, "function", frame->function);
		if (frame->owner == FRAME_USER) {
			add_string(item, "file", frame->file);
			cJSON_AddNumberToObject(item, "line", frame->line);
		}
		cJSON_AddItemToArray(list, item);
	}
}

static cJSON *injected_item(const struct involved *failed)
{
	cJSON *item = cJSON_CreateObject();
	char *hash = text_format("%016llx", (unsigned long long)failed->hash);

	add_string(item, "site", hash);
	free(hash);
	add_string(item, "what", failed->what);
	add_number(item, "bytes", failed->bytes);
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

		add_string(site, "role", report->sites[i].role);
		add_place(site, &report->sites[i].place);
		if (report->sites[i].by)
			add_string(site, "by", report->sites[i].by);
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
	add_string(object, "message", text.data ? text.data : "");
	text_drop(&text);
}

static void print_object(const struct report *report, const struct request *request)
{
	cJSON *object = cJSON_CreateObject();
	char *replay = replay_command(report, request), *line;

	add_string(object, "rule", report->rule);
	if (request->directory)
		add_string(object, "module", request->module);
	add_string(object, "severity", report->is_error ? "error" : "advice");
	add_place(object, &report->place);
	add_message(object, report->message);
	add_string(object, "help", report->help);
	add_context(object, report->finding);
	add_locks(object, report);
	add_stack(object, report->stack, report->stack_count);
	add_number(object, "seed", report->seed);
	add_injected(object, report);
	add_sites(object, report);
	if (report->finding && report->finding->object) {
		add_number(object, "object_bytes", report->finding->bytes);
		if (report->finding->cache)
			add_string(object, "cache", report->finding->cache);
	}
	cJSON_AddNumberToObject(object, "runs", report->runs);
	add_string(object, "replay", replay);
	line = cJSON_PrintUnformatted(object);
	if (line)
		puts(line);
	free(line);
	free(replay);
	cJSON_Delete(object);
}

void json_reports(const struct reports *reports, const struct request *request)
{
	for (size_t i = 0; i < reports->count; i++)
		print_object(&reports->at[i], request);
}
