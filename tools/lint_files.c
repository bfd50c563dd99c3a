/* SPDX-License-Identifier: MIT */
/*
 * lint_files.c - which files a lint reads
 *
 * A directory stands for all .c files below it, in the order of their names; hidden directories and
 * symbolic links are passed by.  A file that is named itself is read whatever its name is.
 * F1  A file without any word of `triggers` cannot have a finding and is not given to spatch.
 */
#include "lint.h"
#include "whole_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const triggers[] = {
	"kmalloc",     "kzalloc",     "kcalloc",  "krealloc",  "kvmalloc",	"kvzalloc",
	"kvcalloc",    "kvrealloc",   "memdup",	  "strdup",    "strndup",	"asprintf",
	"vmalloc",     "vzalloc",     "vcalloc",  "kmem_cache", "alloc_percpu", "get_free_page",
	"alloc_page",  "zeroed_page", "dma_alloc", "dma_pool",	"dma_map_",	"kfree",
	"vfree",       "consume_skb", "spin_lock", "read_lock", "write_lock",	"request_irq",
	"request_threaded_irq",	      "timer_setup", "tasklet_",
};

char *lint_file_text(const char *path)
{
	struct text text = { 0 };

	if (whole_file_read(path, &text))
		return text.data;
	text_drop(&text);
	return NULL;
}

static bool may_matter(const char *text)
{
	for (size_t i = 0; i < sizeof(triggers) / sizeof(triggers[0]); i++)
		if (strstr(text, triggers[i]))
			return true;
	return false;
}

static int add_file(const char *path, struct words *files, size_t *seen)
{
	char *text = lint_file_text(path);

	if (!text)
		return unusable("cannot read '%s': %s", path, strerror(errno));
	/* spatch is given a list with a file a line. */
	if (strchr(path, '\n'))
		return unusable("the name of a file has a line break: '%s'", path);
	(*seen)++;
	if (may_matter(text))
		words_add(files, path);
	free(text);
	return 0;
}

static int by_name(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_source(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && strcmp(dot, ".c") == 0;
}

static int add_directory(const char *path, struct words *files, size_t *seen)
{
	DIR *dir = opendir(path);
	struct words names = { 0 };
	struct dirent *entry;
	int status = 0;

	if (!dir)
		return unusable("cannot read the directory '%s': %s", path, strerror(errno));
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			words_add(&names, entry->d_name);
	closedir(dir);
	if (names.count)
		qsort(names.at, names.count, sizeof(*names.at), by_name);
	for (size_t i = 0; i < names.count && !status; i++) {
		const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
		char *below = text_format("%s%s%s", path, slash, names.at[i]);
		struct stat about;

		if (lstat(below, &about) == 0 && S_ISDIR(about.st_mode))
			status = add_directory(below, files, seen);
		else if (S_ISREG(about.st_mode) && is_source(names.at[i]))
			status = add_file(below, files, seen);
		free(below);
		free(names.at[i]);
	}
	free(names.at);
	return status;
}

int files_collect(const struct words *paths, struct words *ret_files, size_t *ret_seen)
{
	int status = 0;

	for (size_t i = 0; i < paths->count && !status; i++) {
		struct stat about;

		if (stat(paths->at[i], &about) < 0)
			status = unusable("cannot read '%s': %s", paths->at[i], strerror(errno));
		else if (S_ISDIR(about.st_mode))
			status = add_directory(paths->at[i], ret_files, ret_seen);
		else
			status = add_file(paths->at[i], ret_files, ret_seen);
	}
	if (!status && !*ret_seen)
		status = unusable("there is no .c file to lint");
	return status;
}
