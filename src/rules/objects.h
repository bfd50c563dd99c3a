/* SPDX-License-Identifier: MIT */
/*
 * objects.h - the record of every object the machine handed out, by address
 *
 * Callers hold rules_lock.  A record stays after the free until its addresses are handed out again,
 * so that a second free and a late access can be explained.
 */
#ifndef RULES_OBJECTS_H
#define RULES_OBJECTS_H

#include "rules/rules.h"

enum object_state {
	OBJECT_UNUSED,		/* a record on the free list */
	OBJECT_LIVE,
	OBJECT_FREED,
};

/* Two lines of the cache: nearly each that is touched was last touched long ago. */
struct object {
	uintptr_t start;
	size_t bytes;			/* asked for */
	size_t usable;			/* of the slot; at least bytes */
	struct kmem_cache *cache;	/* CACHE: where it came from */
	const char *what;		/* the function that returned it */
	const char *freed_by;		/* the function that freed it */
	const char *alloc_comm, *free_comm;
	const char *test;		/* the KUnit case it was handed out in; NULL: none */
	const char *cache_name;		/* stays when the cache is gone */
	uint32_t alloc_stack, free_stack;	/* numbers of stack.c */
	uint8_t family, order;
	uint8_t state;			/* enum object_state */
	uint8_t pooled;			/* FREED: enum km_pooled of the free */
	uint8_t free_kind;		/* FREED: kern_context_number() of the free */
	bool is_exact;			/* PAGES: counted in bytes */
	bool is_told;			/* a finding has named it: the ledger is silent */
	bool is_module;			/* handed out in the module's life */
	bool is_lost;			/* a scan found nothing that refers to it */
	uint8_t hints;			/* enum object_hint of leak_scan.h */
	uint32_t scan_round;		/* the last scan that reached it */
	struct object *scan_next;
	struct object *hash_next;
	struct object *page_next;	/* next record that starts in the same page */
} __attribute__((aligned(64)));

void objects_forget(void);
/* a record could not be made since objects_forget(): what is not known may be right */
bool objects_lost(void);
struct object *object_at(uintptr_t start);		/* starts exactly there; NULL if none */
/* Its record will be wanted: by then where it is should be known, and before that be looked for. */
void object_expect(uintptr_t start);
void object_expect_later(uintptr_t start);
/* its slot contains the address; NULL if none */
struct object *object_around(uintptr_t address);
/*
 * The live or freed object whose edge is nearest to @address, not farther than @reach bytes; a live
 * one wins a tie.
 */
struct object *object_near(uintptr_t address, size_t reach);
/*
 * A record for [start, start + usable); older ones that overlap are dropped when @clear says so.
 * NULL: no memory.
 */
struct object *object_add(uintptr_t start, size_t usable, bool clear);
void object_drop(struct object *object);
/*
 * Those that begin in the page of @address, linked by page_next; NULL: none. *ret_cover: the one
 * that begins before and reaches into it, or NULL.
 */
struct object *objects_of_page(uintptr_t address, struct object **ret_cover);
/* Set the bit of each word of the page at @page that belongs to a record; 64 words an element. */
void objects_cover(uintptr_t page, uint64_t *bits);
void objects_drop_range(uintptr_t start, size_t bytes);	/* every record that touches the range */
/*
 * Walks all records in use, in an order that depends on nothing but the events: start with an empty
 * walk.
 */
struct object_walk { void *batch; uint32_t at; };
struct object *object_next(struct object_walk *walk);	/* NULL: no more */
/* a copy that stays, the same for equal names */
const char *object_text_keep(const char *text);
/* the same of a cache's name, until objects_forget_names(): a cache may have got another's place */
const char *object_cache_keep(const struct kmem_cache *cache, const char *name);
void objects_forget_names(void);
const char *object_comm_keep(const char *comm);	/* the same of the 16 bytes of a task's name */

#endif
