/* SPDX-License-Identifier: MIT */
/*
 * compiler_types.h - attributes and sparse words; force-included in every kernel-side file, as
 * Linux does
 */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

/*
 * Every function of ours that has external linkage carries this label: kmalloc -> km_kmalloc in
 * object files, so that the archive exports only km_* names and never clashes with libc or with the
 * kernel that embeds it.
 */
#define KM_SYM(name)	__asm__("km_" #name)

/*
 * In instrumented code, what touches memory in the code's place is another function
 * that looks first: km_memcpy instead of the C library's, km_checked_strcpy instead of km_strcpy.
 * The rules room has them.
 */
#if defined(__SANITIZE_ADDRESS__)
#define KM_MEM_IS_CHECKED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define KM_MEM_IS_CHECKED 1
#endif
#endif
/*
 * In the program that looks for memory nobody wrote, two things the compiler takes for writes are
 * asked about: what an atomic operation changes, and what goes to a device's register.
 */
#if defined(__has_feature) && !defined(__ASSEMBLY__)
#if __has_feature(memory_sanitizer)
void km_uninit_atomic(const volatile void *address, unsigned long bytes) KM_SYM(uninit_atomic);
void km_uninit_register(const void *value, unsigned long bytes) KM_SYM(uninit_register);
#define KM_ATOMIC_ASKED(call, p, ...) ({						\
	__typeof__(p) __asked = (p);							\
	km_uninit_atomic(__asked, sizeof(*__asked));					\
	call(__asked, __VA_ARGS__); })
#define __atomic_add_fetch(p, ...)	KM_ATOMIC_ASKED(__atomic_add_fetch, p, __VA_ARGS__)
#define __atomic_sub_fetch(p, ...)	KM_ATOMIC_ASKED(__atomic_sub_fetch, p, __VA_ARGS__)
#define __atomic_fetch_add(p, ...)	KM_ATOMIC_ASKED(__atomic_fetch_add, p, __VA_ARGS__)
#define __atomic_fetch_sub(p, ...)	KM_ATOMIC_ASKED(__atomic_fetch_sub, p, __VA_ARGS__)
#define __atomic_fetch_and(p, ...)	KM_ATOMIC_ASKED(__atomic_fetch_and, p, __VA_ARGS__)
#define __atomic_fetch_or(p, ...)	KM_ATOMIC_ASKED(__atomic_fetch_or, p, __VA_ARGS__)
#define __atomic_fetch_xor(p, ...)	KM_ATOMIC_ASKED(__atomic_fetch_xor, p, __VA_ARGS__)
#define km_check_bytes_written(from, bytes)	km_uninit_register((from), (bytes))
#endif
#endif
#ifndef km_check_bytes_written
#define km_check_bytes_written(from, bytes)	((void)0)
#endif
#define km_check_written(value)		km_check_bytes_written(&(value), sizeof(value))

#ifdef KM_MEM_IS_CHECKED
#define KM_SYM_IF_CHECKED(name)	KM_SYM(name)
#define KM_SYM_OF_TEXT(name)	__asm__("km_checked_" #name)
#else
#define KM_SYM_IF_CHECKED(name)
#define KM_SYM_OF_TEXT(name)	KM_SYM(name)
#endif

#ifndef __ASSEMBLY__

#define __user
#define __kernel
#define __iomem
#define __percpu
#define __rcu
#define __force
#define __nocast
#define __safe
#define __private
#define __bitwise
#define __must_hold(x)
#define __acquires(x)
#define __cond_acquires(x)
#define __acquire(x)	(void)0
#define __release(x)	(void)0
#define __cond_lock(x, c)	(c)
#define ACCESS_PRIVATE(p, member)	((p)->member)

#define ___PASTE(a, b)	a##b
#define __PASTE(a, b)	___PASTE(a, b)

#include <linux/compiler_context.h>
#include <linux/compiler_owner.h>
#define __releases(x)		__km_ends_all

#define __has_builtin_or_0(x)	__has_builtin(x)

