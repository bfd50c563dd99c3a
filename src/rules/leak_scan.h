/* SPDX-License-Identifier: MIT */
/*
 * leak_scan.h - which objects something still refers to, and what users told the scanner
 *
 * The machine is quiet: one thread runs, and nothing is made or freed meanwhile.
 */
#ifndef RULES_SCAN_H
#define RULES_SCAN_H

#include "rules/objects.h"

/* -- leak_scan.c -- */
/* Look through all memory; after it scan_reached() answers. */
void scan_mark(void);
bool scan_reached(const struct object *object);
/* for tests: look through [@start, @start + @bytes) only, a root */
void scan_mark_from(const void *start, size_t bytes);

/* -- hint.c: linux/kmemleak.h -- */
enum object_hint {
	HINT_EXCUSED = 1,	/* no leak, whoever refers to it */
	HINT_BLIND = 2,		/* what is in it refers to nothing */
	HINT_AREAS = 4,		/* only the areas named refer */
	HINT_TRANSIENT = 8,	/* no leak at the next scan */
};

/* A block that its user handed to kmemleak_alloc(): part of an object, or of a variable. */
struct hint_block {
	struct hint_block *next;
	uintptr_t start;
	size_t bytes;
	int least, seen;	/* references it needs; those met by this scan */
	uint32_t stack;		/* number of stack.c */
	bool is_told;
};

void hint_forget(void);
void hint_see(const struct km_event *event);
struct hint_block *hint_blocks(void);		/* the first; only those whose memory is there */
/* the areas of @object, one by one: start with NULL */
struct hint_area {
	struct hint_area *next;
	uintptr_t object, start;
	size_t bytes;
};
const struct hint_area *hint_area_next(const struct object *object, const struct hint_area *area);

#endif
