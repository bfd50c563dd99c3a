/* SPDX-License-Identifier: MIT */
/* check_init.h - the second program of a check: the module built to look for memory nobody wrote */
#ifndef CHECK_INIT_H
#define CHECK_INIT_H

#include "check_build.h"
#include "finding.h"

/*
 * Between @module and the library a function for each call of one into the other: the object of
 * them.  NULL after a message.
 */
char *init_calls_make(const struct build *build, const char *module);

/* Its runs; their findings join @reports. 0, or the status to end with. */
int init_check(const struct request *request, const struct build *build, struct sweep *ret_sweep);
void init_reports(struct reports *reports, const struct request *request,
		  const struct build *build, const struct sweep *sweep);
/* When nothing was found, but runs of it stopped early, that is told. */
void init_tell(const struct reports *reports, const struct sweep *sweep);

#endif
