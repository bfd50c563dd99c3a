/* SPDX-License-Identifier: MIT */
/*
 * shadow.h - which bytes of memory checked code may touch
 *
 * One shadow byte for 8 bytes of memory, the encoding of the compilers' address sanitizer: 0 all 8
 * may be touched, 1..7 only the first so many, a code below 0 none. One of ours: SHADOW_ASK + 0..7
 * is what 0..7 are, and compiled code asks at each access.
 */
#ifndef RULES_SHADOW_H
#define RULES_SHADOW_H

#include "rules/rules.h"

enum shadow_code {
	SHADOW_OPEN = 0,
	SHADOW_ASK = 0x80,
	SHADOW_REDZONE = 0xfc,		/* beside an object, or a slot never handed out */
	SHADOW_FREED = 0xfb,		/* an object that was freed */
	SHADOW_PAGE_REDZONE = 0xfe,	/* behind the last byte asked for of pages or an area */
	SHADOW_PAGE_FREED = 0xff,
	/* written by compilers, beside and in place of variables of the checked code */
	SHADOW_STACK_LEFT = 0xf1,
	SHADOW_STACK_MIDDLE = 0xf2,
	SHADOW_STACK_RIGHT = 0xf3,
	SHADOW_STACK_SCOPE = 0xf8,	/* a variable whose block has ended */
	SHADOW_ALLOCA_LEFT = 0xca,
	SHADOW_ALLOCA_RIGHT = 0xcb,
	SHADOW_GLOBAL = 0xf9,		/* behind a static variable; ours */
	SHADOW_QUEUE_GONE = 0xf6,	/* first of a workqueue that was destroyed; ours */
	SHADOW_SHRINKER_GONE = 0xf7,	/* a shrinker that was freed; ours */
};

bool shadow_is_on(void);
/* start is a multiple of 8; exactly these bytes */
void shadow_open(uintptr_t start, size_t bytes);
/* The same, and what follows up to @usable is closed. */
void shadow_open_object(uintptr_t start, size_t bytes, size_t usable, enum shadow_code code);
/* Whole 8-byte grains from start (rounded up) to start + bytes (rounded up). */
void shadow_close(uintptr_t start, size_t bytes, enum shadow_code code);
/* The byte of the grain that holds @address, as it would be without ASK. */
uint8_t shadow_at(uintptr_t address);
/* The first byte of the range that may not be touched, 0 if none; its code. */
uintptr_t shadow_bad_byte(uintptr_t start, size_t bytes, uint8_t *ret_code);

/*
 * Most accesses, in few instructions: aligned, and to a whole grain that is open. false: ask.
 * @bytes is 1, 2, 4 or 8.
 */
#ifdef KM_PORT_SHADOW_OFFSET
static inline bool shadow_is_plain(uintptr_t address, size_t bytes)
{
	/* Rotated, so that one comparison finds what is not aligned and what is too high. */
	uintptr_t unit = address / bytes | address << (64 - __builtin_ctzl(bytes)) % 64;

	return unit < KM_PORT_SHADOW_LIMIT / bytes &&
	       !*(const uint8_t *)((address >> 3) + KM_PORT_SHADOW_OFFSET);
}

/* The same where compiled code asks: the byte is 0 or ASK. */
static inline bool shadow_is_whole(uintptr_t address, size_t bytes)
{
	uintptr_t unit = address / bytes | address << (64 - __builtin_ctzl(bytes)) % 64;

	return unit < KM_PORT_SHADOW_LIMIT / bytes &&
	       !(*(const uint8_t *)((address >> 3) + KM_PORT_SHADOW_OFFSET) &
		 (uint8_t)~SHADOW_ASK);
}
#else
static inline bool shadow_is_whole(uintptr_t address, size_t bytes)
{
	return false;
}

static inline bool shadow_is_plain(uintptr_t address, size_t bytes)
{
	return false;
}
#endif

#endif
