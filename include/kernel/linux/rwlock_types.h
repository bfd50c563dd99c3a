/* SPDX-License-Identifier: MIT */
/* rwlock_types.h - rwlock_t */
#ifndef __LINUX_RWLOCK_TYPES_H
#define __LINUX_RWLOCK_TYPES_H

#include <linux/types.h>
#include <linux/lockdep_types.h>

typedef struct {
	int state;			/* readers; -1: a writer */
	unsigned short owner;		/* CPU + 1 of the writer */
	/* times a holder wrote again (reported, then let through) */
	unsigned short nested;
	const char *name;
} rwlock_t;

#define __RW_LOCK_UNLOCKED(lockname)	{ .name = #lockname }
#define DEFINE_RWLOCK(x)	rwlock_t x = __RW_LOCK_UNLOCKED(x)

#endif
