/* SPDX-License-Identifier: MIT */
/*
 * entry.c - what compiled code calls before each load and store, at each branch, and to copy
 *
 * The code is built with -fsanitize=kernel-address. With outline calls each access calls
 * __asan_loadN_noabort(); else the code looks at the shadow itself, and calls
 * __asan_report_loadN_noabort() where the byte is not 0: at what is left of an object behind its
 * last whole 8 bytes, and everywhere in a run that looks for races (H4 of shadow.c).
 * E1  An entry point counts the point (km_port_point()) and looks at one byte of the shadow; all
 *     else is the slow half, which it leaves to by a tail call: the half's caller is the user.
 *     In a run that looks for races a store is two points: most races are between a look and the
 *     change that follows from it.
 * E2  So no entry point needs a frame.  Without optimisation there are no tail calls, and a slow
 *     half looks one frame further up.
 * No lock.  Nothing here sleeps.
 */
#include <linux/types.h>
#include "rules/access.h"
#include "rules/depth.h"
#include "rules/init_context.h"
#include "rules/init_shadow.h"
#include "rules/rules.h"
#include "rules/shadow.h"
#include "watch/watch.h"

#ifndef __clang__
#pragma GCC optimize("omit-frame-pointer", "optimize-sibling-calls")
#endif

#define ACCESS_FRAME()	((uintptr_t)__builtin_frame_address(0))
#ifdef __OPTIMIZE__
#define SLOW_FRAME()	ACCESS_FRAME()
#else
#define SLOW_FRAME()	(*(uintptr_t *)ACCESS_FRAME())
#endif

#define ENTRY(name, size)							\
	void __asan_##name(uintptr_t address);					\
	void __asan_##name(uintptr_t address)					\
	{									\
		if (__builtin_expect(km_port_point_is_due(), 0) ||		\
		    __builtin_expect(!shadow_is_plain(address, size), 0))	\
			slow_##name(address);					\
	}
/* The code has looked at the byte. */
#define ENTRY_REPORT(name, size, is_write)					\
	void __asan_##name(uintptr_t address);					\
	void __asan_##name(uintptr_t address)					\
	{									\
		bool is_due = km_port_point_is_due();				\
										\
		if (is_write)							\
			is_due |= km_port_point_is_due();			\
		if (__builtin_expect(is_due, 0) ||				\
		    __builtin_expect(!shadow_is_whole(address, size), 0))	\
			slow_##name(address);					\
	}
#define SLOW(name, size, is_write)						\
	static noinline void slow_##name(uintptr_t address)			\
	{									\
		access_slow(address, size, is_write, SLOW_FRAME());		\
	}
