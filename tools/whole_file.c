/* SPDX-License-Identifier: MIT */
/*
 * whole_file.c - a file read whole, and one that appears whole or not at all
 *
 * W1  What is written goes to a file beside it first, which then takes its place.  A link stays:
 * the file it leads to is replaced. W2  What is no regular file - a pipe, a terminal, /dev/null -
 * is written to as it is.
 */
#include "whole_file.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool whole_file_read(const char *path, struct text *text)
{
	FILE *file = fopen(path, "r");
	char part[65536];
	size_t bytes;
	bool is_good;

	text_put(text, "", 0);
	if (!file)
		return false;
	while ((bytes = fread(part, 1, sizeof(part), file)) > 0)
		text_put(text, part, bytes);
	is_good = !ferror(file);
	fclose(file);
	return is_good;
}

char *whole_file_text(const char *path)
{
	struct text text = { 0 };

	whole_file_read(path, &text);
	return text.data;
}

char *whole_file_first_line(const char *path)
{
	struct text text = { 0 };

	if (!whole_file_read(path, &text)) {
		text_drop(&text);
		return NULL;
	}
	text.data[strcspn(text.data, "\n")] = 0;
	return text.data;
}

/* The file itself where @path is a link. */
static char *target_of(const char *path)
{
	char *real = realpath(path, NULL);

	return real ? real : need_copy(path);
}

static bool is_written_as_it_is(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

static int beside_open(const char *path, char **ret_beside)
{
	*ret_beside = text_format("%s.%ld.part", path, (long)getpid());
	return open(*ret_beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

int whole_file_try(const char *path, const char *option)
{
	struct stat about;
	char *target, *beside;
	int fd, error = 0;

	if (!*path || !strcmp(path, "-"))
		return unusable("%s takes the name of a file, not '%s'", option, path);
	if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
		return unusable("%s: '%s' is a directory", option, path);
	if (is_written_as_it_is(path)) {
		if (access(path, W_OK) == 0)
			return 0;
		return unusable("%s: cannot write '%s': %s", option, path, strerror(errno));
	}
	target = target_of(path);
	fd = beside_open(target, &beside);
	if (fd < 0)
		error = errno;
	else
		close(fd);
	if (fd >= 0)
		unlink(beside);
	free(beside);
	free(target);
	return error ? unusable("%s: cannot write '%s': %s", option, path, strerror(error)) : 0;
}

/* 0, or the error. */
static int put_all(int fd, const char *bytes, size_t count)
{
	while (count) {
		ssize_t written = write(fd, bytes, count);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return errno;
		bytes += written;
		count -= (size_t)written;
	}
	return 0;
}

int whole_file_write(const char *path, const char *bytes, size_t count)
{
	bool is_direct = is_written_as_it_is(path);
	char *target = target_of(path), *beside = NULL;
	int fd = is_direct ? open(path, O_WRONLY | O_CLOEXEC) : beside_open(target, &beside);
	int error = fd < 0 ? errno : put_all(fd, bytes, count);

	if (fd >= 0 && close(fd) && !error)
		error = errno;
	if (!error && !is_direct && rename(beside, target))
		error = errno;
	if (error && !is_direct && fd >= 0)
		unlink(beside);
	free(beside);
	free(target);
	return error ? unusable("cannot write '%s': %s", path, strerror(error)) : 0;
}
