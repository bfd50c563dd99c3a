// SPDX-License-Identifier: MIT
/*
 * time.c - jiffies, ktime and their conversions
 *
 * Owns: the jiffies word, the epoch of real time.  Everything derives from km_port_clock_ns().
 * I1  jiffies never runs backwards: a late reader does not overwrite a newer value.
 * Any context; no lock; nothing sleeps.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/timekeeping.h>
#include <kern/parts.h>

/* 2024-01-01T00:00:00Z: no port tells the time of day, and sim must give the same bytes in each
 * run. */
#define REAL_EPOCH_SECONDS	1704067200LL

static union {
	u64 ticks_64;
	unsigned long ticks;
} jiffies_word = { .ticks_64 = INITIAL_JIFFIES };

/* The port's clock at boot: it may have run before, jiffies had not. */
static u64 boot_ns;

void time_boot(void)
{
	boot_ns = km_port_clock_ns();
	jiffies_word.ticks_64 = INITIAL_JIFFIES;
}

u64 jiffies_at(u64 ns)
{
	return INITIAL_JIFFIES + (ns - boot_ns) / TICK_NSEC;
}

u64 jiffies_ns(u64 ticks)
{
	u64 since_boot = ticks - INITIAL_JIFFIES;

	return since_boot > (U64_MAX - boot_ns) / TICK_NSEC ? U64_MAX
							    : boot_ns + since_boot * TICK_NSEC;
}

u64 volatile *km_jiffies_now_64(void)
{
	u64 now = jiffies_at(km_port_clock_ns());
	u64 seen = __atomic_load_n(&jiffies_word.ticks_64, __ATOMIC_RELAXED);

	/* I1 */
	while (seen < now && !__atomic_compare_exchange_n(&jiffies_word.ticks_64, &seen, now, true,
							  __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		;
	return &jiffies_word.ticks_64;
}

unsigned long volatile *km_jiffies_now(void)
{
	km_jiffies_now_64();
	return &jiffies_word.ticks;
}

unsigned int jiffies_to_msecs(unsigned long ticks)
{
	return ticks * (MSEC_PER_SEC / HZ);
}

unsigned int jiffies_to_usecs(unsigned long ticks)
{
	return ticks * (USEC_PER_SEC / HZ);
}

u64 jiffies64_to_nsecs(u64 ticks)
{
	return ticks * TICK_NSEC;
}

u64 jiffies_to_nsecs(unsigned long ticks)
{
	return jiffies64_to_nsecs(ticks);
}

u64 jiffies64_to_msecs(u64 ticks)
{
	return ticks * (MSEC_PER_SEC / HZ);
}

unsigned long msecs_to_jiffies(const unsigned int msecs)
{
	return (int)msecs < 0 ? MAX_JIFFY_OFFSET : msecs * (HZ / MSEC_PER_SEC);
}

unsigned long usecs_to_jiffies(const unsigned int usecs)
{
	if (usecs > jiffies_to_usecs(MAX_JIFFY_OFFSET))
		return MAX_JIFFY_OFFSET;
	return (usecs + (unsigned long)(USEC_PER_SEC / HZ) - 1) / (USEC_PER_SEC / HZ);
}

u64 nsecs_to_jiffies64(u64 ns)
{
	return ns / TICK_NSEC;
}

unsigned long nsecs_to_jiffies(u64 ns)
{
	return nsecs_to_jiffies64(ns);
}

unsigned long timespec64_to_jiffies(const struct timespec64 *value)
{
	if (value->tv_sec >= MAX_JIFFY_OFFSET / HZ)
		return MAX_JIFFY_OFFSET;
	return value->tv_sec * HZ + (value->tv_nsec + TICK_NSEC - 1) / TICK_NSEC;
}

void jiffies_to_timespec64(unsigned long ticks, struct timespec64 *value)
{
	value->tv_sec = ticks / HZ;
	value->tv_nsec = ticks % HZ * TICK_NSEC;
}

clock_t jiffies_to_clock_t(unsigned long ticks)
{
	return ticks / (HZ / USER_HZ);
}

unsigned long clock_t_to_jiffies(unsigned long ticks)
{
	return ticks >= ~0UL / (HZ / USER_HZ) ? ~0UL : ticks * (HZ / USER_HZ);
}

/* @ticks to a whole second: up, or to the nearest when less than a quarter over; never to a time
 * that has passed. */
static unsigned long jiffies_round(unsigned long ticks, bool force_up)
{
	unsigned long over = ticks % HZ;
	unsigned long rounded = over < HZ / 4 && !force_up ? ticks - over : ticks - over + HZ;

	return time_is_after_jiffies(rounded) ? rounded : ticks;
}

unsigned long round_jiffies(unsigned long ticks)
{
	return jiffies_round(ticks, false);
}

unsigned long round_jiffies_relative(unsigned long ticks)
{
	unsigned long now = jiffies;

	return jiffies_round(ticks + now, false) - now;
}

unsigned long round_jiffies_up(unsigned long ticks)
{
	return jiffies_round(ticks, true);
}

unsigned long round_jiffies_up_relative(unsigned long ticks)
{
	unsigned long now = jiffies;

	return jiffies_round(ticks + now, true) - now;
}

ktime_t ktime_get(void)
{
	return km_port_clock_ns();
}

ktime_t ktime_mono_to_any(ktime_t mono, enum tk_offsets offset)
{
	return offset == TK_OFFS_BOOT ? mono
				      : ktime_add_ns(mono, REAL_EPOCH_SECONDS * NSEC_PER_SEC);
}

ktime_t ktime_get_with_offset(enum tk_offsets offset)
{
	return ktime_mono_to_any(ktime_get(), offset);
}

void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)
{
	sec += nsec / NSEC_PER_SEC;
	nsec %= NSEC_PER_SEC;
	if (nsec < 0) {
		nsec += NSEC_PER_SEC;
		sec--;
	}
	ts->tv_sec = sec;
	ts->tv_nsec = nsec;
}

struct timespec64 ns_to_timespec64(s64 ns)
{
	struct timespec64 ts;

	set_normalized_timespec64(&ts, 0, ns);
	return ts;
}
