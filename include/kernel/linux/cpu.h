/* SPDX-License-Identifier: MIT */
/* cpu.h - CPUs neither come nor go while this machine runs, so holding them still costs nothing */
#ifndef _LINUX_CPU_H_
#define _LINUX_CPU_H_

#include <linux/cpuhotplug.h>
#include <linux/cleanup.h>
#include <linux/cpumask.h>
#include <linux/might_sleep.h>

static inline void cpus_read_lock(void)
{
	might_sleep();
}

static inline void cpus_read_unlock(void) { }
static inline int cpus_read_trylock(void) { return 1; }
static inline void cpu_hotplug_disable(void) { }
static inline void cpu_hotplug_enable(void) { }

DEFINE_LOCK_GUARD_0(cpus_read_lock, cpus_read_lock(), cpus_read_unlock())

#endif
