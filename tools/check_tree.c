/* SPDX-License-Identifier: MIT */
/*
 * check_tree.c - the kernel tree of a check: which it is, and what is taken from it
 *
 * T1  Our own headers come first; a tree's header is read only where we have none of that name.
 * T2  A tree's file is the same code for every user: it is compiled as the kernel compiles it (-O2,
 *     inlining), and is instrumented like any other file.
 * T3  KUnit is ours (src/kunit). With --kunit-core tree it is the tree's: its core is compiled
 *     beside the files, with its own headers before ours, and is not instrumented.
 */
#include "check_build.h"
#include "whole_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PACKAGE_TREE "/usr/src/linux-source-6.12"

/* What the core of KUnit consists of. */
static const char *const kunit_core[] = {
	"lib/kunit/test.c",	     "lib/kunit/resource.c", "lib/kunit/assert.c",
	"lib/kunit/try-catch.c",     "lib/kunit/hooks.c",    "lib/kunit/attributes.c",
	"lib/kunit/string-stream.c", "lib/kunit/executor.c", "lib/kunit/static_stub.c",
	"lib/kunit/device.c",	     "lib/kunit/platform.c", "lib/glob.c",
};

static bool has_file(const char *dir, const char *below)
{
	char *path = text_format("%s/%s", dir, below);
	bool is_there = access(path, R_OK) == 0;

	free(path);
	return is_there;
}

static bool is_tree(const char *dir)
{
	return has_file(dir, "include/linux/kernel.h") && has_file(dir, "include/linux/list.h") &&
	       has_file(dir, "lib");
}

static char *tree_of_cflags(const struct words *cflags)
{
	for (size_t i = 0; i < cflags->count; i++) {
		const char *word = cflags->at[i];
		const char *dir = is_prefix(word, "-I") && word[2] ? word + 2
				  : i && (!strcmp(cflags->at[i - 1], "-I") ||
					  !strcmp(cflags->at[i - 1], "-idirafter") ||
					  !strcmp(cflags->at[i - 1], "-isystem"))
					  ? word
					  : NULL;
		char *up = dir ? text_format("%s/..", dir) : NULL;

		if (up && is_tree(up))
			return realpath(up, NULL);
		free(up);
	}
	return NULL;
}

/* The tree a file lies in. */
static char *tree_above(const char *file)
{
	char *path = realpath(file, NULL), *slash;

	while (path && (slash = strrchr(path, '/')) && slash != path) {
		*slash = 0;
		if (is_tree(path))
			return path;
	}
	free(path);
	return NULL;
}

/* What the request itself points to. */
static char *tree_asked_for(const struct request *request)
{
	char *tree = request->ktree ? realpath(request->ktree, NULL)
				    : tree_of_cflags(&request->cflags);

	for (size_t i = 0; !tree && i < request->files.count; i++)
		tree = tree_above(request->files.at[i]);
	return tree;
}

/* What lies about: for a tree's KUnit alone, so that a driver means the same everywhere. */
static char *tree_at_hand(void)
{
	const char *given = getenv("KTREE");

	if (given && *given && is_tree(given))
		return realpath(given, NULL);
	return is_tree(PACKAGE_TREE) ? need_copy(PACKAGE_TREE) : NULL;
}

static bool mentions(const char *path, const char *what)
{
	char *text = whole_file_text(path);
	bool found = strstr(text, what) != NULL;

	free(text);
	return found;
}

/* A tree of another version may well do; it is told, since its KUnit may differ. */
static void tell_version(const char *tree)
{
	char *path = text_format("%s/Makefile", tree), *text = whole_file_text(path), *at;
	int version = 0, level = 0;

	at = strstr(text, "VERSION = ");
	if (at && sscanf(at, "VERSION = %d PATCHLEVEL = %d", &version, &level) == 2 &&
	    (version != 6 || level != 12))
		fprintf(stderr, "kmalloc: %s is Linux %d.%d; this library is made for 6.12\n", tree,
			version, level);
	free(text);
	free(path);
}

/*
 * Where an architecture has no <asm/x.h> of its own it takes <asm-generic/x.h>; ours is an
 * architecture of its own kind, so that is what it takes where it has none.
 */
