/* SPDX-License-Identifier: MIT */
/* sarif.c - findings as a SARIF 2.1.0 file; what holds of it (S1 to S5) stands in sarif.h */
#include "sarif.h"
#include "sarif_place.h"
#include "sarif_rule.h"
#include "uri.h"
#include "whole_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The schema that these files are tested against; see docs/clean-room.md. */
#define SCHEMA "https://json.schemastore.org/sarif-2.1.0-rtm.5.json"

/* A result as text, but for what it is known by when lines have moved: S4. */
struct found {
	char *text;
	uint64_t hash;
	int line;
};

struct sarif {
	char *path;
	cJSON *rules, *notices, *artifacts, *arguments;
	struct words rule_ids, files;
	struct found *found;
	size_t found_count, found_room;
};

static void rule_put(struct sarif *sarif, const struct sarif_rule *rule)
{
	words_add(&sarif->rule_ids, rule->id);
	cJSON_AddItemToArray(sarif->rules, sarif_rule_item(rule));
}

struct sarif *sarif_open(const char *path, int argc, char *const *argv)
{
	struct sarif *sarif;

	if (whole_file_try(path, "--sarif"))
		return NULL;
	sarif = need(sizeof(*sarif));
	sarif->path = need_copy(path);
	sarif->rules = cJSON_CreateArray();
	sarif->notices = cJSON_CreateArray();
	sarif->artifacts = cJSON_CreateArray();
	sarif->arguments = cJSON_CreateArray();
	for (int i = 0; i < argc; i++) {
		char *clean = utf8_clean(argv[i]);

		cJSON_AddItemToArray(sarif->arguments, cJSON_CreateString(clean));
		free(clean);
	}
	for (unsigned int i = 0; i < rule_count; i++) {
		struct sarif_rule rule = sarif_catalog_rule(&rules[i]);

		rule_put(sarif, &rule);
	}
	return sarif;
}

static size_t rule_index(const struct sarif *sarif, const char *id)
{
	size_t index = 0;

	while (index < sarif->rule_ids.count && strcmp(sarif->rule_ids.at[index], id) != 0)
		index++;
	return index;
}

void sarif_rule(struct sarif *sarif, const struct sarif_rule *rule)
{
	if (rule_index(sarif, rule->id) == sarif->rule_ids.count)
		rule_put(sarif, rule);
}

void sarif_file(struct sarif *sarif, const char *file)
{
	cJSON *artifact;

	for (size_t i = 0; i < sarif->files.count; i++)
		if (strcmp(sarif->files.at[i], file) == 0)
			return;
	words_add(&sarif->files, file);
	artifact = cJSON_CreateObject();
	cJSON_AddItemToObject(artifact, "location", sarif_artifact(file));
	cJSON_AddItemToArray(cJSON_AddArrayToObject(artifact, "roles"),
			     cJSON_CreateString("analysisTarget"));
	cJSON_AddItemToArray(sarif->artifacts, artifact);
}

/* -- one result -- */

static const char *const kinds[][3] = {
	[SARIF_STEP] = { NULL },
	[SARIF_ACQUIRE_MEMORY] = { "acquire", "memory" },
	[SARIF_RELEASE_MEMORY] = { "release", "memory" },
	[SARIF_ACQUIRE_LOCK] = { "acquire", "lock" },
	[SARIF_FAILED] = { "memory", "danger" },
};

static void add_flow_step(cJSON *list, cJSON *location, const struct sarif_step *step)
{
	cJSON *item = cJSON_CreateObject(), *words;

	cJSON_AddItemToObject(item, "location", location);
	if (step && step->stack_count)
		cJSON_AddItemToObject(item, "stack", sarif_stack(step->stack, step->stack_count));
	if (step && step->kind != SARIF_STEP) {
		words = cJSON_AddArrayToObject(item, "kinds");
		for (size_t i = 0; kinds[step->kind][i]; i++)
			cJSON_AddItemToArray(words, cJSON_CreateString(kinds[step->kind][i]));
	}
	cJSON_AddStringToObject(item, "importance", "essential");
	cJSON_AddItemToArray(list, item);
}

static void add_flow(cJSON *item, const struct sarif_result *result)
{
	cJSON *flow, *thread, *list;

	if (!result->flow_count)
		return;
	flow = cJSON_CreateObject();
	cJSON_AddItemToArray(cJSON_AddArrayToObject(item, "codeFlows"), flow);
	thread = cJSON_CreateObject();
	cJSON_AddItemToArray(cJSON_AddArrayToObject(flow, "threadFlows"), thread);
	list = cJSON_AddArrayToObject(thread, "locations");
	for (size_t i = 0; i < result->flow_count; i++) {
		const struct sarif_step *step = &result->flow[i];

		add_flow_step(list, sarif_location(&step->place, step->text, false), step);
	}
	add_flow_step(list, sarif_location(&result->place, result->rule, false), NULL);
}

