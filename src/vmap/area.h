/* SPDX-License-Identifier: MIT */
/*
 * area.h - one range of virtual addresses with frames behind it, and its guard page
 *
 * Lock: vmap_lock for the tree, the state of an area and the list of those to be freed later.
 */
#ifndef VMAP_AREA_H
#define VMAP_AREA_H

#include <linux/mm_types.h>
#include <linux/rbtree.h>
#include <linux/vmalloc.h>
#include "kern/spin.h"

#define VM_NESTED_ARRAY	0x80000000UL	/* vm_flags: holds the frame array of a larger area */

enum area_state {
	AREA_LIVE,
	AREA_KEPT,	/* freed by its user, kept by a rule */
	AREA_GOING,	/* freed by its user, not yet unmapped */
};

/* Of a subtree: where it begins and ends, and its largest hole between two areas. */
struct area_span {
	uintptr_t low, high;
	size_t hole;
};

struct vmap_area {
	struct rb_node node;
	uintptr_t start;
	size_t bytes;			/* mapped pages and the guard page behind them */
	struct area_span span;
	size_t asked;			/* bytes the user asked for */
	struct page **frames;		/* one per mapped page */
	unsigned int pages;
	unsigned int runs;		/* of consecutive frames: the mappings the port needs */
	enum area_state state;
	bool owns_pages, owns_array;
	struct vmap_area *next_going;
	struct vm_struct vm;		/* what find_vm_area() shows */
};

extern struct km_spin vmap_lock;
extern unsigned long vmap_runs;		/* mappings in use */

/* -- space.c: the caller holds vmap_lock ------------------------------------------------------ */
void space_boot_locked(uintptr_t base, size_t bytes);
bool space_place_locked(struct vmap_area *area, size_t align);	/* sets start, links it */
void space_remove_locked(struct vmap_area *area);
struct vmap_area *space_find_locked(uintptr_t address);		/* guard page included */
struct vmap_area *space_first_locked(void);
struct vmap_area *space_next_locked(struct vmap_area *area);
bool space_holds(uintptr_t address);				/* no lock needed */
size_t space_bytes(void);

/* -- map.c ------------------------------------------------------------------------------------ */
int map_area(struct vmap_area *area);
void unmap_area(struct vmap_area *area);

/* -- area.c, bodies for the public calls and their watched twins ---------------------------- */
struct vmap_ask {
	size_t bytes, align;
	gfp_t gfp;
	const void *caller;
	unsigned long vm_flags;
	struct page **frames;	/* vmap(): these; NULL: fresh ones */
	unsigned int count;
};
void *area_make(const struct vmap_ask *ask);
/* LIVE or KEPT -> GOING; NULL: no area starts there */
struct vmap_area *area_retire(const void *address);
bool area_keep(const void *address);			/* LIVE -> KEPT */
void area_free(struct vmap_area *area);			/* task context */
void area_free_later(struct vmap_area *area);		/* any context but NMI */
int areas_boot(void);
void areas_flush(void);		/* what waits for the worker is gone after it */
void areas_shutdown(void);

#endif
