/* SPDX-License-Identifier: MIT */
/* github.h - a finding as a line of a log that GitHub Actions shows in the diff */
#ifndef GITHUB_H
#define GITHUB_H

#include <stdio.h>

enum github_level { GITHUB_ERROR, GITHUB_WARNING, GITHUB_NOTICE };

/* @file may be NULL; @line and @column 0: not known.  @text may have several lines. */
void github_line(FILE *out, enum github_level level, const char *file, int line, int column,
		 const char *title, const char *text);

#endif
