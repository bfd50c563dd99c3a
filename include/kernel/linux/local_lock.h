/* SPDX-License-Identifier: MIT */
/*
 * local_lock.h - names for "this CPU's data": preemption or interrupts off, and a name that
 * reports know
 */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H

#include <linux/percpu-defs.h>
#include <linux/irqflags.h>
#include <linux/cleanup.h>

typedef struct { } local_lock_t;

/* Which CPU's does not matter to a report: the per-CPU variable stands for all. */
void km_local_lock_taken(const void *lock, const char *name) KM_SYM(local_lock_taken);
void km_local_lock_dropped(const void *lock, const char *name) KM_SYM(local_lock_dropped);
#define KM_LOCAL_TAKEN(lock) \
	km_local_lock_taken((__force const void *)(uintptr_t)(lock), #lock)
#define KM_LOCAL_DROPPED(lock) \
	km_local_lock_dropped((__force const void *)(uintptr_t)(lock), #lock)

#define INIT_LOCAL_LOCK(lockname)	{ }
#define local_lock_init(lock)		do { (void)(lock); } while (0)
#define local_lock(lock)		\
	do { preempt_disable(); KM_LOCAL_TAKEN(lock); } while (0)
#define local_unlock(lock)		\
	do { KM_LOCAL_DROPPED(lock); preempt_enable(); } while (0)
#define local_lock_irq(lock)		\
	do { local_irq_disable(); KM_LOCAL_TAKEN(lock); } while (0)
#define local_unlock_irq(lock)		\
	do { KM_LOCAL_DROPPED(lock); local_irq_enable(); } while (0)
#define local_lock_irqsave(lock, flags) \
	do { local_irq_save(flags); KM_LOCAL_TAKEN(lock); } while (0)
#define local_unlock_irqrestore(lock, flags) \
	do { KM_LOCAL_DROPPED(lock); local_irq_restore(flags); } while (0)

KM_GUARD(local_lock, __km_guard_begins(__in_preempt_off), __km_guard_ends(__in_preempt_off),
	 local_lock_t __percpu *, local_lock(_T), local_unlock(_T))
KM_GUARD(local_lock_irq, __km_guard_begins(__in_irqs_off), __km_guard_ends(KM_ENDED_BY_irqs_off),
	 local_lock_t __percpu *, local_lock_irq(_T), local_unlock_irq(_T))

#endif
