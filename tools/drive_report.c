/* SPDX-License-Identifier: MIT */
/*
 * drive_report.c - what came of a drive script in the base run
 *
 * What a step returned is the author's expectation, not a rule of memory: it is held against the
 * base run only, where nothing was made to fail and nobody looked for races.
 */
#include "drive.h"
#include "finding.h"
#include "maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void drive_take(struct run *run, const char *kind, uint64_t line, const char *text)
{
	if (run->plan.count || run->plan.schedule || !kind)
		return;
	run->notes = need_more(run->notes, (run->note_count + 1) * sizeof(*run->notes));
	run->notes[run->note_count++] = (struct drive_note){
		.kind = kind, .text = text ? text : "", .line = (int)line,
	};
}

void drive_find(struct maker *maker, const struct run *base)
{
	for (size_t i = 0; i < base->note_count; i++) {
		const struct drive_note *note = &base->notes[i];
		struct report report = {
			.rule = "drive",
			.is_error = true,
			.runs = 1,
			.message = note->text,
			.help = "Either the driver does not do what the script expects, or the "
				"script expects the wrong thing.",
			.place = { .file = maker->request->drive, .function = "",
				   .line = note->line },
			.last_run = base,
		};

		if (strcmp(note->kind, "mismatch") == 0)
			report_add(maker, &report);
	}
}

static void tell(const struct request *request, const struct drive_note *note, const char *format)
{
	char *text = text_format(format, note->text);

	if (note->line)
		fprintf(stderr, "kmalloc: %s:%d: %s\n", request->drive, note->line, text);
	else
		fprintf(stderr, "kmalloc: %s: %s\n", request->drive, text);
	free(text);
}

int drive_tell(const struct request *request, const struct run *base)
{
	bool is_script = request->drive && strcmp(request->drive, "auto") != 0;

	for (size_t i = 0; is_script && i < base->note_count; i++) {
		const struct drive_note *note = &base->notes[i];

		if (strcmp(note->kind, "missing") == 0)
			return unusable("%s:%d: %s", request->drive, note->line, note->text);
		if (strcmp(note->kind, "closed") == 0)
			tell(request, note,
			     "%s is left open: rmmod would be refused; it was closed");
		else if (strcmp(note->kind, "interrupted") == 0)
			tell(request, note, "%s waits and nothing wakes it: it was interrupted");
		else if (strcmp(note->kind, "mismatch") != 0)
			tell(request, note, "%s");
	}
	return 0;
}
