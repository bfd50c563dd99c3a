// SPDX-License-Identifier: MIT
/*
 * delay.c - busy waits and sleeps
 *
 * A sleep lasts at least as long as asked for.  Busy waits: any context.  Sleeps: task context,
 * nothing held.
 */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/sched.h>
#include <kern/core.h>
#include <kern/parts.h>

void ndelay(unsigned long nsecs)
{
	km_port_delay_ns(nsecs);
}

void udelay(unsigned long usecs)
{
	km_port_delay_ns(usecs * NSEC_PER_USEC);
}

void mdelay(unsigned long msecs)
{
	km_port_delay_ns(msecs * NSEC_PER_MSEC);
}

static unsigned long sleep_ticks(unsigned long ticks, unsigned int state)
{
	return state == TASK_INTERRUPTIBLE ? schedule_timeout_interruptible(ticks) :
					     schedule_timeout_uninterruptible(ticks);
}

/**
 * msleep() - sleep at least @msecs milliseconds
 * Context: task, nothing held (sleep-in-atomic).
 */
void msleep(unsigned int msecs)
{
	unsigned long left = msecs_to_jiffies(msecs);

	KERN_MIGHT_SLEEP("msleep");
	watch_enter();
	while (left)
		left = sleep_ticks(left, TASK_UNINTERRUPTIBLE);
	watch_leave();
}

unsigned long msleep_interruptible(unsigned int msecs)
{
	unsigned long left = msecs_to_jiffies(msecs);

	KERN_MIGHT_SLEEP("msleep_interruptible");
	watch_enter();
	while (left && !signal_pending(current))
		left = sleep_ticks(left, TASK_INTERRUPTIBLE);
	watch_leave();
	return jiffies_to_msecs(left);
}

void ssleep(unsigned int seconds)
{
	unsigned long left = msecs_to_jiffies(seconds * 1000);

	KERN_MIGHT_SLEEP("ssleep");
	watch_enter();
	while (left)
		left = sleep_ticks(left, TASK_UNINTERRUPTIBLE);
	watch_leave();
}

static void sleep_range(u64 min_us, u64 max_us, unsigned int state)
{
	ktime_t end = ktime_add_us(ktime_get(), min_us);

	/* An interrupt that sleeps has been told; its wake-up would wait for its end. */
	if (in_interrupt()) {
		km_port_delay_ns(min_us * NSEC_PER_USEC);
		return;
	}
	watch_enter();
	do {
		__set_current_state(state);
	} while (schedule_hrtimeout_range(&end, (max_us - min_us) * NSEC_PER_USEC,
					  HRTIMER_MODE_ABS));
	watch_leave();
}

/**
 * usleep_range_state() - sleep between @min_us and @max_us microseconds
 * Context: task, nothing held (sleep-in-atomic).
 */
void usleep_range_state(unsigned long min_us, unsigned long max_us, unsigned int state)
{
	KERN_MIGHT_SLEEP("usleep_range");
	sleep_range(min_us, max_us < min_us ? min_us : max_us, state);
}

void fsleep(unsigned long usecs)
{
	KERN_MIGHT_SLEEP("fsleep");
	if (usecs <= 10)
		km_port_delay_ns(usecs * NSEC_PER_USEC);
	else
		sleep_range(usecs, usecs + usecs / 4, TASK_UNINTERRUPTIBLE);
}
