/* SPDX-License-Identifier: MIT */
/*
 * drive.c - reads the script of --drive and writes it in the plain form that the machine takes
 *
 * docs/drive.md has the grammar, docs/records.md the plain form.
 * V1  Whatever is wrong with a script is said before anything is compiled: FILE:LINE and one line.
 * V2  Names of files that are open become numbers, as do those of tasks, in order of appearance.
 */
#include "drive.h"
#include "drive_words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- plain form -- */

static void put_bytes(struct text *plain, const struct text *bytes, bool is_there)
{
	text_add(plain, is_there ? " =" : " -");
	for (size_t i = 0; is_there && i < bytes->bytes; i++)
		text_add(plain, "%02x", (unsigned char)bytes->data[i]);
}

static void put_step(struct script *script, const struct step *step)
{
	text_add(&script->plain, "%u %s %lld %lld %lld", script->line, step->op, step->a, step->b,
		 step->c);
	put_bytes(&script->plain, &step->data, step->has_data);
	text_add(&script->plain, " %d %lld", (int)step->want, step->number);
	put_bytes(&script->plain, &step->wanted, step->want == WANT_TEXT);
	text_add(&script->plain, "\n");
}

/* -- operations -- */

static void put_path(struct step *step, const char *path)
{
	step->has_data = true;
	text_put(&step->data, path, strlen(path));
}

/* The values are Linux's, for any architecture that has the common ones. */
static long long take_flags(struct script *script)
{
	static const struct {
		const char *name;
		long long flag;
	} flags[] = {
		{ "r", 0 }, { "ro", 0 }, { "w", 1 }, { "wo", 1 }, { "rw", 2 },
		{ "append", 02000 }, { "nonblock", 04000 }, { "trunc", 01000 },
		{ "sync", 04010000 },
	};
	long long result = 0;
	char *word;

	while ((word = peek(script)) && strcmp(word, "=>") && *word != ';' && *word != '}') {
		size_t i = 0;

		while (i < sizeof(flags) / sizeof(flags[0]) && strcmp(flags[i].name, word) != 0)
			i++;
		if (i == sizeof(flags) / sizeof(flags[0])) {
			bad(script, "r, w, rw, nonblock, append, trunc or sync expected, not '%s'",
			    word);
			return 0;
		}
		result |= flags[i].flag;
		script->at += strlen(word);
	}
	return result;
}

static void read_open(struct script *script, struct step *step, const char *name)
{
	if (name_find(&script->files, name) < 0) {
		if (script->files.count == SLOTS)
			bad(script, "more open files than there is room for: '%s'", name);
		words_add(&script->files, name);
	}
	step->a = name_find(&script->files, name);
	put_path(step, take_path(script));
	step->b = take_flags(script);
}

static void read_read(struct script *script, struct step *step)
{
	step->a = take_file(script);
	step->b = take_number(script, "a number of bytes, 0 to 1048576,", 0, BYTES_MAX);
	step->c = take_where(script);
}

static void read_write(struct script *script, struct step *step)
{
	step->a = take_file(script);
	take_data(script, step);
	step->c = take_where(script);
}

static void read_ioctl(struct script *script, struct step *step)
{
	char *word;

	step->a = take_file(script);
	step->b = take_command(script);
	word = peek(script);
	if (is_end(script) || (word && strcmp(word, "=>") == 0))
		return;
	if (word && parse_number(word, &step->c)) {
		script->at += strlen(word);
		return;
	}
	if (take_if(script, "bytes")) {
		long long count = take_number(script, "a number of bytes", 0, BYTES_MAX);

		step->has_data = true;
		for (long long i = 0; i < count; i++)
			text_put(&step->data, "", 1);
	} else if (word && (!strcmp(word, "bad") || !strcmp(word, "null"))) {
		step->has_data = true;
	} else if (!word || strcmp(word, "hex") == 0) {
		take_data(script, step);
	} else {
		bad(script, "a number, a string, hex DIGITS, bytes N, bad or null expected, not "
			    "'%s'", word);
	}
	step->c = take_where(script);
}

