/* SPDX-License-Identifier: MIT */
/* stack_use.h - how much stack a kernel would have needed */
#ifndef STACK_USE_H
#define STACK_USE_H

#include "check.h"
#include "symbols.h"

struct stack_use;

struct stack_use *stack_use_open(const struct request *request, const struct build *build,
				 struct symbols *symbols);
/* The words for a candidate of stack-overflow (finding->frames) that is one; NULL: it fits. */
char *stack_use_judge(struct stack_use *use, const struct run_finding *finding);

#endif
