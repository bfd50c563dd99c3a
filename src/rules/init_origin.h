/* SPDX-License-Identifier: MIT */
/*
 * init_origin.h - where a value that nobody wrote comes from
 *
 * An origin is a number with INIT_STORED or without; 0: not known.
 */
#ifndef RULES_INIT_ORIGIN_H
#define RULES_INIT_ORIGIN_H

#include "rules/rules.h"

#define INIT_STORED	0x80000000u	/* V2 of init_shadow.c */

enum origin_kind {
	ORIGIN_ALLOCATED,	/* what: the function that returned it */
	ORIGIN_LOCAL,		/* what: the compiler's description of the variable */
	ORIGIN_STORED,		/* a copy: before tells of what */
};

struct origin {
	const char *what;
	size_t bytes;		/* of the object or variable */
	uint32_t stack;		/* number of stack.c */
	uint32_t before;	/* STORED: the origin of the value */
	uint32_t depth;		/* how many copies it went through */
	uint32_t next;		/* in the same slot of the table */
	uint8_t kind;
};

uint32_t origin_of_allocation(const char *what, size_t bytes, uint32_t stack);
uint32_t origin_of_local(const char *description, size_t bytes, uintptr_t pc);
/* @frame: of the function that instrumented code called */
uint32_t origin_of_store(uint32_t before, uintptr_t frame);
const struct origin *origin_read(uint32_t id);	/* NULL: not known */
uint32_t origin_root(uint32_t id);
void origin_forget(void);

/*
 * The last load that brought in a value nobody wrote: when it is told of, that memory counts as
 * written, so that one mistake is one finding.
 */
void origin_note_load(uintptr_t address, size_t bytes, uint32_t origin);
/* Its bytes, if it had this root; 0: there is none. */
size_t origin_take_load(uint32_t root, uintptr_t *ret_address);

/* Was it one of a pointer, and not told of yet? */
bool origin_last_load(uint32_t *ret_origin, uintptr_t *ret_address);

#endif
