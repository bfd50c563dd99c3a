/* SPDX-License-Identifier: MIT */
/*
 * check_build.c - make the checked program: compile the module's files instrumented, join them,
 * link with the sim library
 *
 * B1  Everything is made in one temporary directory.
 * B2  The module's own global names are made local before the link: a driver's read() must not
 * become the C library's. B3  The program is not position independent, so that an address means the
 * same place in every run.
 */
#include "check.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <gelf.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const plain_flags[] = {
	"-x",
	"c",
	"-c",
	"-std=gnu11",
	"-O1",
	"-g",
	"-nostdinc",
	"-ffreestanding",
	"-fno-pic",
	"-fno-pie",
	"-fno-inline",
	"-fno-optimize-sibling-calls",
	"-fno-omit-frame-pointer",
	"-funsigned-char",
	"-fno-common",
	"-fno-strict-aliasing",
	"-fno-delete-null-pointer-checks",
	"-fno-strict-overflow",
	"-fno-stack-protector",
	"-fno-asynchronous-unwind-tables",

	"-Werror=implicit-function-declaration",
	"-Werror=implicit-int",
	"-Werror=int-conversion",
	"-Werror=incompatible-pointer-types",
	"-Wno-unused-parameter",
	"-Wno-pointer-sign",
	"-DMODULE",
	"-D__KERNEL__",
	"-DKMALLOC_CHECK",
	"-include",
	"linux/kconfig.h",
	"-include",
	"linux/compiler_types.h",
	"-fsanitize=kernel-address",
	"-fsanitize-coverage=trace-pc",
};
static const char *const gcc_flags[] = {
	"--param=asan-instrumentation-with-call-threshold=0",
	"--param=asan-globals=0",
	"--param=asan-stack=0",
	"-fmax-errors=20",
	"-Wno-alloc-size-larger-than",
	"-fno-ipa-icf",
	"-fno-ipa-sra",
	"-fno-ipa-cp",
	"-fno-partial-inlining",
	"-fstack-clash-protection",
};
static const char *const clang_flags[] = {
	"-gdwarf-aranges",
	"-mllvm",
	"-asan-instrumentation-with-call-threshold=0",
	"-mllvm",
	"-asan-globals=0",
	"-mllvm",
	"-asan-stack=0",
	"-mllvm",
	"-asan-use-after-scope=0",
	"-Wno-gnu-variable-sized-type-not-at-end",
#if defined(__x86_64__)
	"-fstack-clash-protection",	/* a large frame must hit the gap below the stack */
#endif
};

static void add_all(struct words *words, const char *const *flags, size_t count)
{
	for (size_t i = 0; i < count; i++)
		words_add(words, flags[i]);
}
#define ADD_ALL(words, flags) add_all(words, flags, sizeof(flags) / sizeof((flags)[0]))

static void add_pair(struct words *words, const char *first, const char *second)
{
	words_add(words, first);
	words_add(words, second);
}

/* -- the compiler
 * ---------------------------------------------------------------------------------------------- */

struct compiler {
	struct words command;
	bool is_clang;
	char *headers;
};

static char *first_line_of(const char *path)
{
	char line[PATH_MAX] = "";
	FILE *file = fopen(path, "r");

	if (file) {
		if (!fgets(line, sizeof(line), file))
			line[0] = 0;
		fclose(file);
	}
	line[strcspn(line, "\n")] = 0;
	return need_copy(line);
}

static char *ask_compiler(const struct compiler *compiler, const struct build *build,
			  const char *question)
{
	char *answer = text_format("%s/answer", build->directory), *line = NULL;
	struct words words = { 0 };

	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	words_add(&words, question);
	if (command_run(words.at, answer) == 0)
		line = first_line_of(answer);
	free(answer);
	return line;
}

static int compiler_find(struct compiler *compiler, const struct request *request,
			 const struct build *build)
{
	const char *name = request->cc ? request->cc : getenv("CC");
	char *version;

	if (!name || !*name)
		name = "cc";
	words_add_split(&compiler->command, name);
	if (!compiler->command.count)
		return unusable("--cc names no compiler");
	version = ask_compiler(compiler, build, "--version");
	if (!version)
		return unusable(
			"cannot run the compiler '%s'; install gcc or name one with --cc or CC",
			name);
	compiler->is_clang = strstr(version, "clang") != NULL;
	compiler->headers = ask_compiler(compiler, build, "-print-file-name=include");
	if (!compiler->headers || compiler->headers[0] != '/')
		return unusable("the compiler '%s' does not tell where its headers are", name);
	return 0;
}

