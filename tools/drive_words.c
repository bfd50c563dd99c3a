/* SPDX-License-Identifier: MIT */
/*
 * drive_words.c - takes the words of a drive script's line one by one
 *
 * W1  After the first mistake nothing more is said, and what is taken has no meaning.
 */
#include "drive_words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- what is wrong -- */

/* The first mistake is told; false, so that a caller can return it. */
bool bad(struct script *script, const char *format, const char *about)
{
	char *text = text_format(format, about);

	if (!script->is_bad)
		unusable("%s:%u: %s", script->path, script->line, text);
	script->is_bad = true;
	free(text);
	return false;
}

/* -- words of a line -- */

static void skip_blanks(struct script *script)
{
	while (*script->at == ' ' || *script->at == '\t')
		script->at++;
	if (*script->at == '#')
		script->at += strlen(script->at);
}

bool is_end(struct script *script)
{
	skip_blanks(script);
	return !*script->at;
}

static size_t word_length(const char *at)
{
	size_t bytes = 0;

	if (*at == '{' || *at == '}' || *at == ';')
		return 1;
	if (is_prefix(at, "=>") || is_prefix(at, ">>"))
		return 2;
	if (*at == '=' || *at == '>')
		return 1;
	while (at[bytes] && !strchr(" \t#\"{}=>;", at[bytes]))
		bytes++;
	return bytes;
}

/* The next word, which is not taken; NULL: a string, or nothing. */
char *peek(struct script *script)
{
	size_t bytes;

	skip_blanks(script);
	bytes = word_length(script->at);
	return bytes ? need_part(script->at, bytes) : NULL;
}

bool take_if(struct script *script, const char *word)
{
	char *next = peek(script);
	bool is_it = next && strcmp(next, word) == 0;

	if (is_it)
		script->at += strlen(word);
	free(next);
	return is_it;
}

char *take(struct script *script, const char *what)
{
	char *word = peek(script);

	if (!word) {
		bad(script, *script->at ? "%s expected, not a string" : "%s expected", what);
		return need_copy("");
	}
	script->at += strlen(word);
	return word;
}

bool parse_number(const char *text, long long *ret_value)
{
	uint64_t value;
	bool is_negative = text[0] == '-';

	if (!parse_u64(text + is_negative, &value) ||
	    (is_negative && value > (uint64_t)INT64_MAX + 1))
		return false;
	*ret_value = is_negative ? (long long)(0 - value) : (long long)value;
	return true;
}

long long take_number(struct script *script, const char *what, long long low,
			     long long high)
{
	char *word = take(script, what);
	long long value = 0;

	if (!script->is_bad && (!parse_number(word, &value) || value < low || value > high))
		bad(script, text_format("%s expected, not '%%s'", what), word);
	free(word);
	return value;
}

static int hex_digit(char digit)
{
	const char *digits = "0123456789abcdef", *found;

	found = digit ? strchr(digits, tolower((unsigned char)digit)) : NULL;
	return found ? (int)(found - digits) : -1;
}

/* One character of a string, behind a backslash too; where it ends. */
static const char *string_part(struct script *script, const char *at, struct text *text)
{
	static const char names[] = "ntr0\\\"", values[] = "\n\t\r\0\\\"";
	const char *known;
	char byte;

	if (*at != '\\') {
		text_put(text, at, 1);
		return at + 1;
	}
	at++;
	if (*at == 'x' && hex_digit(at[1]) >= 0 && hex_digit(at[2]) >= 0) {
		byte = (char)(hex_digit(at[1]) * 16 + hex_digit(at[2]));
		text_put(text, &byte, 1);
		return at + 3;
	}
	known = *at ? strchr(names, *at) : NULL;
	if (!known) {
		bad(script, "unknown escape in a string: '\\%s'", need_part(at, *at ? 1 : 0));
		return at + strlen(at);
	}
	text_put(text, &values[known - names], 1);
	return at + 1;
}

bool take_string(struct script *script, struct text *ret_text)
{
	const char *at;

	skip_blanks(script);
	if (*script->at != '"')
		return bad(script, "a string expected, not '%s'", script->at);
	for (at = script->at + 1; *at && *at != '"';)
		at = string_part(script, at, ret_text);
	if (*at != '"')
		return bad(script, "unterminated string: %s", script->at);
	script->at = at + 1;
	return true;
}

/* Of a word of echo: "with escapes", 'as it is', or bare. */
static void take_shell_part(struct script *script, struct text *ret_text)
{
	size_t bytes;

	if (*script->at == '"') {
		take_string(script, ret_text);
	} else if (*script->at == '\'') {
		bytes = strcspn(script->at + 1, "'");
		if (!script->at[1 + bytes]) {
			bad(script, "unterminated string: %s", script->at);
			return;
		}
		text_put(ret_text, script->at + 1, bytes);
		script->at += bytes + 2;
	} else {
		bytes = strcspn(script->at, " \t;>\"'");
		text_put(ret_text, script->at, bytes);
		script->at += bytes;
	}
}

void take_shell_text(struct script *script, struct text *ret_text)
{
	bool is_first = true;

	while (!is_end(script) && !strchr(">;", *script->at) && !script->is_bad) {
		if (!is_first)
			text_put(ret_text, " ", 1);
		is_first = false;
		do
			take_shell_part(script, ret_text);
		while (!script->is_bad && *script->at && !strchr(" \t;>", *script->at));
	}
}

