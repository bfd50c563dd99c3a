/* SPDX-License-Identifier: MIT */
/* bounds.h - sizes that a kernel's build works out; a kernel tree's own headers ask for them */
#ifndef __LINUX_BOUNDS_H__
#define __LINUX_BOUNDS_H__

#define SPINLOCK_SIZE	4
#define NR_CPUS_BITS	6

#endif
