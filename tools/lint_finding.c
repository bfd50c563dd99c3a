/* SPDX-License-Identifier: MIT */
/*
 * lint_finding.c - findings: read from what the scripts print, put in order, told
 *
 * A line of a script is, between tabs: KMLINT, id, confidence (empty: the rule's own), file, line,
 * column, function, message, and other places as role@line;role@line.
 * D1  One finding a rule and place; R.path is dropped where R itself is found.
 */
#include "lint.h"
#include "json_text.h"
#include "paint.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_MARK, FIELD_ID, FIELD_CONFIDENCE, FIELD_FILE, FIELD_LINE, FIELD_COLUMN,
       FIELD_FUNCTION, FIELD_MESSAGE, FIELD_SITES, FIELDS };

static void read_sites(struct lint_finding *finding, char *text)
{
	for (char *part = strtok(text, ";"); part; part = strtok(NULL, ";")) {
		char *at = strchr(part, '@');

		if (!at)
			continue;
		finding->sites = need_more(finding->sites, (finding->site_count + 1) *
								   sizeof(*finding->sites));
		finding->sites[finding->site_count++] = (struct lint_site){
			.role = need_part(part, (size_t)(at - part)),
			.line = (unsigned int)strtoul(at + 1, NULL, 10),
		};
	}
}

bool finding_read(const struct lint_rules *rules, char *line, struct lint_finding *ret_finding)
{
	char *fields[FIELDS] = { 0 };
	struct lint_finding finding = { 0 };

	for (int i = 0; i < FIELDS; i++) {
		fields[i] = strsep(&line, "\t");
		if (!fields[i])
			return false;
	}
	finding.rule = rules_find(rules, fields[FIELD_ID]);
	if (!finding.rule || !finding.rule->is_wanted)
		return false;
	if (!confidence_parse(fields[FIELD_CONFIDENCE], &finding.confidence))
		finding.confidence = finding.rule->confidence;
	finding.file = need_copy(fields[FIELD_FILE]);
	finding.function = need_copy(fields[FIELD_FUNCTION]);
	finding.message = need_copy(fields[FIELD_MESSAGE]);
	finding.line = (unsigned int)strtoul(fields[FIELD_LINE], NULL, 10);
	finding.column = (unsigned int)strtoul(fields[FIELD_COLUMN], NULL, 10);
	read_sites(&finding, fields[FIELD_SITES]);
	*ret_finding = finding;
	return true;
}

/* -- order -- */

static int compare(const void *left, const void *right)
{
	const struct lint_finding *a = left, *b = right;
	int order = strcmp(a->file, b->file);

	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	if (order == 0)
		order = strcmp(a->rule->id, b->rule->id);
	if (order == 0)
		order = (a->column > b->column) - (a->column < b->column);
	return order ? order : strcmp(a->message, b->message);
}

/* D1 */
static bool is_said_by(const struct lint_finding *earlier, const struct lint_finding *finding)
{
	const char *id = finding->rule->id, *said = earlier->rule->id;
	size_t bytes = strlen(said);

	return strcmp(earlier->file, finding->file) == 0 && earlier->line == finding->line &&
	       strncmp(id, said, bytes) == 0 &&
	       (id[bytes] == 0 || strcmp(id + bytes, ".path") == 0);
}

/* The line as it stands in the file, without blanks around it. */
static char *line_of(const char *text, unsigned int line)
{
	size_t bytes;

	while (text && *text && --line > 0) {
		text = strchr(text, '\n');
		text = text ? text + 1 : NULL;
	}
	if (!text)
		return need_copy("");
	text += strspn(text, " \t");
	bytes = strcspn(text, "\n");
	while (bytes && isspace((unsigned char)text[bytes - 1]))
		bytes--;
	return need_part(text, bytes);
}

void findings_settle(struct lint_result *result)
{
	char *text = NULL;
	size_t kept = 0;

	if (result->count)
		qsort(result->findings, result->count, sizeof(*result->findings), compare);
	for (size_t i = 0; i < result->count; i++) {
		struct lint_finding *finding = &result->findings[i];
		bool is_said = false;

		for (size_t k = kept; k > 0 && !is_said; k--) {
			const struct lint_finding *earlier = &result->findings[k - 1];

			if (earlier->line != finding->line)
				break;
			is_said = is_said_by(earlier, finding);
		}
		if (is_said)
			continue;
		if (!kept || strcmp(result->findings[kept - 1].file, finding->file) != 0) {
			free(text);
			text = lint_file_text(finding->file);
		}
		finding->source = line_of(text, finding->line);
		result->findings[kept++] = *finding;
	}
	free(text);
	result->count = kept;
}

/* -- told as text -- */

static void print_finding(const struct lint_finding *finding)
{
	printf("%s%s:%u:%s %s%s:%s %s: %s (%s confidence)\n", paint(PAINT_PLACE), finding->file,
	       finding->line, paint(PAINT_NONE),
	       paint(finding->rule->is_error ? PAINT_ERROR : PAINT_ADVICE),
	       finding->rule->is_error ? "error" : "advice", paint(PAINT_NONE), finding->rule->id,
	       finding->message, confidence_name(finding->confidence));
	if (*finding->source)
		printf("    %s\n", finding->source);
	printf("  in %s()", finding->function);
	for (size_t i = 0; i < finding->site_count; i++)
		printf("%s %s at line %u", i ? "," : ";", finding->sites[i].role,
		       finding->sites[i].line);
	printf("\n  help: %s\n\n", finding->rule->help);
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

void findings_print(const struct lint_result *result)
{
	size_t errors = 0, advice = 0, known = 0;

	for (size_t i = 0; i < result->count; i++) {
		const struct lint_finding *finding = &result->findings[i];

		if (finding->is_known) {
			known++;
			continue;
		}
		print_finding(finding);
		errors += finding->rule->is_error;
		advice += !finding->rule->is_error;
	}
	printf("%zu finding%s, %zu advice", errors, plural(errors), advice);
	if (known)
		printf(", %zu known to the baseline", known);
	printf("; %zu file%s, %zu of them with something to look at\n", result->files,
	       plural(result->files), result->read);
}

/* -- told as JSON -- */

static void print_object(const struct lint_finding *finding)
{
	cJSON *object = cJSON_CreateObject(), *sites;
	char *fingerprint = finding_fingerprint(finding, ".");

	json_string(object, "rule", finding->rule->id);
	json_string(object, "severity", finding->rule->is_error ? "error" : "advice");
	json_string(object, "confidence", confidence_name(finding->confidence));
	json_string(object, "file", finding->file);
	cJSON_AddNumberToObject(object, "line", finding->line);
	cJSON_AddNumberToObject(object, "column", finding->column);
	json_string(object, "function", finding->function);
	json_string(object, "message", finding->message);
	json_string(object, "help", finding->rule->help);
	json_string(object, "source", finding->source);
	sites = cJSON_AddArrayToObject(object, "sites");
	for (size_t i = 0; i < finding->site_count; i++) {
		cJSON *site = cJSON_CreateObject();

		json_string(site, "role", finding->sites[i].role);
		json_string(site, "file", finding->file);
		cJSON_AddNumberToObject(site, "line", finding->sites[i].line);
		cJSON_AddItemToArray(sites, site);
	}
	json_string(object, "fingerprint", fingerprint);
	json_print(object);
	free(fingerprint);
}

void findings_json(const struct lint_result *result)
{
	for (size_t i = 0; i < result->count; i++)
		if (!result->findings[i].is_known)
			print_object(&result->findings[i]);
}
