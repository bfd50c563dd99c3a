/* SPDX-License-Identifier: MIT */
/* percpu.h - per-CPU variables (alloc_percpu() is not here yet) */
#ifndef __LINUX_PERCPU_H
#define __LINUX_PERCPU_H

#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/percpu-defs.h>

#endif