#ifndef __always_inline
#define __always_inline		inline __attribute__((__always_inline__))
#endif
#define noinline		__attribute__((__noinline__))
#define noinline_for_stack	noinline
#define __noinline		__attribute__((__noinline__))
#define __pure			__attribute__((__pure__))
#define __attribute_const__	__attribute__((__const__))
#define __noreturn		__attribute__((__noreturn__))
#define __packed		__attribute__((__packed__))
#define __aligned(x)		__attribute__((__aligned__(x)))
#define __aligned_largest	__attribute__((__aligned__))
#define __printf(a, b)		__attribute__((__format__(printf, a, b)))
#define __scanf(a, b)		__attribute__((__format__(scanf, a, b)))
#define __used			__attribute__((__used__))
#define __unused		__attribute__((__unused__))
#define __maybe_unused		__attribute__((__unused__))
#define __always_used		__used __maybe_unused
#define __always_unused		__attribute__((__unused__))
#define __must_check		__attribute__((__warn_unused_result__))
#define __malloc		__attribute__((__malloc__))
#define __alloc_size(x, ...)	__attribute__((__alloc_size__(x, ##__VA_ARGS__)))
#define __realloc_size(x, ...)	__attribute__((__alloc_size__(x, ##__VA_ARGS__)))
#define __alloc_align(x)	__attribute__((__alloc_align__(x)))
#define __assume_aligned(a, ...)	__attribute__((__assume_aligned__(a, ##__VA_ARGS__)))
#define __section(s)		__attribute__((__section__(s)))
#define __weak			__attribute__((__weak__))
#define __alias(symbol)		__attribute__((__alias__(#symbol)))
#define __cold			__attribute__((__cold__))
#define __hot			__attribute__((__hot__))
#define __visible		__attribute__((__externally_visible__))
#define __cleanup(func)		__attribute__((__cleanup__(func), __unused__))
#define __mode(x)		__attribute__((__mode__(x)))
#define __flatten		__attribute__((__flatten__))
#define __gnu_inline		__attribute__((__gnu_inline__))
#define __nonstring
#define __counted_by(member)
#define __designated_init
#define __no_sanitize_address
#define __no_sanitize_memory
#define __no_kasan_or_inline	__always_inline
#define __no_kcsan
#define __noscs
#define __nocfi
#define __noendbr
#define __latent_entropy
#define __randomize_layout
#define __no_randomize_layout
#define randomized_struct_fields_start
#define randomized_struct_fields_end
#define notrace			__attribute__((__no_instrument_function__))
#define noinstr			noinline notrace
#define asmlinkage
#define asm_inline		asm
#define asm_volatile_goto(x...)	asm goto(x)
#define inline			inline __attribute__((__unused__))
#define __inline__		inline
#define __inline		inline
#ifdef __clang__
#undef __visible
#define __visible
#define __copy(symbol)
#define __compiletime_error(msg)	__attribute__((__error__(msg)))
#define __compiletime_warning(msg)	__attribute__((__warning__(msg)))
#define __no_profile
#else
#define __copy(symbol)		__attribute__((__copy__(symbol)))
#define __compiletime_error(msg)	__attribute__((__error__(msg)))
#define __compiletime_warning(msg)	__attribute__((__warning__(msg)))
#define __no_profile		__attribute__((__no_profile_instrument_function__))
#endif

#if defined(__has_attribute)
#if __has_attribute(__fallthrough__)
#define fallthrough	__attribute__((__fallthrough__))
#else
#define fallthrough	do {} while (0)
#endif
#endif

#define __same_type(a, b)	__builtin_types_compatible_p(typeof(a), typeof(b))
#define __native_word(t) \
	(sizeof(t) == sizeof(char) || sizeof(t) == sizeof(short) ||	\
	 sizeof(t) == sizeof(int) || sizeof(t) == sizeof(long))
#define __struct_size(p)	__builtin_object_size(p, 0)
#define __member_size(p)	__builtin_object_size(p, 1)

#define __compiletime_assert(condition, msg, prefix, suffix)				\
	do {										\
		__noreturn extern void prefix##suffix(void) __compiletime_error(msg);	\
		if (!(condition))							\
			prefix##suffix();						\
	} while (0)
#define _compiletime_assert(condition, msg, prefix, suffix) \
	__compiletime_assert(condition, msg, prefix, suffix)
#define compiletime_assert(condition, msg) \
	_compiletime_assert(condition, msg, __compiletime_assert_, __COUNTER__)

struct ftrace_branch_data;

#endif /* __ASSEMBLY__ */
#endif
