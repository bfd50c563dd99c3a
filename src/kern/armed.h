/* SPDX-License-Identifier: MIT */
/*
 * armed.h - in which pages timers, work and tasklets wait to run
 *
 * A1  Each that waits is counted from the moment it is put where it waits to the one it is taken
 *     out; several pages share a counter, so 0 is sure and more is not.
 * Lock: none, each count is one atomic step.
 */
#ifndef KERN_ARMED_H
#define KERN_ARMED_H

#include <linux/types.h>
#include <kern/kern.h>

#define ARMED_SLOTS	1024u
#define ARMED_PAGE_BITS	12

extern u32 armed_counts[ARMED_SLOTS];

static inline u32 *armed_slot(const void *waiting)
{
	return &armed_counts[((uintptr_t)waiting >> ARMED_PAGE_BITS) % ARMED_SLOTS];
}

static inline void armed_add(const void *waiting)
{
	__atomic_fetch_add(armed_slot(waiting), 1, __ATOMIC_RELAXED);
}

static inline void armed_drop(const void *waiting)
{
	__atomic_fetch_sub(armed_slot(waiting), 1, __ATOMIC_RELAXED);
}

/* Linux's words for what is set up while it waits */
#define INIT_ACTIVE	"ODEBUG: init active (active state 0) object type: "

static inline bool kern_is_armed_near(const void *thing, size_t bytes)
{
	return kern_may_be_armed((uintptr_t)thing, (uintptr_t)thing + bytes);
}

void armed_boot(void);		/* nothing waits */

#endif
