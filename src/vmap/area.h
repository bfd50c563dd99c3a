/* SPDX-License-Identifier: MIT */
/*
 * area.h - one range of virtual addresses with frames behind it, and its guard page
 *
 * Lock: vmap_lock for the tree, the state of an area, the list of those to be freed later and the
 * list of those not purged.
 */
#ifndef VMAP_AREA_H
#define VMAP_AREA_H

#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/rbtree.h>
#include <linux/vmalloc.h>
#include "kern/spin.h"

#define VM_NESTED_ARRAY	0x80000000UL	/* vm_flags: holds the frame array of a larger area */
#define VM_RAM_MAP	0x40000000UL	/* vm_flags: vm_map_ram() */

enum area_state {
	AREA_LIVE,
	AREA_KEPT,	/* freed by its user, kept by a rule */
	AREA_GOING,	/* freed by its user, not yet unmapped */
	AREA_UNPURGED,	/* unmapped, its frames are gone; only its addresses are not free yet */
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
	struct page *only;		/* frames, of an area of one page */
	unsigned int pages;
	unsigned int runs;		/* of consecutive frames */
	enum area_state state;
	bool owns_pages, owns_array, in_window;
	struct vmap_area *next_going;
	struct list_head unpurged;	/* oldest first */
	struct vm_struct vm;		/* what find_vm_area() shows */
};

extern struct km_spin vmap_lock;
extern unsigned long vmap_runs;		/* mappings in use */

/* -- space.c: the caller holds vmap_lock ------------------------------------------------------ */
struct space_ask {
	size_t align;
	uintptr_t low, high;	/* within these; 0, 0: anywhere behind the windows */
};
void space_boot_locked(uintptr_t base, size_t bytes, size_t windows);
/* sets start, links it */
bool space_place_locked(struct vmap_area *area, const struct space_ask *ask);
bool space_put_locked(struct vmap_area *area, uintptr_t start);	/* false: something is there */
void space_remove_locked(struct vmap_area *area);
struct vmap_area *space_find_locked(uintptr_t address);		/* guard page included */
/* the first area that reaches beyond @address */
struct vmap_area *space_after_locked(uintptr_t address);
struct vmap_area *space_overlap_locked(uintptr_t start, size_t bytes);
struct vmap_area *space_first_locked(void);
struct vmap_area *space_next_locked(struct vmap_area *area);
bool space_holds(uintptr_t address);				/* no lock needed */
uintptr_t space_start(void);
size_t space_bytes(void);

/* -- map.c ------------------------------------------------------------------------------------ */
unsigned int count_runs(struct page *const *frames, unsigned int pages);
int map_area(struct vmap_area *area);
void unmap_area(struct vmap_area *area);

/* -- frames.c: what lies behind an area ------------------------------------------------------- */
struct vmap_ask {
	size_t bytes, align;
	gfp_t gfp;
	int node;		/* NUMA_NO_NODE: that of this CPU */
	const void *caller;
	unsigned long vm_flags;
	struct page **frames;	/* vmap(): these; NULL: fresh ones */
	unsigned int count;
	uintptr_t low, high;	/* bounds of the address; 0, 0: none */
	bool no_frames;		/* get_vm_area(): addresses only */
};
gfp_t record_gfp(gfp_t gfp);
/* NULL, or what went wrong */
const char *frames_make(struct vmap_area *area, const struct vmap_ask *ask);
void frames_drop(struct vmap_area *area);
void frames_array_free(struct page **array);

/* -- lazy.c: addresses of freed areas --------------------------------------------------------- */
void lazy_boot(void);
void lazy_shutdown(void);
void lazy_keep(struct vmap_area *area);		/* unmapped, without frames; any context */
/* at an address of the caller's choice, over unpurged areas; they are put on @out */
bool lazy_put_locked(struct vmap_area *area, uintptr_t start, struct list_head *out);
void lazy_free(struct list_head *out);
unsigned long lazy_purge_all(void);		/* how many */
unsigned long lazy_pages(void);			/* of unpurged areas */

/* -- area.c, bodies for the public calls and their watched twins ---------------------------- */
extern struct kmem_cache *area_cache;
void *area_make(const struct vmap_ask *ask);
/* LIVE or KEPT -> GOING; NULL: no area starts there */
struct vmap_area *area_retire(const void *address);
bool area_keep(const void *address);			/* LIVE -> KEPT; true also if it was kept */
void area_free(struct vmap_area *area);			/* task context */
void area_free_later(struct vmap_area *area);		/* any context but NMI */
int areas_boot(void);
void areas_flush(void);		/* what waits for the worker is gone after it */
void areas_shutdown(void);
extern unsigned long vmap_owned_pages;			/* behind areas of vmalloc() */

#endif
