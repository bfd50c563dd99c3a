/* SPDX-License-Identifier: MIT */
/* rwlock.h - many readers or one writer, spinning; included by linux/spinlock.h */
#ifndef __LINUX_RWLOCK_H
#define __LINUX_RWLOCK_H

#include <linux/rwlock_types.h>
#include <linux/compiler.h>

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key)
	KM_SYM(__rwlock_init);
void _raw_read_lock(rwlock_t *lock) KM_SYM(_raw_read_lock) __km_begins(__in_rwlock);
void _raw_read_lock_bh(rwlock_t *lock) KM_SYM(_raw_read_lock_bh) __km_begins(__in_rwlock_bh);
void _raw_read_lock_irq(rwlock_t *lock) KM_SYM(_raw_read_lock_irq) __km_begins(__in_rwlock_irq);
unsigned long _raw_read_lock_irqsave(rwlock_t *lock) KM_SYM(_raw_read_lock_irqsave)
	__km_begins(__in_rwlock_irq);
int _raw_read_trylock(rwlock_t *lock) KM_SYM(_raw_read_trylock) __km_tries;
void _raw_read_unlock(rwlock_t *lock) KM_SYM(_raw_read_unlock) __km_ends_rwlock;
void _raw_read_unlock_bh(rwlock_t *lock) KM_SYM(_raw_read_unlock_bh) __km_ends_rwlock_bh;
void _raw_read_unlock_irq(rwlock_t *lock) KM_SYM(_raw_read_unlock_irq) __km_ends_rwlock_irq;
void _raw_read_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
	KM_SYM(_raw_read_unlock_irqrestore) __km_ends_rwlock_irq;
void _raw_write_lock(rwlock_t *lock) KM_SYM(_raw_write_lock) __km_begins(__in_rwlock);
void _raw_write_lock_bh(rwlock_t *lock) KM_SYM(_raw_write_lock_bh) __km_begins(__in_rwlock_bh);
void _raw_write_lock_irq(rwlock_t *lock) KM_SYM(_raw_write_lock_irq) __km_begins(__in_rwlock_irq);
unsigned long _raw_write_lock_irqsave(rwlock_t *lock) KM_SYM(_raw_write_lock_irqsave)
	__km_begins(__in_rwlock_irq);
int _raw_write_trylock(rwlock_t *lock) KM_SYM(_raw_write_trylock) __km_tries;
void _raw_write_unlock(rwlock_t *lock) KM_SYM(_raw_write_unlock) __km_ends_rwlock;
void _raw_write_unlock_bh(rwlock_t *lock) KM_SYM(_raw_write_unlock_bh) __km_ends_rwlock_bh;
void _raw_write_unlock_irq(rwlock_t *lock) KM_SYM(_raw_write_unlock_irq) __km_ends_rwlock_irq;
void _raw_write_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
	KM_SYM(_raw_write_unlock_irqrestore) __km_ends_rwlock_irq;

#define rwlock_init(lock)						\
	do {								\
		static struct lock_class_key __key;			\
		__rwlock_init((lock), #lock, &__key);			\
	} while (0)
#define read_lock(lock)			_raw_read_lock(lock)
#define read_lock_bh(lock)		_raw_read_lock_bh(lock)
#define read_lock_irq(lock)		_raw_read_lock_irq(lock)
#define read_lock_irqsave(lock, flags)	\
	do { typecheck(unsigned long, flags); flags = _raw_read_lock_irqsave(lock); } while (0)
#define read_trylock(lock)		_raw_read_trylock(lock)
#define read_unlock(lock)		_raw_read_unlock(lock)
#define read_unlock_bh(lock)		_raw_read_unlock_bh(lock)
#define read_unlock_irq(lock)		_raw_read_unlock_irq(lock)
#define read_unlock_irqrestore(lock, flags)	\
	do { typecheck(unsigned long, flags); _raw_read_unlock_irqrestore(lock, flags); } while (0)
#define write_lock(lock)		_raw_write_lock(lock)
#define write_lock_nested(lock, sub)	_raw_write_lock(lock)
#define write_lock_bh(lock)		_raw_write_lock_bh(lock)
#define write_lock_irq(lock)		_raw_write_lock_irq(lock)
#define write_lock_irqsave(lock, flags)	\
	do { typecheck(unsigned long, flags); flags = _raw_write_lock_irqsave(lock); } while (0)
#define write_trylock(lock)		_raw_write_trylock(lock)
#define write_trylock_irqsave(lock, flags)	km_write_trylock_irqsave(lock, &(flags))
#define write_unlock(lock)		_raw_write_unlock(lock)
#define write_unlock_bh(lock)		_raw_write_unlock_bh(lock)
#define write_unlock_irq(lock)		_raw_write_unlock_irq(lock)
#define write_unlock_irqrestore(lock, flags)	\
	do { typecheck(unsigned long, flags); _raw_write_unlock_irqrestore(lock, flags); } while (0)
#define rwlock_is_contended(lock)	0

#endif
