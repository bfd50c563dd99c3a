/* SPDX-License-Identifier: MIT */
/*
 * cast.c - does a file look at memory through pointers that it made of others?
 *
 * Owns nothing.  *(u64 *)(buffer + 6) may lie at any address; pointers that were always what they
 * are lie at multiples of their type's alignment.  To look at each address costs (docs/rules.md),
 * so only files with such a cast in them pay.
 * P1  Too many is slow, too few a miss: text in comments and strings counts too.
 */
#include "check_build.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAST_BYTES 80

static bool is_byte(const char *word, size_t length)
{
	static const char *const names[] = { "void", "char", "u8", "s8", "__u8", "__s8",
					     "uint8_t", "int8_t", "bool" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == length && !memcmp(names[i], word, length))
			return true;
	return false;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* "struct header *)" behind a bracket: the end of a cast to something wider than a byte. */
static const char *past_cast(const char *text)
{
	const char *word = NULL, *at = text;
	size_t length = 0;

	while (at < text + CAST_BYTES && (is_word(*at) || isspace((unsigned char)*at))) {
		if (is_word(*at) && (at == text || !is_word(at[-1]))) {
			word = at;
			while (is_word(*at))
				at++;
			length = (size_t)(at - word);
			if (length == 5 && !memcmp(word, "const", 5))
				word = NULL;
			continue;
		}
		at++;
	}
	if (!word || *at != '*' || is_byte(word, length))
		return NULL;
	while (*at == '*' || isspace((unsigned char)*at))
		at++;
	return *at == ')' ? at + 1 : NULL;
}

static bool line_casts(const char *line)
{
	for (const char *at = line; *at; at++) {
		const char *end = *at == '(' && (at == line || !is_word(at[-1]))
					  ? past_cast(at + 1) : NULL;

		while (end && isspace((unsigned char)*end))
			end++;
		if (end && (is_word(*end) || *end == '(' || *end == '&' || *end == '*'))
			return true;
	}
	return false;
}

bool casts_pointers(const char *source)
{
	FILE *file = fopen(source, "r");
	char *line = NULL;
	size_t room = 0;
	bool found = false;

	while (file && !found && getline(&line, &room, file) >= 0)
		found = line_casts(line);
	free(line);
	if (file)
		fclose(file);
	return found;
}