static void add_related(cJSON *item, const struct sarif_result *result)
{
	cJSON *list;

	if (!result->flow_count)
		return;
	list = cJSON_AddArrayToObject(item, "relatedLocations");
	for (size_t i = 0; i < result->flow_count; i++) {
		const struct sarif_step *step = &result->flow[i];
		cJSON *location = sarif_location(&step->place, step->text, false);

		cJSON_AddNumberToObject(location, "id", (double)(i + 1));
		cJSON_AddItemToArray(list, location);
	}
}

static void add_properties(cJSON *item, const struct sarif_result *result)
{
	cJSON *bag;

	if (!result->property_count)
		return;
	bag = cJSON_AddObjectToObject(item, "properties");
	for (size_t i = 0; i < result->property_count; i++) {
		const struct sarif_property *property = &result->properties[i];

		if (property->is_number)
			cJSON_AddRawToObject(bag, property->key, property->value);
		else
			json_string(bag, property->key, property->value);
	}
}

static uint64_t mix(uint64_t hash, const char *text)
{
	for (const unsigned char *at = (const unsigned char *)(text ? text : ""); *at; at++)
		hash = (hash ^ *at) * 0x100000001b3ull;
	return (hash ^ 0xff) * 0x100000001b3ull;
}

static uint64_t mix_place(uint64_t hash, const struct sarif_place *place)
{
	char *path = place->file ? base_path(place->file) : NULL, *line = sarif_line(place);

	hash = mix(mix(mix(hash, path), place->function), line);
	free(path);
	free(line);
	return hash;
}

static uint64_t hash_of(const struct sarif_result *result)
{
	uint64_t hash = mix_place(mix(0xcbf29ce484222325ull, result->rule), &result->place);

	for (size_t i = 0; i < result->flow_count; i++)
		if (result->flow[i].is_identity)
			hash = mix_place(hash, &result->flow[i].place);
	return hash;
}

static void found_put(struct sarif *sarif, const struct found *found)
{
	if (sarif->found_count == sarif->found_room) {
		sarif->found_room = sarif->found_room ? sarif->found_room * 2 : 64;
		sarif->found = need_more(sarif->found, sarif->found_room * sizeof(*sarif->found));
	}
	sarif->found[sarif->found_count++] = *found;
}

static cJSON *message_of(const struct sarif_result *result)
{
	char *text = result->help && *result->help
			     ? text_format("%s\nInstead: %s", result->message, result->help)
			     : need_copy(result->message);
	cJSON *message = sarif_text(text);

	free(text);
	return message;
}

void sarif_result(struct sarif *sarif, const struct sarif_result *result)
{
	cJSON *item = cJSON_CreateObject();
	size_t index = rule_index(sarif, result->rule);

	json_string(item, "ruleId", result->rule);
	if (index < sarif->rule_ids.count)
		cJSON_AddNumberToObject(item, "ruleIndex", (double)index);
	json_string(item, "level", sarif_level_name(result->level));
	cJSON_AddItemToObject(item, "message", message_of(result));
	cJSON_AddItemToArray(cJSON_AddArrayToObject(item, "locations"),
			     sarif_location(&result->place, NULL, true));
	if (result->stack_count)
		cJSON_AddItemToArray(cJSON_AddArrayToObject(item, "stacks"),
				     sarif_stack(result->stack, result->stack_count));
	add_flow(item, result);
	add_related(item, result);
	add_properties(item, result);
	found_put(sarif, &(struct found){ cJSON_PrintUnformatted(item), hash_of(result),
					  result->place.line });
	cJSON_Delete(item);
}

void sarif_notice(struct sarif *sarif, enum sarif_level level, const char *text)
{
	cJSON *notice = cJSON_CreateObject();

	json_string(notice, "level", sarif_level_name(level));
	cJSON_AddItemToObject(notice, "message", sarif_text(text));
	cJSON_AddItemToArray(sarif->notices, notice);
}

/* -- parts -- */

void sarif_part(struct sarif *sarif)
{
	sarif->found_count = 0;
	sarif->files = (struct words){ 0 };
	cJSON_Delete(sarif->notices);
	sarif->notices = cJSON_CreateArray();
}

/* Each piece ends with a zero: none has one inside. */
void sarif_give(const struct sarif *sarif, FILE *to)
{
	for (size_t i = 0; i < sarif->files.count; i++)
		fprintf(to, "F%s%c", sarif->files.at[i], 0);
	for (size_t i = 0; i < sarif->found_count; i++) {
		const struct found *found = &sarif->found[i];

		fprintf(to, "R%016llx %d %s%c", (unsigned long long)found->hash, found->line,
			found->text, 0);
	}
	for (const cJSON *notice = sarif->notices->child; notice; notice = notice->next) {
		char *text = cJSON_PrintUnformatted(notice);

		fprintf(to, "N%s%c", text ? text : "{}", 0);
		free(text);
	}
}

