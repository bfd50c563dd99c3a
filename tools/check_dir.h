/* SPDX-License-Identifier: MIT */
/* check_dir.h - a check of all modules of a tree, and one check of it */
#ifndef CHECK_DIR_H
#define CHECK_DIR_H

#include "check.h"

/* check_dir.c: sorts the words behind -C DIR into variables of make and names of modules. */
int directory_words(struct request *request);
int check_directory(struct request *request);

/* check.c: one module; the exit status. */
int check_module(struct request *request);
int unusable_places(void);

/* check_params.c: which --param the built module takes; 0, or 2 after a message. */
int params_take(struct request *request, const struct build *build);
/* True, after a message: @run ended because a parameter did not take its value. */
bool params_refused(const struct request *request, const struct run *run);

#endif
