/* SPDX-License-Identifier: MIT */
/*
 * check_part.c - parts of a module that are not C: objects that were compiled before, and assembly
 *
 * Nothing in them is instrumented; with --guard what they touch is looked at all the same.
 */
#include "check_build.h"

#include <stdio.h>
#include <string.h>

static bool ends_in(const char *name, const char *ending)
{
	size_t bytes = strlen(name), tail = strlen(ending);

	return bytes > tail && strcmp(name + bytes - tail, ending) == 0;
}

bool part_is_object(const char *file)
{
	return ends_in(file, ".o") || ends_in(file, ".o_shipped");
}

bool part_is_assembly(const char *file)
{
	return ends_in(file, ".S") || ends_in(file, ".s");
}

void part_note(const struct request *request, const char *file)
{
	if (!request->guard)
		caution("%s is not instrumented: what it touches is looked at only with --guard",
			file);
}

/* What assembly takes of the flags. */
static void add_meant(struct words *words, const struct words *flags)
{
	for (size_t i = 0; i < flags->count; i++)
		if (is_prefix(flags->at[i], "-I") || is_prefix(flags->at[i], "-D"))
			words_add(words, flags->at[i]);
}

int part_assemble(const struct compiler *compiler, const struct request *request,
		  const char *source, const char *object)
{
	static const char *const flags[] = {
		"-x", "assembler-with-cpp", "-c", "-g", "-nostdinc", "-D__KERNEL__",
		"-D__ASSEMBLY__",
	};
	struct words words = { 0 };

	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		words_add(&words, flags[i]);
	if (flags_of_file(request, source))
		add_meant(&words, flags_of_file(request, source));
	add_meant(&words, &request->cflags);
	add_pair(&words, "-o", object);
	words_add(&words, source[0] == '-' ? text_format("./%s", source) : source);
	return command_run(words.at, NULL) == 0 ? 0 : 2;
}
