/* SPDX-License-Identifier: MIT */
/*
 * check_modules.c - the modules of a tree that the checked one needs: found, built, joined with it
 *
 * M1  A name the module's object misses and that is none of the library's is looked for among what
 *     the other modules of the tree export (EXPORT_SYMBOL, section .km_exports of their objects).
 * M2  Who exports it is loaded before and unloaded after, as modprobe does; so are those it needs.
 *     Two that need each other can never be loaded.
 * M3  Each keeps its names to itself but what it exports: those get a name no library has.
 */
#include "check_build.h"
#include "kbuild.h"
#include "object.h"
#include "paint.h"
#include "whole_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORTS ".km_exports"
#define EXPORTED "km_export_"

enum visit { VISIT_NOT_YET, VISIT_UNDER_WAY, VISIT_DONE };

/* A module of the tree, as far as this one may need it. */
struct other {
	const struct kbuild_module *module;
	char *object; /* joined; NULL: not built yet */
	bool is_built, is_refused;
	struct words exports;
	enum visit visit;
};

struct joiner {
	const struct compiler *compiler;
	const struct request *request;
	const struct build *build;
	struct other *others;
	size_t count;
	struct other **loaded; /* in that order */
	size_t loaded_count;
};

/* -- texts -- */

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool has_word(const char *text, const char *word)
{
	size_t bytes = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at += bytes)
		if ((at == text || !is_word_char(at[-1])) && !is_word_char(at[bytes]))
			return true;
	return false;
}

/* Is it worth building to see what it exports? */
static bool may_export(const struct kbuild_module *module, const char *name)
{
	bool mentions = false, exports = false;

	for (size_t i = 0; i < module->files.count; i++) {
		char *text = whole_file_text(module->files.at[i]);

		mentions = mentions || has_word(text, name);
		exports = exports || strstr(text, "EXPORT_") != NULL;
		free(text);
	}
	return mentions && exports;
}

static bool has_exact(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->at[i], word) == 0)
			return true;
	return false;
}

