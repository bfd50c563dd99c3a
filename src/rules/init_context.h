/* SPDX-License-Identifier: MIT */
/*
 * init_context.h - what instrumented functions tell each other about arguments and results
 */
#ifndef RULES_INIT_CONTEXT_H
#define RULES_INIT_CONTEXT_H

#include "rules/rules.h"

#define INIT_ARG_BYTES	800u

/* The layout is the compiler's: clang, KernelMemorySanitizer. */
struct init_state {
	uint8_t param[INIT_ARG_BYTES];
	uint8_t result[INIT_ARG_BYTES];
	uint8_t va_arg[INIT_ARG_BYTES];
	uint8_t va_arg_origin[INIT_ARG_BYTES];
	uint64_t va_arg_overflow_bytes;
	uint32_t param_origin[INIT_ARG_BYTES / 4];
	uint32_t result_origin, unused;
};

/* At the entry of the function whose frame pointer is @frame and who returns to @caller. */
struct init_state *init_state_enter(uintptr_t frame, uintptr_t caller);
/* The one that the function with this frame pointer got. */
struct init_state *init_state_of(uintptr_t frame);
/* A function that the library called is about to return; @frame: of what it calls at its end. */
void init_ends(uintptr_t frame);
/* The function with this frame pointer has a local variable at @address. */
void init_context_local(uintptr_t frame, uintptr_t address);
/* Bytes behind @address that hold what this function was handed by value; 0: not such a place. */
size_t init_context_by_value(uintptr_t frame, uintptr_t address);
void init_context_forget(void);
void init_context_end(const void *task);	/* the task runs no checked code any more */

#endif
