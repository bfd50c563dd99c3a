/* SPDX-License-Identifier: MIT */
/*
 * jiffies.h - the tick counter and its conversions, HZ = 1000
 *
 * No tick interrupt runs: each read of jiffies takes the clock anew, so that it is right in virtual
 * time too.  It stays an lvalue (READ_ONCE(jiffies) works) but must not be written.  It starts at
 * INITIAL_JIFFIES, five minutes before the low 32 bits wrap, as in Linux.
 */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#include <linux/timex.h>
#include <linux/types.h>
#include <linux/time.h>
#include <linux/typecheck.h>
#include <linux/param.h>

#define INITIAL_JIFFIES	((unsigned long)(unsigned int)(-300 * HZ))
#define MAX_JIFFY_OFFSET	((((long)(~0UL >> 1)) >> 1) - 1)
#define TICK_NSEC	(NSEC_PER_SEC / HZ)
#define TICK_USEC	(USEC_PER_SEC / HZ)
#define USER_TICK_USEC	((1000000UL + USER_HZ / 2) / USER_HZ)

/* The current tick; the word behind it is refreshed by each call. */
unsigned long volatile *km_jiffies_now(void) KM_SYM(jiffies_now);
u64 volatile *km_jiffies_now_64(void) KM_SYM(jiffies_now_64);
#define jiffies		(*km_jiffies_now())
#define jiffies_64	(*km_jiffies_now_64())
static inline u64 get_jiffies_64(void)
{
	return jiffies_64;
}

#define time_after(a, b)                                                                           \
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) && ((long)((b) - (a)) < 0))
#define time_before(a, b)	time_after(b, a)
#define time_after_eq(a, b)                                                                        \
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) && ((long)((a) - (b)) >= 0))
#define time_before_eq(a, b)	time_after_eq(b, a)
#define time_in_range(a, b, c)		(time_after_eq(a, b) && time_before_eq(a, c))
#define time_in_range_open(a, b, c)	(time_after_eq(a, b) && time_before(a, c))
#define time_after64(a, b) (typecheck(__u64, a) && typecheck(__u64, b) && ((__s64)((b) - (a)) < 0))
#define time_before64(a, b)	time_after64(b, a)
#define time_after_eq64(a, b)                                                                      \
	(typecheck(__u64, a) && typecheck(__u64, b) && ((__s64)((a) - (b)) >= 0))
#define time_before_eq64(a, b)	time_after_eq64(b, a)
#define time_in_range64(a, b, c)	(time_after_eq64(a, b) && time_before_eq64(a, c))
#define time_is_before_jiffies(a)	time_after(jiffies, a)
#define time_is_before_jiffies64(a)	time_after64(get_jiffies_64(), a)
#define time_is_after_jiffies(a)	time_before(jiffies, a)
#define time_is_after_jiffies64(a)	time_before64(get_jiffies_64(), a)
#define time_is_before_eq_jiffies(a)	time_after_eq(jiffies, a)
#define time_is_after_eq_jiffies(a)	time_before_eq(jiffies, a)

unsigned int jiffies_to_msecs(unsigned long ticks) KM_SYM(jiffies_to_msecs);
unsigned int jiffies_to_usecs(unsigned long ticks) KM_SYM(jiffies_to_usecs);
u64 jiffies_to_nsecs(unsigned long ticks) KM_SYM(jiffies_to_nsecs);
u64 jiffies64_to_nsecs(u64 ticks) KM_SYM(jiffies64_to_nsecs);
u64 jiffies64_to_msecs(u64 ticks) KM_SYM(jiffies64_to_msecs);
/* Times that are negative as int mean "for ever": MAX_JIFFY_OFFSET. */
unsigned long msecs_to_jiffies(const unsigned int msecs) KM_SYM(msecs_to_jiffies);
unsigned long usecs_to_jiffies(const unsigned int usecs) KM_SYM(usecs_to_jiffies);
u64 nsecs_to_jiffies64(u64 ns) KM_SYM(nsecs_to_jiffies64);
unsigned long nsecs_to_jiffies(u64 ns) KM_SYM(nsecs_to_jiffies);
unsigned long timespec64_to_jiffies(const struct timespec64 *value) KM_SYM(timespec64_to_jiffies);
void jiffies_to_timespec64(unsigned long ticks, struct timespec64 *value)
	KM_SYM(jiffies_to_timespec64);
clock_t jiffies_to_clock_t(unsigned long ticks) KM_SYM(jiffies_to_clock_t);
unsigned long clock_t_to_jiffies(unsigned long ticks) KM_SYM(clock_t_to_jiffies);

static inline clock_t jiffies_delta_to_clock_t(long delta)
{
	return jiffies_to_clock_t(delta > 0 ? delta : 0);
}

static inline unsigned int jiffies_delta_to_msecs(long delta)
{
	return jiffies_to_msecs(delta > 0 ? delta : 0);
}

/* Rounded to whole seconds so that timers of many users expire together. */
unsigned long round_jiffies(unsigned long ticks) KM_SYM(round_jiffies);
unsigned long round_jiffies_relative(unsigned long ticks) KM_SYM(round_jiffies_relative);
unsigned long round_jiffies_up(unsigned long ticks) KM_SYM(round_jiffies_up);
unsigned long round_jiffies_up_relative(unsigned long ticks) KM_SYM(round_jiffies_up_relative);

#endif
