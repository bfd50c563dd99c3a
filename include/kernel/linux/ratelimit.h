/* SPDX-License-Identifier: MIT */
/* ratelimit.h - set up a rate limit */
#ifndef _LINUX_RATELIMIT_H
#define _LINUX_RATELIMIT_H

#include <linux/ratelimit_types.h>
#include <linux/printk.h>

static inline void ratelimit_state_init(struct ratelimit_state *rs, int interval, int burst)
{
	*rs = (struct ratelimit_state)RATELIMIT_STATE_INIT(rs, interval, burst);
}

static inline void ratelimit_default_init(struct ratelimit_state *rs)
{
	ratelimit_state_init(rs, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);
}

static inline void ratelimit_set_flags(struct ratelimit_state *rs, unsigned long flags)
{
	rs->flags = flags;
}

#define WARN_ON_RATELIMIT(condition, state)	({ bool rtn_cond = !!(condition); \
	WARN_ON(rtn_cond && __ratelimit(state)); rtn_cond; })
#define WARN_RATELIMIT(condition, format, ...)                                                     \
	({                                                                                         \
		static DEFINE_RATELIMIT_STATE(_rs, DEFAULT_RATELIMIT_INTERVAL,                     \
					      DEFAULT_RATELIMIT_BURST);                            \
		int rtn = !!(condition);                                                           \
		if (unlikely(rtn && __ratelimit(&_rs)))                                            \
			WARN(rtn, format, ##__VA_ARGS__);                                          \
		rtn;                                                                               \
	})

#endif