static void take_found(struct sarif *sarif, const char *line)
{
	struct found found = { 0 };
	char *end;

	found.hash = strtoull(line, &end, 16);
	found.line = (int)strtol(end, &end, 10);
	found.text = need_copy(end + 1);
	found_put(sarif, &found);
}

void sarif_take(struct sarif *sarif, FILE *from)
{
	char *line = NULL;
	size_t room = 0;

	while (getdelim(&line, &room, 0, from) > 0) {
		if (*line == 'F')
			sarif_file(sarif, line + 1);
		else if (*line == 'R')
			take_found(sarif, line + 1);
		else if (*line == 'N')
			cJSON_AddItemToArray(sarif->notices, cJSON_Parse(line + 1));
	}
	free(line);
}

/* -- the whole -- */

/* Equal ones are numbered by their lines, whatever order they were found in. */
static size_t number_of(const struct sarif *sarif, size_t at)
{
	const struct found *found = &sarif->found[at];
	size_t number = 1;

	for (size_t i = 0; i < sarif->found_count; i++) {
		const struct found *other = &sarif->found[i];

		number += other->hash == found->hash &&
			  (other->line < found->line || (other->line == found->line && i < at));
	}
	return number;
}

static cJSON *result_items(struct sarif *sarif)
{
	cJSON *list = cJSON_CreateArray();

	for (size_t i = 0; i < sarif->found_count; i++) {
		struct found *found = &sarif->found[i];
		char *whole = text_format(
			"%.*s,\"partialFingerprints\":{\"kmallocPlace/v1\":\"%016llx:%zu\"}}",
			(int)strlen(found->text) - 1, found->text, (unsigned long long)found->hash,
			number_of(sarif, i));

		cJSON_AddItemToArray(list, cJSON_CreateRaw(whole));
		free(whole);
	}
	return list;
}

static cJSON *driver_item(struct sarif *sarif)
{
	cJSON *driver = cJSON_CreateObject();

	json_string(driver, "name", "kmalloc");
	json_string(driver, "fullName",
		    "kmalloc " KM_VERSION " (rules of kernel memory, Linux 6.12)");
	json_string(driver, "semanticVersion", KM_VERSION);
	cJSON_AddItemToObject(driver, "rules", sarif->rules);
	return driver;
}

static void add_directory(cJSON *object, const char *key, const char *path)
{
	char *uri = uri_of_directory(path);

	json_string(cJSON_AddObjectToObject(object, key), "uri", uri);
	free(uri);
}

static cJSON *invocation_item(struct sarif *sarif, int status)
{
	static const char *const meaning[] = { "clean; advice is allowed", "a rule was broken",
					       "unusable: nothing was judged" };
	cJSON *item = cJSON_CreateObject();
	char *here = getcwd(NULL, 0);

	cJSON_AddItemToObject(item, "arguments", sarif->arguments);
	cJSON_AddBoolToObject(item, "executionSuccessful", status == 0 || status == 1);
	cJSON_AddNumberToObject(item, "exitCode", status);
	if (status >= 0 && status <= 2)
		json_string(item, "exitCodeDescription", meaning[status]);
	cJSON_AddItemToObject(item, "toolExecutionNotifications", sarif->notices);
	if (here)
		add_directory(item, "workingDirectory", here);
	free(here);
	return item;
}

static cJSON *run_item(struct sarif *sarif, int status)
{
	cJSON *run = cJSON_CreateObject();

	cJSON_AddItemToObject(cJSON_AddObjectToObject(run, "tool"), "driver", driver_item(sarif));
	cJSON_AddItemToArray(cJSON_AddArrayToObject(run, "invocations"),
			     invocation_item(sarif, status));
	add_directory(cJSON_AddObjectToObject(run, "originalUriBaseIds"), "%SRCROOT%",
		      base_directory());
	cJSON_AddItemToObject(run, "artifacts", sarif->artifacts);
	json_string(run, "columnKind", "unicodeCodePoints");
	cJSON_AddItemToObject(run, "results", result_items(sarif));
	return run;
}

int sarif_close(struct sarif *sarif, int status)
{
	cJSON *log = cJSON_CreateObject();
	char *written, *whole;
	int error;

	json_string(log, "$schema", SCHEMA);
	json_string(log, "version", "2.1.0");
	cJSON_AddItemToArray(cJSON_AddArrayToObject(log, "runs"), run_item(sarif, status));
	written = cJSON_PrintUnformatted(log);
	whole = text_format("%s\n", written ? written : "");
	error = whole_file_write(sarif->path, whole, strlen(whole));
	cJSON_Delete(log);
	free(written);
	free(whole);
	for (size_t i = 0; i < sarif->found_count; i++)
		free(sarif->found[i].text);
	free(sarif->found);
	free(sarif->path);
	free(sarif);
	return error ? error : status;
}
