/* SPDX-License-Identifier: MIT */
/* numa.h - one node */
#ifndef _LINUX_NUMA_H
#define _LINUX_NUMA_H

#include <linux/types.h>

#define NODES_SHIFT	0
#define MAX_NUMNODES	(1 << NODES_SHIFT)
#define NUMA_NO_NODE	(-1)
#define NUMA_NO_MEMBLK	(-1)

#endif
