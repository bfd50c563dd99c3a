/* SPDX-License-Identifier: MIT */
/*
 * lint_baseline.c - what was found before, so that only what is new is told
 *
 * A baseline is text, a finding a line: fingerprint, rule, file, function.
 * B1  The fingerprint is of the rule, the file as seen from the baseline's directory, the function
 *     and the line's own text without blanks: other lines may come and go.
 * B2  Two findings of one fingerprint need two lines: a copy of a known mistake is new.
 */
#include "lint.h"
#include "whole_file.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "# kmalloc lint baseline 1\n"
#define DIGITS 16

/* FNV-1a; a field ends with a byte that no text has, so that fields do not run together. */
static uint64_t mix(uint64_t hash, const char *text, bool skips_blanks)
{
	for (; *text; text++)
		if (!skips_blanks || !isspace((unsigned char)*text))
			hash = (hash ^ (unsigned char)*text) * 0x100000001b3ull;
	return (hash ^ 0xff) * 0x100000001b3ull;
}

/* @file as seen from @directory, both real paths. */
static char *path_from(const char *directory, const char *file)
{
	size_t common = 0, i = 0;
	struct text path = { 0 };

	for (; directory[i] && directory[i] == file[i]; i++)
		if (directory[i] == '/')
			common = i;
	if (!directory[i] && file[i] == '/')
		common = i;
	for (const char *at = directory + common; *at; at++)
		if (*at == '/' && at[1])
			text_add(&path, "../");
	text_add(&path, "%s", file + common + (file[common] == '/'));
	return path.data;
}

static char *seen_from(const char *directory, const char *file)
{
	char *from = realpath(directory, NULL), *to = realpath(file, NULL);
	char *path = from && to ? path_from(from, to) : need_copy(file);

	free(from);
	free(to);
	return path;
}

char *finding_fingerprint(const struct lint_finding *finding, const char *directory)
{
	char *file = seen_from(directory, finding->file);
	uint64_t hash = 0xcbf29ce484222325ull;

	hash = mix(hash, finding->rule->id, false);
	hash = mix(hash, file, false);
	hash = mix(hash, finding->function, false);
	hash = mix(hash, finding->source, true);
	free(file);
	return text_format("%016llx", (unsigned long long)hash);
}

static char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return !slash ? need_copy(".")
		      : need_part(path, slash == path ? 1 : (size_t)(slash - path));
}

/* The fingerprints of a baseline; an entry that is used up becomes NULL. */
static int read_entries(const char *path, struct words *ret_entries)
{
	char *text = lint_file_text(path);
	unsigned int line = 1;

	if (!text)
		return unusable("--baseline: cannot read '%s': %s", path, strerror(errno));
	if (!is_prefix(text, HEAD))
		return unusable("--baseline: '%s' was not written by kmalloc lint", path);
	for (char *at = text + strlen(HEAD); *at; line++) {
		size_t bytes = strcspn(at, "\n");
		char *entry;

		if (strspn(at, "0123456789abcdef") != DIGITS || at[DIGITS] != '\t')
			return unusable("--baseline: '%s' is damaged at line %u", path, line + 1);
		entry = need_part(at, DIGITS);
		words_add(ret_entries, entry);
		free(entry);
		at += bytes + (at[bytes] == '\n');
	}
	free(text);
	return 0;
}

/* B2 */
static bool use_entry(struct words *entries, const char *fingerprint)
{
	for (size_t i = 0; i < entries->count; i++) {
		if (!entries->at[i] || strcmp(entries->at[i], fingerprint) != 0)
			continue;
		free(entries->at[i]);
		entries->at[i] = NULL;
		return true;
	}
	return false;
}

int baseline_apply(const char *path, struct lint_result *result)
{
	struct words entries = { 0 };
	char *directory = directory_of(path);
	int status = read_entries(path, &entries);

	for (size_t i = 0; i < result->count && !status; i++) {
		struct lint_finding *finding = &result->findings[i];
		char *fingerprint = finding_fingerprint(finding, directory);

		finding->is_known = use_entry(&entries, fingerprint);
		free(fingerprint);
	}
	free(directory);
	return status;
}

int baseline_write(const char *path, const struct lint_result *result)
{
	char *directory = directory_of(path);
	struct text text = { 0 };
	int status;

	text_add(&text, HEAD);
	for (size_t i = 0; i < result->count; i++) {
		const struct lint_finding *finding = &result->findings[i];
		char *fingerprint = finding_fingerprint(finding, directory);
		char *seen = seen_from(directory, finding->file);

		text_add(&text, "%s\t%s\t%s\t%s\n", fingerprint, finding->rule->id, seen,
			 finding->function);
		free(fingerprint);
		free(seen);
	}
	free(directory);
	status = whole_file_write(path, text.data, text.bytes);
	text_drop(&text);
	return status;
}
