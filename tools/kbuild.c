/* SPDX-License-Identifier: MIT */
/*
 * kbuild.c - the modules of a tree: names, source files and flags
 *
 * Owns: the meaning of what kbuild.mk writes.
 * K6  A module with a mistake of its own (a file that is not there) is listed with its trouble; the
 *     others can still be checked.
 */
#include "kbuild.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIELDS 4

struct reader {
	const struct request *request;
	struct kbuild *kbuild;
	char *top; /* real path of the tree */
	char *shown_top; /* as the user named it; "": the working directory */
	char *list; /* the file read last */
};

/* -- names -- */

static char *shown_top(const char *directory)
{
	char *shown = need_copy(directory);
	size_t bytes = strlen(shown);

	while (bytes > 1 && shown[bytes - 1] == '/')
		shown[--bytes] = 0;
	return strcmp(shown, ".") ? shown : need_copy("");
}

/* An absolute path as the user would write it. */
static char *shown(const struct reader *reader, const char *path)
{
	size_t bytes = strlen(reader->top);

	if (strncmp(path, reader->top, bytes) || (path[bytes] != '/' && path[bytes]))
		return need_copy(path);
	if (!path[bytes])
		return need_copy(reader->request->directory);
	if (!*reader->shown_top)
		return need_copy(path + bytes + 1);
	return text_format("%s%s%s", strcmp(reader->shown_top, "/") ? reader->shown_top : "",
			   "/", path + bytes + 1);
}

/* "sub/foo-bar" -> "foo_bar": as the kernel names a loaded module. */
static char *loaded_name(const char *object)
{
	const char *slash = strrchr(object, '/');
	char *name = need_copy(slash ? slash + 1 : object);

	for (char *at = name; *at; at++)
		if (*at == '-' || *at == ',')
			*at = '_';
	return name;
}

static bool is_file(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* -- one part of a module: "foo.o" -- */

static char *source_of(const char *directory, const char *object)
{
	static const char *const endings[] = { ".c", ".S", ".o_shipped", ".o" };
	int bytes = (int)strlen(object) - 2;

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		char *path = text_format("%s/%.*s%s", directory, bytes, object, endings[i]);

		if (is_file(path))
			return path;
		free(path);
	}
	return NULL;
}

static void be_in_trouble(struct kbuild_module *module, char *trouble)
{
	if (!module->trouble)
		module->trouble = trouble;
}

/* The directory of a relative -I is the tree's: kbuild's own is a kernel tree nobody has here. */
static void anchor_includes(struct words *flags, const char *directory)
{
	for (size_t i = 0; i < flags->count; i++) {
		char *word = flags->at[i];

		if (is_prefix(word, "-I") && word[2] && word[2] != '/')
			flags->at[i] = text_format("-I%s/%s", directory, word + 2);
		else if (!strcmp(word, "-I") && i + 1 < flags->count &&
			 flags->at[i + 1][0] != '/')
			flags->at[i + 1] = text_format("%s/%s", directory, flags->at[i + 1]);
	}
}

static void take_flags(struct reader *reader, struct kbuild_module *module, const char *text,
		       bool is_assembly)
{
	struct words flags = { 0 };

	if (!flags_split(text, &flags))
		be_in_trouble(module, text_format("its flags take a shell to read: %s", text));
	flags_sift(&flags, &module->untaken, is_assembly);
	anchor_includes(&flags, reader->top);
	module->flags = need_more(module->flags, module->files.count * sizeof(*module->flags));
	module->flags[module->files.count - 1] = flags;
}

static void take_part(struct reader *reader, struct kbuild_module *module, const char *directory,
		      char **fields)
{
	const char *object = fields[1];
	size_t bytes = strlen(object);
	bool is_assembly;
	char *source, *own = module->is_several ? text_format("%s.o", module->name) : NULL;

	module->parts++;
	if (bytes < 3 || strcmp(object + bytes - 2, ".o")) {
		be_in_trouble(module, text_format("%s lists %s, which is no object",
						  module->list, object));
		return;
	}
	if (own && !strcmp(own, object)) {
		be_in_trouble(module,
			      text_format("%s lists %s as a part of itself (%s-y)", module->list,
					  object, module->name));
		return;
	}
	source = source_of(directory, object);
	if (!source) {
		be_in_trouble(module,
			      text_format("%s lists %s, but there is no %s", module->list, object,
					  shown(reader, text_format("%s/%.*s.c", directory,
								    (int)bytes - 2, object))));
		return;
	}
	words_add(&module->files, shown(reader, source));
	is_assembly = !strcmp(source + strlen(source) - 2, ".S");
	take_flags(reader, module, fields[is_assembly ? 3 : 2], is_assembly);
}

