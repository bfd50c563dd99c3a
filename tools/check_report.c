/* SPDX-License-Identifier: MIT */
/*
 * check_report.c - the findings of a check in the formats of others: SARIF, GitHub's log lines
 *
 * P1  A check that ends without a judgement says so there too: why, and that it did not succeed.
 * P2  One that a signal ended leaves the file of an earlier check alone.
 */
#include "check_report.h"
#include "github.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIGNALLED 128 /* a status above: ended by a signal */

/* Among words that could not all be understood. */
static const char *sarif_word(int argc, char *const *argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (is_prefix(argv[i], "--sarif="))
			return argv[i] + strlen("--sarif=");
		if (strcmp(argv[i], "--sarif") == 0 && i + 1 < argc)
			return argv[i + 1];
	}
	return NULL;
}

int outputs_open(struct request *request, int argc, char *const *argv, int status)
{
	if (status < 0)
		return status;
	if (!request->sarif_path && status)
		request->sarif_path = sarif_word(argc, argv);
	if (!request->sarif_path)
		return status;
	request->sarif = sarif_open(request->sarif_path, argc, argv);
	if (!request->sarif)
		return 2;
	for (size_t i = 0; i < request->files.count; i++)
		sarif_file(request->sarif, request->files.at[i]);
	return status;
}

static const char *reason(void)
{
	return unusable_said() ? unusable_said()
			       : "the files do not compile; the compiler's message tells why";
}

void outputs_tell(const struct request *request)
{
	char *text = request->module ? text_format("%s: %s", request->module, reason())
				     : need_copy(reason());

	if (request->as_github)
		github_line(request->as_json ? stderr : stdout, GITHUB_ERROR, NULL, 0, 0,
			    "kmalloc check", text);
	if (request->sarif)
		sarif_notice(request->sarif, SARIF_ERROR, text);
	free(text);
	unusable_forget();
}

/* What had to be said of the check itself. */
static void tell_cautions(const struct request *request)
{
	for (size_t i = 0; request->sarif && i < cautions()->count; i++)
		sarif_notice(request->sarif, SARIF_WARNING, cautions()->at[i]);
}

int outputs_close(struct request *request, int status)
{
	if (status > SIGNALLED)
		return status;
	tell_cautions(request);
	/* The modules of a directory have told theirs. */
	if (unusable_said() || (status == 2 && !request->directory))
		outputs_tell(request);
	return request->sarif ? sarif_close(request->sarif, status) : status;
}

void outputs_part(const struct request *request)
{
	unusable_forget();
	cautions()->count = 0;
	if (!request->sarif)
		return;
	sarif_part(request->sarif);
	for (size_t i = 0; i < request->files.count; i++)
		sarif_file(request->sarif, request->files.at[i]);
}

void outputs_give(const struct request *request, int status, FILE *to)
{
	tell_cautions(request);
	if (status == 2 || (status == 1 && unusable_said()))
		outputs_tell(request);
	fflush(stdout);
	if (request->sarif)
		sarif_give(request->sarif, to);
	fflush(to);
}

void outputs_take_part(const struct request *request, FILE *from)
{
	rewind(from);
	if (request->sarif)
		sarif_take(request->sarif, from);
}

static void github_report(FILE *out, const struct report *report)
{
	char *text = report->help && *report->help
			     ? text_format("%s\nInstead: %s", report->message, report->help)
			     : need_copy(report->message);

	github_line(out, report->is_error ? GITHUB_ERROR : GITHUB_WARNING, report->place.file,
		    report->place.line, report->place.column, report->rule, text);
}

void outputs_take(const struct request *request, const struct reports *reports, bool was_cut)
{
	for (size_t i = 0; request->as_github && i < reports->count; i++)
		github_report(request->as_json ? stderr : stdout, &reports->at[i]);
	if (!request->sarif)
		return;
	sarif_reports(request->sarif, reports, request);
	if (was_cut)
		sarif_notice(request->sarif, SARIF_WARNING,
			     "The sweep was cut short: too many runs hung, or there are too many "
			     "allocation sites, pairs of them or findings.");
}
