/* SPDX-License-Identifier: MIT */
/* clock.h - nanoseconds since boot, cheap */
#ifndef _LINUX_SCHED_CLOCK_H
#define _LINUX_SCHED_CLOCK_H

#include <kmalloc/port.h>
#include <linux/types.h>

static inline u64 local_clock(void)
{
	return km_port_clock_ns();
}

static inline u64 sched_clock(void)
{
	return km_port_clock_ns();
}

static inline u64 cpu_clock(int cpu)
{
	return km_port_clock_ns();
}

#endif