static void read_lseek(struct script *script, struct step *step)
{
	step->a = take_file(script);
	step->b = take_number(script, "an offset", INT64_MIN, INT64_MAX);
	if (take_if(script, "cur"))
		step->c = 1;
	else if (take_if(script, "end"))
		step->c = 2;
	else
		take_if(script, "set");
}

static void read_file_only(struct script *script, struct step *step)
{
	step->a = take_file(script);
}

static void read_fasync(struct script *script, struct step *step)
{
	step->a = take_file(script);
	step->b = take_if(script, "on");
	if (!step->b && !take_if(script, "off"))
		bad(script, "on or off expected, not '%s'", script->at);
}

static void read_cat(struct script *script, struct step *step)
{
	put_path(step, take_path(script));
}

/* As the shell's: with a newline, unless -n; > or >>. */
static void read_echo(struct script *script, struct step *step)
{
	bool has_newline = !take_if(script, "-n");
	struct text text = { 0 };

	take_shell_text(script, &text);
	if (has_newline)
		text_put(&text, "\n", 1);
	step->a = take_if(script, ">>");
	if (!step->a && !take_if(script, ">") && !script->is_bad)
		bad(script, "> and a path expected, not '%s'", script->at);
	if (script->is_bad)
		return;
	put_path(step, take_path(script));
	text_put(&step->data, "", 1);
	text_put(&step->data, text.data ? text.data : "", text.bytes);
}

static void read_sleep(struct script *script, struct step *step)
{
	static const struct {
		const char *unit;
		long long ns;
	} units[] = { { "ns", 1 }, { "us", 1000 }, { "ms", 1000000 }, { "s", 1000000000 } };
	char *word = take(script, "a time, as 10ms,"), *unit = word + strspn(word, "0123456789");
	long long value;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(unit, units[i].unit) != 0 || unit == word || unit - word > 9)
			continue;
		value = atoll(word) * units[i].ns;
		step->a = value;
		return;
	}
	bad(script, "a time, as 10ms, expected, not '%s'", word);
}

static void block_begin(struct script *script, bool is_task)
{
	if (!take_if(script, "{"))
		bad(script, "{ expected%s", "");
	else if (script->depth == BLOCKS)
		bad(script, "blocks too deep%s", "");
	else if (is_task && script->depth)
		bad(script, "a task cannot stand in another block%s", "");
	if (script->is_bad)
		return;
	script->blocks[script->depth].line = script->line;
	script->blocks[script->depth++].is_task = is_task;
}

static void read_repeat(struct script *script, struct step *step)
{
	step->a = take_number(script, "how often, 1 to 1000000,", 1, 1000000);
	block_begin(script, false);
}

static void read_task(struct script *script, struct step *step)
{
	char *name = take(script, "a name");

	if (!script->is_bad && (!is_name(name) || strlen(name) > 15))
		bad(script, "the name of a task, up to 15 letters, expected, not '%s'", name);
	if (!script->is_bad && name_find(&script->tasks, name) >= 0)
		bad(script, "there is a task '%s' already", name);
	if (!script->is_bad && script->tasks.count == TASKS)
		bad(script, "more tasks than there is room for: '%s'", name);
	words_add(&script->tasks, name);
	put_path(step, name);
	block_begin(script, true);
}

/* The script itself is 0. */
static void read_task_name(struct script *script, struct step *step)
{
	char *name = peek(script);

	step->a = -1;
	if (!name)
		return;
	script->at += strlen(name);
	step->a = name_find(&script->tasks, name) + 1;
	if (!step->a)
		bad(script, "no task above has the name '%s'", name);
}

static void read_end(struct script *script, struct step *step)
{
	(void)step;
	if (!script->depth)
		bad(script, "} without {%s", "");
	else
		script->depth--;
}

