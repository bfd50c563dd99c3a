/* SPDX-License-Identifier: MIT */
/* asm_flow.h - which points of a function's assembly another point makes needless */
#ifndef ASM_FLOW_H
#define ASM_FLOW_H

#include <stdbool.h>
#include <stddef.h>

enum asm_word {
	ASM_OTHER,	/* neither of these */
	ASM_POINT,	/* the call that counts a point */
	ASM_HELPER,	/* a call that runs no code of others: a report, a check */
};

/*
 * For @count lines of x86-64 assembly as clang writes them: sets needless[i] of each line that is a
 * point behind another one on every way there, with no call and no variable in between.  A loop
 * with a point in it keeps one.  @classify says what a line with a call is.
 */
void asm_flow(char *const *lines, size_t count, enum asm_word (*classify)(const char *line),
	      bool *needless);

#endif
