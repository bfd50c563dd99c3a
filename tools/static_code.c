/* SPDX-License-Identifier: MIT */
/*
 * static_code.c - the functions of a file as its text shows them
 *
 * Compilers look at one function at a time: that a helper drops its caller's lock is not known to
 * -Wthread-safety.  Here such helpers are found in the text, so that what follows a call of one is
 * not told.
 * C1  When in doubt a function is taken to end its caller's section: silence is never wrong.
 */
#include "static.h"
#include "whole_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct function {
	char *name;
	size_t begin, end; /* its body, as offsets into the text */
	int first, last; /* lines */
};

struct code {
	char *text; /* comments, strings and preprocessor lines are blanks */
	size_t bytes;
	struct function *functions;
	size_t count, room;
};

/* The end of a comment, string or character that begins at @at; @at if none does. */
static size_t skipped(const char *text, size_t at)
{
	const char *end;

	if (text[at] == '/' && text[at + 1] == '*') {
		end = strstr(text + at + 2, "*/");
		return end ? (size_t)(end + 2 - text) : at + strlen(text + at);
	}
	if (text[at] == '/' && text[at + 1] == '/')
		return at + strcspn(text + at, "\n");
	if (text[at] == '"' || text[at] == '\'') {
		size_t i = at + 1;

		while (text[i] && text[i] != text[at] && text[i] != '\n')
			i += text[i] == '\\' && text[i + 1] ? 2 : 1;
		return text[i] == text[at] ? i + 1 : i;
	}
	return at;
}

static void blank(char *text, size_t from, size_t to)
{
	for (; from < to; from++)
		if (text[from] != '\n')
			text[from] = ' ';
}