static const struct operation {
	const char *name;
	void (*read)(struct script *script, struct step *step);
	bool has_result;
} operations[] = {
	{ "read", read_read, true },
	{ "write", read_write, true },
	{ "ioctl", read_ioctl, true },
	{ "lseek", read_lseek, true },
	{ "poll", read_file_only, true },
	{ "mmap", read_file_only, true },
	{ "fsync", read_file_only, true },
	{ "fasync", read_fasync, true },
	{ "close", read_file_only, true },
	{ "cat", read_cat, true },
	{ "echo", read_echo, true },
	{ "sleep", read_sleep, false },
	{ "repeat", read_repeat, false },
	{ "task", read_task, false },
	{ "wait", read_task_name, false },
	{ "interrupt", read_task_name, false },
	{ "}", read_end, false },
};

static const struct operation *operation_find(const char *name)
{
	for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
		if (strcmp(operations[i].name, name) == 0)
			return &operations[i];
	return NULL;
}

/* "NAME = open PATH FLAGS", "open PATH FLAGS"; false: it is another operation. */
static bool read_if_open(struct script *script, struct step *step, char *word)
{
	const char *name = "";

	if (take_if(script, "=")) {
		name = word;
		word = take(script, "open");
		if (!script->is_bad && strcmp(word, "open") != 0)
			bad(script, "open expected, not '%s'", word);
		if (!script->is_bad && !is_name(name))
			bad(script, "not a name for a file: '%s'", name);
	}
	if (strcmp(word, "open") != 0)
		return false;
	if (!*name)
		bad(script, "open gives a file a name: fd = open%s", "");
	if (!script->is_bad) {
		step->op = "open";
		read_open(script, step, name);
		take_want(script, step);
	}
	return true;
}

/* ";" or a brace stands between two steps of one line. */
static bool has_another(struct script *script, const char *word)
{
	if (script->is_bad || is_end(script))
		return false;
	if (take_if(script, ";"))
		return !is_end(script);
	return !strcmp(word, "repeat") || !strcmp(word, "task") || *script->at == '}';
}

/* True: the line goes on. */
static bool read_step(struct script *script)
{
	struct step step = { 0 };
	const struct operation *operation;
	char *word;
	bool goes_on;

	if (is_end(script))
		return false;
	word = take(script, "an operation");
	if (script->is_bad)
		return false;
	if (!read_if_open(script, &step, word)) {
		operation = operation_find(word);
		if (!operation)
			return bad(script, "unknown word '%s'", word);
		step.op = operation->name;
		operation->read(script, &step);
		if (operation->has_result && !script->is_bad)
			take_want(script, &step);
	}
	goes_on = has_another(script, word);
	if (!goes_on && !script->is_bad && !is_end(script))
		bad(script, "more than belongs to the step: '%s'", script->at);
	if (!script->is_bad)
		put_step(script, &step);
	return goes_on;
}

static void read_script(struct script *script, FILE *file)
{
	char *line = NULL;
	size_t room = 0;

	while (!script->is_bad && getline(&line, &room, file) > 0) {
		line[strcspn(line, "\r\n")] = 0;
		script->line++;
		script->at = line;
		while (read_step(script))
			;
	}
	if (!script->is_bad && script->depth) {
		script->line = script->blocks[script->depth - 1].line;
		bad(script, "{ without }%s", "");
	}
	if (!script->is_bad && script->plain.bytes > STEPS_MAX)
		bad(script, "the script is too long: use repeat, and N x for long texts%s", "");
	if (!script->is_bad && !script->plain.bytes)
		bad(script, "nothing to do in the script%s", "");
	free(line);
}

int drive_option(struct request *request, const char *word)
{
	struct script script = { .path = word };
	FILE *file;

	request->drive = word;
	request->drive_steps = NULL;
	if (strcmp(word, "none") == 0)
		return 0;
	if (strcmp(word, "auto") == 0) {
		request->drive_steps = "auto";
		return 0;
	}
	file = fopen(word, "r");
	if (!file)
		return unusable("cannot read the drive script '%s': %s", word, strerror(errno));
	read_script(&script, file);
	if (!script.is_bad && ferror(file))
		return unusable("cannot read the drive script '%s': %s", word, strerror(EISDIR));
	fclose(file);
	request->drive_steps = script.plain.data;
	return script.is_bad ? 2 : 0;
}
