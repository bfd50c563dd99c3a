/* SPDX-License-Identifier: MIT */
/*
 * chunk.h - one unit per CPU, all at the same distance, and which parts of a unit are taken
 *
 * An area lies at the same offset of every CPU's unit, so one map of a unit speaks for all.
 */
#ifndef PERCPU_CHUNK_H
#define PERCPU_CHUNK_H

#include <linux/gfp_types.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include "kern/spin.h"

#define PERCPU_GRANULE	4u		/* bytes; Linux: PCPU_MIN_ALLOC_SIZE */
#define PERCPU_CLASSES	24		/* of chunks, by their longest free run: fls() of it */

struct percpu_chunk {
	struct rb_node node;		/* by base */
	struct list_head list;		/* of its class */
	uintptr_t base;			/* CPU 0's unit */
	uint32_t granules;		/* of a unit */
	uint32_t capacity;		/* of these, what may be handed out */
	uint32_t free;
	uint32_t areas;
	uint32_t longest;		/* no free run is longer */
	uint32_t first_free;		/* no granule below it is free */
	uint32_t class;			/* of whose list it is a member */
	bool is_fixed;			/* made by boot, never given back */
	long slot;			/* of mapped addresses; -1: one block of frames */
	struct list_head frames;	/* in order of addresses, by lru */
	unsigned int record_order;	/* of the block that holds this record and its maps */
	unsigned long *taken;		/* a bit a granule */
	unsigned long *starts;		/* a bit where an area starts */
};

/* -- chunk.c: the caller holds percpu_lock, or nobody else knows the chunk --------------------- */
void chunk_clear(struct percpu_chunk *chunk, uint32_t reserved);
/* of an empty chunk: granules @begin .. @end - 1 are never handed out */
void chunk_shun(struct percpu_chunk *chunk, uint32_t begin, uint32_t end);
size_t chunk_record_bytes(uint32_t granules);
long chunk_take(struct percpu_chunk *chunk, uint32_t want, uint32_t align);
/* granules that became free; 0: no area starts at @at */
uint32_t chunk_give(struct percpu_chunk *chunk, uint32_t at);
uint32_t chunk_length(const struct percpu_chunk *chunk, uint32_t at);	/* 0: no area starts */
const char *chunk_fault(const struct percpu_chunk *chunk);	/* NULL: as it must be */

/* -- set.c: the caller holds percpu_lock ------------------------------------------------------- */
void set_boot_locked(void);
void set_add_locked(struct percpu_chunk *chunk);
void set_remove_locked(struct percpu_chunk *chunk);
struct percpu_chunk *set_find_locked(uintptr_t address);	/* in CPU 0's unit */
struct percpu_chunk *set_first_locked(void);
struct percpu_chunk *set_next_locked(struct percpu_chunk *chunk);
struct percpu_chunk *set_take_locked(uint32_t want, uint32_t align, uint32_t *ret_at);
uint32_t set_give_locked(struct percpu_chunk *chunk, uint32_t at);
/* A chunk with a run of at least @want, other than @but? */
bool set_has_run_locked(uint32_t want, const struct percpu_chunk *but);

/* -- unit.c: frames and addresses of a chunk --------------------------------------------------- */
void units_boot(void);
unsigned long units_slots_used(void);
struct percpu_chunk *chunk_make(gfp_t gfp);	/* NULL: no memory; sleeps as @gfp says */
void chunk_unmake(struct percpu_chunk *chunk);	/* task context */
struct percpu_chunk *chunk_make_first(bool watched);

/* -- area.c: bodies for the public calls and their watched twins ------------------------------- */
struct percpu_ask {
	size_t bytes, align;
	gfp_t gfp;
};
extern struct km_spin percpu_lock;
void *area_take(const struct percpu_ask *ask);
bool area_give(void *pointer);			/* false: no area starts there */
size_t area_bytes(const void *pointer);
int area_boot(bool watched);
unsigned long area_shutdown(void);

/* -- inspect.c --------------------------------------------------------------------------------- */
/* the frame behind an address in one of the units; NULL: in none, or not in a frame */
struct page *chunk_frame(uintptr_t address);

#endif
