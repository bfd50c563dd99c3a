/* SPDX-License-Identifier: MIT */
/* local_lock.h - names for "this CPU's data": preemption or interrupts off, nothing more */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H

#include <linux/percpu-defs.h>
#include <linux/irqflags.h>

typedef struct { } local_lock_t;

#define INIT_LOCAL_LOCK(lockname)	{ }
#define local_lock_init(lock)		do { (void)(lock); } while (0)
#define local_lock(lock)		do { (void)(lock); preempt_disable(); } while (0)
#define local_unlock(lock)		do { (void)(lock); preempt_enable(); } while (0)
#define local_lock_irq(lock)		do { (void)(lock); local_irq_disable(); } while (0)
#define local_unlock_irq(lock)		do { (void)(lock); local_irq_enable(); } while (0)
#define local_lock_irqsave(lock, flags) \
	do { (void)(lock); local_irq_save(flags); } while (0)
#define local_unlock_irqrestore(lock, flags) \
	do { (void)(lock); local_irq_restore(flags); } while (0)

#endif
