/* SPDX-License-Identifier: MIT */
/* whole_file.h - a file read whole, and one that appears whole or not at all */
#ifndef WHOLE_FILE_H
#define WHOLE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct text;

/* Its bytes behind what @text holds, which is terminated in any case; false with errno. */
bool whole_file_read(const char *path, struct text *text);
/* What could be read of it: "" when nothing. */
char *whole_file_text(const char *path);
/* Without its newline; NULL with errno. */
char *whole_file_first_line(const char *path);

/* Can @path be written later?  0, or 2 after one line that names @option. */
int whole_file_try(const char *path, const char *option);
/* 0, or 2 after one line; then what was there before is still there. */
int whole_file_write(const char *path, const char *bytes, size_t count);

#endif
