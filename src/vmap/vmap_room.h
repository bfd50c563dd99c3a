/* SPDX-License-Identifier: MIT */
/* vmap_room.h - what kapi, machine and rules call in vmap beyond linux/vmalloc.h */
#ifndef VMAP_VMAP_ROOM_H
#define VMAP_VMAP_ROOM_H

#include <linux/types.h>

struct vm_struct;

int vmap_boot(bool watched);
unsigned long vmap_shutdown(void);	/* areas left */
/* a rule that answered KM_TAKE gives the area back; no event */
void vmap_release(void *object);
/*
 * Bytes of frames behind the live area that starts at @address, if they came with it from
 * vmalloc(); 0: what is shown there is its user's, and no rule should keep it.
 */
size_t vmap_own_bytes(const void *address);
/* For a rule that means to answer KM_TAKE: the area that starts there is kept from now on. */
bool vmap_keep(const void *address);

struct vmap_place { void *area; size_t bytes; size_t offset; bool in_guard; };
/* live areas and their guard page */
bool vmap_find(const void *address, struct vmap_place *ret_place);

/* each.c: an area for reports */
struct vmap_seen {
	unsigned long start, bytes;	/* the guard page included */
	const struct vm_struct *vm;	/* NULL: no area of a user; then @what says what it is */
	const char *what;		/* "vm_map_ram", "unpurged vm_area" */
};
unsigned long vmap_total_bytes(void);		/* addresses this room has */
void vmap_each(void (*see)(const struct vmap_seen *seen, void *arg), void *arg);

#endif
