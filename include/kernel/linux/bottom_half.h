/* SPDX-License-Identifier: MIT */
/* bottom_half.h - holding softirqs back on this CPU; nests */
#ifndef _LINUX_BH_H
#define _LINUX_BH_H

#include <linux/preempt.h>

/* Lowers the count by @cnt and runs what was raised meanwhile when it reaches zero. */
void __local_bh_enable_ip(unsigned long ip, unsigned int cnt) KM_SYM(__local_bh_enable_ip);
void _local_bh_enable(void) KM_SYM(_local_bh_enable) __km_ends_bh_off;	/* does not run softirqs */

static inline void __local_bh_disable_ip(unsigned long ip, unsigned int cnt)
{
	preempt_count_add(cnt);
}

static __always_inline __km_begins(__in_bh_off) void local_bh_disable(void)
{
	preempt_count_add(SOFTIRQ_DISABLE_OFFSET);
}

static __always_inline __km_ends_bh_off void local_bh_enable_ip(unsigned long ip)
{
	__local_bh_enable_ip(ip, SOFTIRQ_DISABLE_OFFSET);
}

static __always_inline __km_ends_bh_off void local_bh_enable(void)
{
	__local_bh_enable_ip(0, SOFTIRQ_DISABLE_OFFSET);
}

static inline bool local_bh_blocked(void) { return false; }

#endif
