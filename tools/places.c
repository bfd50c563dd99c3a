/* SPDX-License-Identifier: MIT */
/*
 * places.c - where the headers and the archive of `kmalloc check` lie
 *
 * Found from the place of this executable: BUILD/kmalloc in a source tree, or PREFIX/bin/kmalloc.
 * Nothing is compiled in but the name of the library directory below the prefix, so that a tree or
 * a prefix may be moved.
 */
#include "check.h"
#include "whole_file.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARCHIVE "libkmalloc-check.a"

static bool add_dir(struct places *places, const char *base, const char *below,
		    const char *must_have)
{
	char *dir = text_format("%s/%s", base, below), *file = text_format("%s/%s", dir, must_have);
	bool is_there = access(file, R_OK) == 0;

	if (is_there) {
		char *real = realpath(dir, NULL);

		words_add(&places->include_dirs, real ? real : dir);
		free(real);
	}
	free(dir);
	free(file);
	return is_there;
}

/* BUILD/kmalloc: the archive lies beside it; a file of the build tells where the sources are. */
static bool find_in_build_tree(struct places *places, const char *base)
{
	char *note = text_format("%s/packaging/source-root", base);
	char *root = whole_file_first_line(note);

	free(note);
	if (!root)
		return false;
	/* A tree that was moved with its build directory inside is found all the same. */
	if (access(root, R_OK) != 0)
		root = text_format("%s/..", base);
	places->archive = text_format("%s/" ARCHIVE, base);
	return access(places->archive, R_OK) == 0 &&
	       add_dir(places, root, "include/kernel", "linux/kconfig.h") &&
	       add_dir(places, root, "include", "kmalloc/machine.h");
}

/* PREFIX/bin/kmalloc */
static bool find_in_prefix(struct places *places, const char *base)
{
	places->archive = text_format("%s/../" KM_LIBDIR "/kmalloc/" ARCHIVE, base);
	return access(places->archive, R_OK) == 0 &&
	       add_dir(places, base, "../" KM_INCLUDEDIR "/kmalloc-kernel", "linux/kconfig.h");
}

/* Without debug information it links in half the time; which one is linked changes no address. */
static void take_lean(struct places *places)
{
	static const char end[] = ".a";
	int bytes = (int)(strlen(places->archive) - strlen(end));
	char *lean = text_format("%.*s-lean%s", bytes, places->archive, end);

	if (access(lean, R_OK) == 0)
		places->archive = lean;
}

static bool find(struct places *ret_places)
{
	char self[PATH_MAX];
	ssize_t bytes = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (bytes <= 0)
		return false;
	self[bytes] = 0;
	slash = strrchr(self, '/');
	if (!slash)
		return false;
	*slash = 0;
	*ret_places = (struct places){ 0 };
	if (find_in_build_tree(ret_places, self))
		return true;
	*ret_places = (struct places){ 0 };
	return find_in_prefix(ret_places, self);
}

bool places_find(struct places *ret_places, bool keep)
{
	bool is_found = find(ret_places);

	if (is_found && !keep)
		take_lean(ret_places);
	return is_found;
}
