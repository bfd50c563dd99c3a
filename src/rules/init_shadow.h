/* SPDX-License-Identifier: MIT */
/*
 * init_shadow.h - which bits of memory nobody has written yet, and where they come from
 *
 * One shadow byte for each byte of memory, a set bit says "not written"; one origin (init_origin.h)
 * for each 4 bytes.  Only the program that is compiled with -fsanitize=kernel-memory has them.
 */
#ifndef RULES_INIT_SHADOW_H
#define RULES_INIT_SHADOW_H

#include "rules/rules.h"

struct init_meta {
	void *shadow;
	uint32_t *origin;
};

/* This program has the instrumentation, and the machine is up: something is kept. */
bool init_is_on(void);
int init_shadow_open(void);		/* 0 or negative errno */
void init_shadow_close(void);

/* For the compiler's loads and stores; an address that is not kept track of has a page of zeros. */
struct init_meta init_load(uintptr_t address, size_t bytes);
struct init_meta init_store(uintptr_t address, size_t bytes);
/* What follows is a store of the range without an origin (a structure as an argument). */
void init_store_whole(uintptr_t address, size_t bytes);

/* A structure that may be handed on by value lies here. */
void init_note_source(uintptr_t address);
/*
 * A copy of such a one lies at the lower end of [start, start + bytes), and its shadow will be put
 * down without origins.
 */
void init_by_value(uintptr_t start, size_t bytes);

/* Not written from now on: the bytes are filled with a pattern (V1). */
void init_poison(uintptr_t start, size_t bytes, uint32_t origin);
void init_unpoison(uintptr_t start, size_t bytes);
/* The first byte of the range with a bit nobody wrote, 0 if none; its origin. */
uintptr_t init_find(uintptr_t start, size_t bytes, uint32_t *ret_origin);
/* No byte of the range was ever written. */
bool init_is_untouched(uintptr_t start, size_t bytes);
/* memmove() with all that is known of the bytes. */
void init_copy(void *dest, const void *source, size_t bytes);
/* Code that is not instrumented is about to copy them. */
void init_will_copy(uintptr_t dest, uintptr_t source, size_t bytes);
/* @dest holds a copy of @source already, made by code that is not instrumented. */
void init_copied(uintptr_t dest, uintptr_t source, size_t bytes);

#endif
