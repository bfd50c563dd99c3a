/* SPDX-License-Identifier: MIT */
/*
 * spin.h - the engine's own lock: for allocators and kern itself
 *
 * Not seen by rules (no held_locks, no LOCK_TAKE).  Always taken with interrupts held back, so any
 * context may take it. In sim taking it is a km_port_point(), and a contended take lets another CPU
 * run.
 */
#ifndef KERN_SPIN_H
#define KERN_SPIN_H

#include <kmalloc/port.h>

struct km_spin { uint32_t word; };
#define KM_SPIN_INIT	{ 0 }

/* What the word was before it became 1. */
static inline uint32_t spin_swap(struct km_spin *lock)
{
#ifdef KM_PORT_ONE_AT_A_TIME
	uint32_t was = __atomic_load_n(&lock->word, __ATOMIC_ACQUIRE);

	__atomic_store_n(&lock->word, 1, __ATOMIC_RELAXED);
	__atomic_signal_fence(__ATOMIC_ACQUIRE);
	return was;
#else
	return __atomic_exchange_n(&lock->word, 1, __ATOMIC_ACQUIRE);
#endif
}

/* Raises irq_off and takes the lock; returns the word for km_spin_unlock(). */
static inline unsigned long km_spin_lock(struct km_spin *lock)
{
	unsigned long irq = km_port_irq_save();

	while (spin_swap(lock))
		while (__atomic_load_n(&lock->word, __ATOMIC_RELAXED))
			km_port_relax();
	return irq;
}

static inline void km_spin_unlock(struct km_spin *lock, unsigned long irq)
{
	__atomic_store_n(&lock->word, 0, __ATOMIC_RELEASE);
	km_port_irq_restore(irq);
}

static inline bool km_spin_is_held(const struct km_spin *lock)
{
	return __atomic_load_n(&lock->word, __ATOMIC_RELAXED) != 0;
}

#endif
