/* SPDX-License-Identifier: MIT */
/* extent.h - where the bytes of an object lie: once, or once for each CPU */
#ifndef RULES_EXTENT_H
#define RULES_EXTENT_H

#include "rules/objects.h"
#include "rules/shadow.h"

/* The shadow of [start, start + usable) says: the first @bytes are open, the rest is @code. */
void extent_open(enum km_family family, uintptr_t start, size_t bytes, size_t usable,
		 enum shadow_code code);
void extent_close(enum km_family family, uintptr_t start, size_t usable, enum shadow_code code);
/*
 * For an address in a CPU's copy of a percpu object, or beside one: the address that the record
 * would have it under, and the CPU; any other address is its own, and the CPU is -1. The caller
 * holds rules_lock.
 */
uintptr_t extent_home_locked(uintptr_t address, size_t reach, int *ret_cpu);

#endif
