/* SPDX-License-Identifier: MIT */
/* threads.h - limits on CPUs and tasks */
#ifndef _LINUX_THREADS_H
#define _LINUX_THREADS_H

#ifndef NR_CPUS
#define NR_CPUS		CONFIG_NR_CPUS
#endif
#define MIN_THREADS_LEFT_FOR_ROOT	4
#define PID_MAX_DEFAULT	0x8000
#define PID_MAX_LIMIT	(4 * 1024 * 1024)

#endif
