/* SPDX-License-Identifier: MIT */
/* spinlock_types_raw.h - raw_spinlock_t */
#ifndef __LINUX_SPINLOCK_TYPES_RAW_H
#define __LINUX_SPINLOCK_TYPES_RAW_H

#include <linux/types.h>
#include <linux/lockdep_types.h>

/* One word, 0 or 1: what guards wait lists inside the sleeping locks. */
typedef struct { unsigned int slock; } arch_spinlock_t;
#define __ARCH_SPIN_LOCK_UNLOCKED	{ 0 }

typedef struct raw_spinlock {
	arch_spinlock_t raw_lock;
	unsigned short owner;		/* CPU + 1 that holds it */
	/* times its owner took it again (reported, then let through) */
	unsigned short nested;
	const char *name;		/* as written by who defined it: "&dev->lock" */
} raw_spinlock_t;

#define __RAW_SPIN_LOCK_INITIALIZER(lockname)	{ .name = #lockname }
#define __RAW_SPIN_LOCK_UNLOCKED(lockname) \
	((raw_spinlock_t)__RAW_SPIN_LOCK_INITIALIZER(lockname))
#define DEFINE_RAW_SPINLOCK(x)	raw_spinlock_t x = __RAW_SPIN_LOCK_INITIALIZER(x)

#endif
