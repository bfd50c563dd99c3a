/* SPDX-License-Identifier: MIT */
/*
 * delay.h - busy waits (any context) and sleeps (task context, nothing held)
 *
 * A busy wait spends virtual time on its CPU in sim.  Each sleep is a sleep-in-atomic point.
 */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/types.h>
#include <linux/math.h>
#include <linux/sched.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/spinlock.h>

void ndelay(unsigned long nsecs) KM_SYM(ndelay);
void udelay(unsigned long usecs) KM_SYM(udelay);
void mdelay(unsigned long msecs) KM_SYM(mdelay);
void msleep(unsigned int msecs) KM_SYM(msleep) __km_sleeps;
unsigned long msleep_interruptible(unsigned int msecs) KM_SYM(msleep_interruptible) __km_sleeps;
void usleep_range_state(unsigned long min_us, unsigned long max_us, unsigned int state)
	KM_SYM(usleep_range_state) __km_sleeps;
void ssleep(unsigned int seconds) KM_SYM(ssleep) __km_sleeps;
void fsleep(unsigned long usecs) KM_SYM(fsleep) __km_sleeps;

static inline __km_sleeps void usleep_range(unsigned long min_us, unsigned long max_us)
{
	usleep_range_state(min_us, max_us, TASK_UNINTERRUPTIBLE);
}

static inline __km_sleeps void usleep_range_idle(unsigned long min_us, unsigned long max_us)
{
	usleep_range_state(min_us, max_us, TASK_IDLE);
}

#endif
