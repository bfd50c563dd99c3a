/* SPDX-License-Identifier: MIT */
/*
 * told.c - what the checks of one tree have told, so that each finding is told once
 *
 * A module that others need is loaded in their checks as well (check_modules.c).  What its own
 * check has told of its files, or that of another, is not told again; the list is a file of lines.
 */
#include "finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_own(const struct request *request, const char *file)
{
	for (size_t i = 0; i < request->files.count; i++)
		if (strcmp(request->files.at[i], file) == 0)
			return true;
	return false;
}

static char *key_of(const struct report *report)
{
	return text_format("%s\t%s\t%d\n", report->rule, report->place.file, report->place.line);
}

static struct words read_told(const char *path)
{
	FILE *file = fopen(path, "r");
	struct words told = { 0 };
	char *line = NULL;
	size_t room = 0;

	while (file && getline(&line, &room, file) > 0)
		words_add(&told, line);
	if (file)
		fclose(file);
	free(line);
	return told;
}

static bool was_told(const struct words *told, const char *key)
{
	for (size_t i = 0; i < told->count; i++)
		if (strcmp(told->at[i], key) == 0)
			return true;
	return false;
}

void reports_tell_once(struct reports *reports, const struct request *request)
{
	struct words told = { 0 };
	FILE *file;
	size_t kept = 0;

	if (!request->told)
		return;
	told = read_told(request->told);
	file = fopen(request->told, "a");
	for (size_t i = 0; i < reports->count; i++) {
		const struct report *report = &reports->at[i];
		char *key = key_of(report);

		if (!is_own(request, report->place.file) && was_told(&told, key)) {
			reports->errors -= report->is_error;
			reports->advice -= !report->is_error;
		} else {
			if (file)
				fputs(key, file);
			reports->at[kept++] = *report;
		}
		free(key);
	}
	reports->count = kept;
	if (file)
		fclose(file);
}
