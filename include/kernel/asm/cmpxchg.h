/* SPDX-License-Identifier: MIT */
/* cmpxchg.h - exchange and compare-and-exchange of plain words of 1, 2, 4 or 8 bytes */
#ifndef __ASM_CMPXCHG_H
#define __ASM_CMPXCHG_H

#include <linux/compiler.h>

/* The comma makes a value of it, which has no qualifiers. */
#define KM_VALUE_TYPE(x)	__typeof__(((void)0, (x)))

#define KM_CMPXCHG(ptr, old, new, success, failure)				\
({										\
	KM_VALUE_TYPE(*(ptr)) ___expected = (old);				\
	__atomic_compare_exchange_n((ptr), &___expected, (new), 0, success, failure);	\
	___expected;								\
})
#define KM_TRY_CMPXCHG(ptr, oldp, new, success, failure)			\
	((bool)__atomic_compare_exchange_n((ptr), (oldp), (new), 0, success, failure))

#define cmpxchg(ptr, old, new) \
	KM_CMPXCHG(ptr, old, new, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
#define cmpxchg_acquire(ptr, old, new) \
	KM_CMPXCHG(ptr, old, new, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)
#define cmpxchg_release(ptr, old, new) \
	KM_CMPXCHG(ptr, old, new, __ATOMIC_RELEASE, __ATOMIC_RELAXED)
#define cmpxchg_relaxed(ptr, old, new) \
	KM_CMPXCHG(ptr, old, new, __ATOMIC_RELAXED, __ATOMIC_RELAXED)
#define cmpxchg_local(ptr, old, new)	cmpxchg(ptr, old, new)
#define cmpxchg64(ptr, old, new)	cmpxchg(ptr, old, new)
#define cmpxchg64_local(ptr, old, new)	cmpxchg(ptr, old, new)
#define sync_cmpxchg(ptr, old, new)	cmpxchg(ptr, old, new)
#define try_cmpxchg(ptr, oldp, new) \
	KM_TRY_CMPXCHG(ptr, oldp, new, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
#define try_cmpxchg_acquire(ptr, oldp, new) \
	KM_TRY_CMPXCHG(ptr, oldp, new, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)
#define try_cmpxchg_release(ptr, oldp, new) \
	KM_TRY_CMPXCHG(ptr, oldp, new, __ATOMIC_RELEASE, __ATOMIC_RELAXED)
#define try_cmpxchg_relaxed(ptr, oldp, new) \
	KM_TRY_CMPXCHG(ptr, oldp, new, __ATOMIC_RELAXED, __ATOMIC_RELAXED)
#define try_cmpxchg64(ptr, oldp, new)	try_cmpxchg(ptr, oldp, new)

#define xchg(ptr, value)		__atomic_exchange_n((ptr), (value), __ATOMIC_SEQ_CST)
#define xchg_acquire(ptr, value)	__atomic_exchange_n((ptr), (value), __ATOMIC_ACQUIRE)
#define xchg_release(ptr, value)	__atomic_exchange_n((ptr), (value), __ATOMIC_RELEASE)
#define xchg_relaxed(ptr, value)	__atomic_exchange_n((ptr), (value), __ATOMIC_RELAXED)

#endif
