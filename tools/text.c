/* SPDX-License-Identifier: MIT */
/* text.c - growing text, lists of words and memory that is there or the command ends */
#include "text.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *there_or_end(void *memory)
{
	if (memory)
		return memory;
	fputs("kmalloc: this computer has no memory left\n", stderr);
	exit(2);
}

void *need(size_t bytes)
{
	return there_or_end(calloc(1, bytes ? bytes : 1));
}

void *need_more(void *old, size_t bytes)
{
	return there_or_end(realloc(old, bytes ? bytes : 1));
}

char *need_part(const char *text, size_t bytes)
{
	char *copy = need(bytes + 1);

	memcpy(copy, text, bytes);
	return copy;
}

char *need_copy(const char *text)
{
	return need_part(text, strlen(text));
}

static void text_make_room(struct text *text, size_t more)
{
	if (text->bytes + more + 1 <= text->room)
		return;
	text->room = (text->bytes + more + 1) * 2;
	text->data = need_more(text->data, text->room);
}

void text_put(struct text *text, const char *bytes, size_t count)
{
	text_make_room(text, count);
	memcpy(text->data + text->bytes, bytes, count);
	text->bytes += count;
	text->data[text->bytes] = 0;
}

static void text_add_list(struct text *text, const char *format, va_list list)
{
	va_list again;
	int bytes;

	va_copy(again, list);
	bytes = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (bytes < 0)
		return;
	text_make_room(text, bytes);
	vsnprintf(text->data + text->bytes, (size_t)bytes + 1, format, list);
	text->bytes += bytes;
}

void text_add(struct text *text, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	text_add_list(text, format, list);
	va_end(list);
}

void text_drop(struct text *text)
{
	free(text->data);
	*text = (struct text){ 0 };
}

char *text_format(const char *format, ...)
{
	struct text text = { 0 };
	va_list list;

	va_start(list, format);
	text_add_list(&text, format, list);
	va_end(list);
	return text.data ? text.data : need_copy("");
}

void words_add(struct words *words, const char *word)
{
	if (words->count + 2 > words->room) {
		words->room = words->room ? words->room * 2 : 32;
		words->at = need_more(words->at, words->room * sizeof(*words->at));
	}
	words->at[words->count++] = need_copy(word);
	words->at[words->count] = NULL;
}

void words_add_split(struct words *words, const char *line)
{
	while (*line) {
		size_t blanks = strspn(line, " \t\n"), bytes = strcspn(line + blanks, " \t\n");

		if (bytes) {
			char *word = need_part(line + blanks, bytes);

			words_add(words, word);
			free(word);
		}
		line += blanks + bytes;
	}
}

static char *last_said;

int unusable(const char *format, ...)
{
	struct text text = { 0 };
	va_list list;

	va_start(list, format);
	text_add_list(&text, format, list);
	va_end(list);
	free(last_said);
	last_said = text.data ? text.data : need_copy("");
	fflush(stdout);
	fprintf(stderr, "kmalloc: %s\n", last_said);
	return 2;
}

static struct words cautioned;

void caution(const char *format, ...)
{
	struct text text = { 0 };
	va_list list;

	va_start(list, format);
	text_add_list(&text, format, list);
	va_end(list);
	fflush(stdout);
	fprintf(stderr, "kmalloc: %s\n", text.data ? text.data : "");
	words_add(&cautioned, text.data ? text.data : "");
	text_drop(&text);
}

struct words *cautions(void)
{
	return &cautioned;
}

void unusable_forget(void)
{
	free(last_said);
	last_said = NULL;
}

const char *unusable_said(void)
{
	return last_said;
}

bool parse_u64(const char *text, uint64_t *ret_value)
{
	unsigned long long value;
	char *end;

	if (!isdigit((unsigned char)*text))
		return false;
	errno = 0;
	value = strtoull(text, &end, 0);
	if (errno || *end)
		return false;
	*ret_value = value;
	return true;
}

bool is_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}
