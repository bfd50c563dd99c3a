/* SPDX-License-Identifier: MIT */
/*
 * check_compiler.c - the compiler of the checked program: which it is, and what it cannot show
 *
 * C1  A wish (--cc, then $CC) wins; without one clang is taken if it runs, else cc.
 * C2  What a compiler cannot instrument is told before the check, never left out in silence:
 *     clang_only below is the one list of it.
 */
#include "check_build.h"
#include "whole_file.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -fsanitize=kernel-memory */
#if defined(__x86_64__)
#define HAS_INIT true
#else
#define HAS_INIT false
#endif

/* What only clang's instrumentation shows; a rule, or the part of a rule. */
static const char *const clang_only[] = {
	"uninitialized-read",
	"size-overflow",
	"sleep-in-atomic in code that does not run",
};

/* All that the compiler says; NULL: it does not run. */
static char *ask_compiler(const struct compiler *compiler, const struct build *build)
{
	char *answer = text_format("%s/answer", build->directory), *said = NULL;
	struct words words = { 0 };

	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	words_add(&words, "-v");
	words_add(&words, "-print-file-name=include");
	if (command_run(words.at, answer) == 0)
		said = whole_file_text(answer);
	free(answer);
	return said;
}

/* The line that is the path of its headers; NULL: none is. */
static char *headers_in(char *said)
{
	static const char end[] = "/include";

	for (char *line = strtok(said, "\n"); line; line = strtok(NULL, "\n")) {
		size_t bytes = strlen(line);

		if (line[0] == '/' && bytes >= strlen(end) &&
		    !strcmp(line + bytes - strlen(end), end))
			return need_copy(line);
	}
	return NULL;
}

/*
 * False: it does not run.  One question, for a compiler takes long to start: with -v only clang
 * tells its version as well.
 */
static bool try_compiler(struct compiler *compiler, const struct build *build, const char *name)
{
	char *said;

	compiler->command = (struct words){ 0 };
	words_add_split(&compiler->command, name);
	said = compiler->command.count ? ask_compiler(compiler, build) : NULL;
	if (!said)
		return false;
	compiler->is_clang = strstr(said, "clang version ") != NULL;
	compiler->headers = headers_in(said);
	free(said);
	return true;
}

/* C2 */
static void tell_unseen(const char *name)
{
	struct text rules = { 0 };

	for (size_t i = 0; i < sizeof(clang_only) / sizeof(clang_only[0]); i++)
		text_add(&rules, "%s %s", i ? "," : "", clang_only[i]);
	caution("compiled with '%s', which is not clang; not seen:%s", name, rules.data);
	text_drop(&rules);
}

bool compiler_named(struct compiler *compiler, const struct build *build, const char *name)
{
	return try_compiler(compiler, build, name) && compiler->headers;
}

int compiler_find(struct compiler *compiler, const struct request *request,
		  const struct build *build)
{
	const char *wish = request->cc ? request->cc : getenv("CC"), *name = wish;
	bool runs;

	if (request->cc && !request->cc[strspn(request->cc, " \t")])
		return unusable("--cc names no compiler");
	if (!name || !name[strspn(name, " \t")])
		name = "clang";
	runs = try_compiler(compiler, build, name);
	if (!runs && name != wish) {
		name = "cc";
		runs = try_compiler(compiler, build, name);
	}
	if (!runs)
		return unusable("cannot run the compiler '%s'; install clang (or gcc), or name one "
				"with --cc or CC",
				name);
	if (!compiler->headers)
		return unusable("the compiler '%s' does not tell where its headers are", name);
	compiler->has_init = compiler->is_clang && HAS_INIT;
	if (!compiler->is_clang)
		tell_unseen(name);
	return 0;
}
