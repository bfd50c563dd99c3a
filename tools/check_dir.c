/* SPDX-License-Identifier: MIT */
/*
 * check_dir.c - kmalloc check -C DIR: each module of a tree, one after the other, and a table
 *
 * D1  Each module is a check of its own, in a process of its own: what one does the next never
 *     sees.
 * D2  A module that cannot be built does not keep the others from being checked; the status tells.
 */
#include "check_dir.h"
#include "check_report.h"
#include "json_text.h"
#include "kbuild.h"
#include "paint.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

struct row {
	struct kbuild_module *module;
	struct outcome outcome;
	int status;
	double seconds;
};

/* -- which modules -- */

/* "foo", "foo.ko" or "foo.o", with '-' as '_': true if it names @module. */
static bool is_named(const struct kbuild_module *module, const char *target)
{
	const char *slash = strrchr(target, '/'), *dot;
	size_t bytes;

	target = slash ? slash + 1 : target;
	dot = strrchr(target, '.');
	bytes = dot && (!strcmp(dot, ".ko") || !strcmp(dot, ".o")) ? (size_t)(dot - target)
								   : strlen(target);
	if (bytes != strlen(module->name))
		return false;
	for (size_t i = 0; i < bytes; i++)
		if ((target[i] == '-' ? '_' : target[i]) != module->name[i])
			return false;
	return true;
}

static bool is_wanted(const struct kbuild_module *module, const struct words *targets)
{
	for (size_t i = 0; i < targets->count; i++)
		if (is_named(module, targets->at[i]))
			return true;
	return !targets->count;
}

static char *names_of(const struct kbuild *kbuild, enum kbuild_kind kind)
{
	struct text text = { 0 };

	text_put(&text, "", 0);
	for (size_t i = 0; i < kbuild->count; i++)
		if (kbuild->modules[i].kind == kind)
			text_add(&text, "%s%s", text.bytes ? " " : "", kbuild->modules[i].name);
	return text.data;
}

/* Every name the user gave is one of a module. */
static int check_targets(const struct request *request, const struct kbuild *kbuild)
{
	for (size_t i = 0; i < request->targets.count; i++) {
		bool found = false;

		for (size_t k = 0; k < kbuild->count; k++)
			found = found || (kbuild->modules[k].kind == KBUILD_MODULE &&
					  is_named(&kbuild->modules[k], request->targets.at[i]));
		if (!found)
			return unusable("there is no module '%s' in '%s'; it has: %s",
					request->targets.at[i], request->directory,
					names_of(kbuild, KBUILD_MODULE));
	}
	return 0;
}

/* A parameter of a named module: the module is one of the tree. */
static int check_params(const struct request *request, const struct kbuild *kbuild)
{
	for (size_t i = 0; i < request->params.count; i++) {
		const char *param = request->params.at[i];
		size_t bytes = strcspn(param, ".=");
		bool found = param[bytes] != '.';
		char *name = need_part(param, bytes);

		for (size_t k = 0; k < kbuild->count; k++)
			found = found || (kbuild->modules[k].kind == KBUILD_MODULE &&
					  is_named(&kbuild->modules[k], name));
		if (!found)
			return unusable("--param %s: there is no module '%s' in '%s'; it has: %s",
					param, name, request->directory,
					names_of(kbuild, KBUILD_MODULE));
	}
	return 0;
}

static int refuse_empty(const struct request *request, const struct kbuild *kbuild)
{
	char *off = names_of(kbuild, KBUILD_OFF), *built_in = names_of(kbuild, KBUILD_BUILT_IN);

	if (*off)
		return unusable("'%s' lists no module: the CONFIG_ of %s is not set; give it as "
				"to make: kmalloc check -C %s CONFIG_NAME=m",
				request->directory, off, request->directory);
	if (*built_in)
		return unusable("'%s' lists no module: %s is in obj-y, built in",
				request->directory, built_in);
	return unusable("'%s' lists no module: there is no obj-m in its Kbuild or Makefile",
			request->directory);
}