static void strip(char *text)
{
	bool is_line_start = true;

	for (size_t at = 0; text[at];) {
		size_t end = skipped(text, at);

		if (is_line_start && text[at] == '#') {
			for (end = at; text[end] && text[end] != '\n'; end++)
				if (text[end] == '\\' && text[end + 1] == '\n')
					end++;
		}
		if (end > at) {
			blank(text, at, end);
			at = end;
			continue;
		}
		if (text[at] == '\n')
			is_line_start = true;
		else if (!isspace((unsigned char)text[at]))
			is_line_start = false;
		at++;
	}
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The identifier that ends before @at, blanks left out; NULL: none. */
static char *word_before(const char *text, size_t at)
{
	size_t end = at;

	while (end && isspace((unsigned char)text[end - 1]))
		end--;
	for (at = end; at && is_word(text[at - 1]);)
		at--;
	return at < end ? need_part(text + at, end - at) : NULL;
}

static void function_add(struct code *code, const struct function *function)
{
	if (code->count == code->room) {
		code->room = code->room ? code->room * 2 : 32;
		code->functions = need_more(code->functions,
					    code->room * sizeof(*code->functions));
	}
	code->functions[code->count++] = *function;
}

static void find_functions(struct code *code)
{
	const char *text = code->text;
	struct function function = { 0 };
	char *name = NULL;
	int depth = 0, round = 0, line = 1;

	for (size_t at = 0; text[at]; at++) {
		char c = text[at];

		line += c == '\n';
		if (depth == 0 && c == '(' && round++ == 0 && !name)
			name = word_before(text, at);
		else if (depth == 0 && c == ')')
			round -= round > 0;
		else if (depth == 0 && (c == ';' || c == '=') && round == 0)
			name = NULL;
		else if (c == '{' && depth++ == 0)
			function = (struct function){ .name = name, .begin = at, .first = line };
		else if (c == '}' && depth && --depth == 0) {
			function.end = at;
			function.last = line;
			if (function.name)
				function_add(code, &function);
			name = NULL;
			round = 0;
		}
	}
}

struct code *code_open(const char *file)
{
	struct code *code = need(sizeof(*code));
	struct text text = { 0 };

	whole_file_read(file, &text);
	if (!text.bytes) {
		text_drop(&text);
		free(code);
		return NULL;
	}
	code->text = text.data;
	code->bytes = text.bytes;
	strip(code->text);
	find_functions(code);
	return code;
}

void code_close(struct code *code)
{
	if (code) {
		free(code->text);
		free(code->functions);
		free(code);
	}
}

static const struct function *function_of(const struct code *code, int line)
{
	for (size_t i = 0; code && i < code->count; i++)
		if (line >= code->functions[i].first && line <= code->functions[i].last)
			return &code->functions[i];
	return NULL;
}

const char *code_function(const struct code *code, int line)
{
	const struct function *function = function_of(code, line);

	return function ? function->name : "";
}

bool code_has(const struct code *code, int line, const char *word)
{
	const struct function *function = function_of(code, line);
	const char *found = function ? strstr(code->text + function->begin, word) : NULL;

	return found && (size_t)(found - code->text) < function->end;
}

static size_t line_offset(const struct code *code, int line)
{
	size_t at = 0;

	for (; line > 1 && code->text[at]; at++)
		line -= code->text[at] == '\n';
	return at;
}

char *code_word(const struct code *code, int line, int column)
{
	size_t at = line_offset(code, line) + (size_t)(column > 0 ? column - 1 : 0), end;

	if (at >= code->bytes)
		return NULL;
	for (end = at; end < code->bytes && is_word(code->text[end]);)
		end++;
	return end > at ? need_part(code->text + at, end - at) : NULL;
}

/* -- who ends whose section -- */

/* What begins and ends sections, without the form: spin_lock_irqsave() is "spin_lock". */
static const struct {
	const char *begin, *end;
} pairs[] = {
	{ "spin_lock", "spin_unlock" },	      { "read_lock", "read_unlock" },
	{ "write_lock", "write_unlock" },     { "rcu_read_lock", "rcu_read_unlock" },
	{ "preempt_disable", "preempt_enable" }, { "local_irq_save", "local_irq_restore" },
	{ "local_irq_disable", "local_irq_enable" }, { "local_bh_disable", "local_bh_enable" },
	{ "local_lock", "local_unlock" },     { "get_cpu", "put_cpu" },
	{ "write_seqlock", "write_sequnlock" }, { "spin_trylock", "spin_unlock" },
	{ "write_seqcount_begin", "write_seqcount_end" },
};
/* They let go of what no section is. */
static const char *const harmless[] = { "mutex_unlock", "device_unlock", "up_read", "up_write",
					"srcu_read_unlock" };

static bool is_one_of(const char *name, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}

/* The text between the parentheses up to the first comma, without blanks. */
static char *argument(const char *text, size_t open)
{
	struct text out = { 0 };
	int depth = 0;

	for (size_t at = open; text[at]; at++) {
		depth += text[at] == '(';
		depth -= text[at] == ')';
		if (!depth || (depth == 1 && text[at] == ','))
			break;
		if (at > open && !isspace((unsigned char)text[at]))
			text_put(&out, text + at, 1);
	}
	return out.data ? out.data : need_copy("");
}

typedef bool (*see_call)(const char *name, const char *text, size_t open, void *arg);

/* Each call in text[from, to): true as soon as @see says so. */
static bool each_call(const char *text, size_t from, size_t to, see_call see, void *arg)
{
	for (size_t at = from; at < to; at++) {
		char *name;
		bool is_it;

		if (text[at] != '(' || !(name = word_before(text, at)))
			continue;
		is_it = see(name, text, at, arg);
		free(name);
		if (is_it)
			return true;
	}
	return false;
}

struct begins {
	struct words seen; /* "family argument" */
};

/* An end whose begin was not seen before it in the same function. */
static bool see_end(const char *name, const char *text, size_t open, void *arg)
{
	struct begins *begins = arg;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const char *begin = strstr(name, pairs[i].begin);
		const char *end = strstr(name, pairs[i].end);
		char *what = argument(text, open), *mark;

		mark = text_format("%s %s", pairs[i].end, what);
		free(what);
		if (begin && !end)
			words_add(&begins->seen, mark);
		if (end && strncmp(name, "srcu", 4) != 0 &&
		    !is_one_of(mark, (const char *const *)begins->seen.at, begins->seen.count))
			return true;
		free(mark);
	}
	return false;
}

static bool see_name(const char *name, const char *text, size_t open, void *arg)
{
	const struct words *names = arg;

	(void)text;
	(void)open;
	return is_one_of(name, (const char *const *)names->at, names->count);
}

void code_enders(const struct code *code, struct words *names)
{
	bool is_more = true;

	while (is_more) {
		is_more = false;
		for (size_t i = 0; i < code->count; i++) {
			const struct function *function = &code->functions[i];
			struct begins begins = { 0 };

			if (see_name(function->name, NULL, 0, names))
				continue;
			if (!each_call(code->text, function->begin, function->end, see_end,
				       &begins) &&
			    !each_call(code->text, function->begin, function->end, see_name,
				       names))
				continue;
			words_add(names, function->name);
			is_more = true;
		}
	}
}

/* "unlock" in the name, and not one of those that we know. */
static bool see_strange(const char *name, const char *text, size_t open, void *arg)
{
	(void)text;
	(void)open;
	(void)arg;
	if (!strstr(name, "unlock") ||
	    is_one_of(name, harmless, sizeof(harmless) / sizeof(harmless[0])))
		return false;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (strstr(name, pairs[i].end))
			return false;
	return true;
}

bool code_calls(const struct code *code, int line, const struct words *names)
{
	const struct function *function = function_of(code, line);
	size_t to = function ? line_offset(code, line) : 0;

	return function && (each_call(code->text, function->begin, to, see_name, (void *)names) ||
			    each_call(code->text, function->begin, to, see_strange, NULL));
}
