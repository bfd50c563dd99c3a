/* SPDX-License-Identifier: MIT */
/*
 * hrtimer.h - timers of nanosecond resolution
 *
 * Callbacks run in hard interrupt context; with HRTIMER_MODE_SOFT in softirq context.
 */
#ifndef _LINUX_HRTIMER_H
#define _LINUX_HRTIMER_H

#include <linux/hrtimer_types.h>
#include <linux/ktime.h>
#include <linux/timer.h>
#include <linux/list.h>

enum hrtimer_mode {
	HRTIMER_MODE_ABS = 0x00,
	HRTIMER_MODE_REL = 0x01,
	HRTIMER_MODE_PINNED = 0x02,
	HRTIMER_MODE_SOFT = 0x04,
	HRTIMER_MODE_HARD = 0x08,
	HRTIMER_MODE_ABS_PINNED = HRTIMER_MODE_ABS | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_REL_PINNED = HRTIMER_MODE_REL | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_ABS_SOFT = HRTIMER_MODE_ABS | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_SOFT = HRTIMER_MODE_REL | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_ABS_PINNED_SOFT = HRTIMER_MODE_ABS_PINNED | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_PINNED_SOFT = HRTIMER_MODE_REL_PINNED | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_ABS_HARD = HRTIMER_MODE_ABS | HRTIMER_MODE_HARD,
	HRTIMER_MODE_REL_HARD = HRTIMER_MODE_REL | HRTIMER_MODE_HARD,
	HRTIMER_MODE_ABS_PINNED_HARD = HRTIMER_MODE_ABS_PINNED | HRTIMER_MODE_HARD,
	HRTIMER_MODE_REL_PINNED_HARD = HRTIMER_MODE_REL_PINNED | HRTIMER_MODE_HARD,
};

#define HRTIMER_STATE_INACTIVE	0x00
#define HRTIMER_STATE_ENQUEUED	0x01

#define LOW_RES_NSEC	TICK_NSEC
#define HIGH_RES_NSEC	1
extern unsigned int hrtimer_resolution KM_SYM(hrtimer_resolution);

void hrtimer_init(struct hrtimer *timer, clockid_t which_clock, enum hrtimer_mode mode)
	KM_SYM(hrtimer_init);
/* The later form that takes the callback. */
void hrtimer_setup(struct hrtimer *timer, enum hrtimer_restart (*function)(struct hrtimer *),
		   clockid_t clock_id, enum hrtimer_mode mode) KM_SYM(hrtimer_setup);
#define hrtimer_init_on_stack(timer, clock, mode)	hrtimer_init(timer, clock, mode)
static inline void destroy_hrtimer_on_stack(struct hrtimer *timer) { }

void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns,
			    const enum hrtimer_mode mode) KM_SYM(hrtimer_start_range_ns);
int hrtimer_cancel(struct hrtimer *timer) KM_SYM(hrtimer_cancel);
int hrtimer_try_to_cancel(struct hrtimer *timer) KM_SYM(hrtimer_try_to_cancel);
bool hrtimer_active(const struct hrtimer *timer) KM_SYM(hrtimer_active);
int hrtimer_callback_running(const struct hrtimer *timer) KM_SYM(hrtimer_callback_running);
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval) KM_SYM(hrtimer_forward);
ktime_t hrtimer_cb_get_time(const struct hrtimer *timer) KM_SYM(hrtimer_cb_get_time);
ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool adjust)
	KM_SYM(__hrtimer_get_remaining);
int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode)
	KM_SYM(schedule_hrtimeout_range) __km_sleeps;
int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode) KM_SYM(schedule_hrtimeout)
	__km_sleeps;

static inline void hrtimer_start(struct hrtimer *timer, ktime_t tim, const enum hrtimer_mode mode)
{
	hrtimer_start_range_ns(timer, tim, 0, mode);
}

static inline ktime_t hrtimer_get_expires(const struct hrtimer *timer)
{
	return timer->node.expires;
}

static inline ktime_t hrtimer_get_softexpires(const struct hrtimer *timer)
{
	return timer->_softexpires;
}

static inline void hrtimer_set_expires(struct hrtimer *timer, ktime_t time)
{
	timer->node.expires = time;
	timer->_softexpires = time;
}

static inline void hrtimer_add_expires(struct hrtimer *timer, ktime_t time)
{
	timer->node.expires = ktime_add_safe(timer->node.expires, time);
	timer->_softexpires = ktime_add_safe(timer->_softexpires, time);
}

static inline void hrtimer_add_expires_ns(struct hrtimer *timer, u64 ns)
{
	timer->node.expires = ktime_add_ns(timer->node.expires, ns);
	timer->_softexpires = ktime_add_ns(timer->_softexpires, ns);
}

static inline s64 hrtimer_get_expires_ns(const struct hrtimer *timer)
{
	return ktime_to_ns(timer->node.expires);
}

static inline ktime_t hrtimer_expires_remaining(const struct hrtimer *timer)
{
	return ktime_sub(timer->node.expires, hrtimer_cb_get_time(timer));
}

static inline ktime_t hrtimer_get_remaining(const struct hrtimer *timer)
{
	return __hrtimer_get_remaining(timer, false);
}

static inline void hrtimer_start_expires(struct hrtimer *timer, enum hrtimer_mode mode)
{
	ktime_t soft = hrtimer_get_softexpires(timer);

	hrtimer_start_range_ns(timer, soft,
			       ktime_to_ns(ktime_sub(hrtimer_get_expires(timer), soft)), mode);
}

static inline void hrtimer_restart(struct hrtimer *timer)
{
	hrtimer_start_expires(timer, HRTIMER_MODE_ABS);
}

static inline bool hrtimer_is_queued(struct hrtimer *timer)
{
	return READ_ONCE(timer->state) & HRTIMER_STATE_ENQUEUED;
}

static inline void hrtimer_update_function(struct hrtimer *timer,
					   enum hrtimer_restart (*function)(struct hrtimer *))
{
	timer->function = function;
}

static inline u64 hrtimer_forward_now(struct hrtimer *timer, ktime_t interval)
{
	return hrtimer_forward(timer, hrtimer_cb_get_time(timer), interval);
}

#endif
