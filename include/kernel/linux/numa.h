/* SPDX-License-Identifier: MIT */
/* numa.h - how many nodes there can be */
#ifndef _LINUX_NUMA_H
#define _LINUX_NUMA_H

#include <linux/types.h>

#define NODES_SHIFT	3
#define MAX_NUMNODES	(1 << NODES_SHIFT)
#define NUMA_NO_NODE	(-1)
#define NUMA_NO_MEMBLK	(-1)

#define numa_valid_node(nid)	((nid) >= 0 && (nid) < MAX_NUMNODES)

#endif