/* -- the list -- */

static struct kbuild_module *add_module(struct reader *reader, char **fields)
{
	struct kbuild *kbuild = reader->kbuild;
	struct kbuild_module *module;

	kbuild->modules = need_more(kbuild->modules,
				    (kbuild->count + 1) * sizeof(*kbuild->modules));
	module = &kbuild->modules[kbuild->count++];
	*module = (struct kbuild_module){
		.kind = !strcmp(fields[3], "built-in") ? KBUILD_BUILT_IN
			: !strcmp(fields[3], "off")    ? KBUILD_OFF
						       : KBUILD_MODULE,
		.is_several = !strcmp(fields[3], "several"),
		.name = loaded_name(fields[2]),
		.list = reader->list,
	};
	return module;
}

static void split_fields(char *line, char **fields)
{
	static char none[] = "";

	for (unsigned int i = 0; i < FIELDS; i++) {
		char *tab = line ? strchr(line, '\t') : NULL;

		fields[i] = line ? line : none;
		if (tab)
			*tab = 0;
		line = tab ? tab + 1 : NULL;
	}
}

static void take_lines(struct reader *reader, char *list)
{
	struct kbuild_module *module = NULL;
	char *directory = NULL, *next = NULL;

	for (char *line = list; line; line = next) {
		char *fields[FIELDS];

		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		split_fields(line, fields);
		if (!strcmp(fields[0], "dir")) {
			reader->list = shown(reader, fields[1]);
		} else if (!strcmp(fields[0], "module")) {
			directory = fields[1];
			module = add_module(reader, fields);
		} else if (!strcmp(fields[0], "part") && module) {
			take_part(reader, module, directory, fields);
		} else if (!strcmp(fields[0], "remark")) {
			fprintf(stderr, "kmalloc: %s: %s\n", reader->list, fields[1]);
		} else if (!strcmp(fields[0], "error")) {
			reader->kbuild->is_partial = true;
			unusable("%s", fields[1]);
		}
	}
}

/* Two of one name cannot both be loaded; a list without a part makes nothing. */
static void look_for_trouble(struct kbuild *kbuild)
{
	for (size_t i = 0; i < kbuild->count; i++) {
		struct kbuild_module *module = &kbuild->modules[i];

		if (module->kind != KBUILD_MODULE)
			continue;
		if (!module->files.count)
			be_in_trouble(module, text_format("%s lists no object for it",
							  module->list));
		for (size_t k = 0; k < i; k++)
			if (kbuild->modules[k].kind == KBUILD_MODULE &&
			    !strcmp(kbuild->modules[k].name, module->name))
				be_in_trouble(module,
					      text_format("there are two modules of that name, "
							  "in %s and %s",
							  kbuild->modules[k].list, module->list));
	}
}

static int check_directory_name(const char *directory)
{
	struct stat info;
	char *real;

	if (stat(directory, &info) < 0)
		return unusable("cannot read '%s': %s", directory, strerror(errno));
	if (!S_ISDIR(info.st_mode))
		return unusable("'%s' is not a directory; -C takes the one with the Kbuild or "
				"Makefile",
				directory);
	if (access(directory, R_OK | X_OK) < 0)
		return unusable("cannot read '%s': %s", directory, strerror(errno));
	real = realpath(directory, NULL);
	if (!real || real[strcspn(real, " \t:#$'\"\\;%")])
		return unusable("the path of '%s' has a blank or one of : # $ ; %% \\ ' \" in it, "
				"which make cannot take",
				directory);
	return 0;
}

int kbuild_read(const struct request *request, const struct places *places,
		const struct words *variables, struct kbuild *ret_kbuild)
{
	struct reader reader = { .request = request, .kbuild = ret_kbuild };
	int status = check_directory_name(request->directory);
	char *list;

	if (status)
		return status;
	*ret_kbuild = (struct kbuild){ 0 };
	list = kbuild_evaluate(request, places, variables, &ret_kbuild->is_partial);
	if (!list)
		return 2;
	reader.top = realpath(request->directory, NULL);
	reader.shown_top = shown_top(request->directory);
	take_lines(&reader, list);
	look_for_trouble(ret_kbuild);
	kbuild_order(ret_kbuild);
	return 0;
}
