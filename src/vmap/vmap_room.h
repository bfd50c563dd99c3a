/* SPDX-License-Identifier: MIT */
/* vmap_room.h - what kapi, machine and rules call in vmap beyond linux/vmalloc.h */
#ifndef VMAP_VMAP_ROOM_H
#define VMAP_VMAP_ROOM_H

#include <linux/types.h>

int vmap_boot(bool watched);
unsigned long vmap_shutdown(void);	/* areas left */
/* a rule that answered KM_TAKE gives the area back; no event */
void vmap_release(void *object);

struct vmap_place { void *area; size_t bytes; size_t offset; bool in_guard; };
/* live areas and their guard page */
bool vmap_find(const void *address, struct vmap_place *ret_place);

#endif
