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
#include "check_init.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <gelf.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the runner looks for; all other names of the module become its own (B2). The last ones Linux
 * calls at boot, and KUnit's start. */
static const char *const entry_points[] = {
	"init_module",	    "cleanup_module",	   "km_module_*",
	"radix_tree_init",  "maple_tree_init",	   "kunit_run_all_tests",
	"kunit_free_boot_suites",
};
/* Sections of KUnit whose bounds the linker makes when their names are C identifiers. */
static const char *const kunit_sections[] = {
	".kunit_test_suites=kunit_test_suites,alloc,load,data,contents",
	".kunit_init_test_suites=kunit_init_test_suites,alloc,load,data,contents",
};
static const struct {
	const char *section, *symbol;
} kunit_bounds[] = {
	{ "kunit_test_suites", "__kunit_suites" },
	{ "kunit_init_test_suites", "__kunit_init_suites" },
};

static bool table_has(Elf *elf, Elf_Scn *section, const GElf_Shdr *header, const char *name)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym symbol;

	if (header->sh_type != SHT_SYMTAB || !header->sh_entsize)
		return false;
	for (size_t i = 0; i < header->sh_size / header->sh_entsize; i++) {
		const char *found;

		if (!gelf_getsym(data, (int)i, &symbol) || symbol.st_shndx == SHN_UNDEF)
			continue;
		found = elf_strptr(elf, header->sh_link, symbol.st_name);
		if (found && strcmp(found, name) == 0)
			return true;
	}
	return false;
}

/* Does the object file define a symbol of this name, or have a section of this name? */
static bool object_has(const char *path, const char *symbol, const char *section_name)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf;
	Elf_Scn *section = NULL;
	size_t names = 0;
	bool found = false;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf)
		elf_getshdrstrndx(elf, &names);
	while (elf && !found && (section = elf_nextscn(elf, section))) {
		GElf_Shdr header;
		const char *name;

		if (!gelf_getshdr(section, &header))
			continue;
		name = elf_strptr(elf, names, header.sh_name);
		found = symbol ? table_has(elf, section, &header, symbol)
			       : name && !strcmp(name, section_name) && header.sh_size;
	}
	elf_end(elf);
	close(fd);
	return found;
}

static bool object_defines(const char *path, const char *symbol)
{
	return object_has(path, symbol, NULL);
}

/* The object of one file: compiled, assembled, or what was named. */
static int part_make(const struct compiler *compiler, const struct request *request,
		     const struct build *build, const char *source, char **object)
{
	if (!part_is_object(source) && !part_is_assembly(source))
		return compile(compiler, request, build, source, UNIT_MODULE, *object);
	part_note(request, source);
	if (part_is_assembly(source))
		return part_assemble(compiler, request, source, *object);
	free(*object);
	*object = text_format("%s%s", source[0] == '-' ? "./" : "", source);
	return 0;
}

/*
 * A library's file may have an init of its own beside the module's (the first): as in a kernel it
 * is built in then, and runs before.
 */
int compile_all(const struct compiler *compiler, const struct request *request,
		const struct build *build, const char *stem, struct words *ret_objects)
{
	bool has_init = false;

	for (size_t i = 0; i < request->files.count; i++) {
		const char *source = request->files.at[i];
		char *object = text_format("%s/%s%zu.o", build->directory, stem, i);
		int status = part_make(compiler, request, build, source, &object);
		bool is_second = !status && has_init && object_defines(object, "init_module");

		if (is_second && tree_holds(build, source))
			status = compile(compiler, request, build, source, UNIT_BUILT_IN, object);
		if (status)
			return status;
		has_init = has_init || object_defines(object, "init_module");
		words_add(ret_objects, object);
		free(object);
	}
	return 0;
}

static int compile_kunit(const struct compiler *compiler, const struct request *request,
			 const struct build *build, struct words *ret_objects)
{
	struct words files = { 0 };
	int status = 0;

	tree_kunit_files(request, build, &files);
	for (size_t i = 0; !status && i < files.count; i++) {
		char *object = text_format("%s/kunit-%zu.o", build->directory, i);

		status = compile(compiler, request, build, files.at[i], UNIT_CORE, object);
		words_add(ret_objects, object);
		free(object);
	}
	return status ? unusable("the KUnit of the kernel tree '%s' does not compile", build->tree)
		      : 0;
}

int keep_entry_points(const char *module)
{
	struct words words = { 0 };

	words_add(&words, "objcopy");
	words_add(&words, "-w");
	for (size_t i = 0; i < sizeof(entry_points) / sizeof(entry_points[0]); i++)
		add_pair(&words, "-G", entry_points[i]);
	for (size_t i = 0; i < sizeof(kunit_sections) / sizeof(kunit_sections[0]); i++)
		add_pair(&words, "--rename-section", kunit_sections[i]);
	words_add(&words, module);
	return command_run(words.at, NULL) == 0
		       ? 0
		       : unusable("objcopy (package binutils) failed on the compiled module");
}

