/* SPDX-License-Identifier: MIT */
/*
 * kbuild_make.c - one run of make over a tree of modules, which only tells what the tree lists
 *
 * K4  make evaluates, so that functions, conditions and $(shell) mean what they do for kbuild.  Our
 *     wrapper (kbuild.mk) includes the tree's file; no rule of it is run.
 * K5  It has MAKE_SECONDS, or --time-limit if that is less, and a process group of its own that is
 *     killed as a whole.
 */
#include "kbuild.h"
#include "whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define MAKE_SECONDS 20
#define OUTPUT_LIMIT (16u << 20)
#define RELEASE "6.12.0"

static const char wrapper[] =
#include "kbuild_mk.inc"
	;

static bool put_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file)
		return false;
	fputs(text, file);
	return fclose(file) == 0;
}

/* -- the command -- */

static bool is_in_path(const char *name)
{
	const char *path = getenv("PATH");
	bool found = false;

	while (path && *path && !found) {
		size_t bytes = strcspn(path, ":");
		char *file = text_format("%.*s/%s", (int)bytes, path, name);

		found = access(file, X_OK) == 0;
		free(file);
		path += bytes + (path[bytes] == ':');
	}
	return found;
}

/* As check_compiler.c decides. */
static const char *compiler_name(const struct request *request)
{
	const char *wish = request->cc ? request->cc : getenv("CC");

	if (wish && wish[strspn(wish, " \t")])
		return wish;
	return is_in_path("clang") ? "clang" : "cc";
}

/* "CONFIG_SMP:=y CONFIG_HZ:=1000 ...", from our own header. */
static char *configs(const struct places *places)
{
	char *path = text_format("%s/linux/kconfig.h", places->include_dirs.at[0]);
	FILE *file = fopen(path, "r");
	struct text text = { 0 };
	char line[256], name[128], value[64];

	text_put(&text, "", 0);
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "#define %127[A-Z0-9_] %63s", name, value) == 2 &&
		    is_prefix(name, "CONFIG_") && !is_prefix(name, "CONFIG_KUNIT"))
			text_add(&text, "%s%s:=%s", text.bytes ? " " : "", name,
				 strcmp(value, "1") ? value : "y");
	if (file)
		fclose(file);
	free(path);
	return text.data;
}

/* The kernel tree: asked for, or the one that the directory lies in. */
static char *kernel_tree(const struct request *request, const char *directory)
{
	char *path = request->ktree ? realpath(request->ktree, NULL) : need_copy(directory), *slash;

	while (path && !request->ktree && (slash = strrchr(path, '/')) && slash != path) {
		char *mark = text_format("%s/include/linux/kernel.h", path);
		bool is_tree = access(mark, R_OK) == 0;

		free(mark);
		if (is_tree)
			return path;
		*slash = 0;
	}
	return path && request->ktree ? path : need_copy("");
}

static void add_variable(struct words *words, const char *name, const char *value)
{
	words_add(words, text_format("%s=%s", name, value));
}

static struct words make_words(const struct request *request, const struct places *places,
			       const struct words *variables, const char *work,
			       const char *directory)
{
	const char *cc = compiler_name(request);
	struct words words = { 0 };

	words_add_split(&words, "make -s -rR -k --no-print-directory -f");
	words_add(&words, text_format("%s/kbuild.mk", work));
	words_add(&words, "km-list");
	add_variable(&words, "KERNELRELEASE", RELEASE);
	add_variable(&words, "obj", directory);
	add_variable(&words, "src", directory);
	add_variable(&words, "M", directory);
	add_variable(&words, "KBUILD_EXTMOD", directory);
	add_variable(&words, "CC", cc);
	add_variable(&words, strstr(cc, "clang") ? "CONFIG_CC_IS_CLANG" : "CONFIG_CC_IS_GCC", "y");
	add_variable(&words, "km-configs", configs(places));
	add_variable(&words, "km-tree", kernel_tree(request, directory));
	add_variable(&words, "km-out", text_format("%s/list", work));
	add_variable(&words, "km-level", "x");
	for (size_t i = 0; i < variables->count; i++)
		words_add(&words, variables->at[i]);
	return words;
}

