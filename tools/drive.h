/* SPDX-License-Identifier: MIT */
/* drive.h - the script of --drive, and what came of it */
#ifndef DRIVE_H
#define DRIVE_H

#include "check.h"

struct maker;

/*
 * --drive: the script, "auto" or "none", into the request; 0, or 2 after a line that says what is
 * wrong with it.  What is not asked for is auto.
 */
int drive_option(struct request *request, const char *word);

/* A record of the program: a step of the base run that went otherwise than it should. */
void drive_take(struct run *run, const char *kind, uint64_t line, const char *text);
/* Steps that came to something else than the script expects become findings. */
void drive_find(struct maker *maker, const struct run *base);
/* ioctl_words.c: what the module's ioctl() knows becomes a part of "auto". */
void ioctl_words_learn(struct request *request, const struct build *build);
/* The rest is told on standard error; 2: the script names a file that is not there. */
int drive_tell(const struct request *request, const struct run *base);

#endif