/* What the compiler asks for itself, and the library has. */
static bool is_of_library(const char *name)
{
	static const char *const marks[] = {
		"km_",		"__asan_",	  "__msan_",  "__ubsan_",
		"__sanitizer_", "__cyg_profile_", "__start_", "__stop_",
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (is_prefix(name, marks[i]))
			return true;
	return false;
}

/* -- objects -- */

static int run_objcopy(struct words *words, const char *object)
{
	words_add(words, object);
	return command_run(words->at, NULL) == 0
		       ? 0
		       : unusable("objcopy (package binutils) failed on the compiled module");
}

static void rename_symbol(struct words *words, const char *name, const char *other)
{
	add_pair(words, "--redefine-sym", text_format("%s=%s", name, other));
}

static char *exported(const char *name)
{
	return text_format(EXPORTED "%s", name);
}

static char *own_name(const char *what, const struct other *other)
{
	return text_format("km_%s_of_%s", what, other->module->name);
}

/* M3: the object keeps what it exports, its init and its exit. */
static int close_object(const struct other *other)
{
	struct words renames = { 0 }, keeps = { 0 };
	int status;

	words_add(&renames, "objcopy");
	rename_symbol(&renames, "init_module", own_name("init", other));
	rename_symbol(&renames, "cleanup_module", own_name("exit", other));
	add_pair(&renames, "--rename-section",
		 text_format("__param=%s,alloc,load,data,contents", own_name("param", other)));
	for (size_t i = 0; i < other->exports.count; i++)
		rename_symbol(&renames, other->exports.at[i], exported(other->exports.at[i]));
	status = run_objcopy(&renames, other->object);
	if (status)
		return status;
	words_add(&keeps, "objcopy");
	add_pair(&keeps, "-G", own_name("init", other));
	add_pair(&keeps, "-G", own_name("exit", other));
	for (size_t i = 0; i < other->exports.count; i++)
		add_pair(&keeps, "-G", exported(other->exports.at[i]));
	return run_objcopy(&keeps, other->object);
}

static int build_other(const struct joiner *joiner, struct other *other)
{
	struct request own = *joiner->request;
	struct words objects = { 0 };

	if (other->is_built)
		return 0;
	other->is_built = true;
	own.files = other->module->files;
	own.file_flags = other->module->flags;
	own.module = other->module->name;
	other->object = text_format("%s/with-%s.o", joiner->build->directory, own.module);
	progress_set("compiling %s, which exports", own.module);
	if (compile_all(joiner->compiler, &own, joiner->build, own.module, &objects) ||
	    binutils_join(&objects, other->object))
		return unusable("%s does not build, and %s may need what it exports", own.module,
				joiner->request->module);
	other->exports = object_texts(other->object, EXPORTS);
	return 0;
}

/* -- who needs whom -- */

static int visit(struct joiner *joiner, struct other *other, const char *from);

/* Who exports @name; NULL in @ret_other: nobody does. */
static int find_exporter(struct joiner *joiner, const char *name, struct other **ret_other)
{
	*ret_other = NULL;
	for (size_t i = 0; i < joiner->count && !*ret_other; i++) {
		struct other *other = &joiner->others[i];
		int status = 0;

		if (!other->is_built && (other->module->trouble ||
					 !may_export(other->module, name)))
			continue;
		status = build_other(joiner, other);
		if (status)
			return status;
		if (has_exact(&other->exports, name))
			*ret_other = other;
	}
	return 0;
}

/* Loads what @object needs; names that others export get their new names. */
static int need_others(struct joiner *joiner, const char *object, const char *module,
		       struct words *ret_renames)
{
	struct words missing = object_undefined(object);

	for (size_t i = 0; i < missing.count; i++) {
		const char *name = missing.at[i];
		struct other *other = NULL;
		int status = is_of_library(name) ? 0 : find_exporter(joiner, name, &other);

		if (!status && other)
			status = visit(joiner, other, module);
		if (status)
			return status;
		if (other)
			rename_symbol(ret_renames, name, exported(name));
	}
	return 0;
}

static int visit(struct joiner *joiner, struct other *other, const char *from)
{
	struct words renames = { 0 };
	int status;

	if (other->visit == VISIT_DONE)
		return 0;
	if (other->visit == VISIT_UNDER_WAY ||
	    !strcmp(other->module->name, joiner->request->module))
		return unusable("%s and %s need each other: neither can be loaded", from,
				other->module->name);
	other->visit = VISIT_UNDER_WAY;
	words_add(&renames, "objcopy");
	status = need_others(joiner, other->object, other->module->name, &renames);
	if (!status && renames.count > 1)
		status = run_objcopy(&renames, other->object);
	if (!status)
		status = close_object(other);
	other->visit = VISIT_DONE;
	joiner->loaded[joiner->loaded_count++] = other;
	return status;
}

/* -- one object of all -- */

/* struct module_loaded of src/machine/module_run.h */
static bool write_table(const struct joiner *joiner, const char *path)
{
	FILE *file = fopen(path, "w");

	if (!file)
		return false;
	fputs(".section .note.GNU-stack,\"\",@progbits\n.data\n.balign 8\n"
	      ".globl km_module_table\nkm_module_table:\n",
	      file);
	for (size_t i = 0; i < joiner->loaded_count; i++) {
		const struct other *other = joiner->loaded[i];
		const char *init = own_name("init", other), *exit = own_name("exit", other);
		const char *param = own_name("param", other);

		fprintf(file, ".weak %s, %s, __start_%s, __stop_%s\n", init, exit, param, param);
		fprintf(file, ".quad name_%zu, %s, %s, __start_%s, __stop_%s\n", i, init, exit,
			param, param);
	}
	fputs(".quad 0, 0, 0, 0, 0\n", file);
	for (size_t i = 0; i < joiner->loaded_count; i++)
		fprintf(file, "name_%zu: .asciz \"%s\"\n", i, joiner->loaded[i]->module->name);
	return fclose(file) == 0;
}

static int join(const struct joiner *joiner, struct words *renames, const char *module)
{
	char *source = text_format("%s/modules.s", joiner->build->directory);
	char *table = text_format("%s/modules.o", joiner->build->directory);
	char *whole = text_format("%s/whole.o", joiner->build->directory);
	struct words objects = { 0 };
	int status = run_objcopy(renames, module);

	if (!status && !write_table(joiner, source))
		status = unusable("cannot write to '%s'", joiner->build->directory);
	if (!status)
		status = binutils_assemble(source, table);
	words_add(&objects, module);
	words_add(&objects, table);
	for (size_t i = 0; i < joiner->loaded_count; i++)
		words_add(&objects, joiner->loaded[i]->object);
	if (!status)
		status = binutils_join(&objects, whole);
	if (!status && rename(whole, module) < 0)
		status = unusable("cannot write to '%s'", joiner->build->directory);
	return status ? status : keep_entry_points(module);
}

static void note_beside(const struct joiner *joiner, struct words *ret_names,
			struct words *ret_files)
{
	for (size_t i = 0; i < joiner->loaded_count; i++) {
		const struct kbuild_module *module = joiner->loaded[i]->module;

		words_add(ret_names, module->name);
		for (size_t k = 0; k < module->files.count; k++)
			words_add(ret_files, module->files.at[k]);
	}
}

int modules_join(const struct compiler *compiler, const struct request *request,
		 const struct build *build, const char *module, struct beside *ret_beside)
{
	struct joiner joiner = { .compiler = compiler, .request = request, .build = build };
	struct words renames = { 0 };
	int status;

	*ret_beside = (struct beside){ 0 };
	if (!request->kbuild)
		return 0;
	joiner.others = need((request->kbuild->count + 1) * sizeof(*joiner.others));
	joiner.loaded = need((request->kbuild->count + 1) * sizeof(*joiner.loaded));
	for (size_t i = 0; i < request->kbuild->count; i++) {
		const struct kbuild_module *other = &request->kbuild->modules[i];

		if (other->kind == KBUILD_MODULE)
			joiner.others[joiner.count++].module = other;
	}
	words_add(&renames, "objcopy");
	status = need_others(&joiner, module, request->module, &renames);
	if (status || !joiner.loaded_count)
		return status;
	note_beside(&joiner, &ret_beside->modules, &ret_beside->files);
	return join(&joiner, &renames, module);
}
