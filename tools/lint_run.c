/* SPDX-License-Identifier: MIT */
/*
 * lint_run.c - one spatch for each job, each given portions of the files until none is left
 *
 * Owns: the temporary directory with the patch and the lists of files, the processes and their
 * pipes (standard output and standard error of a spatch go to one pipe).
 * W1  A file that takes longer than the limit is given up by spatch itself (--timeout).
 * W2  A spatch that dies takes one file with it: the one it was at is given up, the rest of its
 *     portion is handed out again.  One that is silent for three limits is killed, and has died.
 * W3  A spatch that fails before its first file cannot do at all: that ends the lint.
 */
#include "lint.h"
#include "paint.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PORTION 48 /* files: so many that starting spatch does not count */
#define PYTHON "/usr/bin/python3"

struct range {
	size_t first, count;
};

struct worker {
	pid_t pid; /* 0: none */
	int fd;
	struct range range;
	size_t begun; /* files of the range that spatch has come to */
	struct text line; /* the last, unfinished line */
	char *last_words; /* on standard error, for W3 */
	time_t heard;
	bool is_bad_part; /* the file at hand has a part that was not understood */
};

struct lint {
	const struct lint_request *request;
	const struct lint_rules *rules;
	const struct words *files;
	struct lint_result *result;
	char *directory, *patch;
	size_t next, done, portion, room;
	struct range again; /* W2: what is left of the last portion that went wrong */
	struct worker *workers;
};

static volatile sig_atomic_t stop_signal;

static void note_stop(int number)
{
	stop_signal = number;
}

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

/* -- starting one -- */

static char *write_list(const struct lint *lint, const struct worker *worker)
{
	char *path = text_format("%s/files.%zu", lint->directory,
				 (size_t)(worker - lint->workers));
	FILE *file = fopen(path, "w");

	for (size_t i = 0; file && i < worker->range.count; i++)
		fprintf(file, "%s\n\n", lint->files->at[worker->range.first + i]);
	if (!file || fclose(file) != 0) {
		free(path);
		return NULL;
	}
	return path;
}

static void add_pair(struct words *words, const char *option, const char *value)
{
	words_add(words, option);
	words_add(words, value);
}