/* What shows one failure shows it of one module. */
static int check_single(const struct request *request, size_t count)
{
	const char *option = request->only.count ? "--fail" : "--sweep-state";

	if (count == 1 || (!request->only.count && !request->sweep_state))
		return 0;
	return unusable("%s is of one module; name it: kmalloc check -C %s NAME %s ...", option,
			request->directory, option);
}

/* -- one module -- */

static void tell_untaken(const struct kbuild_module *module)
{
	if (!module->untaken.count)
		return;
	fprintf(stderr, "kmalloc: %s: left out, for the check compiles in its own way:",
		module->name);
	for (size_t i = 0; i < module->untaken.count; i++)
		fprintf(stderr, " %s", module->untaken.at[i]);
	fputs("\n", stderr);
}

static struct request request_of(const struct request *request,
				 const struct kbuild_module *module, struct outcome *outcome)
{
	struct request own = *request;

	own.module = module->name;
	own.files = module->files;
	own.file_flags = module->flags;
	own.outcome = outcome;
	return own;
}

static void child_check(const struct request *request, const struct kbuild_module *module,
			int fd, FILE *part)
{
	struct outcome outcome = { 0 };
	struct request own = request_of(request, module, &outcome);
	ssize_t written;
	int status;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	tell_untaken(module);
	outputs_part(&own);
	status = check_module(&own);
	outputs_give(&own, status, part);
	if (fflush(stdout) || ferror(stdout))
		status = unusable("cannot write to standard output");
	written = write(fd, &outcome, sizeof(outcome));
	_exit(written == (ssize_t)sizeof(outcome) ? status : 2);
}

static int wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return 2;
		if (check_signal)
			kill(pid, check_signal);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static double now_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void check_row(const struct request *request, struct row *row)
{
	double begun = now_seconds();
	int ends[2];
	pid_t pid;
	FILE *part;

	if (row->module->trouble) {
		row->status = unusable("%s: %s", row->module->name, row->module->trouble);
		outputs_tell(request);
		return;
	}
	fflush(stdout);
	part = tmpfile();
	if (!part || pipe(ends) < 0 || (pid = fork()) < 0) {
		row->status = unusable("cannot start a check: %s", strerror(errno));
		return;
	}
	if (pid == 0)
		child_check(request, row->module, ends[1], part);
	close(ends[1]);
	row->status = wait_for(pid);
	if (read(ends[0], &row->outcome, sizeof(row->outcome)) != (ssize_t)sizeof(row->outcome))
		row->outcome = (struct outcome){ 0 };
	close(ends[0]);
	outputs_take_part(request, part);
	fclose(part);
	row->seconds = now_seconds() - begun;
}

/* -- the table -- */

static const char *status_word(const struct row *row)
{
	return row->status == 0 ? "clean"
	       : row->status == 1 ? "findings"
	       : row->outcome.is_built ? "not checked"
				       : "not built";
}

static void print_table(const struct row *rows, size_t count)
{
	bool with_seconds = *paint(PAINT_NONE);
	int width = (int)strlen("module");

	for (size_t i = 0; i < count; i++)
		if ((int)strlen(rows[i].module->name) > width)
			width = (int)strlen(rows[i].module->name);
	printf("\n%-*s  files  findings  advice%s  status\n", width, "module",
	       with_seconds ? "  seconds" : "");
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &rows[i];
		enum paint color = row->status ? PAINT_ERROR : PAINT_CARET;

		printf("%-*s  %5zu", width, row->module->name, row->module->parts);
		if (row->status > 1)
			printf("  %8s  %6s", "-", "-");
		else
			printf("  %8u  %6u", row->outcome.errors, row->outcome.advice);
		if (with_seconds)
			printf("  %7.1f", row->seconds);
		printf("  %s%s%s\n", paint(color), status_word(row), paint(PAINT_NONE));
	}
}

