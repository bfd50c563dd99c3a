/* SPDX-License-Identifier: MIT */
/* watched.h - the vmap calls with rules looking on */
#ifndef VMAP_WATCHED_H
#define VMAP_WATCHED_H

#include "vmap/area.h"
#include "watch/watch.h"

extern bool vmap_watched;	/* set at boot */

void *vmap_make_watched(const char *what, const struct vmap_ask *ask, uintptr_t caller,
			uintptr_t frame);
/* true: go on and free; false: a rule refused or keeps it, or there is nothing to free. */
bool vmap_free_watched(const char *what, const void *address, uintptr_t caller, uintptr_t frame);

/* vmalloc.c: the twin that is meant */
void *vmap_make(const char *what, const struct vmap_ask *ask, uintptr_t caller, uintptr_t frame);
/* vfree.c: the rules' leave to free, when they look on */
bool vmap_may_free(const char *what, const void *addr, uintptr_t caller, uintptr_t frame);

#endif
