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

/* All that the compiler says to @question; NULL: it does not run. */
static char *ask_compiler(const struct compiler *compiler, const struct build *build,
			  const struct words *question)
{
	char *answer = text_format("%s/answer", build->directory), *said = NULL;
	struct words words = { 0 };

	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	for (size_t i = 0; i < question->count; i++)
		words_add(&words, question->at[i]);
	if (command_run(words.at, answer) == 0)
		said = whole_file_text(answer);
	free(answer);
	return said;
}

/* The path of its headers; NULL: it tells none. */
static char *ask_headers(const struct compiler *compiler, const struct build *build)
{
	struct words question = { 0 };
	char *said;

	words_add(&question, "-print-file-name=include");
	said = ask_compiler(compiler, build, &question);
	if (said)
		said[strcspn(said, "\n")] = 0;
	return said && said[0] == '/' ? said : NULL;
}

/* False: it does not run.  Clang, which takes long to start, answers all in one. */
static bool try_compiler(struct compiler *compiler, const struct build *build, const char *name)
{
	struct words question = { 0 };
	char *said;

	*compiler = (struct compiler){ 0 };
	words_add_split(&compiler->command, name);
	linker_ask(&question);
	said = compiler->command.count ? ask_compiler(compiler, build, &question) : NULL;
	if (!said)
		return false;
	compiler->is_clang = strstr(said, "clang version ") != NULL;
	if (!compiler->is_clang || !linker_read(said, &compiler->link, &compiler->headers)) {
		compiler->link.count = 0;
		compiler->headers = ask_headers(compiler, build);
	}
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
