/* SPDX-License-Identifier: MIT */
/* lockref.h - a spinlock and a count that it guards */
#ifndef __LINUX_LOCKREF_H
#define __LINUX_LOCKREF_H

#include <linux/spinlock.h>
#include <linux/types.h>

struct lockref {
	spinlock_t lock;
	int count;		/* negative: dead */
};

#define __LOCKREF_INIT(name, n)	\
	{ .lock = __SPIN_LOCK_INITIALIZER((name).lock), .count = (n) }

#define lockref_init(ref, n) do {						\
	struct lockref *__lr = (ref);						\
										\
	spin_lock_init(&__lr->lock);						\
	__lr->count = (n);							\
} while (0)

/* Adds @step if the count is above @floor; false: it was not. */
static inline bool km_lockref_step(struct lockref *lockref, int step, int floor)
{
	bool is_done;

	spin_lock(&lockref->lock);
	is_done = lockref->count > floor;
	if (is_done)
		lockref->count += step;
	spin_unlock(&lockref->lock);
	return is_done;
}

static inline void lockref_get(struct lockref *lockref)
{
	spin_lock(&lockref->lock);
	lockref->count++;
	spin_unlock(&lockref->lock);
}

static inline bool lockref_get_not_zero(struct lockref *lockref)
{
	return km_lockref_step(lockref, 1, 0);
}

static inline bool lockref_get_not_dead(struct lockref *lockref)
{
	return km_lockref_step(lockref, 1, -1);
}

static inline bool lockref_put_not_zero(struct lockref *lockref)
{
	return km_lockref_step(lockref, -1, 1);
}

/* What is left; -1: it was not above 0. */
static inline int lockref_put_return(struct lockref *lockref)
{
	int left = -1;

	spin_lock(&lockref->lock);
	if (lockref->count > 0)
		left = --lockref->count;
	spin_unlock(&lockref->lock);
	return left;
}

/* True: the reference was given back; false: it is the last one, and the lock is held. */
static inline bool lockref_put_or_lock(struct lockref *lockref)
{
	spin_lock(&lockref->lock);
	if (lockref->count <= 1)
		return false;
	lockref->count--;
	spin_unlock(&lockref->lock);
	return true;
}

static inline void lockref_mark_dead(struct lockref *lockref)
{
	assert_spin_locked(&lockref->lock);
	lockref->count = -128;
}

static inline bool __lockref_is_dead(const struct lockref *lockref)
{
	return lockref->count < 0;
}

#endif
