/* SPDX-License-Identifier: MIT */
/*
 * uninit.h - findings of rule uninitialized-read, for the files that see a value used
 */
#ifndef RULES_UNINIT_H
#define RULES_UNINIT_H

#include "rules/rules.h"

enum uninit_use {
	UNINIT_VALUE,		/* a branch or an address depends on it */
	UNINIT_HANDED,		/* it is an argument of a function that acts on it */
	UNINIT_READ,		/* a function of the library reads the memory */
	UNINIT_USER,		/* copied to user space */
	UNINIT_DEVICE,		/* given to a device */
	UNINIT_ATOMIC,		/* changed by an atomic operation */
	UNINIT_OBJECT,		/* the object was never set up */
	UNINIT_ANSWER,		/* the library acts on what a callback returns */
};

/* @by: the function that uses it, NULL: the code itself; @frame: of the function it called. */
void uninit_value(uint32_t origin, enum uninit_use use, const char *by, uintptr_t frame);
/* A function that the library called, and whose end is stack number @end, answers with it. */
void uninit_answer(uint32_t origin, uint32_t end);
/* Tells if a byte of the range was not written, and then counts it as written. */
void uninit_check(uintptr_t start, size_t bytes, enum uninit_use use, const char *by,
		  uintptr_t frame);
/* @name() was called, and will copy what lies at @source to memory that it allocates. */
void uninit_will_dup(const char *name, uintptr_t source);
/* The program jumps to or touches an address that is a pattern nobody wrote over: true if told. */
bool uninit_fault(uintptr_t address, const struct km_stack *stack);

#endif
