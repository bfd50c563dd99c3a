/* SPDX-License-Identifier: MIT */
/*
 * sarif_place.c - places of the code as SARIF writes them
 *
 * Columns are counted in code points from 1 (columnKind), a tab is one.  A byte that is no UTF-8 is
 * one too: it becomes '?' in the snippet.
 */
#include "sarif_place.h"
#include "uri.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONTEXT_BEFORE 2
#define CONTEXT_AFTER 1
#define LINE_BYTES 2000 /* of a line that is longer no more is shown */

cJSON *sarif_text(const char *text)
{
	cJSON *message = cJSON_CreateObject();

	json_string(message, "text", text);
	return message;
}

cJSON *sarif_artifact(const char *file)
{
	cJSON *artifact = cJSON_CreateObject();
	char *path = base_path(file), *uri = uri_of(path);

	json_string(artifact, "uri", uri);
	if (is_below_base(path))
		json_string(artifact, "uriBaseId", "%SRCROOT%");
	free(uri);
	free(path);
	return artifact;
}

/* Lines @first to @last of @file, as far as there are some; how many in @ret_count. */
static char *lines_of(const char *file, int first, int last, int *ret_count)
{
	FILE *stream = fopen(file, "r");
	struct text text = { 0 };
	char *line = NULL;
	size_t room = 0;

	*ret_count = 0;
	for (int number = 1; stream && number <= last; number++) {
		size_t bytes;

		if (getline(&line, &room, stream) < 0)
			break;
		if (number < first)
			continue;
		bytes = strcspn(line, "\r\n");
		if ((*ret_count)++)
			text_put(&text, "\n", 1);
		text_put(&text, line, bytes < LINE_BYTES ? bytes : LINE_BYTES);
	}
	free(line);
	if (stream)
		fclose(stream);
	return text.data ? text.data : need_copy("");
}

/* The code point that byte @column of @line is in; 0: the line has no such byte. */
static int code_point(const char *line, int column)
{
	int point = 0;

	if (column < 1 || (size_t)column > strlen(line) + 1)
		return 0;
	for (int at = 0; at < column;) {
		size_t bytes = utf8_bytes(line + at);

		at += bytes ? (int)bytes : 1;
		point++;
	}
	return point;
}

static cJSON *region(const struct sarif_place *place)
{
	cJSON *region = cJSON_CreateObject();
	int count, column;
	char *line = lines_of(place->file, place->line, place->line, &count);

	cJSON_AddNumberToObject(region, "startLine", place->line);
	column = code_point(line, place->column);
	if (column)
		cJSON_AddNumberToObject(region, "startColumn", column);
	if (count)
		cJSON_AddItemToObject(region, "snippet", sarif_text(line));
	free(line);
	return region;
}

static void add_context(cJSON *physical, const struct sarif_place *place)
{
	int first = place->line > CONTEXT_BEFORE ? place->line - CONTEXT_BEFORE : 1, count;
	char *lines = lines_of(place->file, first, place->line + CONTEXT_AFTER, &count);
	cJSON *context;

	if (count) {
		context = cJSON_AddObjectToObject(physical, "contextRegion");
		cJSON_AddNumberToObject(context, "startLine", first);
		cJSON_AddNumberToObject(context, "endLine", first + count - 1);
		cJSON_AddItemToObject(context, "snippet", sarif_text(lines));
	}
	free(lines);
}

static void add_physical(cJSON *location, const struct sarif_place *place, bool with_context)
{
	cJSON *physical = cJSON_AddObjectToObject(location, "physicalLocation");

	cJSON_AddItemToObject(physical, "artifactLocation", sarif_artifact(place->file));
	if (place->line < 1)
		return;
	cJSON_AddItemToObject(physical, "region", region(place));
	if (with_context)
		add_context(physical, place);
}

cJSON *sarif_location(const struct sarif_place *place, const char *text, bool with_context)
{
	cJSON *location = cJSON_CreateObject(), *logical;

	if (place->file && *place->file)
		add_physical(location, place, with_context);
	if (place->function && *place->function) {
		logical = cJSON_CreateObject();
		json_string(logical, "name", place->function);
		json_string(logical, "kind", "function");
		cJSON_AddItemToArray(cJSON_AddArrayToObject(location, "logicalLocations"), logical);
	}
	if (text)
		cJSON_AddItemToObject(location, "message", sarif_text(text));
	return location;
}

cJSON *sarif_stack(const struct sarif_place *frames, size_t count)
{
	cJSON *stack = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(stack, "frames");

	for (size_t i = 0; i < count; i++) {
		cJSON *frame = cJSON_CreateObject();

		cJSON_AddItemToObject(frame, "location", sarif_location(&frames[i], NULL, false));
		cJSON_AddItemToArray(list, frame);
	}
	return stack;
}

char *sarif_line(const struct sarif_place *place)
{
	struct text text = { 0 };
	int count;
	char *line;

	if (!place->file || place->line < 1)
		return need_copy("");
	line = lines_of(place->file, place->line, place->line, &count);
	for (const char *at = line; *at; at++) {
		if (!isspace((unsigned char)*at))
			text_put(&text, at, 1);
		else if (text.bytes && text.data[text.bytes - 1] != ' ')
			text_put(&text, " ", 1);
	}
	free(line);
	if (text.bytes && text.data[text.bytes - 1] == ' ')
		text.data[--text.bytes] = 0;
	return text.data ? text.data : need_copy("");
}
