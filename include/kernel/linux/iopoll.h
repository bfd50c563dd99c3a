/* SPDX-License-Identifier: MIT */
/* iopoll.h - read until a condition holds, or the time is up */
#ifndef _LINUX_IOPOLL_H
#define _LINUX_IOPOLL_H

#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/types.h>

/* @pause: what passes the time of a round; @limit_us: 0 is for ever.  At last it reads again. */
#define KM_POLL(op, val, cond, limit_us, pause, args...) ({			\
	const u64 __limit = (limit_us);						\
	const ktime_t __end = ktime_add_us(ktime_get(), __limit);		\
	bool __met;								\
										\
	for (;;) {								\
		(val) = op(args);						\
		__met = (cond);							\
		if (__met)							\
			break;							\
		if (__limit && ktime_compare(ktime_get(), __end) > 0) {		\
			(val) = op(args);					\
			__met = (cond);						\
			break;							\
		}								\
		pause;								\
		cpu_relax();							\
	}									\
	__met ? 0 : -ETIMEDOUT; })

#define read_poll_timeout(op, val, cond, sleep_us, timeout_us, sleep_before_read, args...) ({	\
	const unsigned long __sleep = (sleep_us);					\
	might_sleep_if(__sleep);							\
	if ((sleep_before_read) && __sleep)						\
		usleep_range((__sleep >> 2) + 1, __sleep);				\
	KM_POLL(op, val, cond, timeout_us,						\
		__sleep ? usleep_range((__sleep >> 2) + 1, __sleep) : (void)0, args); })
#define read_poll_timeout_atomic(op, val, cond, delay_us, timeout_us, delay_before_read,	\
				 args...) ({					\
	const unsigned long __delay = (delay_us);					\
	if ((delay_before_read) && __delay)						\
		udelay(__delay);							\
	KM_POLL(op, val, cond, timeout_us, udelay(__delay ? __delay : 1), args); })

#define readx_poll_timeout(op, addr, val, cond, sleep_us, timeout_us)		\
	read_poll_timeout(op, val, cond, sleep_us, timeout_us, false, addr)
#define readx_poll_timeout_atomic(op, addr, val, cond, delay_us, timeout_us)	\
	read_poll_timeout_atomic(op, val, cond, delay_us, timeout_us, false, addr)
#define readl_poll_timeout(addr, val, cond, delay_us, timeout_us)		\
	readx_poll_timeout(readl, addr, val, cond, delay_us, timeout_us)
#define readl_poll_timeout_atomic(addr, val, cond, delay_us, timeout_us)	\
	readx_poll_timeout_atomic(readl, addr, val, cond, delay_us, timeout_us)
#define readl_relaxed_poll_timeout(addr, val, cond, delay_us, timeout_us)	\
	readx_poll_timeout(readl_relaxed, addr, val, cond, delay_us, timeout_us)
#define readb_poll_timeout(addr, val, cond, delay_us, timeout_us)		\
	readx_poll_timeout(readb, addr, val, cond, delay_us, timeout_us)
#define readw_poll_timeout(addr, val, cond, delay_us, timeout_us)		\
	readx_poll_timeout(readw, addr, val, cond, delay_us, timeout_us)

#endif
