/* SPDX-License-Identifier: MIT */
/* timer_types.h - struct timer_list */
#ifndef _LINUX_TIMER_TYPES_H
#define _LINUX_TIMER_TYPES_H

#include <linux/types.h>
#include <linux/due_types.h>

struct timer_list {
	unsigned long is_queued;	/* not 0: pending */
	unsigned long expires;
	void (*function)(struct timer_list *timer); /* NULL: shut down, can never be armed again */
	u32 flags;			/* CPU number and TIMER_* */
	bool km_is_known;		/* where it was armed first was told; kern's own */
	struct km_due due;
};

#endif
