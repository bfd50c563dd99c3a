/* SPDX-License-Identifier: MIT */
/*
 * drive_script.c - reads a script in its plain form
 *
 * One step a line: LINE OP A B C DATA KIND NUMBER WANT, numbers decimal, DATA and WANT hexadecimal
 * or "-" for none.  tools/drive.c writes it; docs/records.md has the form.
 * Owns: nothing.  Memory is the port's, as it is no part of the machine.
 */
#include <linux/ctype.h>
#include <linux/hex.h>
#include <linux/kstrtox.h>
#include <linux/string.h>
#include "machine/drive.h"

static const char *const op_names[] = {
#define DRIVE_OP(name, text) [DRIVE_##name] = text,
#include "machine/drive_ops.def"
#undef DRIVE_OP
};

/* The word at *@at; its length.  0: none is left on the line. */
static size_t word(const char **at, const char **ret_word)
{
	const char *from = *at, *to;

	while (*from == ' ')
		from++;
	to = from;
	while (*to && *to != ' ' && *to != '\n')
		to++;
	*ret_word = from;
	*at = to;
	return to - from;
}

static bool read_number(const char **at, s64 *ret_value)
{
	const char *text;
	size_t length = word(at, &text);
	char copy[24];
	long long value;

	if (!length || length >= sizeof(copy))
		return false;
	memcpy(copy, text, length);
	copy[length] = 0;
	if (kstrtoll(copy, 10, &value))
		return false;
	*ret_value = value;
	return true;
}

static bool read_op(const char **at, enum drive_op *ret_op)
{
	const char *text;
	size_t length = word(at, &text);

	for (unsigned int i = 0; i < DRIVE_OPS; i++) {
		if (strlen(op_names[i]) != length || memcmp(op_names[i], text, length))
			continue;
		*ret_op = i;
		return true;
	}
	return false;
}

/* Bytes, with a 0 behind them that does not count; NULL for "-". */
static bool read_bytes(const char **at, const char **ret_data, size_t *ret_bytes)
{
	const char *text;
	size_t length = word(at, &text);
	char *data;

	*ret_data = NULL;
	*ret_bytes = 0;
	if (length == 1 && *text == '-')
		return true;
	/* "=" stands before them, so that none are something too. */
	if (!length || *text != '=' || !(length & 1))
		return false;
	data = km_port_grab(length / 2 + 1);
	if (!data || hex2bin((u8 *)data, text + 1, length / 2))
		return false;
	*ret_data = data;
	*ret_bytes = length / 2;
	return true;
}

static bool read_step(const char **at, struct drive_step *step)
{
	s64 line, kind;

	if (!read_number(at, &line) || !read_op(at, &step->op) || !read_number(at, &step->a) ||
	    !read_number(at, &step->b) || !read_number(at, &step->c) ||
	    !read_bytes(at, &step->data, &step->bytes) || !read_number(at, &kind) ||
	    !read_number(at, &step->number) || !read_bytes(at, &step->want, &step->want_bytes))
		return false;
	step->line = line;
	step->want_kind = kind;
	return true;
}

/* Where each block ends. */
static bool match_blocks(struct drive_run *run)
{
	size_t open[16], depth = 0;

	for (size_t i = 0; i < run->count; i++) {
		struct drive_step *step = &run->steps[i];

		if (step->op == DRIVE_REPEAT || step->op == DRIVE_TASK) {
			if (depth == ARRAY_SIZE(open))
				return false;
			open[depth++] = i;
		} else if (step->op == DRIVE_END) {
			if (!depth)
				return false;
			run->steps[open[--depth]].end = i;
		}
	}
	return !depth;
}

bool drive_parse(struct drive_run *run, const char *text)
{
	size_t lines = 0;

	for (const char *at = text; *at; at++)
		lines += *at == '\n';
	run->steps = km_port_grab((lines + 1) * sizeof(*run->steps));
	if (!run->steps)
		return false;
	while (*text && run->count < lines) {
		if (!read_step(&text, &run->steps[run->count++]) || *text++ != '\n')
			return false;
	}
	return match_blocks(run);
}
