/* SPDX-License-Identifier: MIT */
/*
 * timekeeping.h - reading the clocks
 *
 * All derive from the port's monotonic clock.  No port tells the time of day: real time starts at a
 * fixed epoch, the same in each run.  The machine never suspends, so boot time is monotonic time.
 */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H

#include <linux/types.h>
#include <linux/time64.h>

enum tk_offsets { TK_OFFS_REAL, TK_OFFS_BOOT, TK_OFFS_TAI, TK_OFFS_MAX };

ktime_t ktime_get(void) KM_SYM(ktime_get);
ktime_t ktime_get_with_offset(enum tk_offsets offset) KM_SYM(ktime_get_with_offset);
ktime_t ktime_mono_to_any(ktime_t mono, enum tk_offsets offset) KM_SYM(ktime_mono_to_any);

static inline ktime_t ktime_get_raw(void)
{
	return ktime_get();
}

static inline ktime_t ktime_get_real(void)
{
	return ktime_get_with_offset(TK_OFFS_REAL);
}

static inline ktime_t ktime_get_boottime(void)
{
	return ktime_get_with_offset(TK_OFFS_BOOT);
}

static inline ktime_t ktime_get_coarse(void)
{
	return ktime_get();
}

static inline ktime_t ktime_get_coarse_real(void)
{
	return ktime_get_real();
}

static inline u64 ktime_get_ns(void)
{
	return ktime_get();
}

static inline u64 ktime_get_raw_ns(void)
{
	return ktime_get();
}

static inline u64 ktime_get_real_ns(void)
{
	return ktime_get_real();
}

static inline u64 ktime_get_boottime_ns(void)
{
	return ktime_get_boottime();
}

static inline u64 ktime_get_mono_fast_ns(void)
{
	return ktime_get();
}

static inline time64_t ktime_get_seconds(void)
{
	return ktime_get() / NSEC_PER_SEC;
}

static inline time64_t ktime_get_real_seconds(void)
{
	return ktime_get_real() / NSEC_PER_SEC;
}

static inline time64_t ktime_get_boottime_seconds(void)
{
	return ktime_get_boottime() / NSEC_PER_SEC;
}

static inline void ktime_get_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get());
}

static inline void ktime_get_real_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get_real());
}

static inline void ktime_get_raw_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get());
}

static inline void ktime_get_coarse_real_ts64(struct timespec64 *ts)
{
	ktime_get_real_ts64(ts);
}

static inline void ktime_get_coarse_ts64(struct timespec64 *ts)
{
	ktime_get_ts64(ts);
}

static inline void ktime_get_boottime_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get_boottime());
}

#endif
