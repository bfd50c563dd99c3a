/* SPDX-License-Identifier: MIT */
/*
 * message.c - the sentence of a finding, with the places and names that the library does not know
 *
 * M1  A mark that cannot be resolved leaves nothing behind.
 */
#include "finding.h"

#include <stdlib.h>
#include <string.h>

/* @message with @mark and what @text says in its place; @text may be empty. */
static const char *put_in(const char *message, const char *mark, const char *text)
{
	const char *at = strstr(message, mark);

	if (!at)
		return message;
	return text_format("%.*s%s%s", (int)(at - message), message, text, at + strlen(mark));
}

static char *at_place(const struct place *place)
{
	return text_format(" at %s:%d", place->file, place->line);
}

/* The kernel's own wording of sleep-in-atomic names the place. */
static const char *put_place(const char *message, const struct place *place)
{
	const char *mark = "called from invalid context";
	char *text;

	if (!strstr(message, mark) || !place->line)
		return message;
	text = text_format("%s at %s:%d", mark, place->file, place->line);
	message = put_in(message, mark, text);
	free(text);
	return message;
}

/* KMSAN's wording names the function. */
static const char *put_function(const char *message, const struct place *place)
{
	char *text = place->line ? text_format(" in %s", place->function) : NULL;

	message = put_in(message, "@function@", text ? text : "");
	free(text);
	return message;
}

static const char *put_allocated(const char *message, const struct report *report)
{
	char *text = NULL;

	for (unsigned int i = 0; i < report->site_count && !text; i++) {
		if (strcmp(report->sites[i].role, "allocated") == 0) {
			char *place = at_place(&report->sites[i].place);

			text = text_format(" allocated%s", place);
			free(place);
		}
	}
	message = put_in(message, "@allocated@", text ? text : "");
	free(text);
	return message;
}

static const char *put_variable(const char *message, const struct report *report,
				struct symbols *symbols)
{
	const struct run_finding *finding = report->finding;
	const char *name = NULL;
	char *text;

	if (finding && finding->object)
		name = symbols_variable(symbols, strtoull(finding->object, NULL, 16));
	text = name ? text_format("'%s' ", name) : NULL;
	message = put_in(message, "@variable@", text ? text : "");
	free(text);
	return message;
}

/* Who tells of an allocation that was made to fail: "... after kmalloc() failed". */
static const char *put_failed(const char *message, const struct report *report)
{
	const char *mark = "() failed";
	const struct place *failed = failed_place(report);
	char *text;

	if (!strstr(message, mark) || !failed || !failed->line)
		return message;
	text = text_format("() at %s:%d failed", failed->file, failed->line);
	message = put_in(message, mark, text);
	free(text);
	return message;
}

const char *message_whole(const struct report *report, struct symbols *symbols)
{
	const char *message = put_place(report->message, &report->place);

	message = put_function(message, &report->place);
	message = put_failed(message, report);
	message = put_allocated(message, report);
	return put_variable(message, report, symbols);
}
