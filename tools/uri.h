/* SPDX-License-Identifier: MIT */
/* uri.h - file names as code hosts want them: relative to the top of what was checked out */
#ifndef URI_H
#define URI_H

#include <stdbool.h>

/* The directory names are relative to: $GITHUB_WORKSPACE where it holds the working directory. */
const char *base_directory(void);
/* @file relative to it, without "." and ".."; an absolute path when it does not lie below. */
char *base_path(const char *file);
bool is_below_base(const char *path); /* of what base_path() returned */
/* Of such a path: "src/a%20b.c", "file:///usr/x.h".  The caller frees. */
char *uri_of(const char *path);
char *uri_of_directory(const char *path); /* ends with a slash */

#endif
