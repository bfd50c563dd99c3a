/* SPDX-License-Identifier: MIT */
/*
 * lockdep.h - assertions about held locks
 *
 * Rules follow the order of locks that sleep (mutex, rw_semaphore), by class as LOCKDEP does: one
 * class for each place that initialises them, or what lockdep_set_class() says, and a subclass.
 * Maps of users' own are accepted as in a kernel without LOCKDEP. lockdep_assert_held() is real
 * while rules are armed: it asks the list of locks that this task holds.
 */
#ifndef __LINUX_LOCKDEP_H
#define __LINUX_LOCKDEP_H

#include <linux/lockdep_types.h>
#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/irqflags.h>

#define SINGLE_DEPTH_NESTING	1

#define LOCK_STATE_UNKNOWN	-1
#define LOCK_STATE_NOT_HELD	0
#define LOCK_STATE_HELD		1

/* LOCK_STATE_*: is the lock at @lock held by the caller? UNKNOWN while no rules are armed. */
int km_lock_state(const void *lock) KM_SYM(lock_state);
/* Tell the rules that the assertion @what about the lock at @lock failed. */
void km_lock_assert_failed(const void *lock, const char *what) KM_SYM(lock_assert_failed);

#define lockdep_is_held(lock)		(km_lock_state(lock) != LOCK_STATE_NOT_HELD)
#define lockdep_is_held_type(lock, r)	lockdep_is_held(lock)
#define lock_is_held(lock)		lockdep_is_held(lock)

#define KM_LOCKDEP_ASSERT(lock, bad, what)					\
	do {									\
		const void *___asserted = (lock);				\
		if (unlikely(km_lock_state(___asserted) == (bad)))		\
			km_lock_assert_failed(___asserted, what);		\
	} while (0)
#define lockdep_assert_held(l)                                                                     \
	KM_LOCKDEP_ASSERT(l, LOCK_STATE_NOT_HELD,                                                  \
			  "lockdep_assert_held(" #l ") failed: the lock is not held")
#define lockdep_assert_not_held(l)                                                                 \
	KM_LOCKDEP_ASSERT(l, LOCK_STATE_HELD,                                                      \
			  "lockdep_assert_not_held(" #l ") failed: the lock is held")
#define lockdep_assert_held_write(l)	lockdep_assert_held(l)
#define lockdep_assert_held_read(l)	lockdep_assert_held(l)
#define lockdep_assert_held_once(l)	lockdep_assert_held(l)
#define lockdep_assert_none_held_once()	do { } while (0)
#define lockdep_assert(cond)                                                                       \
	do {                                                                                       \
		if (unlikely(!(cond)))                                                             \
			km_lock_assert_failed(NULL, "lockdep_assert(" #cond ") failed");           \
	} while (0)
#define lockdep_assert_once(cond)	lockdep_assert(cond)
#define lockdep_assert_irqs_enabled()                                                              \
	do {                                                                                       \
		if (unlikely(irqs_disabled()))                                                     \
			km_lock_assert_failed(NULL, "interrupts are disabled");                    \
	} while (0)
#define lockdep_assert_irqs_disabled()                                                             \
	do {                                                                                       \
		if (unlikely(!irqs_disabled()))                                                    \
			km_lock_assert_failed(NULL, "interrupts are enabled");                     \
	} while (0)
#define lockdep_assert_in_irq()                                                                    \
	do {                                                                                       \
		if (unlikely(!in_hardirq()))                                                       \
			km_lock_assert_failed(NULL, "not in hard interrupt context");              \
	} while (0)
#define lockdep_assert_in_softirq()                                                                \
	do {                                                                                       \
		if (unlikely(!in_softirq() || in_hardirq()))                                       \
			km_lock_assert_failed(NULL, "not in softirq context");                     \
	} while (0)
#define lockdep_assert_preemption_enabled()                                                        \
	do {                                                                                       \
		if (unlikely(!preemptible()))                                                      \
			km_lock_assert_failed(NULL, "preemption is disabled");                     \
	} while (0)
#define lockdep_assert_preemption_disabled()                                                       \
	do {                                                                                       \
		if (unlikely(preemptible()))                                                       \
			km_lock_assert_failed(NULL, "preemption is enabled");                      \
	} while (0)
#define lockdep_assert_RT_in_threaded_ctx()	do { } while (0)

/* As with LOCKDEP off. */
static inline void lockdep_register_key(struct lock_class_key *key) { }
static inline void lockdep_unregister_key(struct lock_class_key *key) { }
#define DEFINE_WAIT_OVERRIDE_MAP(name, wait_type)	struct lockdep_map __maybe_unused name = { }
#define STATIC_LOCKDEP_MAP_INIT(name, key)	{ }
#define lockdep_init_map(lock, name, key, sub)	do { (void)(name); (void)(key); } while (0)
/* The class of a lock that sleeps; others have none. */
struct mutex;
struct rw_semaphore;
void km_mutex_class(struct mutex *lock, const struct lock_class_key *key, const char *name,
		    int subclass) KM_SYM(mutex_class);
void km_rwsem_class(struct rw_semaphore *sem, const struct lock_class_key *key, const char *name,
		    int subclass) KM_SYM(rwsem_class);
static inline void km_no_class(const void *lock, const struct lock_class_key *key,
			       const char *name, int subclass) { }
#define KM_LOCK_CLASS(lock)	\
	_Generic((lock), struct mutex *: km_mutex_class, struct rw_semaphore *: km_rwsem_class, \
		 default: km_no_class)
#define lockdep_set_class(lock, key)	KM_LOCK_CLASS(lock)((lock), (key), NULL, -1)
#define lockdep_set_class_and_name(lock, key, name)	\
	KM_LOCK_CLASS(lock)((lock), (key), (name), -1)
#define lockdep_set_class_and_subclass(lock, key, sub)	\
	KM_LOCK_CLASS(lock)((lock), (key), NULL, (sub))
#define lockdep_set_subclass(lock, sub)	KM_LOCK_CLASS(lock)((lock), NULL, NULL, (sub))
/* The next sleeping lock that this task takes is of this subclass. */
void km_lock_subclass(unsigned int subclass) KM_SYM(lock_subclass);
#define lockdep_set_novalidate_class(lock)	do { } while (0)
#define lockdep_set_notrack_class(lock)		do { } while (0)
#define lockdep_off()				do { } while (0)
#define lockdep_on()				do { } while (0)
#define lock_acquire(l, s, t, r, c, n, i)	do { } while (0)
#define lock_release(l, i)			do { } while (0)
#define lock_map_acquire(l)			do { (void)(l); } while (0)
#define lock_map_acquire_read(l)		do { (void)(l); } while (0)
#define lock_map_release(l)			do { (void)(l); } while (0)
#define might_lock(lock)			do { } while (0)
#define might_lock_read(lock)			do { } while (0)
#define might_lock_nested(lock, subclass)	do { } while (0)
#define lockdep_pin_lock(l)			({ struct pin_cookie ___cookie = { }; ___cookie; })
#define lockdep_unpin_lock(l, c)		do { (void)(c); } while (0)
#define debug_locks	1

/* As without CONFIG_LOCKDEP: who takes a lock of his own making tells nobody. */
#define lock_acquire_exclusive(l, s, t, n, i)	do { } while (0)
#define lock_acquire_shared(l, s, t, n, i)	do { } while (0)

#endif
