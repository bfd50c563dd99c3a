/* SPDX-License-Identifier: MIT */
/* lint.c - the verb lint: its options, and the order of its steps */
#include "lint.h"
#include "paint.h"
#include "verb.h"
#include "whole_file.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_SECONDS 60
#define MAX_JOBS 256

static const char usage[] =
	"usage: kmalloc lint [OPTIONS] DIR|FILE...\n"
	"\n"
	"Looks for mistakes with memory in kernel code that cannot be run: semantic patches over\n"
	"all .c files below each DIR, by the program spatch of the package coccinelle.\n"
	"\n"
	"  --list                  name the rules, with confidence and how each may be wrong\n"
	"  --only ID[,ID...]       these rules alone; leak means leak and every leak.*\n"
	"  --min-confidence LEVEL  high, medium or low (default): what is less sure is not told\n"
	"  --baseline FILE         tell only what FILE does not know\n"
	"  --write-baseline FILE   write what was found to FILE; the exit status is 0 then\n"
	"  --json                  one JSON object a line instead of text\n"
	"  --sarif FILE            the findings into FILE too, as SARIF 2.1.0\n"
	"  --jobs N                so many spatch at once (default: the processors there are)\n"
	"  --timeout SECONDS       give up a file after so long (default 60)\n"
	"  --verbose               name the files that were not read as a whole\n"
	"  --help                  print this\n"
	"\n"
	"Exit status: 0 nothing found but advice, 1 findings, 2 the request cannot be done.\n";

enum { OPTION_LIST = 256, OPTION_ONLY, OPTION_CONFIDENCE, OPTION_BASELINE, OPTION_WRITE,
       OPTION_JSON, OPTION_SARIF, OPTION_TIMEOUT };

static const struct option options[] = {
	{ "list", no_argument, NULL, OPTION_LIST },
	{ "only", required_argument, NULL, OPTION_ONLY },
	{ "min-confidence", required_argument, NULL, OPTION_CONFIDENCE },
	{ "baseline", required_argument, NULL, OPTION_BASELINE },
	{ "write-baseline", required_argument, NULL, OPTION_WRITE },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "sarif", required_argument, NULL, OPTION_SARIF },
	{ "jobs", required_argument, NULL, 'j' },
	{ "timeout", required_argument, NULL, OPTION_TIMEOUT },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static void add_names(struct words *words, const char *list)
{
	while (*list) {
		size_t bytes = strcspn(list, ",");
		char *name = need_part(list, bytes);

		if (bytes)
			words_add(words, name);
		free(name);
		list += bytes + (list[bytes] == ',');
	}
}

static int parse_number(const char *option, const char *text, uint64_t most, uint64_t *ret_value)
{
	if (parse_u64(text, ret_value) && *ret_value >= 1 && *ret_value <= most)
		return 0;
	return unusable("%s: '%s' is not a number from 1 to %llu", option, text,
			(unsigned long long)most);
}

/* 0: go on; 2: refused; -1: done. */
static int take_option(int id, struct lint_request *request)
{
	switch (id) {
	case OPTION_LIST:
		request->list = true;
		return 0;
	case OPTION_ONLY:
		add_names(&request->only, optarg);
		return request->only.count ? 0 : unusable("--only names no rule");
	case OPTION_CONFIDENCE:
		if (confidence_parse(optarg, &request->min_confidence))
			return 0;
		return unusable("--min-confidence: '%s' is none of high, medium, low", optarg);
	case OPTION_BASELINE:
		request->baseline = optarg;
		return 0;
	case OPTION_WRITE:
		request->write_baseline = optarg;
		return 0;
	case OPTION_JSON:
		request->json = true;
		return 0;
	case OPTION_SARIF:
		request->sarif = optarg;
		return 0;
	case 'j':
		return parse_number("--jobs", optarg, MAX_JOBS, &request->jobs);
	case OPTION_TIMEOUT:
		return parse_number("--timeout", optarg, 86400, &request->seconds);
	case 'v':
		request->verbose = true;
		return 0;
	case 'h':
		fputs(usage, stdout);
		return -1;
	default:
		return unusable("lint has no such option, or its value is missing: see kmalloc "
				"lint --help");
	}
}

