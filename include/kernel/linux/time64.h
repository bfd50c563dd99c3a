/* SPDX-License-Identifier: MIT */
/* time64.h - seconds and nanoseconds */
#ifndef _LINUX_TIME64_H
#define _LINUX_TIME64_H

#include <linux/types.h>

typedef __u64 timeu64_t;

struct timespec64 {
	time64_t tv_sec;
	long tv_nsec;
};

struct itimerspec64 {
	struct timespec64 it_interval;
	struct timespec64 it_value;
};

#define MSEC_PER_SEC	1000L
#define USEC_PER_MSEC	1000L
#define NSEC_PER_USEC	1000L
#define NSEC_PER_MSEC	1000000L
#define USEC_PER_SEC	1000000L
#define NSEC_PER_SEC	1000000000L
#define PSEC_PER_SEC	1000000000000LL
#define FSEC_PER_SEC	1000000000000000LL

#define TIME64_MAX	((s64)~((u64)1 << 63))
#define TIME64_MIN	(-TIME64_MAX - 1)
#define KTIME_MAX	((s64)~((u64)1 << 63))
#define KTIME_MIN	(-KTIME_MAX - 1)
#define KTIME_SEC_MAX	(KTIME_MAX / NSEC_PER_SEC)
#define KTIME_SEC_MIN	(KTIME_MIN / NSEC_PER_SEC)

static inline int timespec64_equal(const struct timespec64 *a, const struct timespec64 *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

static inline int timespec64_compare(const struct timespec64 *a, const struct timespec64 *b)
{
	if (a->tv_sec != b->tv_sec)
		return a->tv_sec < b->tv_sec ? -1 : 1;
	return (int)(a->tv_nsec - b->tv_nsec);
}

static inline bool timespec64_valid(const struct timespec64 *t)
{
	return t->tv_sec >= 0 && (unsigned long)t->tv_nsec < NSEC_PER_SEC;
}

static inline s64 timespec64_to_ns(const struct timespec64 *t)
{
	if (t->tv_sec >= KTIME_SEC_MAX)
		return KTIME_MAX;
	if (t->tv_sec <= KTIME_SEC_MIN)
		return KTIME_MIN;
	return (s64)t->tv_sec * NSEC_PER_SEC + t->tv_nsec;
}

struct timespec64 ns_to_timespec64(s64 ns) KM_SYM(ns_to_timespec64);
void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)
	KM_SYM(set_normalized_timespec64);

static inline struct timespec64 timespec64_add(struct timespec64 a, struct timespec64 b)
{
	struct timespec64 sum;

	set_normalized_timespec64(&sum, a.tv_sec + b.tv_sec, a.tv_nsec + b.tv_nsec);
	return sum;
}

static inline struct timespec64 timespec64_sub(struct timespec64 a, struct timespec64 b)
{
	struct timespec64 difference;

	set_normalized_timespec64(&difference, a.tv_sec - b.tv_sec, a.tv_nsec - b.tv_nsec);
	return difference;
}

#endif