/* -- the steps -- */

static char *module_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = need_copy(slash ? slash + 1 : path), *dot = strrchr(name, '.');

	if (dot && dot != name)
		*dot = 0;
	for (char *at = name; *at; at++)
		if (!isalnum((unsigned char)*at))
			*at = '_';
	return name;
}

static int check_readable(const char *path)
{
	struct stat info;

	if (stat(path, &info) < 0)
		return unusable("cannot read '%s': %s", path, strerror(errno));
	if (S_ISDIR(info.st_mode))
		return unusable("'%s' is a directory; name the C files of one module", path);
	if (!S_ISREG(info.st_mode))
		return unusable("'%s' is not a regular file", path);
	if (access(path, R_OK) < 0)
		return unusable("cannot read '%s': %s", path, strerror(errno));
	return 0;
}

static int compile(const struct compiler *compiler, const struct request *request,
		   const struct build *build, const char *source, const char *object)
{
	struct words words = { 0 };
	char *name = module_name(source), *module = module_name(request->files.at[0]);
	char *base_define = text_format("-DKBUILD_BASENAME=\"%s\"", name);
	char *name_define = text_format("-DKBUILD_MODNAME=\"%s\"", module);

	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	ADD_ALL(&words, plain_flags);
	if (compiler->is_clang)
		ADD_ALL(&words, clang_flags);
	else
		ADD_ALL(&words, gcc_flags);
	add_pair(&words, "-isystem", compiler->headers);
	for (size_t i = 0; i < build->include_dirs.count; i++)
		add_pair(&words, "-I", build->include_dirs.at[i]);
	words_add(&words, name_define);
	words_add(&words, base_define);
	for (size_t i = 0; i < request->cflags.count; i++) {
		words_add(&words, request->cflags.at[i]);
		/* To clang -Wextra undoes the earlier option; callbacks have such parameters. */
		if (!strcmp(request->cflags.at[i], "-Wextra"))
			words_add(&words, "-Wno-unused-parameter");
	}
	add_pair(&words, "-o", object);
	/* A name such as -x.c must not be taken for an option. */
	if (source[0] == '-')
		words_add(&words, text_format("./%s", source));
	else
		words_add(&words, source);
	free(name);
	free(module);
	free(base_define);
	free(name_define);
	return command_run(words.at, NULL) == 0 ? 0 : 2;
}

static int compile_all(const struct compiler *compiler, const struct request *request,
		       const struct build *build, struct words *ret_objects)
{
	for (size_t i = 0; i < request->files.count; i++) {
		char *object = text_format("%s/%zu.o", build->directory, i);
		int status = compile(compiler, request, build, request->files.at[i], object);

		if (status)
			return status;
		words_add(ret_objects, object);
		free(object);
	}
	return 0;
}

/* What the runner looks for; all other names of the module become its own (B2). */
static const char *const entry_points[] = { "init_module", "cleanup_module", "km_module_*" };

static bool table_has(Elf *elf, Elf_Scn *section, const char *name)
{
	GElf_Shdr header;
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym symbol;

	if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB || !header.sh_entsize)
		return false;
	for (size_t i = 0; i < header.sh_size / header.sh_entsize; i++) {
		const char *found;

		if (!gelf_getsym(data, (int)i, &symbol) || symbol.st_shndx == SHN_UNDEF)
			continue;
		found = elf_strptr(elf, header.sh_link, symbol.st_name);
		if (found && strcmp(found, name) == 0)
			return true;
	}
	return false;
}

/* Does the object file define @name? */
static bool object_defines(const char *path, const char *name)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf;
	Elf_Scn *section = NULL;
	bool found = false;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	while (elf && !found && (section = elf_nextscn(elf, section)))
		found = table_has(elf, section, name);
	elf_end(elf);
	close(fd);
	return found;
}

