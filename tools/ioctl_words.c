/* SPDX-License-Identifier: MIT */
/*
 * ioctl_words.c - the commands and numbers that a module's ioctl() knows
 *
 * Read from clang's own form of the files (-emit-llvm), where every constant is computed: whether a
 * command is a macro, a number of an enum or an entry of a table is all one there.
 * W1  A function of the type of unlocked_ioctl() is a root.  What it refers to belongs to it:
 *     functions of the user's own files, and tables.
 * W2  Commands: what something is compared with, or a case, or an entry of a table.  Values: the
 *     limits that something is held against, and numbers that may be modes.
 * W3  Where an ioctl() may wait for a time, or be busy for one, no number is as large as can be: it
 *     may be that time.
 * W4  A command too many does no harm: user space may ask for anything.
 * Owns: nothing that stays.  One more compile of each file, without optimiser, and only where some
 * file has an ioctl at all.
 */
#include "check_build.h"
#include "drive.h"
#include "paint.h"
#include "whole_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COMMANDS_MAX 64
#define VALUES_MAX 16
#define MODE_MAX 0xffffu

struct numbers {
	uint32_t at[256];
	size_t count;
};

/* A function or a table. */
struct thing {
	char *name;
	bool is_root, is_own, is_seen, takes_time;
	struct words uses;
	struct numbers commands, limits, types;
};

struct things {
	struct thing **at;
	size_t count;
};

static void add_number(struct numbers *numbers, uint32_t number)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->at[i] == number)
			return;
	if (numbers->count < sizeof(numbers->at) / sizeof(numbers->at[0]))
		numbers->at[numbers->count++] = number;
}

static struct thing *add_thing(struct things *things)
{
	things->at = need_more(things->at, (things->count + 1) * sizeof(*things->at));
	return things->at[things->count++] = need(sizeof(struct thing));
}

/* -- words of the text ---------------------------------------------------------------------- */

/* The name behind '@' at @at, and where it ends; NULL: none. */
static char *name_at(const char *at, const char **ret_end)
{
	const char *from = ++at;

	if (*from == '"') {
		at = strchr(++from, '"');
		*ret_end = at ? at + 1 : from + strlen(from);
		return at ? need_part(from, at - from) : NULL;
	}
	while (isalnum((unsigned char)*at) || *at == '_' || *at == '.' || *at == '$')
		at++;
	*ret_end = at;
	return at > from ? need_part(from, at - from) : NULL;
}

static void add_uses(struct thing *thing, const char *at, const char *end)
{
	while ((at = memchr(at, '@', end - at))) {
		char *name = name_at(at, &at);

		if (name && !is_prefix(name, "llvm."))
			words_add(&thing->uses, name);
		if (name && (strstr(name, "sleep") || strstr(name, "timeout") ||
			     strstr(name, "delay")))
			thing->takes_time = true;
		free(name);
	}
}

/* "i32 -5": as 32 bits of it; false: no number, or one that no command can be. */
static bool number_at(const char *at, uint32_t *ret_number)
{
	char *end;
	long long value = strtoll(at, &end, 10);

	if (end == at || value < INT32_MIN || value > UINT32_MAX)
		return false;
	*ret_number = (uint32_t)value;
	return true;
}

/* Behind the type "i32 " or "i8 "; NULL: something else is there. */
static const char *behind_integer(const char *at)
{
	if (*at != 'i' || !isdigit((unsigned char)at[1]))
		return NULL;
	at++;
	while (isdigit((unsigned char)*at))
		at++;
	return *at == ' ' ? at + 1 : NULL;
}

/* -- one instruction ------------------------------------------------------------------------ */

/* The register that holds the command's type byte: (x >> 8) & 255. */
struct tracked {
	char shifted[16], type[16];
};

static bool is_operand(const char *at, const char *reg)
{
	size_t length = strlen(reg);

	return length && !strncmp(at, reg, length) && !isalnum((unsigned char)at[length]);
}

static void keep_register(const char *line, char *reg, size_t room)
{
	size_t length = strcspn(line, " ");

	reg[0] = 0;
	if (length < room) {
		memcpy(reg, line, length);
		reg[length] = 0;
	}
}

static void take_compare(struct thing *thing, const struct tracked *tracked, const char *at)
{
	bool is_equal = is_prefix(at, "eq ") || is_prefix(at, "ne ");
	const char *comma, *left = behind_integer(at + strcspn(at, " ") + 1);
	uint32_t number;

	comma = left ? strchr(left, ',') : NULL;
	if (!comma || !(number_at(comma + 2, &number) || number_at(left, &number)))
		return;
	if (is_equal && is_operand(left, tracked->type))
		add_number(&thing->types, number);
	else
		add_number(is_equal ? &thing->commands : &thing->limits, number);
}

