/* SPDX-License-Identifier: MIT */
/*
 * kbuild_flags.c - the compiler flags of a Kbuild: taken apart, and which of them a check takes
 *
 * K3  What a flag means to the code is kept (-D -U -I -include -std= -f...-char); what it means to
 *     the machine code is the check's own: it instruments, and looks at each access.  A flag that
 *     is left out is told.
 */
#include "kbuild.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const left_out[] = {
	"-O*", "-g", "-g[0-9]", "-ggdb*", "-gdwarf*", "-gz*", "-Werror", "-mcmodel=*",
	"-mno-red-zone", "-mpreferred-stack-boundary=*", "-mstack-alignment=*",
	"-mindirect-branch*", "-mfunction-return=*", "-mretpoline*", "-mfentry", "-pg", "-pipe",
	"-flto*", "-fno-lto", "-fprofile*", "-fno-profile*", "-fsanitize*", "-fno-sanitize*",
	"-fcf-protection*", "-fstack-*", "-fno-stack-*", "-fomit-frame-pointer", "-fpic", "-fPIC",
	"-fpie", "-fPIE", "-finline*", "-fno-inline*", "-foptimize-*", "-fno-optimize-*",
	"-fpatchable-*", "-nostdinc", "-Wframe-larger-than=*",
};

/* '*' at the end: anything; "[0-9]": a digit. */
static bool is_like(const char *word, const char *pattern)
{
	for (; *pattern && *pattern != '*'; word++) {
		if (*pattern == '[') {
			if (*word < '0' || *word > '9')
				return false;
			pattern += strlen("[0-9]");
		} else if (*word != *pattern++) {
			return false;
		}
	}
	return *pattern || !*word;
}

static bool is_left_out(const char *word)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (is_like(word, left_out[i]))
			return true;
	return false;
}

static void add_once(struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->at[i], word) == 0)
			return;
	words_add(words, word);
}

/* Of these assembly takes nothing but macros and places of headers. */
static bool is_for_assembly(const char *word)
{
	return is_prefix(word, "-I") || is_prefix(word, "-D");
}

void flags_sift(struct words *words, struct words *untaken, bool is_assembly)
{
	struct words kept = { 0 };

	for (size_t i = 0; i < words->count; i++) {
		if (is_left_out(words->at[i]) || (is_assembly && !is_for_assembly(words->at[i])))
			add_once(untaken, words->at[i]);
		else
			words_add(&kept, words->at[i]);
	}
	*words = kept;
}

/* A variable or a command; a '$' before anything else is itself. */
static bool needs_shell(const char *at)
{
	return *at == '`' || (*at == '$' && (isalnum((unsigned char)at[1]) ||
					     (at[1] && strchr("_{(@*#?$!-'", at[1]))));
}

/* One word from @at on; NULL: it takes a shell. */
static const char *take_word(const char *at, struct text *word)
{
	char quote = 0;

	text_put(word, "", 0);
	for (; *at && (quote || !strchr(" \t\n", *at)); at++) {
		if (quote != '\'' && needs_shell(at))
			return NULL;
		if (!quote && strchr(";|&<>()", *at))
			return NULL;
		if (quote && *at == quote) {
			quote = 0;
		} else if (!quote && (*at == '"' || *at == '\'')) {
			quote = *at;
		} else if (*at == '\\' && quote != '\'' && at[1] &&
			   (!quote || strchr("\"\\$`", at[1]))) {
			text_put(word, ++at, 1);
		} else {
			text_put(word, at, 1);
		}
	}
	return quote ? NULL : at;
}

bool flags_split(const char *text, struct words *ret_words)
{
	struct words words = { 0 };

	while (*(text += strspn(text, " \t\n"))) {
		struct text word = { 0 };

		text = take_word(text, &word);
		if (!text)
			return false;
		words_add(&words, word.data);
		text_drop(&word);
	}
	*ret_words = words;
	return true;
}
