// SPDX-License-Identifier: MIT
/*
 * ratelimit.c - at most `burst` calls an interval
 *
 * Any context.  rs->lock is only tried: who meets another CPU there counts as suppressed, so
 * nothing spins or sleeps.
 */
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/ratelimit_types.h>
#include <kern/core.h>

int ___ratelimit(struct ratelimit_state *rs, const char *func)
{
	int missed = 0, may_go;

	TOUCH(rs);
	if (!rs->interval)
		return 1;
	if (__atomic_exchange_n(&rs->lock, 1, __ATOMIC_ACQUIRE))
		return 0;
	if (!rs->begin)
		rs->begin = jiffies;
	if (time_is_before_jiffies(rs->begin + rs->interval)) {
		missed = rs->flags & RATELIMIT_MSG_ON_RELEASE ? 0 : rs->missed;
		rs->missed -= missed;
		rs->begin = jiffies;
		rs->printed = 0;
	}
	may_go = rs->burst > rs->printed;
	if (may_go)
		rs->printed++;
	else
		rs->missed++;
	__atomic_store_n(&rs->lock, 0, __ATOMIC_RELEASE);
	if (missed)
		pr_warn("%s: %d callbacks suppressed\n", func, missed);
	return may_go;
}

static DEFINE_RATELIMIT_STATE(printk_state, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);

int __printk_ratelimit(const char *func)
{
	return ___ratelimit(&printk_state, func);
}

bool printk_timed_ratelimit(unsigned long *caller_jiffies, unsigned int interval_msec)
{
	unsigned long passed = jiffies - *caller_jiffies;

	if (*caller_jiffies && passed <= msecs_to_jiffies(interval_msec))
		return false;
	*caller_jiffies = jiffies;
	return true;
}