static void take_line(struct thing *thing, struct tracked *tracked, const char *line,
		      const char *end)
{
	const char *at = line + strspn(line, " "), *value;
	uint32_t number;

	add_uses(thing, at, end);
	/* a case of a switch: "    i32 5, label %7" */
	value = behind_integer(at);
	if (value) {
		if (number_at(value, &number))
			add_number(&thing->commands, number);
		return;
	}
	value = *at == '%' ? strstr(at, " = ") : NULL;
	if (!value || value > end)
		return;
	value += strlen(" = ");
	if (is_prefix(value, "icmp ")) {
		take_compare(thing, tracked, value + strlen("icmp "));
	} else if (is_prefix(value, "lshr i32 ") && !strncmp(end - 3, ", 8", 3)) {
		keep_register(at, tracked->shifted, sizeof(tracked->shifted));
	} else if (is_prefix(value, "and i32 ") && !strncmp(end - 5, ", 255", 5) &&
		   is_operand(value + strlen("and i32 "), tracked->shifted)) {
		keep_register(at, tracked->type, sizeof(tracked->type));
	}
}

/* -- functions and tables --------------------------------------------------------------------- */

static bool is_pointer(const char *at, const char *comma)
{
	return is_prefix(at, "ptr ") || memchr(at, '*', comma - at);
}

/* W1: "i64 @name(ptr noundef %0, i32 noundef %1, i64 noundef %2)" */
static bool is_ioctl(const char *line, const char *at)
{
	const char *first = strchr(at, '('), *second, *third;

	if (at - line < 5 || strncmp(at - 4, "i64 ", 4) || !first)
		return false;
	second = strstr(first, ", ");
	third = second ? strstr(second + 2, ", ") : NULL;
	return third && is_pointer(first + 1, second) && is_prefix(second + 2, "i32 ") &&
	       is_prefix(third + 2, "i64 ") && strcspn(third + 2, ",)") == strcspn(third + 2, ")");
}

/* Where the line "!NUMBER = " is; NULL: nowhere. */
static const char *note_find(const char *text, const char *reference)
{
	char *start = text_format("\n!%lu = ", strtoul(reference, NULL, 10));
	const char *at = strstr(text, start);

	free(start);
	return at ? at + 1 : NULL;
}

/* Is the function of this line from a file that is the user's? */
static bool is_users(const struct build *build, const char *text, const char *line,
		     const char *end)
{
	const char *at = strstr(line, " !dbg !"), *field;
	char *file;
	bool is_own = true;

	at = at && at < end ? note_find(text, at + strlen(" !dbg !")) : NULL;
	field = at ? strstr(at, "file: !") : NULL;
	at = field ? note_find(text, field + strlen("file: !")) : NULL;
	field = at ? strstr(at, "filename: \"") : NULL;
	if (!field)
		return false;
	field += strlen("filename: \"");
	file = need_part(field, strcspn(field, "\""));
	for (size_t i = 0; i < build->include_dirs.count; i++)
		is_own = is_own && !is_prefix(file, build->include_dirs.at[i]);
	free(file);
	return is_own;
}

/* Of an array, or of one number: what it holds may be commands. */
static void take_table(struct things *things, const char *line, const char *end)
{
	const char *at = strstr(line, "global "), *constant = strstr(line, "constant ");
	struct thing *thing;
	uint32_t number;

	if (constant && constant < end && (!at || constant < at))
		at = constant;
	at = at && at < end ? strchr(at, ' ') + 1 : NULL;
	if (!at || (*at != '[' && !behind_integer(at)))
		return;
	thing = add_thing(things);
	thing->is_own = true;
	thing->name = name_at(line, &line);
	add_uses(thing, at, end);
	for (; at < end; at++)
		if (is_prefix(at, "i32 ") && number_at(at + strlen("i32 "), &number) && number)
			add_number(&thing->commands, number);
}

static void take_text(const struct build *build, const char *text, struct things *things)
{
	struct tracked tracked = { "", "" };
	struct thing *thing = NULL;

	for (const char *line = text, *end; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		if (is_prefix(line, "define ")) {
			const char *at = strchr(line, '@'), *behind;

			tracked = (struct tracked){ "", "" };
			thing = add_thing(things);
			thing->is_root = is_ioctl(line, at);
			thing->is_own = is_users(build, text, line, end);
			thing->name = name_at(at, &behind);
		} else if (*line == '}') {
			thing = NULL;
		} else if (thing && thing->is_own) {
			take_line(thing, &tracked, line, end);
		} else if (*line == '@') {
			take_table(things, line, end);
		}
	}
}

/* -- what belongs to the roots ---------------------------------------------------------------- */

static void merge(struct numbers *into, const struct numbers *from)
{
	for (size_t i = 0; i < from->count; i++)
		add_number(into, from->at[i]);
}

