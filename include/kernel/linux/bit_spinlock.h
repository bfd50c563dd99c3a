/* SPDX-License-Identifier: MIT */
/* bit_spinlock.h - one bit of a word as a spinlock; preemption is off while it is held */
#ifndef __LINUX_BIT_SPINLOCK_H
#define __LINUX_BIT_SPINLOCK_H

#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/bug.h>

/* @name: of the lock, for reports */
void km_bit_spin_lock(int bitnum, unsigned long *addr, const char *name) KM_SYM(bit_spin_lock)
	__km_begins(__in_bit_spin_lock);
int km_bit_spin_trylock(int bitnum, unsigned long *addr, const char *name)
	KM_SYM(bit_spin_trylock) __km_tries;
void km_bit_spin_unlock(int bitnum, unsigned long *addr, const char *name)
	KM_SYM(bit_spin_unlock) __km_ends(__in_bit_spin_lock, !__trylock_failed);

#define bit_spin_lock(bitnum, addr)	km_bit_spin_lock((bitnum), (addr), #addr)
#define bit_spin_trylock(bitnum, addr)	km_bit_spin_trylock((bitnum), (addr), #addr)
#define bit_spin_unlock(bitnum, addr)	km_bit_spin_unlock((bitnum), (addr), #addr)
#define __bit_spin_unlock(bitnum, addr)	km_bit_spin_unlock((bitnum), (addr), #addr)

static inline int bit_spin_is_locked(int bitnum, unsigned long *addr)
{
	return test_bit(bitnum, addr);
}

#endif