static int join_objects(const struct words *objects, const char *module)
{
	return binutils_join(objects, module) ? 2 : keep_entry_points(module);
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

static void add_kunit_bounds(struct words *words, const char *module)
{
	for (size_t i = 0; i < sizeof(kunit_bounds) / sizeof(kunit_bounds[0]); i++) {
		const char *section = kunit_bounds[i].section, *symbol = kunit_bounds[i].symbol;
		bool has_suites = object_has(module, NULL, section);

		words_add(words, text_format("-Wl,--defsym=%s_start=%s%s", symbol,
					     has_suites ? "__start_" : "0",
					     has_suites ? section : ""));
		words_add(words, text_format("-Wl,--defsym=%s_end=%s%s", symbol,
					     has_suites ? "__stop_" : "0",
					     has_suites ? section : ""));
	}
}

/* @calls: object between module and library, NULL: none. */
static int link_program(const struct compiler *compiler, const struct places *places,
			const struct build *build, const char *module, const char *calls,
			const char *messages)
{
	struct words words = { 0 }, objects = { 0 };

	words_add(&objects, module);
	if (calls)
		words_add(&objects, calls);
	words_add(&objects, places->archive);
	if (compiler->link.count && !build->has_tree_kunit)
		return linker_run(&compiler->link, &objects, build->program, messages);
	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	words_add(&words, "-no-pie");
	add_pair(&words, "-o", build->program);
	for (size_t i = 0; i < objects.count; i++)
		words_add(&words, objects.at[i]);
	words_add(&words, "-lpthread");
	if (build->has_tree_kunit)
		add_kunit_bounds(&words, module);
	words_add(&words, LINK_FLAGS);
	return command_run(words.at, messages) == 0 ? 0 : 2;
}

/* Names the linker missed, each once. */
static void read_missing(const char *messages, struct words *ret_names)
{
	const char *mark = "undefined reference to `";
	FILE *file = fopen(messages, "r");
	char *line = NULL;
	size_t room = 0;

	while (file && getline(&line, &room, file) > 0) {
		const char *name = strstr(line, mark);
		char *own;
		bool is_new = name != NULL;

		if (!is_new)
			continue;
		name += strlen(mark);
		own = need_part(name, strcspn(name, "'"));
		for (size_t i = 0; i < ret_names->count; i++)
			is_new = is_new && strcmp(ret_names->at[i], own) != 0;
		if (is_new)
			words_add(ret_names, own);
		free(own);
	}
	if (file)
		fclose(file);
	free(line);
}

static bool words_have(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->at[i], word) == 0)
			return true;
	return false;
}

/* Files of the tree's library that have what is missing; true: there are new objects to link. */
static bool take_from_tree(const struct compiler *compiler, const struct request *request,
			   const struct build *build, const char *messages, struct words *tried,
			   struct words *objects)
{
	struct words names = { 0 };
	size_t before = objects->count;

	read_missing(messages, &names);
	for (size_t i = 0; build->tree && i < names.count; i++) {
		char *file = tree_exporter(build, names.at[i]);
		char *object = text_format("%s/library-%zu.o", build->directory, tried->count);

		if (file && !words_have(tried, file)) {
			words_add(tried, file);
			fprintf(stderr, "kmalloc: %s of the kernel tree is taken for %s()\n",
				file + strlen(build->tree) + 1, names.at[i]);
			if (compile(compiler, request, build, file, UNIT_CORE, object) == 0)
				words_add(objects, object);
		}
		free(object);
		free(file);
	}
	return objects->count > before;
}

/* A library of a tree may need another one of it: until nothing is missing, or no file has it. */
static int link_all(const struct compiler *compiler, const struct request *request,
		    const struct places *places, const struct build *build,
		    struct words *objects, const char *module)
{
	char *messages = text_format("%s/link-messages", build->directory);
	struct words tried = { 0 };
	int status;

	while ((status = link_program(compiler, places, build, module, NULL,
				      messages)) != 0) {
		if (!take_from_tree(compiler, request, build, messages, &tried, objects))
			break;
		status = join_objects(objects, module);
		if (status)
			return status;
	}
	if (status) {
		print_link_errors(messages);
		unusable(request->kbuild ? "the module needs what neither the library nor another "
					   "module of the tree exports"
					 : "the module does not link with the library");
	}
	free(messages);
	return status;
}

/* -- the whole -- */

static bool has_something_to_run(const struct build *build, const char *module)
{
	return build->uses_kunit || object_defines(module, "init_module");
}

static bool has_suites(const char *module)
{
	return object_has(module, NULL, "kunit_test_suites") ||
	       object_has(module, NULL, "kunit_init_test_suites");
}

/* -- the second program (check_init.c), made beside the first -- */