static void follow(const struct things *things, struct thing *thing, struct thing *ret_all)
{
	if (thing->is_seen || !thing->is_own)
		return;
	thing->is_seen = true;
	merge(&ret_all->commands, &thing->commands);
	merge(&ret_all->limits, &thing->limits);
	merge(&ret_all->types, &thing->types);
	ret_all->takes_time = ret_all->takes_time || thing->takes_time;
	for (size_t i = 0; i < thing->uses.count; i++)
		for (size_t k = 0; k < things->count; k++)
			if (!strcmp(things->at[k]->name, thing->uses.at[i]))
				follow(things, things->at[k], ret_all);
}

/* Who looks at type and number by themselves: all there can be, with and without an argument. */
static void put_together(struct numbers *commands, const struct numbers *limits, uint32_t type)
{
	uint32_t most = 0;

	for (size_t i = 0; i < commands->count; i++) {
		if (commands->at[i] > 0xff && (commands->at[i] >> 8 & 0xff) == type)
			return;
		if (commands->at[i] < 32 && commands->at[i] > most)
			most = commands->at[i];
	}
	for (size_t i = 0; i < limits->count; i++)
		if (limits->at[i] < 32 && limits->at[i] > most)
			most = limits->at[i];
	for (uint32_t number = 0; number <= most; number++) {
		add_number(commands, type << 8 | number);
		add_number(commands, 3u << 30 | 64u << 16 | type << 8 | number);
	}
}

/* W3 */
static void add_value(const struct thing *all, struct numbers *values, uint32_t value)
{
	if (!all->takes_time || value <= MODE_MAX)
		add_number(values, value);
}

/* A limit, and one less and more than it; numbers that may be modes. */
static void make_values(const struct thing *all, struct numbers *ret_values)
{
	for (size_t i = 0; i < all->limits.count; i++)
		for (uint32_t k = 0; k < 3; k++)
			add_value(all, ret_values, all->limits.at[i] + k - 1);
	for (size_t i = 0; i < all->commands.count; i++)
		if (all->commands.at[i] <= MODE_MAX)
			add_value(all, ret_values, all->commands.at[i]);
}

static void put_numbers(struct text *text, const struct numbers *numbers, size_t most)
{
	for (size_t i = 0; i < numbers->count && i < most; i++)
		text_add(text, " %u", numbers->at[i]);
}

static char *script_of(const struct things *things)
{
	struct thing all = { 0 };
	struct numbers values = { 0 };
	struct text text = { 0 };

	for (size_t i = 0; i < things->count; i++)
		if (things->at[i]->is_root)
			follow(things, things->at[i], &all);
	make_values(&all, &values);
	for (size_t i = 0; i < all.types.count; i++)
		put_together(&all.commands, &all.limits, all.types.at[i]);
	text_add(&text, "auto");
	put_numbers(&text, &all.commands, COMMANDS_MAX);
	if (all.commands.count) {
		text_add(&text, all.takes_time ? " /" : " / %u", UINT32_MAX);
		put_numbers(&text, &values, VALUES_MAX);
	}
	return text.data;
}

/* -- the module ------------------------------------------------------------------------------- */

static bool is_c_file(const char *file)
{
	return !part_is_object(file) && !part_is_assembly(file);
}

static bool has_ioctl(const struct request *request)
{
	bool has = false;

	for (size_t i = 0; i < request->files.count && !has; i++)
		if (is_c_file(request->files.at[i])) {
			char *text = whole_file_text(request->files.at[i]);

			has = strstr(text, "_ioctl") != NULL;
			free(text);
		}
	return has;
}

static void read_file(const struct compiler *compiler, const struct request *request,
		      const struct build *build, const char *file, struct things *things)
{
	char *said = text_format("%s/said", build->directory);
	char *output = text_format("%s/ioctl.ll", build->directory), *text;
	struct words flags = { 0 };

	words_add_split(&flags, "-S -emit-llvm -O0 -gline-tables-only -w");
	compile_as(compiler, request, build, file, &flags, output, said);
	text = whole_file_text(output);
	take_text(build, text, things);
	free(text);
	unlink(output);
	unlink(said);
	free(output);
	free(said);
}

void ioctl_words_learn(struct request *request, const struct build *build)
{
	struct compiler clang = { 0 };
	const struct compiler *compiler = build->compiler;
	struct things things = { 0 };

	if (!request->drive_steps || !is_prefix(request->drive_steps, "auto"))
		return;
	request->drive_steps = "auto";
	if (!has_ioctl(request))
		return;
	if (!compiler->is_clang) {
		if (!compiler_named(&clang, build, "clang"))
			return;
		compiler = &clang;
	}
	for (size_t i = 0; i < request->files.count; i++)
		if (is_c_file(request->files.at[i]))
			read_file(compiler, request, build, request->files.at[i], &things);
	request->drive_steps = script_of(&things);
}