static bool take_hex(struct script *script, struct text *ret_text)
{
	char *word = take(script, "hexadecimal digits");
	size_t length = strlen(word);

	if (script->is_bad)
		return false;
	for (size_t i = 0; i + 1 < length; i += 2) {
		int high = hex_digit(word[i]), low = hex_digit(word[i + 1]);
		char byte = (char)(high * 16 + low);

		if (high < 0 || low < 0)
			return bad(script, "hexadecimal digits expected, not '%s'", word);
		text_put(ret_text, &byte, 1);
	}
	return length % 2 == 0 ? true : bad(script, "an odd number of hexadecimal digits: '%s'",
					    word);
}

/* -- names -- */

long long name_find(const struct words *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->at[i], name) == 0)
			return (long long)i;
	return -1;
}

bool is_name(const char *word)
{
	if (!isalpha((unsigned char)*word) && *word != '_')
		return false;
	for (; *word; word++)
		if (!isalnum((unsigned char)*word) && *word != '_')
			return false;
	return true;
}

long long take_file(struct script *script)
{
	char *word = take(script, "the name of an open file");
	long long slot = name_find(&script->files, word);

	if (slot < 0 && !script->is_bad)
		bad(script, "no open() above gives a file the name '%s'", word);
	free(word);
	return slot < 0 ? 0 : slot;
}

char *take_path(struct script *script)
{
	char *path;
	struct text text = { 0 };

	skip_blanks(script);
	if (*script->at == '"') {
		take_string(script, &text);
		path = need_copy(text.data ? text.data : "");
	} else {
		path = need_part(script->at, strcspn(script->at, " \t#;}"));
		script->at += strlen(path);
	}
	if (*path != '/')
		bad(script, "an absolute path expected, not '%s'", path);
	return path;
}

/* -- arguments -- */

long long take_where(struct script *script)
{
	if (take_if(script, "bad"))
		return WHERE_BAD;
	if (take_if(script, "half"))
		return WHERE_HALF;
	return take_if(script, "null") ? WHERE_NULL : WHERE_GOOD;
}

/* "text", hex DIGITS, N [CHARACTER] */
void take_data(struct script *script, struct step *step)
{
	char *word;
	long long count;

	step->has_data = true;
	skip_blanks(script);
	if (*script->at == '"') {
		take_string(script, &step->data);
		return;
	}
	if (take_if(script, "hex")) {
		take_hex(script, &step->data);
		return;
	}
	count = take_number(script, "a string, hex DIGITS or a number of bytes", 0, BYTES_MAX);
	word = peek(script);
	if (word && strlen(word) == 1 && isalnum((unsigned char)*word))
		script->at++;
	else
		word = need_copy("x");
	for (long long i = 0; i < count; i++)
		text_put(&step->data, word, 1);
}

/* _IOW('k', 1, 4): the direction's bits; false: it is none of them. */
static bool ioctl_direction(const char *at, unsigned int *ret_bits, size_t *ret_length)
{
	static const struct {
		const char *name;
		unsigned int bits;
	} kinds[] = { { "_IOWR(", 3 }, { "_IOR(", 2 }, { "_IOW(", 1 }, { "_IO(", 0 } };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!is_prefix(at, kinds[i].name))
			continue;
		*ret_bits = kinds[i].bits;
		*ret_length = strlen(kinds[i].name);
		return true;
	}
	return false;
}

long long take_command(struct script *script)
{
	unsigned int bits, number, size = 0;
	size_t length;
	int used = 0;
	char type;
	const char *at;

	skip_blanks(script);
	if (!ioctl_direction(script->at, &bits, &length))
		return take_number(script, "a command (a number, or _IOW('k', 1, 4))", 0,
				   UINT32_MAX);
	at = script->at + length;
	if (sscanf(at, " '%c' , %i )%n", &type, &number, &used) != 2 || !used)
		used = 0;
	if (!used && (sscanf(at, " '%c' , %i , %i )%n", &type, &number, &size, &used) != 3 ||
		      !used)) {
		bad(script, "_IO('k', 1) or _IOW('k', 1, BYTES) expected, not '%s'", script->at);
		return 0;
	}
	script->at = at + used;
	return (long long)bits << 30 | (long long)(size & 0x3fff) << 16 |
	       (long long)(unsigned char)type << 8 | (number & 0xff);
}

void take_want(struct script *script, struct step *step)
{
	char *word;

	if (!take_if(script, "=>"))
		return;
	skip_blanks(script);
	step->want = WANT_TEXT;
	if (*script->at == '"') {
		take_string(script, &step->wanted);
		return;
	}
	if (take_if(script, "hex")) {
		take_hex(script, &step->wanted);
		return;
	}
	word = take(script, "what is expected");
	step->want = WANT_NUMBER;
	if (strcmp(word, "ok") == 0)
		step->want = WANT_OK;
	else if (strcmp(word, "error") == 0)
		step->want = WANT_ERROR;
	if (script->is_bad || step->want != WANT_NUMBER || parse_number(word, &step->number))
		return;
	for (int error = 1; error < 4096; error++) {
		const char *known = strerrorname_np(error);

		step->number = -error;
		if (known && strcmp(known, word + (*word == '-')) == 0)
			return;
	}
	bad(script, "a number, a string, an error's name, ok or error expected, not '%s'", word);
}
