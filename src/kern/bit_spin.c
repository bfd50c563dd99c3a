// SPDX-License-Identifier: MIT
/*
 * bit_spin.c - one bit of a word as a spinlock, and local locks
 *
 * Owns: nothing but the bit.  Who holds a bit is not known: a second taking by the holder spins.
 * In the list of held locks a bit is the address of its byte, as no two such locks share one.
 * Any context but NMI; nothing here sleeps.
 */
#include <linux/bit_spinlock.h>
#include <linux/local_lock.h>
#include <kern/core.h>

static const void *bit_place(int bitnum, const unsigned long *addr)
{
	return (const char *)addr + bitnum / 8;
}

void km_bit_spin_lock(int bitnum, unsigned long *addr, const char *name)
{
	km_port_point();
	preempt_disable();
	while (test_and_set_bit_lock((unsigned int)bitnum, addr))
		while (test_bit((unsigned int)bitnum, addr))
			km_port_relax();
	HELD_TAKE(bit_place(bitnum, addr), name);
}

int km_bit_spin_trylock(int bitnum, unsigned long *addr, const char *name)
{
	km_port_point();
	preempt_disable();
	if (test_and_set_bit_lock((unsigned int)bitnum, addr)) {
		preempt_enable();
		return 0;
	}
	HELD_TAKE(bit_place(bitnum, addr), name);
	return 1;
}

void km_bit_spin_unlock(int bitnum, unsigned long *addr, const char *name)
{
	if (unlikely(!test_bit((unsigned int)bitnum, addr)))
		held_bad("bit spinlock already unlocked", name, addr, WATCH_CALLER(),
			 WATCH_FRAME());
	HELD_DROP(bit_place(bitnum, addr), name);
	clear_bit_unlock((unsigned int)bitnum, addr);
	preempt_enable();
}

/* -- local locks: what they are is done by the macros of linux/local_lock.h -------------------- */

void km_local_lock_taken(const void *lock, const char *name)
{
	HELD_TAKE(lock, name);
}

void km_local_lock_dropped(const void *lock, const char *name)
{
	HELD_DROP(lock, name);
}
