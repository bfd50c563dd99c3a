/* SPDX-License-Identifier: MIT */
/*
 * literal.c - does a call in the source ask for a size that is spelled out there?
 *
 * Owns nothing.  Spelled out are numbers, sizeof, PAGE_SIZE, SZ_4K and their like, and arithmetic
 * with those: that is computed by the compiler and wraps nowhere.
 * L1  In doubt it is not: a macro may stand for anything.
 */
#include "finding.h"

#include <ctype.h>
#include <string.h>

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Behind the bracket that closes the one at @text; NULL: none does. */
static const char *past_bracket(const char *text)
{
	int depth = 0;

	for (; *text; text++) {
		depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
		if (!depth)
			return text + 1;
	}
	return NULL;
}

/* The comma or bracket that ends the argument at @text; NULL: none does. */
static const char *past_argument(const char *text)
{
	for (int depth = 0; *text; text++) {
		if (!depth && (*text == ',' || *text == ')'))
			return text;
		depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
	}
	return NULL;
}

/* The argument @index of the call of @what in @text; its end in @ret_end. */
static const char *argument(const char *text, const char *what, unsigned int index,
			    const char **ret_end)
{
	size_t length = strlen(what);
	const char *at = text, *end;

	for (;; at += length) {
		at = strstr(at, what);
		if (!at)
			return NULL;
		if ((at == text || !is_word(at[-1])) && at[length] == '(')
			break;
	}
	for (at += length + 1; (end = past_argument(at)) && index; at = end + 1, index--)
		if (*end != ',')
			return NULL;
	if (!end)
		return NULL;
	*ret_end = end;
	return at;
}

static bool is_constant_name(const char *word, size_t length)
{
	return (length == 9 && !memcmp(word, "PAGE_SIZE", 9)) ||
	       (length > 3 && !memcmp(word, "SZ_", 3));
}

static bool is_spelled(const char *at, const char *end)
{
	bool has_number = false;

	while (at < end) {
		const char *word = at;

		if (!is_word(*at)) {
			if (!isspace((unsigned char)*at) && !strchr("()+-*/%<>", *at))
				return false;
			at++;
			continue;
		}
		while (at < end && is_word(*at))
			at++;
		has_number = true;
		if (isdigit((unsigned char)*word) || is_constant_name(word, (size_t)(at - word)))
			continue;
		while (at < end && isspace((unsigned char)*at))
			at++;
		if (strncmp(word, "sizeof", 6) || is_word(word[6]) || *at != '(')
			return false;
		at = past_bracket(at);
		if (!at)
			return false;
	}
	return has_number;
}

bool size_is_spelled_out(const struct place *place, const char *what)
{
	static const struct { const char *name; unsigned int first, count; } calls[] = {
		{ "kmalloc", 0, 1 }, { "kzalloc", 0, 1 }, { "kmalloc_node", 0, 1 },
		{ "kzalloc_node", 0, 1 }, { "kvmalloc", 0, 1 }, { "kvzalloc", 0, 1 },
		{ "vmalloc", 0, 1 }, { "vzalloc", 0, 1 }, { "devm_kmalloc", 1, 1 },
		{ "devm_kzalloc", 1, 1 }, { "krealloc", 1, 1 }, { "kmalloc_array", 0, 2 },
		{ "kcalloc", 0, 2 }, { "kvcalloc", 0, 2 }, { "kvmalloc_array", 0, 2 },
		{ "devm_kcalloc", 1, 2 }, { "devm_kmalloc_array", 1, 2 },
	};
	const char *at, *end;
	char *text;

	for (size_t call = 0; call < sizeof(calls) / sizeof(calls[0]); call++) {
		if (strcmp(calls[call].name, what))
			continue;
		text = place_statement(place);
		for (unsigned int i = 0; i < calls[call].count; i++) {
			at = argument(text, what, calls[call].first + i, &end);
			if (!at || !is_spelled(at, end))
				return false;
		}
		return true;
	}
	return false;
}
