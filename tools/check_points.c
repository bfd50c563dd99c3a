/* SPDX-License-Identifier: MIT */
/*
 * check_points.c - the points that branches of the checked program count, put into the code
 *
 * clang calls __sanitizer_cov_trace_pc() at each branch (-fsanitize-coverage=trace-pc), which does
 * no more than count one down and compare, and __cyg_profile_func_enter_bare() in each function,
 * which looks how deep the stack is.  Its assembly is changed so that it does this itself and calls
 * only when something is due: a third of the time of code that mostly branches.  Points that others
 * make needless are left out (asm_flow.c).
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
	for (size_t i = 0; i < lines.count; i++) {
		const char *code = code_for(lines.at[i]);

		if (!needless[i])
			fputs(code ? code : lines.at[i], to);
		free(lines.at[i]);
	}
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