static int parse_request(int argc, char **argv, struct lint_request *request)
{
	char **words = need((size_t)(argc + 2) * sizeof(*words));
	int id;

	/* getopt wants the program's name in front. */
	request->argc = argc;
	request->argv = argv;
	words[0] = "kmalloc lint";
	memcpy(words + 1, argv, (size_t)argc * sizeof(*words));
	optind = 1;
	opterr = 0;
	while ((id = getopt_long(argc + 1, words, "j:vh", options, NULL)) != -1) {
		int status = take_option(id, request);

		if (status)
			return status;
	}
	for (int i = optind; i < argc + 1; i++)
		words_add(&request->paths, words[i]);
	if (request->list && request->paths.count)
		return unusable("--list goes without files");
	if (!request->list && !request->paths.count)
		return unusable("lint needs a directory or a file: kmalloc lint drivers/mine");
	return 0;
}

/* -- what was not looked at -- */

static void tell_files(const struct words *files, const char *what, bool is_verbose, FILE *out)
{
	if (!files->count)
		return;
	fprintf(out, "%zu file%s %s%s\n", files->count, files->count == 1 ? "" : "s", what,
		is_verbose ? ":" : " (--verbose names them)");
	for (size_t i = 0; is_verbose && i < files->count; i++)
		fprintf(out, "    %s\n", files->at[i]);
}

static int by_name(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static void tell_unread(const struct lint_request *request, struct lint_result *result)
{
	/* Standard output is for findings alone when it is JSON. */
	FILE *out = request->json ? stderr : stdout;

	if (result->unparsed.count)
		qsort(result->unparsed.at, result->unparsed.count, sizeof(char *), by_name);
	if (result->given_up.count)
		qsort(result->given_up.at, result->given_up.count, sizeof(char *), by_name);
	tell_files(&result->unparsed, "with a part that spatch does not understand",
		   request->verbose, out);
	tell_files(&result->given_up, "given up: too slow, or spatch failed on it",
		   request->verbose, out);
}

static bool has_new_errors(const struct lint_result *result)
{
	for (size_t i = 0; i < result->count; i++)
		if (!result->findings[i].is_known && result->findings[i].rule->is_error)
			return true;
	return false;
}

static int tell(const struct lint_request *request, const struct lint_rules *rules,
		struct lint_result *result)
{
	int status = 0, verdict;

	if (request->baseline)
		status = baseline_apply(request->baseline, result);
	if (status)
		return status;
	verdict = has_new_errors(result) && !request->write_baseline;
	if (request->json)
		findings_json(result);
	else
		findings_print(result);
	tell_unread(request, result);
	if (request->sarif)
		status = findings_sarif(request, rules, result, verdict);
	if (status > 1)
		return status;
	if (request->write_baseline)
		return baseline_write(request->write_baseline, result);
	return verdict;
}

static bool is_program(const char *name)
{
	const char *path = getenv("PATH");

	while (path && *path) {
		size_t bytes = strcspn(path, ":");
		char *file = text_format("%.*s/%s", (int)bytes, path, name);
		bool is_there = access(file, X_OK) == 0;

		free(file);
		if (is_there)
			return true;
		path += bytes + (path[bytes] == ':');
	}
	return false;
}

static int lint(struct lint_request *request)
{
	struct lint_rules rules;
	struct lint_result result = { 0 };
	struct words files = { 0 };
	int status = rules_load(&rules);

	if (!status)
		status = rules_choose(&rules, request);
	if (status)
		return status;
	if (request->list) {
		rules_list(&rules);
		return 0;
	}
	if (!is_program(request->spatch))
		return unusable("spatch is not installed; install the package coccinelle");
	/* A baseline that cannot be read is told before the work, not after it. */
	if (request->baseline) {
		status = baseline_apply(request->baseline, &result);
		if (status)
			return status;
	}
	if (request->sarif && whole_file_try(request->sarif, "--sarif"))
		return 2;
	if (request->write_baseline &&
	    whole_file_try(request->write_baseline, "--write-baseline"))
		return 2;
	progress_begin();
	progress_set("looking for files");
	status = files_collect(&request->paths, &files, &result.files);
	if (!status)
		status = lint_run(request, &rules, &files, &result);
	progress_end();
	if (status)
		return status;
	findings_settle(&result);
	return tell(request, &rules, &result);
}

int verb_lint(int argc, char **argv)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	struct lint_request request = {
		.spatch = "spatch",
		.jobs = cpus < 1 ? 1 : cpus > MAX_JOBS ? MAX_JOBS : (uint64_t)cpus,
		.seconds = DEFAULT_SECONDS,
	};
	int status = parse_request(argc, argv, &request);

	if (status)
		return status < 0 ? 0 : status;
	return lint(&request);
}
