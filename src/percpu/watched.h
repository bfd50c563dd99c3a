/* SPDX-License-Identifier: MIT */
/* watched.h - the percpu calls with rules looking on */
#ifndef PERCPU_WATCHED_H
#define PERCPU_WATCHED_H

#include "percpu/chunk.h"

#define PERCPU_RED_BYTES	16u	/* behind an area while rules watch */

extern bool percpu_watched;	/* set at boot */

void *percpu_take_watched(const struct percpu_ask *ask, uintptr_t caller, uintptr_t frame);
/* true: go on and free; false: a rule refused or keeps it, or there is nothing to free. */
bool percpu_free_watched(const void *pointer, uintptr_t caller, uintptr_t frame);

#endif
