/* SPDX-License-Identifier: MIT */
/*
 * check_points.c - the points that branches of the checked program count, put into the code
 *
 * clang calls __sanitizer_cov_trace_pc() at each branch (-fsanitize-coverage=trace-pc), which does
 * no more than count one down and compare, and __cyg_profile_func_enter_bare() in each function,
 * which looks how deep the stack is.  Its assembly is changed so that it does this itself and calls
 * only when something is due: a third of the time of code that mostly branches.  Points that others
 * make needless are left out (asm_flow.c), and reports of accesses get the line of the access.
 */
#include "asm_flow.h"
#include "check_build.h"

#include <kmalloc/port.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
/*
 * What calls become; km_branch_due() and km_enter_due() are in src/rules/entry.c.  A call may spoil
 * rax and the flags, and so may what stands in its place.
 */
static const struct { const char *name, *code; } in_place[] = {
	/* km_sim_budget: src/port/sim/asm/port_inline.h */
	{ "__sanitizer_cov_trace_pc",
	  "\tdecq\tkm_sim_budget(%rip)\n"
	  "\tjg\t7799f\n"
	  "\tcallq\tkm_branch_due\n"
	  "7799:\n" },
	/* depth_is_passed() of src/rules/depth.h, as deep as a function called from here is */
	{ "__cyg_profile_func_enter_bare",
	  "\tmovq\tkm_port_current(%rip), %rax\n"
	  "\tmovq\tKM_STACK_BASE(%rax), %rax\n"
	  "\tsubq\t%rsp, %rax\n"
	  "\taddq\t$8, %rax\n"
	  "\tcmpq\tkm_depth_limit(%rip), %rax\n"
	  "\tjbe\t7799f\n"
	  "\tcallq\tkm_enter_due\n"
	  "7799:\n" },
};

/* What stands for the call in @line; NULL: it is none of these. */
static const char *code_for(const char *line)
{
	static const char *const calls[] = { "\tcallq\t", "\tcall\t" };
	const char *name = NULL;

	for (size_t i = 0; i < 2 && !name; i++)
		if (!strncmp(line, calls[i], strlen(calls[i])))
			name = line + strlen(calls[i]);
	for (size_t i = 0; name && i < sizeof(in_place) / sizeof(in_place[0]); i++) {
		size_t length = strlen(in_place[i].name);

		if (!strncmp(name, in_place[i].name, length) &&
		    (!strcmp(name + length, "\n") || !strcmp(name + length, "@PLT\n")))
			return in_place[i].code;
	}
	return NULL;
}

/* For asm_flow(): reports and looks run nothing but the checker. */
static enum asm_word word_of(const char *line)
{
	static const char *const helpers[] = { "__asan_", "__ubsan_", "__cyg_profile_" };
	const char *name = line + 1 + strcspn(line + 1, "\t ");

	name += strspn(name, "\t ");
	if (is_prefix(name, in_place[0].name))
		return ASM_POINT;
	for (size_t i = 0; i < sizeof(helpers) / sizeof(helpers[0]); i++)
		if (is_prefix(name, helpers[i]))
			return ASM_HELPER;
	return ASM_OTHER;
}

/* -- lines of the source -- */

/* A line of the source, as a directive of the assembly. */
static bool is_place(const char *line)
{
	return is_prefix(line, "\t.loc\t");
}

/* clang gives what it merged the line 0. */
static bool is_no_place(const char *line)
{
	unsigned int file, number;

	return sscanf(line, "\t.loc\t%u %u", &file, &number) == 2 && !number;
}

static size_t line_of_label(const struct words *lines, const char *label)
{
	size_t bytes = strcspn(label, " \t\n");

	for (size_t i = 0; i < lines->count; i++)
		if (!strncmp(lines->at[i], label, bytes) && lines->at[i][bytes] == ':')
			return i;
	return lines->count;
}

/* The first place on the way from line @at, through jumps that are always taken; NULL: none. */
static const char *next_place(const struct words *lines, size_t at)
{
	for (int jumps = 0; at < lines->count && jumps < 4; at++) {
		const char *line = lines->at[at];

		if (is_place(line) && !is_no_place(line))
			return line;
		if (is_prefix(line, "\tret") || is_prefix(line, ".Lfunc_end"))
			return NULL;
		if (is_prefix(line, "\tjmp\t")) {
			at = line_of_label(lines, line + strlen("\tjmp\t"));
			jumps++;
		}
	}
	return NULL;
}

/*
 * The report of an access stands behind its function's end; if the access is of no line, the code
 * it goes back to speaks for it, as for any such instruction (line_at() of symbols.c).
 */
static void place_report(const struct words *lines, size_t at, const char *place, FILE *to)
{
	const char *next = place && is_no_place(place) ? next_place(lines, at + 1) : NULL;

	if (next)
		fputs(next, to);
	fputs(lines->at[at], to);
	if (next)
		fputs(place, to);
}

static bool is_report(const char *line)
{
	return is_prefix(line, "\tcallq\t__asan_report_");
}

static void put_lines(const struct words *lines, const bool *needless, FILE *to)
{
	const char *place = NULL;

	for (size_t i = 0; i < lines->count; i++) {
		const char *code = code_for(lines->at[i]);

		if (is_place(lines->at[i]))
			place = lines->at[i];
		if (is_report(lines->at[i]))
			place_report(lines, i, place, to);
		else if (!needless[i])
			fputs(code ? code : lines->at[i], to);
	}
}

static int copy_counted(FILE *from, FILE *to)
{
	struct words lines = { 0 };
	char *line = NULL;
	size_t room = 0;
	bool *needless;

	while (getline(&line, &room, from) >= 0)
		words_add(&lines, line);
	free(line);
	needless = need(lines.count * sizeof(*needless));
	asm_flow(lines.at, lines.count, word_of, needless);
	fprintf(to, "\t.set\tKM_STACK_BASE, %zu\n", offsetof(struct km_port_thread, stack_base));
	put_lines(&lines, needless, to);
	for (size_t i = 0; i < lines.count; i++)
		free(lines.at[i]);
	free(lines.at);
	free(needless);
	return ferror(from) || ferror(to);
}

int points_assemble(const struct compiler *compiler, const char *assembly, const char *object)
{
	char *changed = text_format("%s.counted", assembly);
	FILE *from = fopen(assembly, "r"), *to = fopen(changed, "w");
	struct words words = { 0 };
	int error = !from || !to || copy_counted(from, to);

	if (from)
		fclose(from);
	if (to)
		error |= fclose(to);
	if (error)
		return unusable("cannot change the compiler's assembly in '%s'", assembly);
	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	words_add(&words, "-c");
	/* Of what the compiler wrote, which the author of the module has never seen. */
	words_add(&words, "-Wa,--no-warn");
	add_pair(&words, "-x", "assembler");
	add_pair(&words, "-o", object);
	words_add(&words, changed);
	if (command_run(words.at, NULL) != 0)
		return unusable("'%s' cannot assemble what it compiled", compiler->command.at[0]);
	free(changed);
	return 0;
}

bool points_in_code(const struct compiler *compiler)
{
	return compiler->is_clang;
}
#else
int points_assemble(const struct compiler *compiler, const char *assembly, const char *object)
{
	(void)compiler;
	(void)object;
	return unusable("'%s': not for this processor", assembly);
}

bool points_in_code(const struct compiler *compiler)
{
	(void)compiler;
	return false;
}
#endif