static void child_become(const struct words *words, const char *work, const char *directory)
{
	struct rlimit none = { 0, 0 }, cpu = { 120, 130 }, output = { OUTPUT_LIMIT, OUTPUT_LIMIT };
	char *said = text_format("%s/make-said", work), *told = text_format("%s/make-told", work);
	int null = open("/dev/null", O_RDONLY);
	int out = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int err = open(told, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_FSIZE, &output);
	dup2(null, 0);
	dup2(out, 1);
	dup2(err, 2);
	/* We may have been started by a make of the user's own. */
	unsetenv("MAKEFLAGS");
	unsetenv("MFLAGS");
	setenv("MAKELEVEL", "2", 1); /* as below the kernel's own */
	unsetenv("MAKEFILES");
	setenv("PWD", directory, 1);
	setenv("LC_ALL", "C", 1);
	if (chdir(directory) == 0)
		execvp("make", words->at);
	_exit(127);
}

static unsigned int make_seconds(const struct request *request)
{
	return request->limit_seconds && request->limit_seconds < MAKE_SECONDS
		       ? (unsigned int)request->limit_seconds
		       : MAKE_SECONDS;
}

/* Its exit status; -1: it took too long, or we are to stop. */
static int make_run(const struct words *words, const char *work, const char *directory,
		    unsigned int seconds)
{
	const struct timespec pause = { 0, 2000000 };
	struct timespec begun, now;
	pid_t pid = fork();
	int status = 0;

	if (pid == 0)
		child_become(words, work, directory);
	if (pid < 0)
		return 127;
	setpgid(pid, pid);
	clock_gettime(CLOCK_MONOTONIC, &begun);
	while (waitpid(pid, &status, WNOHANG) == 0) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (check_signal || now.tv_sec - begun.tv_sec >= seconds) {
			kill(-pid, SIGKILL);
			waitpid(pid, &status, 0);
			return -1;
		}
		nanosleep(&pause, NULL);
	}
	kill(-pid, SIGKILL); /* what it left running */
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* -- what it said -- */

/* How well a line of make tells what is wrong; 0: not at all. */
static int rank(const char *line)
{
	static regex_t missing;
	static bool is_ready;

	if (!is_ready)
		is_ready = regcomp(&missing, "^[^: ]*:[0-9]+: .*No such file or directory$",
				   REG_EXTENDED | REG_NOSUB) == 0;
	if (strstr(line, "km-list") || !*line)
		return 0;
	if (is_ready && regexec(&missing, line, 0, NULL, 0) == 0)
		return 3;
	return strstr(line, "***") ? 2 : 1;
}

/* The one line of @told that matters most. */
static char *best_line(char *told)
{
	char *best = NULL;

	for (char *line = strtok(told, "\n"); line; line = strtok(NULL, "\n"))
		if (rank(line) && (!best || rank(line) > rank(best)))
			best = line;
	return best;
}

static void remove_work(const char *work)
{
	static const char *const files[] = { "kbuild.mk", "list", "make-said", "make-told" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		unlink(text_format("%s/%s", work, files[i]));
	rmdir(work);
}

static int judge(int status, const struct request *request, char *told, const char *list)
{
	if (check_signal)
		return 2;
	if (status < 0)
		return unusable("make did not finish reading '%s' within %u seconds",
				request->directory, make_seconds(request));
	if (status == 127)
		return unusable("cannot run make, which reads the list of modules; install it "
				"(package make)");
	if (status) {
		char *line = best_line(told);

		unusable("make cannot read '%s': %s", request->directory,
			 line		? line
			 : status > 128 ? strsignal(status - 128)
					: "it said nothing");
		return *list ? 0 : 2;
	}
	fputs(told, stderr); /* $(warning) of the tree */
	return 0;
}

char *kbuild_evaluate(const struct request *request, const struct places *places,
		      const struct words *variables, bool *ret_is_partial)
{
	const char *base = getenv("TMPDIR");
	char *work = text_format("%s/kmalloc-XXXXXX", base && *base ? base : "/tmp");
	char *directory = realpath(request->directory, NULL), *told = NULL, *list = NULL;
	struct words words;
	int status;

	if (!mkdtemp(work) || !put_file(text_format("%s/kbuild.mk", work), wrapper)) {
		unusable("cannot make a temporary directory: %s", strerror(errno));
		return NULL;
	}
	words = make_words(request, places, variables, work, directory);
	status = make_run(&words, work, directory, make_seconds(request));
	told = whole_file_text(text_format("%s/make-told", work));
	list = whole_file_text(text_format("%s/list", work));
	*ret_is_partial = status != 0;
	status = judge(status, request, told, list);
	remove_work(work);
	return status ? NULL : list;
}