static int init_steps(const struct compiler *compiler, const struct request *request,
		      const struct places *places, const struct build *build)
{
	char *module = text_format("%s/module.o", build->directory), *calls;
	char *messages = text_format("%s/link-messages", build->directory);
	struct words objects = { 0 };
	struct beside beside;

	if (compile_all(compiler, request, build, "", &objects) ||
	    join_objects(&objects, module) ||
	    modules_join(compiler, request, build, module, &beside))
		return 2;
	calls = init_calls_make(build, module);
	return calls ? link_program(compiler, places, build, module, calls, messages) : 2;
}

/* In the child: what the compiler says it says to the parent's user as well. */
static void init_child(const struct compiler *compiler, const struct request *request,
		       const struct places *places, const struct build *build)
{
	struct build own = *build;
	int status;

	own.directory = text_format("%s/init", build->directory);
	own.program = own.init_program;
	if (mkdir(own.directory, 0700) < 0 || !freopen("/dev/null", "w", stderr))
		_exit(2);
	own.kind = BUILD_INIT;
	status = init_steps(compiler, request, places, &own);
	/* Code may count on the optimiser to leave calls out. */
	own.kind = BUILD_INIT_OPTIMISED;
	if (status && !check_signal)
		status = init_steps(compiler, request, places, &own);
	_exit(status);
}

/* The child that makes the second program; 0: there will be none. */
static pid_t init_begin(const struct compiler *compiler, const struct request *request,
			const struct places *places, struct build *build)
{
	pid_t child;

	if (!compiler->has_init || build->tree)
		return 0;
	build->init_program = text_format("%s/init/program", build->directory);
	child = fork();
	if (child == 0)
		init_child(compiler, request, places, build);
	return child < 0 ? 0 : child;
}

/* @is_needed: the first program is there. */
static void init_end(pid_t child, struct build *build, bool is_needed)
{
	int status = 0;

	if (child) {
		if (!is_needed)
			kill(child, SIGTERM);
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
	}
	if (child && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return;
	if (child && is_needed && !check_signal)
		caution("the module does not build with -fsanitize=kernel-memory; not seen: "
			"uninitialized-read");
	build->init_program = NULL;
}

static int make_steps(struct request *request, const struct places *places,
		      struct build *build)
{
	pid_t init_maker = 0;
	struct compiler compiler = { 0 };
	struct words objects = { 0 };
	char *module = text_format("%s/module.o", build->directory);
	bool mentions_kunit;
	int status = 0;

	/* Before any compiler is asked, so that a wrong name costs nothing. */
	for (size_t i = 0; !status && i < request->files.count; i++)
		status = check_readable(request->files.at[i]);
	if (!status)
		status = tree_find(request, build);
	if (!status)
		status = compiler_find(&compiler, request, build);
	if (!status)
		init_maker = init_begin(&compiler, request, places, build);
	if (!status)
		status = compile_all(&compiler, request, build, "", &objects);
	build->compiler = memcpy(need(sizeof(compiler)), &compiler, sizeof(compiler));
	if (!status && build->has_tree_kunit)
		status = compile_kunit(&compiler, request, build, &objects);
	if (!status)
		status = join_objects(&objects, module);
	mentions_kunit = build->uses_kunit;
	build->uses_kunit = !status && has_suites(module);
	if (!status && request->wants_tree_kunit && !build->uses_kunit)
		status = unusable("--kunit-core tree: %s has no KUnit suite",
				  request->files.at[0]);
	if (!status && !has_something_to_run(build, module))
		status = unusable("%s has no module_init()%s: nothing to run", request->files.at[0],
				  mentions_kunit ? " and no KUnit suite" : "");
	if (!status)
		status = modules_join(&compiler, request, build, module, &request->beside);
	if (!status)
		status = link_all(&compiler, request, places, build, &objects, module);
	init_end(init_maker, build, !status);
	free(module);
	return status;
}

/* Our headers wrap on purpose (hashes): clang need not look at their arithmetic. */
static bool write_meant(const struct build *build)
{
	char *path = text_format("%s/meant", build->directory);
	FILE *file = fopen(path, "w");

	free(path);
	if (!file)
		return false;
	fputs("[unsigned-integer-overflow|signed-integer-overflow|shift|unsigned-shift-base|"
	      "implicit-conversion]\n",
	      file);
	for (size_t i = 0; i < build->include_dirs.count; i++)
		fprintf(file, "src:%s/*\n", build->include_dirs.at[i]);
	return fclose(file) == 0;
}

int build_make(struct request *request, const struct places *places, struct build *ret_build)
{
	const char *base = getenv("TMPDIR");
	struct build build = { .include_dirs = places->include_dirs };

	build.directory = text_format("%s/kmalloc-XXXXXX", base && *base ? base : "/tmp");
	build.working_directory = getcwd(NULL, 0);
	if (!mkdtemp(build.directory)) {
		free(build.directory);
		return unusable("cannot make a temporary directory: %s", strerror(errno));
	}
	if (!write_meant(&build))
		return unusable("cannot write to '%s': %s", build.directory, strerror(errno));
	build.program = text_format("%s/program", build.directory);
	*ret_build = build;
	return make_steps(request, places, ret_build);
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
