/* SPDX-License-Identifier: MIT */
/* static.h - what compilers say of a module's files without running them */
#ifndef STATIC_H
#define STATIC_H

#include "check_build.h"
#include "finding.h"

/* One line of a compiler: FILE:LINE:COLUMN: KIND: TEXT [OPTION], and the places its notes name. */
struct said {
	char *file, *text, *option;
	int line, column;
	/* where the memory that it speaks of was allocated, if a note tells; 0: none does */
	int made_line;
	/* where it was freed, if a note tells; it went with a reference, by the name of a call */
	int freed_line;
	bool is_counted;
};

struct said_list {
	struct said *at;
	size_t count, room;
};

/* static_said.c: takes the output of a compiler apart */
void said_read(const char *output, struct said_list *ret_list);
/* static_rule.c: the rule that it is a break of; NULL: none, or noise */
const char *said_rule(const struct said *said, const char **ret_tool);

/* static_code.c: functions of a file, as its text shows them */
struct code;
struct code *code_open(const char *file); /* NULL: cannot be read */
const char *code_function(const struct code *code, int line); /* "": in none */
/* Does the function around @line hold @word before @line, or anywhere in it? */
bool code_has(const struct code *code, int line, const char *word);
/* Adds to @names the functions that end an atomic section which their caller began. */
void code_enders(const struct code *code, struct words *names);
/* Does the function around @line call one of @names, or some unlock we do not know, before it? */
bool code_calls(const struct code *code, int line, const struct words *names);
/* The identifier that begins at @column of @line, or before it; NULL: none. */
char *code_word(const struct code *code, int line, int column);
void code_close(struct code *code);

/*
 * Adds what compilers say to @reports: always where clang says that code may sleep in an atomic
 * section; with --static also what the analyzers say.
 */
void static_reports(struct reports *reports, const struct sweep *sweep, struct symbols *symbols,
		    const struct request *request, const struct build *build);
/* --static: 0, or 2 after a message when there is no analyzer at all. */
int static_ready(const struct build *build);

#endif