static void make_wrappers_of(const struct build *build, const char *below)
{
	char *path = text_format("%s/%s/asm-generic", build->tree, below);
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char *wrapper = text_format("%s/generic/asm/%s", build->directory, entry->d_name);
		FILE *file = entry->d_name[0] == '.' ? NULL : fopen(wrapper, "w");

		if (file) {
			fprintf(file, "#include <asm-generic/%s>\n", entry->d_name);
			fclose(file);
		}
		free(wrapper);
	}
	if (dir)
		closedir(dir);
	free(path);
}

/*
 * A file lib/NAME.c that is checked brings the headers it was written with, NAME*.h; ours of these
 * names belong to our own NAME.
 */
static void take_own_headers(const struct build *build, const char *source)
{
	const char *slash = strrchr(source, '/'), *base = slash ? slash + 1 : source;
	size_t bytes = strcspn(base, ".");
	char *path = text_format("%s/include/linux", build->tree);
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char *from = text_format("%s/%s", path, entry->d_name);
		char *to = text_format("%s/own/linux/%s", build->directory, entry->d_name);

		if (!strncmp(entry->d_name, base, bytes) && strchr("._", entry->d_name[bytes]) &&
		    symlink(from, to) < 0 && errno != EEXIST)
			fprintf(stderr, "kmalloc: cannot link %s\n", to);
		free(from);
		free(to);
	}
	if (dir)
		closedir(dir);
	free(path);
}

static void make_own_headers(const struct request *request, const struct build *build)
{
	char *own = text_format("%s/own", build->directory), *home = text_format("%s/linux", own);
	char *lib = text_format("%s/lib/", build->tree), *kunit = text_format("%s/kunit", own);
	char *from = text_format("%s/include/kunit", build->tree);

	if (mkdir(own, 0700) == 0 && mkdir(home, 0700) == 0) {
		for (size_t i = 0; i < request->files.count; i++) {
			char *real = realpath(request->files.at[i], NULL);

			if (real && is_prefix(real, lib) && !strchr(real + strlen(lib), '/'))
				take_own_headers(build, real);
			free(real);
		}
		if (build->has_tree_kunit && symlink(from, kunit) < 0)
			fprintf(stderr, "kmalloc: cannot link %s\n", kunit);
	}
	free(kunit);
	free(from);
	free(lib);
	free(home);
	free(own);
}

static void make_wrappers(const struct build *build)
{
	char *generic = text_format("%s/generic", build->directory);
	char *home = text_format("%s/asm", generic);

	if (mkdir(generic, 0700) == 0 && mkdir(home, 0700) == 0) {
		make_wrappers_of(build, "include/uapi");
		make_wrappers_of(build, "include");
	}
	free(home);
	free(generic);
}

static void set_defaults(struct request *request, bool has_tree)
{
	if (!request->mem_mib)
		request->mem_mib = has_tree || request->guard ? TREE_MEM_MIB : DEFAULT_MEM_MIB;
	if (!request->limit_seconds)
		request->limit_seconds = has_tree ? TREE_SECONDS : DEFAULT_SECONDS;
}

int tree_find(struct request *request, struct build *build)
{
	if (request->ktree && !is_tree(request->ktree))
		return unusable(
			"--ktree: '%s' is no kernel tree: it has no include/linux/kernel.h",
			request->ktree);
	build->tree = tree_asked_for(request);
	for (size_t i = 0; i < request->files.count; i++)
		build->uses_kunit = build->uses_kunit || mentions(request->files.at[i], "<kunit/");
	build->has_tree_kunit = build->uses_kunit && request->wants_tree_kunit;
	if (build->has_tree_kunit && !build->tree)
		build->tree = tree_at_hand();
	if (build->has_tree_kunit && !build->tree)
		return unusable("--kunit-core tree: there is no kernel tree; name one with --ktree "
				"DIR (the package linux-source-6.12 brings it as an archive to "
				"unpack)");
	if (build->has_tree_kunit && !has_file(build->tree, kunit_core[0]))
		return unusable("the kernel tree '%s' has no KUnit (lib/kunit)", build->tree);
	if (build->tree) {
		tell_version(build->tree);
		make_wrappers(build);
		make_own_headers(request, build);
	}
	set_defaults(request, build->tree);
	return 0;
}

