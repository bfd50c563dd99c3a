/* SPDX-License-Identifier: MIT */
/*
 * text.h - growing text, lists of words and memory that is there or the command ends
 *
 * The command is short-lived: what it takes lives until it ends unless a function says otherwise.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text that grows; data is always terminated once something was added. */
struct text {
	char *data;
	size_t bytes, room;
};

/* A list of words, closed with NULL so that it serves as an argv. */
struct words {
	char **at;
	size_t count, room;
};

void *need(size_t bytes); /* zeroed */
void *need_more(void *old, size_t bytes); /* grown part not zeroed */
char *need_copy(const char *text);
char *need_part(const char *text, size_t bytes);

void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_put(struct text *text, const char *bytes, size_t count);
void text_drop(struct text *text);
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

void words_add(struct words *words, const char *word);
void words_add_split(struct words *words, const char *line); /* at blanks */

/* One clear line on standard error; returns 2, the status of an unusable request. */
int unusable(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *unusable_said(void); /* the last such line; NULL: there was none */
void unusable_forget(void);
/* One line on standard error that the reader of the findings must know of; SARIF has it too. */
void caution(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct words *cautions(void); /* so far */

bool parse_u64(const char *text, uint64_t *ret_value); /* 10, 0x10, 010; the whole text */
bool is_prefix(const char *text, const char *prefix);

#endif
