/* SPDX-License-Identifier: MIT */
/* hrtimer_types.h - struct hrtimer */
#ifndef _LINUX_HRTIMER_TYPES_H
#define _LINUX_HRTIMER_TYPES_H

#include <linux/types.h>
#include <linux/due_types.h>

enum hrtimer_restart {
	HRTIMER_NORESTART,
	HRTIMER_RESTART,
};

struct hrtimer_clock_base;

struct hrtimer {
	struct { ktime_t expires; struct km_due due; } node;
	ktime_t _softexpires;
	enum hrtimer_restart (*function)(struct hrtimer *timer);
	struct hrtimer_clock_base *base;
	u8 state;
	u8 is_rel, is_soft, is_hard;
	bool km_is_known;		/* where it was started first was told; kern's own */
};

#endif