bool tree_holds(const struct build *build, const char *source)
{
	char *real = build->tree ? realpath(source, NULL) : NULL;
	size_t bytes = build->tree ? strlen(build->tree) : 0;
	bool is_inside = real && strncmp(real, build->tree, bytes) == 0 && real[bytes] == '/';

	free(real);
	return is_inside;
}

/* True: one of the files to check is @path itself. */
static bool is_named(const struct request *request, const char *path)
{
	char *real = realpath(path, NULL);
	bool found = false;

	for (size_t i = 0; real && !found && i < request->files.count; i++) {
		char *named = realpath(request->files.at[i], NULL);

		found = named && strcmp(named, real) == 0;
		free(named);
	}
	free(real);
	return found;
}

static void add_source_below(struct words *files, const char *dir, const char *below)
{
	char *path = text_format("%s/%s", dir, below);

	if (access(path, R_OK) == 0)
		words_add(files, path);
	free(path);
}

void tree_kunit_files(const struct request *request, const struct build *build,
		      struct words *ret_files)
{
	for (size_t i = 0; i < sizeof(kunit_core) / sizeof(kunit_core[0]); i++) {
		char *path = text_format("%s/%s", build->tree, kunit_core[i]);

		if (access(path, R_OK) == 0 && !is_named(request, path))
			words_add(ret_files, path);
		free(path);
	}
	for (size_t i = 0; i < build->include_dirs.count; i++)
		add_source_below(ret_files, build->include_dirs.at[i], "km/kunit_slab.c");
}

/* -- what the library does not have, but the tree's own library does -- */

static bool exports(const char *text, const char *name)
{
	char *plain = text_format("EXPORT_SYMBOL(%s)", name);
	char *gpl = text_format("EXPORT_SYMBOL_GPL(%s)", name);
	bool found = strstr(text, plain) || strstr(text, gpl);

	free(plain);
	free(gpl);
	return found;
}

static char *exporter_in(const struct build *build, const char *below, const char *name)
{
	char *path = text_format("%s/%s", build->tree, below), *found = NULL;
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && !found && (entry = readdir(dir))) {
		const char *dot = strrchr(entry->d_name, '.');
		char *file, *text;

		if (!dot || strcmp(dot, ".c") != 0)
			continue;
		file = text_format("%s/%s", path, entry->d_name);
		text = whole_file_text(file);
		if (exports(text, name))
			found = need_copy(file);
		free(text);
		free(file);
	}
	if (dir)
		closedir(dir);
	free(path);
	return found;
}

char *tree_exporter(const struct build *build, const char *name)
{
	static const char *const places[] = { "lib", "lib/math", "lib/crypto" };
	char *found = NULL;

	for (size_t i = 0; build->tree && !found && i < sizeof(places) / sizeof(places[0]); i++)
		found = exporter_in(build, places[i], name);
	/* xarray.c takes its nodes from there; they are not exported. */
	if (build->tree && !found && is_prefix(name, "radix_tree_"))
		found = text_format("%s/lib/radix-tree.c", build->tree);
	return found;
}

static void add_below(struct words *words, const char *option, const char *tree, const char *below)
{
	char *path = text_format("%s/%s", tree, below);

	if (access(path, R_OK) == 0)
		add_pair(words, option, path);
	free(path);
}

/* T1: behind every -I and -isystem there is. */
void tree_flags(const struct build *build, const char *source, struct words *words)
{
	if (!build->tree)
		return;
	words_add(words, "-DKM_TREE");
	add_below(words, "-idirafter", build->tree, "include");
	add_below(words, "-idirafter", build->tree, "include/uapi");
	add_below(words, "-idirafter", build->directory, "generic");
	add_below(words, "-idirafter", build->tree, "arch/x86/include/uapi");
	/* A test that looks into the slab allocator finds our idea of it, not the tree's. */
	if (mentions(source, "mm/slab.h\""))
		add_pair(words, "-include", "mm/slab.h");
}