/* The last line: one object, as each finding is one. */
static void json_table(const struct row *rows, size_t count)
{
	cJSON *root = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(root, "modules");

	for (size_t i = 0; i < count; i++) {
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "module", rows[i].module->name);
		cJSON_AddNumberToObject(item, "files", (double)rows[i].module->parts);
		cJSON_AddNumberToObject(item, "findings", rows[i].outcome.errors);
		cJSON_AddNumberToObject(item, "advice", rows[i].outcome.advice);
		cJSON_AddStringToObject(item, "status", status_word(&rows[i]));
		cJSON_AddItemToArray(list, item);
	}
	json_print(root);
}

/* -- the whole -- */

/* A parameter without a module's name is for those that have it; one that none has is a mistake. */
static int judge_params(const struct request *request, const struct row *rows, size_t count)
{
	uint64_t taken = 0;
	int status = 0;

	for (size_t i = 0; i < count; i++) {
		/* Who was not built may have it. */
		if (!rows[i].outcome.is_built)
			return 0;
		taken |= rows[i].outcome.params_taken;
	}
	for (size_t i = 0; i < request->params.count && i < 64; i++)
		if (!(taken >> i & 1))
			status = unusable("no module of '%s' has a parameter for --param %s",
					  request->directory, request->params.at[i]);
	return status;
}

static int worst(const struct row *rows, size_t count)
{
	int status = 0;

	for (size_t i = 0; i < count; i++)
		if (rows[i].status > status)
			status = rows[i].status;
	return status;
}

static int check_rows(struct request *request, struct row *rows, size_t count)
{
	int status;

	for (size_t i = 0; i < count && !check_signal; i++) {
		check_row(request, &rows[i]);
		if (rows[i].status > 2)
			return rows[i].status;
	}
	if (check_signal)
		return 128 + check_signal;
	if (request->as_json)
		json_table(rows, count);
	else
		print_table(rows, count);
	fflush(stdout);
	status = judge_params(request, rows, count);
	return status ? status : worst(rows, count);
}

static bool is_variable(const char *word)
{
	size_t bytes = strcspn(word, "=");

	for (size_t i = 0; i < bytes; i++)
		if (!isalnum((unsigned char)word[i]) && !strchr("_.-", word[i]))
			return false;
	return bytes && word[bytes];
}

int directory_words(struct request *request)
{
	struct words words = request->files;

	request->files = (struct words){ 0 };
	for (size_t i = 0; i < words.count; i++)
		words_add(is_variable(words.at[i]) ? &request->variables : &request->targets,
			  words.at[i]);
	for (size_t i = 0; i < words.count; i++)
		if (is_prefix(words.at[i], "M=") || is_prefix(words.at[i], "km-"))
			return unusable("%s is what -C sets itself", words.at[i]);
	return 0;
}

/* NULL: it cannot be had; then a finding may be told twice. */
static char *told_make(void)
{
	const char *base = getenv("TMPDIR");
	char *path = text_format("%s/kmalloc-told-XXXXXX", base && *base ? base : "/tmp");
	int fd = mkstemp(path);

	if (fd < 0)
		return NULL;
	close(fd);
	return path;
}

int check_directory(struct request *request)
{
	struct kbuild *kbuild = need(sizeof(*kbuild));
	struct places places;
	struct row *rows;
	size_t count = 0;
	int status;

	if (!places_find(&places, request->keep))
		return unusable_places();
	status = kbuild_read(request, &places, &request->variables, kbuild);
	if (status)
		return check_signal ? 128 + check_signal : status;
	request->kbuild = kbuild;
	status = check_targets(request, kbuild);
	if (!status)
		status = check_params(request, kbuild);
	if (status)
		return status;
	rows = need((kbuild->count + 1) * sizeof(*rows));
	for (size_t i = 0; i < kbuild->count; i++)
		if (kbuild->modules[i].kind == KBUILD_MODULE &&
		    is_wanted(&kbuild->modules[i], &request->targets))
			rows[count++].module = &kbuild->modules[i];
	if (!count)
		return kbuild->is_partial ? 2 : refuse_empty(request, kbuild);
	status = check_single(request, count);
	if (status)
		return status;
	request->told = told_make();
	status = check_rows(request, rows, count);
	if (request->told)
		unlink(request->told);
	return kbuild->is_partial && status < 2 ? 2 : status;
}
