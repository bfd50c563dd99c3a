/* SPDX-License-Identifier: MIT */
/* whole_file.h - a file that appears whole or not at all */
#ifndef WHOLE_FILE_H
#define WHOLE_FILE_H

#include <stddef.h>

/* Can @path be written later?  0, or 2 after one line that names @option. */
int whole_file_try(const char *path, const char *option);
/* 0, or 2 after one line; then what was there before is still there. */
int whole_file_write(const char *path, const char *bytes, size_t count);

#endif