static int join_objects(const struct compiler *compiler, const struct words *objects,
			const char *module)
{
	struct words words = { 0 };

	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	words_add(&words, "-nostdlib");
	words_add(&words, "-no-pie");
	words_add(&words, "-Wl,-r");
	for (size_t i = 0; i < objects->count; i++)
		words_add(&words, objects->at[i]);
	add_pair(&words, "-o", module);
	if (command_run(words.at, NULL) != 0)
		return 2;
	words = (struct words){ 0 };
	words_add(&words, "objcopy");
	words_add(&words, "-w");
	for (size_t i = 0; i < sizeof(entry_points) / sizeof(entry_points[0]); i++)
		add_pair(&words, "-G", entry_points[i]);
	words_add(&words, module);
	return command_run(words.at, NULL) == 0
		       ? 0
		       : unusable("objcopy (package binutils) failed on the compiled module");
}

/* "PLACE: undefined reference to `NAME'" said in the user's terms, each name once. */
static bool print_missing(const char *line, struct words *said)
{
	const char *mark = "undefined reference to `", *name = strstr(line, mark), *place;
	char *own;
	size_t bytes;

	if (!name)
		return false;
	/* "ld: " may stand before the place; a place without a line tells the user nothing. */
	place = is_prefix(line, "/") && strstr(line, "ld: ") == strrchr(line, '/') + 1
			? strstr(line, "ld: ") + 4
			: line;
	bytes = strcspn(place, " ");
	if (!strpbrk(place, "0123456789") || !strstr(place, ".c:"))
		bytes = 0;
	name += strlen(mark);
	own = need_part(name, strcspn(name, "'"));
	for (size_t i = 0; i < said->count; i++)
		if (strcmp(said->at[i], own) == 0)
			return true;
	words_add(said, own);
	fprintf(stderr, "%.*s%s%s() is declared, but this library does not have it\n", (int)bytes,
		place, bytes ? " " : "", is_prefix(own, "km_") ? own + 3 : own);
	free(own);
	return true;
}

static void print_link_errors(const char *messages)
{
	struct words said = { 0 };
	FILE *file = fopen(messages, "r");
	char *line = NULL;
	size_t room = 0;

	while (file && getline(&line, &room, file) > 0)
		print_missing(line, &said);
	if (file && !said.count) {
		rewind(file);
		while (getline(&line, &room, file) > 0)
			fputs(line, stderr);
	}
	if (file)
		fclose(file);
	free(line);
}

static int link_program(const struct compiler *compiler, const struct places *places,
			const struct build *build, const char *module)
{
	char *messages = text_format("%s/link-messages", build->directory);
	struct words words = { 0 };

	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	words_add(&words, "-no-pie");
	add_pair(&words, "-o", build->program);
	words_add(&words, module);
	words_add(&words, places->archive);
	words_add(&words, "-lpthread");
	words_add(&words, "-Wl,--build-id=none,-z,noexecstack");
	if (command_run(words.at, messages) == 0)
		return 0;
	print_link_errors(messages);
	return unusable("the module does not link with the library");
}

/* -- the whole -- */

static int make_steps(const struct request *request, const struct places *places,
		      struct build *build)
{
	struct compiler compiler = { 0 };
	struct words objects = { 0 };
	char *module = text_format("%s/module.o", build->directory);
	int status = 0;

	/* Before any compiler is asked, so that a wrong name costs nothing. */
	for (size_t i = 0; !status && i < request->files.count; i++)
		status = check_readable(request->files.at[i]);
	if (!status)
		status = compiler_find(&compiler, request, build);
	if (!status)
		status = compile_all(&compiler, request, build, &objects);
	if (!status)
		status = join_objects(&compiler, &objects, module);
	if (!status && !object_defines(module, "init_module"))
		status = unusable("%s has no module_init(): nothing to run", request->files.at[0]);
	if (!status)
		status = link_program(&compiler, places, build, module);
	free(module);
	return status;
}

int build_make(const struct request *request, const struct places *places, struct build *ret_build)
{
	const char *base = getenv("TMPDIR");
	struct build build = { .include_dirs = places->include_dirs };

	build.directory = text_format("%s/kmalloc-XXXXXX", base && *base ? base : "/tmp");
	build.working_directory = getcwd(NULL, 0);
	if (!mkdtemp(build.directory)) {
		free(build.directory);
		return unusable("cannot make a temporary directory: %s", strerror(errno));
	}
	build.program = text_format("%s/program", build.directory);
	*ret_build = build;
	return make_steps(request, places, &build);
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
	(void)info;
	(void)type;
	(void)walk;
	return remove(path);
}

void build_remove(struct build *build)
{
	if (build->directory)
		nftw(build->directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free(build->directory);
	build->directory = NULL;
}
