/* SPDX-License-Identifier: MIT */
/* check_build.h - between the parts that make the checked program */
#ifndef CHECK_BUILD_H
#define CHECK_BUILD_H

#include "check.h"

struct compiler {
	struct words command;
	bool is_clang;
	char *headers;
};

/* 0, or 2 after a message. */
int compiler_find(struct compiler *compiler, const struct request *request,
		  const struct build *build);
int check_readable(const char *path);
int compile(const struct compiler *compiler, const struct request *request,
	    const struct build *build, const char *source, const char *object);

void add_pair(struct words *words, const char *first, const char *second);

#endif