static void become_spatch(const struct lint *lint, char *list, int out)
{
	struct words words = { 0 };
	char *seconds = text_format("%llu", (unsigned long long)lint->request->seconds);
	int nothing = open("/dev/null", O_RDONLY);

	words_add(&words, lint->request->spatch);
	/* The first python3 of PATH may be a wrapper that finds no library to load. */
	if (access(PYTHON, X_OK) == 0)
		add_pair(&words, "--python", PYTHON);
	add_pair(&words, "--sp-file", lint->patch);
	add_pair(&words, "--macro-file", text_format("%s/macros.h", lint->rules->directory));
	add_pair(&words, "--file-groups", list);
	add_pair(&words, "--timeout", seconds);
	words_add_split(&words, "--quiet --parse-error-msg --no-includes --no-loops");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(nothing, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	execvp(words.at[0], words.at);
	_exit(127);
}

static int start(struct lint *lint, struct worker *worker)
{
	int ends[2];
	char *list = write_list(lint, worker);

	if (!list || pipe2(ends, O_CLOEXEC) < 0)
		return unusable("cannot start spatch: %s", strerror(errno));
	worker->pid = fork();
	if (worker->pid < 0)
		return unusable("cannot start spatch: %s", strerror(errno));
	if (worker->pid == 0)
		become_spatch(lint, list, ends[1]);
	close(ends[1]);
	worker->fd = ends[0];
	worker->begun = 0;
	worker->heard = now();
	free(list);
	return 0;
}

/* The next files for a worker; false: there are none. */
static bool take_range(struct lint *lint, struct range *ret_range)
{
	size_t left = lint->files->count - lint->next;

	if (lint->again.count) {
		*ret_range = lint->again;
		lint->again.count = 0;
		return true;
	}
	if (!left)
		return false;
	*ret_range = (struct range){ lint->next, left < lint->portion ? left : lint->portion };
	lint->next += ret_range->count;
	return true;
}

/* -- what one says -- */

static void add_finding(struct lint *lint, char *line)
{
	struct lint_result *result = lint->result;

	if (result->count == lint->room) {
		lint->room = lint->room ? lint->room * 2 : 64;
		result->findings =
			need_more(result->findings, lint->room * sizeof(*result->findings));
	}
	if (finding_read(lint->rules, line, &result->findings[result->count]))
		result->count++;
}

static const char *file_at_hand(const struct lint *lint, const struct worker *worker)
{
	return lint->files->at[worker->range.first + (worker->begun ? worker->begun - 1 : 0)];
}

static void read_line(struct lint *lint, struct worker *worker, char *line)
{
	if (is_prefix(line, "KMLINT\t")) {
		add_finding(lint, line);
	} else if (is_prefix(line, "HANDLING: ")) {
		worker->is_bad_part = false;
		worker->begun++;
		lint->done++;
		progress_set("%zu of %zu files, %zu findings", lint->done - 1, lint->files->count,
			     lint->result->count);
	} else if (is_prefix(line, "badcount: ") && !worker->is_bad_part) {
		worker->is_bad_part = true;
		words_add(&lint->result->unparsed, file_at_hand(lint, worker));
	} else if (is_prefix(line, "EXN: ")) {
		words_add(&lint->result->given_up, file_at_hand(lint, worker));
	} else if (*line) {
		free(worker->last_words);
		worker->last_words = need_copy(line);
	}
}

static void read_part(struct lint *lint, struct worker *worker, char *part, size_t bytes)
{
	char *end;

	worker->heard = now();
	text_put(&worker->line, part, bytes);
	for (char *at = worker->line.data; (end = strchr(at, '\n')); at = end + 1) {
		struct text rest = { 0 };

		*end = 0;
		read_line(lint, worker, at);
		if (!strchr(end + 1, '\n')) {
			text_put(&rest, end + 1, strlen(end + 1));
			text_drop(&worker->line);
			worker->line = rest;
			break;
		}
	}
}

/* W2, W3 */
static int finish(struct lint *lint, struct worker *worker)
{
	size_t begun = worker->begun;
	int status;

	close(worker->fd);
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	worker->pid = 0;
	if (stop_signal || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return unusable("spatch is not installed; install the package coccinelle");
	if (!begun)
		return unusable("spatch cannot run the semantic patches: %s",
				worker->last_words ? worker->last_words : "it says nothing");
	words_add(&lint->result->given_up, file_at_hand(lint, worker));
	lint->again = (struct range){ worker->range.first + begun, worker->range.count - begun };
	return 0;
}

/* -- all of them -- */

static int start_idle(struct lint *lint)
{
	int status = 0;

	for (size_t i = 0; i < lint->request->jobs && !status && !stop_signal; i++) {
		struct worker *worker = &lint->workers[i];

		if (worker->pid || !take_range(lint, &worker->range))
			continue;
		status = start(lint, worker);
	}
	return status;
}

static void kill_silent(const struct lint *lint, const struct worker *worker)
{
	if (now() - worker->heard > (time_t)(3 * lint->request->seconds + 30))
		kill(worker->pid, SIGKILL);
}

/* One round of listening; 0 with *ret_busy false: all are done. */
static int listen_once(struct lint *lint, bool *ret_busy)
{
	struct pollfd polls[lint->request->jobs];
	struct worker *whose[lint->request->jobs];
	char part[16384];
	nfds_t count = 0;
	int status = 0;

	for (size_t i = 0; i < lint->request->jobs; i++) {
		if (!lint->workers[i].pid)
			continue;
		whose[count] = &lint->workers[i];
		polls[count++] = (struct pollfd){ lint->workers[i].fd, POLLIN, 0 };
	}
	*ret_busy = count > 0;
	if (!count || poll(polls, count, 1000) < 0)
		return 0;
	for (nfds_t i = 0; i < count && !status; i++) {
		ssize_t bytes;

		kill_silent(lint, whose[i]);
		if (!polls[i].revents)
			continue;
		bytes = read(polls[i].fd, part, sizeof(part));
		if (bytes > 0)
			read_part(lint, whose[i], part, (size_t)bytes);
		else if (bytes == 0)
			status = finish(lint, whose[i]);
	}
	return status;
}

static void stop_all(struct lint *lint)
{
	for (size_t i = 0; i < lint->request->jobs; i++) {
		if (!lint->workers[i].pid)
			continue;
		kill(lint->workers[i].pid, SIGKILL);
		waitpid(lint->workers[i].pid, NULL, 0);
	}
}

/* -- the temporary directory -- */

static int make_directory(struct lint *lint)
{
	const char *base = getenv("TMPDIR");
	struct text patch = { 0 };
	FILE *file;
	int status;

	lint->directory = text_format("%s/kmalloc-lint-XXXXXX", base && *base ? base : "/tmp");
	if (!mkdtemp(lint->directory)) {
		char *name = lint->directory;

		lint->directory = NULL;
		return unusable("cannot make a directory '%s': %s", name, strerror(errno));
	}
	lint->patch = text_format("%s/patch.cocci", lint->directory);
	status = rules_compose(lint->rules, &patch);
	if (status)
		return status;
	file = fopen(lint->patch, "w");
	if (!file)
		return unusable("cannot write '%s': %s", lint->patch, strerror(errno));
	fputs(patch.data, file);
	text_drop(&patch);
	return fclose(file) == 0 ? 0 : unusable("cannot write '%s'", lint->patch);
}

static void remove_directory(struct lint *lint)
{
	if (!lint->directory)
		return;
	for (size_t i = 0; i < lint->request->jobs; i++) {
		char *path = text_format("%s/files.%zu", lint->directory, i);

		unlink(path);
		free(path);
	}
	unlink(lint->patch);
	rmdir(lint->directory);
}

static void watch_stop(void)
{
	struct sigaction action = { .sa_handler = note_stop };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

int lint_run(const struct lint_request *request, const struct lint_rules *rules,
	     const struct words *files, struct lint_result *result)
{
	struct lint lint = { .request = request, .rules = rules, .files = files, .result = result };
	bool is_busy = true;
	int status;

	result->read = files->count;
	if (!files->count)
		return 0;
	lint.workers = need(request->jobs * sizeof(*lint.workers));
	lint.portion = files->count / (request->jobs * 4) + 1;
	if (lint.portion > PORTION)
		lint.portion = PORTION;
	watch_stop();
	status = make_directory(&lint);
	while (!status && is_busy && !stop_signal) {
		status = start_idle(&lint);
		if (!status)
			status = listen_once(&lint, &is_busy);
	}
	stop_all(&lint);
	remove_directory(&lint);
	free(lint.workers);
	return stop_signal ? 128 + stop_signal : status;
}
