/* SPDX-License-Identifier: MIT */
/*
 * linker.c - how clang would link a program: its linker, and the words it would give it
 *
 * Clang tells without doing it (-###), in the same answer that tells what it is and where its
 * headers are; so the links of a check need not start it again, which takes as long as a link.
 */
#include "check_build.h"

#include <string.h>

/* They stand in the question for what a link is about. */
#define OBJECTS "KM_OBJECTS"
#define PROGRAM "KM_PROGRAM"

void linker_ask(struct words *words)
{
	static const char *const question[] = {
		"-###", "-no-pie", "-x", "c", "/dev/null", "-x", "none", ("-Wl," OBJECTS),
		"-o", PROGRAM, "-lpthread", LINK_FLAGS,
	};

	for (size_t i = 0; i < sizeof(question) / sizeof(question[0]); i++)
		words_add(words, question[i]);
}

/* Each word stands in quotes; a backslash is before what would end them. */
static void split_quoted(const char *line, const char *end, struct words *ret_words)
{
	struct text word = { 0 };
	bool is_inside = false;

	for (; line < end; line++) {
		if (*line == '"') {
			is_inside = !is_inside;
			if (is_inside)
				text_add(&word, "%s", "");
			else
				words_add(ret_words, word.data);
			if (!is_inside)
				text_drop(&word);
		} else if (is_inside) {
			line += *line == '\\' && line + 1 < end;
			text_put(&word, line, 1);
		}
	}
	text_drop(&word);
}

static size_t find_word(const struct words *words, const char *word)
{
	size_t at = 0;

	while (at < words->count && strcmp(words->at[at], word) != 0)
		at++;
	return at;
}

/* The link, without the object of the file that was named so that there be one to compile. */
static bool take_link(const struct words *words, struct words *ret_link)
{
	size_t objects = find_word(words, OBJECTS);

	if (objects < 2 || objects == words->count || find_word(words, PROGRAM) == words->count)
		return false;
	for (size_t i = 0; i < words->count; i++)
		if (i + 1 != objects)
			words_add(ret_link, words->at[i]);
	return true;
}

bool linker_read(const char *said, struct words *ret_link, char **ret_headers)
{
	const char *line = said, *end;
	bool has_link = false;

	*ret_headers = NULL;
	for (; (end = strchr(line, '\n')); line = end + 1) {
		struct words words = { 0 };
		size_t folder;

		if (!is_prefix(line, " \""))
			continue;
		split_quoted(line, end, &words);
		folder = find_word(&words, "-resource-dir") + 1;
		if (folder < words.count)
			*ret_headers = text_format("%s/include", words.at[folder]);
		else
			has_link = take_link(&words, ret_link) || has_link;
	}
	return has_link && *ret_headers;
}

int linker_run(const struct words *link, const struct words *objects, const char *program,
	       const char *messages)
{
	struct words words = { 0 };

	for (size_t i = 0; i < link->count; i++) {
		if (!strcmp(link->at[i], PROGRAM))
			words_add(&words, program);
		else if (strcmp(link->at[i], OBJECTS) != 0)
			words_add(&words, link->at[i]);
		for (size_t k = 0; !strcmp(link->at[i], OBJECTS) && k < objects->count; k++)
			words_add(&words, objects->at[k]);
	}
	return command_run(words.at, messages) == 0 ? 0 : 2;
}
