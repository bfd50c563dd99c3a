/* SPDX-License-Identifier: MIT */
/*
 * user.h - which memory stands for user space
 *
 * There is no user space in a library.  copy_from_user() and its kin take an address for one of
 * user space when it is not memory of the machine (its RAM, its vmalloc areas), not in the first
 * page and not in the upper half of all addresses.  A test that wants more says which memory users
 * have: from then on all other addresses fault.
 */
#ifndef KMALLOC_USER_H
#define KMALLOC_USER_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KM_USER_RANGES	16

/* 0; -ENOSPC when there are KM_USER_RANGES already; -EINVAL for no bytes. */
int km_user_add(void *base, size_t bytes);
/* 0, or -ENOENT. Without any range the first rule holds again. Shutdown forgets all ranges. */
int km_user_remove(void *base);

#ifdef __cplusplus
}
#endif
#endif
