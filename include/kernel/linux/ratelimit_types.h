/* SPDX-License-Identifier: MIT */
/* ratelimit_types.h - struct ratelimit_state */
#ifndef _LINUX_RATELIMIT_TYPES_H
#define _LINUX_RATELIMIT_TYPES_H

#include <linux/types.h>
#include <linux/param.h>

#define DEFAULT_RATELIMIT_INTERVAL	(5 * HZ)
#define DEFAULT_RATELIMIT_BURST		10
#define RATELIMIT_MSG_ON_RELEASE	(1UL << 0)

struct ratelimit_state {
	u32 lock;
	int interval;		/* jiffies; 0: no limit */
	int burst;
	int printed;
	int missed;
	unsigned int flags;
	unsigned long begin;
};

#define RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, flags_init) \
	{ .interval = (interval_init), .burst = (burst_init), .flags = (flags_init) }
#define RATELIMIT_STATE_INIT(name, interval_init, burst_init) \
	RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, 0)
#define DEFINE_RATELIMIT_STATE(name, interval_init, burst_init) \
	struct ratelimit_state name = RATELIMIT_STATE_INIT(name, interval_init, burst_init)

/* Not 0: the caller may go on.  Says "N callbacks suppressed" when an interval with suppressed
 * calls is over. */
int ___ratelimit(struct ratelimit_state *rs, const char *func) KM_SYM(___ratelimit);
#define __ratelimit(state)	___ratelimit(state, __func__)

#endif
