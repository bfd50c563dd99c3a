/* SPDX-License-Identifier: MIT */
/*
 * shadow.h - which bytes of memory checked code may touch
 *
 * One shadow byte for 8 bytes of memory, the encoding of the compilers' address sanitizer: 0 all 8
 * may be touched, 1..7 only the first so many, a code below 0 none.
 */
#ifndef RULES_SHADOW_H
#define RULES_SHADOW_H

#include "rules/rules.h"

enum shadow_code {
	SHADOW_OPEN = 0,
	SHADOW_REDZONE = 0xfc,		/* beside an object, or a slot never handed out */
	SHADOW_FREED = 0xfb,		/* an object that was freed */
	SHADOW_PAGE_REDZONE = 0xfe,	/* behind the last byte asked for of pages or an area */
	SHADOW_PAGE_FREED = 0xff,
};

bool shadow_is_on(void);
/* start is a multiple of 8; exactly these bytes */
void shadow_open(uintptr_t start, size_t bytes);
/* Whole 8-byte grains from start (rounded up) to start + bytes (rounded up). */
void shadow_close(uintptr_t start, size_t bytes, enum shadow_code code);
/* The first byte of the range that may not be touched, 0 if none; its code. */
uintptr_t shadow_bad_byte(uintptr_t start, size_t bytes, uint8_t *ret_code);

#endif
