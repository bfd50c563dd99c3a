/* SPDX-License-Identifier: MIT */
/* barrier.h - memory barriers, as C11 fences */
#ifndef __ASM_BARRIER_H
#define __ASM_BARRIER_H

#include <linux/compiler.h>

#define mb()		__atomic_thread_fence(__ATOMIC_SEQ_CST)
#define rmb()		__atomic_thread_fence(__ATOMIC_ACQUIRE)
#define wmb()		__atomic_thread_fence(__ATOMIC_RELEASE)
#define dma_mb()	mb()
#define dma_rmb()	rmb()
#define dma_wmb()	wmb()
#define __smp_mb()	mb()
#define __smp_rmb()	rmb()
#define __smp_wmb()	wmb()
#define smp_mb()	mb()
#define smp_rmb()	rmb()
#define smp_wmb()	wmb()
#define smp_mb__before_atomic()	smp_mb()
#define smp_mb__after_atomic()	smp_mb()
#define smp_mb__after_spinlock()	smp_mb()
#define smp_mb__after_unlock_lock()	smp_mb()
#define smp_acquire__after_ctrl_dep()	smp_rmb()

#define smp_store_mb(var, value)	do { WRITE_ONCE(var, value); smp_mb(); } while (0)
#define smp_store_release(p, v)							\
	do {									\
		compiletime_assert_rwonce_type(*(p));				\
		__atomic_thread_fence(__ATOMIC_RELEASE);			\
		WRITE_ONCE(*(p), v);						\
	} while (0)
#define smp_load_acquire(p)							\
({										\
	__unqual_scalar_typeof(*(p)) ___loaded = READ_ONCE(*(p));		\
	__atomic_thread_fence(__ATOMIC_ACQUIRE);				\
	(typeof(*(p)))___loaded;						\
})
/* Spin until @cond_expr, which may use VAL, the last value seen. */
#define smp_cond_load_relaxed(ptr, cond_expr)					\
({										\
	typeof(ptr) __polled = (ptr);						\
	__unqual_scalar_typeof(*(ptr)) VAL;					\
	for (;;) {								\
		VAL = READ_ONCE(*__polled);					\
		if (cond_expr)							\
			break;							\
		cpu_relax();							\
	}									\
	(typeof(*(ptr)))VAL;							\
})
#define smp_cond_load_acquire(ptr, cond_expr)					\
({										\
	__unqual_scalar_typeof(*(ptr)) __last = smp_cond_load_relaxed(ptr, cond_expr);	\
	smp_acquire__after_ctrl_dep();						\
	(typeof(*(ptr)))__last;							\
})

#endif
