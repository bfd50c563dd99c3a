/* SPDX-License-Identifier: MIT */
/* compiler.h - branch hints, compiler barriers, one-time accesses, unique names */
#ifndef __LINUX_COMPILER_H
#define __LINUX_COMPILER_H

#include <linux/compiler_types.h>
#include <linux/types.h>
#include <asm/rwonce.h>

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define likely_notrace(x)	likely(x)
#define unlikely_notrace(x)	unlikely(x)

#define barrier()	__asm__ __volatile__("" : : : "memory")
/* As barrier(), and the compiler must believe that *ptr is read: keeps a wiping memset alive. */
#define barrier_data(ptr)	__asm__ __volatile__("" : : "r" (ptr) : "memory")
#define barrier_before_unreachable()	do { } while (0)
#define unreachable()	do { barrier_before_unreachable(); __builtin_unreachable(); } while (0)
#define prevent_tail_call_optimization()	barrier()
#define instrumentation_begin()	do { } while (0)
#define instrumentation_end()	do { } while (0)
#define annotate_unreachable()	do { } while (0)

/* The compiler forgets where the value came from. */
#define OPTIMIZER_HIDE_VAR(var)	__asm__("" : "=r" (var) : "0" (var))
#define RELOC_HIDE(ptr, off)						\
({									\
	unsigned long __hidden;						\
	__asm__("" : "=r" (__hidden) : "0" (ptr));			\
	(typeof(ptr))(__hidden + (off));				\
})
#define absolute_pointer(val)	RELOC_HIDE((void *)(val), 0)

#define __UNIQUE_ID(prefix)	__PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)

/* A race the author declares harmless. */
#define data_race(expr)	({ __auto_type __racy = ({ expr; }); __racy; })

#define __is_array(a)		(!__same_type((a), &(a)[0]))
#define __must_be_array(a)	((int)sizeof(struct { int : (-!__is_array(a)); }))
#define __must_be_cstr(p)	0

#define is_signed_type(type)	(((type)(-1)) < (__force type)1)
#define is_unsigned_type(type)	(!is_signed_type(type))

/* 1 only where the compiler can prove that @x is true. */
#define statically_true(x)	(__builtin_constant_p(x) && (x))

/* 1 for an integer constant expression, itself one: a null pointer constant types the ?: */
#ifndef __is_constexpr
#define __is_constexpr(x) \
	(sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
#endif

#define ___ADDRESSABLE(sym, __attrs) \
	static void * __used __attrs						\
		__UNIQUE_ID(__PASTE(__addressable_, sym)) = (void *)(uintptr_t)&sym;
#define __ADDRESSABLE(sym)	___ADDRESSABLE(sym, __section(".discard.addressable"))

static inline void *offset_to_ptr(const int *off)
{
	return (void *)((unsigned long)off + *off);
}

#endif
