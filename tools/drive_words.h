/* SPDX-License-Identifier: MIT */
/* drive_words.h - the words of a drive script: what the steps are made of */
#ifndef DRIVE_WORDS_H
#define DRIVE_WORDS_H

#include "text.h"

#define SLOTS 64
#define TASKS 15	/* beside the script itself */
#define BYTES_MAX (1u << 20)
#define STEPS_MAX 100000u /* bytes of the plain form: one argument of a program */
#define BLOCKS 8

enum want { WANT_ANY, WANT_NUMBER, WANT_TEXT, WANT_OK, WANT_ERROR };
enum where { WHERE_GOOD, WHERE_BAD, WHERE_HALF, WHERE_NULL };

struct step {
	const char *op;
	long long a, b, c;
	struct text data;
	bool has_data;
	enum want want;
	long long number;
	struct text wanted;
};

struct script {
	const char *path;
	unsigned int line;
	const char *at; /* in the line */
	bool is_bad;
	struct words files, tasks;
	struct text plain;
	struct {
		unsigned int line;
		bool is_task;
	} blocks[BLOCKS];
	unsigned int depth;
};

/* The first mistake is told; false, so that a caller can return it. */
bool bad(struct script *script, const char *format, const char *about);
/* Nothing is left of the line but blanks and a comment. */
bool is_end(struct script *script);
/* The next word, which is not taken; NULL: a string, or nothing. */
char *peek(struct script *script);
bool take_if(struct script *script, const char *word);
char *take(struct script *script, const char *what);
bool parse_number(const char *text, long long *ret_value);
long long take_number(struct script *script, const char *what, long long low, long long high);
bool take_string(struct script *script, struct text *ret_text);
/* What a shell's echo would say: words up to >, one blank between them. */
void take_shell_text(struct script *script, struct text *ret_text);
/* -1: there is none */
long long name_find(const struct words *names, const char *name);
bool is_name(const char *word);
long long take_file(struct script *script);
char *take_path(struct script *script);
long long take_where(struct script *script);
/* "text", hex DIGITS, N [CHARACTER] */
void take_data(struct script *script, struct step *step);
long long take_command(struct script *script);
/* "=> RESULT", if it is there */
void take_want(struct script *script, struct step *step);

#endif
