/* SPDX-License-Identifier: MIT */
/*
 * seqlock.h - readers that look again when a writer was at work
 *
 * The count is odd while a writer writes.  seqcount_t leaves exclusion among writers to the caller;
 * seqlock_t brings a spinlock.
 */
#ifndef __LINUX_SEQLOCK_H
#define __LINUX_SEQLOCK_H

#include <linux/compiler.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>
#include <asm/processor.h>

typedef struct seqcount { unsigned int sequence; } seqcount_t;
typedef struct { seqcount_t seqcount; } seqcount_raw_spinlock_t;
typedef struct { seqcount_t seqcount; } seqcount_spinlock_t;
typedef struct { seqcount_t seqcount; } seqcount_rwlock_t;
typedef struct { seqcount_t seqcount; } seqcount_mutex_t;
typedef struct { seqcount_t seqcount; } seqcount_latch_t;
typedef struct { seqcount_spinlock_t seqcount; spinlock_t lock; } seqlock_t;

#define SEQCNT_ZERO(name)			{ .sequence = 0 }
#define SEQCNT_RAW_SPINLOCK_ZERO(name, lock)	{ .seqcount = SEQCNT_ZERO(name) }
#define SEQCNT_SPINLOCK_ZERO(name, lock)	{ .seqcount = SEQCNT_ZERO(name) }
#define SEQCNT_RWLOCK_ZERO(name, lock)		{ .seqcount = SEQCNT_ZERO(name) }
#define SEQCNT_MUTEX_ZERO(name, lock)		{ .seqcount = SEQCNT_ZERO(name) }
#define __SEQLOCK_UNLOCKED(lockname)	\
	{ .seqcount = { { 0 } }, .lock = __SPIN_LOCK_INITIALIZER(lockname) }
#define DEFINE_SEQLOCK(sl)	seqlock_t sl = __SEQLOCK_UNLOCKED(sl)

/* The plain count inside any of the seqcount types. */
static inline seqcount_t *km_seqcount(void *s)
{
	return s;
}

#define seqcount_init(s)			do { km_seqcount(s)->sequence = 0; } while (0)
#define seqcount_raw_spinlock_init(s, lock)	do { (void)(lock); seqcount_init(s); } while (0)
#define seqcount_spinlock_init(s, lock)		do { (void)(lock); seqcount_init(s); } while (0)
#define seqcount_rwlock_init(s, lock)		do { (void)(lock); seqcount_init(s); } while (0)
#define seqcount_mutex_init(s, lock)		do { (void)(lock); seqcount_init(s); } while (0)
#define seqlock_init(sl)			\
	do { seqcount_init(&(sl)->seqcount); spin_lock_init(&(sl)->lock); } while (0)

static inline unsigned int km_seqcount_begin(const seqcount_t *s)
{
	unsigned int seen;

	while ((seen = smp_load_acquire(&s->sequence)) & 1)
		cpu_relax();
	return seen;
}

static inline int km_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	smp_rmb();
	return READ_ONCE(s->sequence) != start;
}

static inline void km_seqcount_write_begin(seqcount_t *s)
{
	WRITE_ONCE(s->sequence, s->sequence + 1);
	smp_wmb();
}

static inline void km_seqcount_write_end(seqcount_t *s)
{
	smp_wmb();
	WRITE_ONCE(s->sequence, s->sequence + 1);
}

#define read_seqcount_begin(s)		km_seqcount_begin(km_seqcount((void *)(s)))
#define raw_read_seqcount_begin(s)	read_seqcount_begin(s)
#define raw_read_seqcount(s)		smp_load_acquire(&km_seqcount((void *)(s))->sequence)
#define raw_seqcount_begin(s)		(raw_read_seqcount(s) & ~1U)
#define read_seqcount_retry(s, start)	km_seqcount_retry(km_seqcount((void *)(s)), start)
#define __read_seqcount_retry(s, start)	read_seqcount_retry(s, start)
/* A reader must not spin on its own CPU's preempted writer. */
#define write_seqcount_begin(s) \
	do { preempt_disable(); km_seqcount_write_begin(km_seqcount(s)); } while (0)
#define write_seqcount_end(s) \
	do { km_seqcount_write_end(km_seqcount(s)); preempt_enable(); } while (0)
#define write_seqcount_begin_nested(s, sub)	write_seqcount_begin(s)
#define raw_write_seqcount_begin(s)	write_seqcount_begin(s)
#define raw_write_seqcount_end(s)	write_seqcount_end(s)
#define write_seqcount_invalidate(s)	\
	do { smp_wmb(); km_seqcount(s)->sequence += 2; } while (0)

static inline unsigned int read_seqbegin(const seqlock_t *sl)
{
	return km_seqcount_begin(&sl->seqcount.seqcount);
}

static inline unsigned int read_seqretry(const seqlock_t *sl, unsigned int start)
{
	return km_seqcount_retry(&sl->seqcount.seqcount, start);
}

#define write_seqlock(sl) \
	do { spin_lock(&(sl)->lock); km_seqcount_write_begin(km_seqcount(sl)); } while (0)
#define write_sequnlock(sl) \
	do { km_seqcount_write_end(km_seqcount(sl)); spin_unlock(&(sl)->lock); } while (0)
#define write_seqlock_bh(sl) \
	do { spin_lock_bh(&(sl)->lock); km_seqcount_write_begin(km_seqcount(sl)); } while (0)
#define write_sequnlock_bh(sl) \
	do { km_seqcount_write_end(km_seqcount(sl)); spin_unlock_bh(&(sl)->lock); } while (0)
#define write_seqlock_irq(sl) \
	do { spin_lock_irq(&(sl)->lock); km_seqcount_write_begin(km_seqcount(sl)); } while (0)
#define write_sequnlock_irq(sl) \
	do { km_seqcount_write_end(km_seqcount(sl)); spin_unlock_irq(&(sl)->lock); } while (0)
#define write_seqlock_irqsave(sl, flags)                                                           \
	do {                                                                                       \
		spin_lock_irqsave(&(sl)->lock, flags);                                             \
		km_seqcount_write_begin(km_seqcount(sl));                                          \
	} while (0)
#define write_sequnlock_irqrestore(sl, flags)                                                      \
	do {                                                                                       \
		km_seqcount_write_end(km_seqcount(sl));                                            \
		spin_unlock_irqrestore(&(sl)->lock, flags);                                        \
	} while (0)
#define read_seqlock_excl(sl)		spin_lock(&(sl)->lock)
#define read_sequnlock_excl(sl)		spin_unlock(&(sl)->lock)

#endif
