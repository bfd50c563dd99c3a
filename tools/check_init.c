/* SPDX-License-Identifier: MIT */
/*
 * check_init.c - the second program of a check: the module built to look for memory nobody wrote
 *
 * I1  It has a base run and a sweep of its own, for a value may be used unwritten only after a
 *     failure.  Its sites have other hashes; --fail looks for a site in both programs.
 * I2  Only uninitialized-read is taken from it.  Whatever else the module does wrong the first
 *     program tells, and here a crash may follow from a value already told of.
 * I3  The library is not instrumented.  What the module hands to it is asked about on the way: each
 *     call goes through a few instructions of ours (init_call.c of the rules room).
 */
#include "check_init.h"

#include <gelf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A loop over a count that nobody wrote is long, and told of when it begins. */
#define INIT_SECONDS 3
#define INIT_SCHEDULES 6 /* one of each strategy */

static const struct library_call {
	const char *name, *sizes;
	bool is_variadic;
} calls[] = {
#include "calls.inc"
};

static int compare_name(const void *name, const void *call)
{
	return strcmp(name, ((const struct library_call *)call)->name);
}

static const struct library_call *call_find(const char *name)
{
	return bsearch(name, calls, sizeof(calls) / sizeof(calls[0]), sizeof(calls[0]),
		       compare_name);
}

/* -- calls of the library -- */

static void put_call(FILE *text, const struct library_call *call, unsigned int number)
{
	fprintf(text,
		".data\n.balign 8\n"
		"call_%u: .quad name_%u, sizes_%u, %d, 0\n"
		"name_%u: .asciz \"%s\"\n"
		"sizes_%u: .asciz \"%s\"\n"
		".text\n"
		".globl init_%s\n.type init_%s, @function\n"
		"init_%s:\n"
		"	pushq %%rbp\n	movq %%rsp, %%rbp\n"
		"	pushq %%r9\n	pushq %%r8\n	pushq %%rcx\n"
		"	pushq %%rdx\n	pushq %%rsi\n	pushq %%rdi\n"
		"	pushq %%rax\n	subq $8, %%rsp\n"
		"	movl $call_%u, %%edi\n	leaq -48(%%rbp), %%rsi\n	movq %%rbp, %%rdx\n"
		"	call km_init_call\n"
		"	addq $8, %%rsp\n	popq %%rax\n"
		"	popq %%rdi\n	popq %%rsi\n	popq %%rdx\n"
		"	popq %%rcx\n	popq %%r8\n	popq %%r9\n"
		"	popq %%rbp\n	jmp %s\n"
		".size init_%s, . - init_%s\n",
		number, number, number, call->is_variadic, number, call->name + strlen("km_"),
		number, call->sizes, call->name, call->name, call->name, number, call->name,
		call->name, call->name);
}

/*
 * Functions of the module that the library called return here, as if from a call that the library
 * made: what they answer is looked at.  The stack is as the return left it.
 */
static void put_return(FILE *text)
{
	fputs(".section .note.GNU-stack,\"\",@progbits\n"
	      ".data\n.globl km_init_program\nkm_init_program: .long 1\n"
	      ".section km_text,\"ax\",@progbits\n"
	      "	nop\n"
	      ".globl km_init_return\n.type km_init_return, @function\n"
	      "km_init_return:\n"
	      "	pushq $km_init_return\n"
	      "	pushq %rbp\n	movq %rsp, %rbp\n"
	      "	pushq %rax\n	pushq %rdx\n"
	      "	movq %rbp, %rdi\n"
	      "	call km_init_returned\n"
	      "	movq %rax, 8(%rbp)\n"
	      "	popq %rdx\n	popq %rax\n	popq %rbp\n"
	      "	ret\n"
	      ".size km_init_return, . - km_init_return\n",
	      text);
}

struct call_files {
	FILE *text, *renames;
	unsigned int count;
};

static void see_symbols(Elf *elf, Elf_Scn *section, const GElf_Shdr *header,
			struct call_files *files)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym symbol;

	for (size_t i = 0; i < header->sh_size / header->sh_entsize; i++) {
		const struct library_call *call;
		const char *name;

		if (!gelf_getsym(data, (int)i, &symbol) || symbol.st_shndx != SHN_UNDEF)
			continue;
		name = elf_strptr(elf, header->sh_link, symbol.st_name);
		call = name ? call_find(name) : NULL;
		if (!call)
			continue;
		fprintf(files->renames, "%s init_%s\n", name, name);
		put_call(files->text, call, files->count++);
	}
}

