/* SPDX-License-Identifier: MIT */
/* lockdep_types.h - lock class keys; locks carry a name instead of a map here */
#ifndef __LINUX_LOCKDEP_TYPES_H
#define __LINUX_LOCKDEP_TYPES_H

#include <linux/types.h>

#define MAX_LOCKDEP_SUBCLASSES	8UL

enum lockdep_wait_type {
	LD_WAIT_INV = 0,
	LD_WAIT_FREE,
	LD_WAIT_SPIN,
	LD_WAIT_CONFIG,
	LD_WAIT_SLEEP,
	LD_WAIT_MAX,
};

/* Never empty: two keys have two addresses. */
struct lock_class_key { char unused; };
/* Which class a lock that sleeps is of. */
struct lock_class { const void *key; u32 subclass; };
struct lockdep_map { };
struct pin_cookie { };

#endif