#define ACCESS(name, size, is_write)						\
	SLOW(name##size, size, is_write)					\
	ENTRY(name##size, size)							\
	SLOW(name##size##_noabort, size, is_write)				\
	ENTRY(name##size##_noabort, size)					\
	SLOW(report_##name##size##_noabort, size, is_write)			\
	ENTRY_REPORT(report_##name##size##_noabort, size, is_write)
ACCESS(load, 1, false)
ACCESS(load, 2, false)
ACCESS(load, 4, false)
ACCESS(load, 8, false)
ACCESS(store, 1, true)
ACCESS(store, 2, true)
ACCESS(store, 4, true)
ACCESS(store, 8, true)

#define ACCESS_16(name, is_write)						\
	void __asan_##name(uintptr_t address);					\
	void __asan_##name(uintptr_t address)					\
	{									\
		access_check(address, 16, is_write, ACCESS_FRAME());		\
	}
ACCESS_16(load16, false)
ACCESS_16(load16_noabort, false)
ACCESS_16(store16, true)
ACCESS_16(store16_noabort, true)
ACCESS_16(report_load16_noabort, false)
ACCESS_16(report_store16_noabort, true)

#define ACCESS_N(name, is_write)						\
	void __asan_##name(uintptr_t address, size_t bytes);			\
	void __asan_##name(uintptr_t address, size_t bytes)			\
	{									\
		access_check(address, bytes, is_write, ACCESS_FRAME());		\
	}
ACCESS_N(loadN, false)
ACCESS_N(loadN_noabort, false)
ACCESS_N(storeN, true)
ACCESS_N(storeN_noabort, true)

/*
 * Of an access of another size, or one that is not aligned, compiled code looks at the first byte
 * and at the last, and tells of either with the size of the whole.
 */
static void unusual(uintptr_t address, size_t bytes, bool is_write, uintptr_t frame)
{
	uintptr_t first = address - bytes + 1;
	uint8_t code;

	if (!shadow_bad_byte(address, 1, &code))
		access_check(address, 1, is_write, frame);
	else if (!shadow_bad_byte(first, 1, &code))
		access_check(first, bytes, is_write, frame);
	else
		access_check(address, bytes, is_write, frame);
}

#define UNUSUAL(name, is_write)							\
	void __asan_report_##name##_n_noabort(uintptr_t address, size_t bytes);	\
	void __asan_report_##name##_n_noabort(uintptr_t address, size_t bytes)	\
	{									\
		unusual(address, bytes, is_write, ACCESS_FRAME());		\
	}
UNUSUAL(load, false)
UNUSUAL(store, true)

static noinline void branch_slow(void)
{
	if ((shadow_is_on() || init_is_on()) && watch_is_outer())
		km_port_point_run();
}

/* For code that counts the point itself (tools/check_points.c); it is due. */
void km_branch_due(void);
void km_branch_due(void)
{
	branch_slow();
}

/* Each basic block of checked code: an endless loop without accesses lets the clock run too. */
void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
	if (__builtin_expect(km_port_point_is_due(), 0))
		branch_slow();
}

static noinline void enter_slow(void)
{
	depth_passed(SLOW_FRAME());
}

/* For code that looks itself (tools/check_points.c); the limit is passed. */
void km_enter_due(void);
void km_enter_due(void)
{
	depth_passed(ACCESS_FRAME());
}

/* Each function of checked code, clang: no more than a look at how deep it is. */
void __cyg_profile_func_enter_bare(void);
void __cyg_profile_func_enter_bare(void)
{
	if (__builtin_expect(depth_is_passed(depth_here()), 0))
		enter_slow();
}

/* The same of gcc, which knows no bare form. */
void __cyg_profile_func_enter(void *function, void *caller);
void __cyg_profile_func_enter(void *function, void *caller)
{
	if (__builtin_expect(depth_is_passed(depth_here()), 0))
		enter_slow();
}

void __cyg_profile_func_exit(void *function, void *caller);
void __cyg_profile_func_exit(void *function, void *caller)
{
	if (init_is_on() && pc_is_library((uintptr_t)caller))
		init_ends((uintptr_t)__builtin_frame_address(0));
}

/* -- what checked code calls for memcpy() and its kin (linux/string.h) -- */
static inline void *copy_checked(void *dest, const void *source, size_t bytes, uintptr_t frame)
{
	size_t allowed, writable;

	if (init_is_on()) {	/* a plain copy is no use */
		init_copy(dest, source, bytes);
		return dest;
	}
	allowed = access_check((uintptr_t)source, bytes, false, frame);
	writable = access_check((uintptr_t)dest, bytes, true, frame);
	return __builtin_memmove(dest, source, allowed < writable ? allowed : writable);
}

static inline void *set_checked(void *dest, int value, size_t bytes, uintptr_t frame)
{
	/* An array of variable length has come since the function was entered. */
	if (__builtin_expect(depth_is_passed(frame), 0))
		depth_passed(frame);
	return __builtin_memset(dest, value, access_check((uintptr_t)dest, bytes, true, frame));
}

#define CHECKED_COPY(name)								\
	void *name(void *dest, const void *source, size_t bytes);			\
	void *name(void *dest, const void *source, size_t bytes)			\
	{										\
		return copy_checked(dest, source, bytes, ACCESS_FRAME());		\
	}
#define CHECKED_SET(name)								\
	void *name(void *dest, int value, size_t bytes);				\
	void *name(void *dest, int value, size_t bytes)					\
	{										\
		return set_checked(dest, value, bytes, ACCESS_FRAME());			\
	}
CHECKED_COPY(km_memcpy)
CHECKED_COPY(km_memmove)
CHECKED_SET(km_memset)
CHECKED_COPY(__asan_memcpy)
CHECKED_COPY(__asan_memmove)
CHECKED_SET(__asan_memset)

int km_memcmp(const void *a, const void *b, size_t bytes);
int km_memcmp(const void *a, const void *b, size_t bytes)
{
	access_check((uintptr_t)a, bytes, false, ACCESS_FRAME());
	access_check((uintptr_t)b, bytes, false, ACCESS_FRAME());
	return __builtin_memcmp(a, b, bytes);
}