static void see_object(const char *path, struct call_files *files)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf_Scn *section = NULL;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	while (elf && (section = elf_nextscn(elf, section))) {
		GElf_Shdr header;

		if (gelf_getshdr(section, &header) && header.sh_type == SHT_SYMTAB &&
		    header.sh_entsize)
			see_symbols(elf, section, &header, files);
	}
	elf_end(elf);
	close(fd);
}

static int rename_calls(const char *module, const char *renames)
{
	struct words words = { 0 };

	words_add(&words, "objcopy");
	words_add(&words, text_format("--redefine-syms=%s", renames));
	words_add(&words, module);
	return command_run(words.at, NULL);
}

char *init_calls_make(const struct build *build, const char *module)
{
	char *text = text_format("%s/calls.s", build->directory);
	char *renames = text_format("%s/renames", build->directory);
	char *object = text_format("%s/calls.o", build->directory);
	struct call_files files = { fopen(text, "w"), fopen(renames, "w"), 0 };

	if (!files.text || !files.renames)
		return NULL;
	put_return(files.text);
	see_object(module, &files);
	fclose(files.text);
	fclose(files.renames);
	if (rename_calls(module, renames) || binutils_assemble(text, object))
		return NULL;
	return object;
}

/* -- runs -- */

/* The build as it is for the second program. */
static struct build init_build(const struct build *build)
{
	struct build init = *build;

	init.program = build->init_program;
	init.is_init = true;
	init.directory = text_format("%s/init", build->directory);
	return init;
}

static struct request init_request(const struct request *request)
{
	struct request init = *request;

	if (init.limit_seconds > INIT_SECONDS)
		init.limit_seconds = INIT_SECONDS;
	init.sweep_state = NULL;
	/* A few orders of events show what a value that is used too soon depends on. */
	if (!init.has_schedules && !init.only.count && init.sweep_mode != SWEEP_NONE) {
		init.has_schedules = true;
		init.schedules = INIT_SCHEDULES;
	}
	if (init.sweep_mode == SWEEP_PAIRS || init.sweep_mode == SWEEP_ORDERS)
		init.sweep_mode = SWEEP_SINGLE;
	return init;
}

int init_check(const struct request *request, const struct build *build, struct sweep *ret_sweep)
{
	struct request own_request = init_request(request);
	struct build own_build = init_build(build);

	return sweep_make(ret_sweep, &own_request, &own_build);
}

/* Did something else end the run than its own end, or what the second program looks for? */
static bool was_stopped(const struct run *run)
{
	for (size_t i = 0; i < run->finding_count; i++)
		if (strcmp(run->findings[i].rule, "uninitialized-read") == 0)
			return false;
	/* What this computer's clock stopped has told nothing: that is load, not the module. */
	if (!run->phase || !*run->phase)
		return false;
	return run->end != RUN_ORDERLY || run->wait_status != 0;
}

void init_tell(const struct reports *reports, const struct sweep *sweep)
{
	const struct run *first = NULL;
	size_t stopped = 0;

	/* Else the module is to be mended first, and checked again. */
	if (reports->errors)
		return;
	for (size_t i = 0; i < sweep->count; i++) {
		if (!was_stopped(sweep->runs[i]))
			continue;
		stopped++;
		first = first ? first : sweep->runs[i];
	}
	if (stopped)
		caution("%zu of %zu runs of the second program crashed or hung, in phase '%s': "
			"uninitialized-read is not seen in what would follow",
			stopped, sweep->count, first->phase);
}

void init_reports(struct reports *reports, const struct request *request,
		  const struct build *build, const struct sweep *sweep)
{
	struct request own_request = init_request(request);
	struct build own_build = init_build(build);
	struct symbols *symbols = symbols_open(&own_request, &own_build);

	if (!symbols) {
		caution("cannot read the debug information of the second program: "
			"uninitialized-read is not seen");
		return;
	}
	/* Not closed: places point into it. */
	reports_add(reports, sweep, symbols, request, "uninitialized-read");
}
