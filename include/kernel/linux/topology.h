/* SPDX-License-Identifier: MIT */
/* topology.h - every CPU is on node 0 */
#ifndef _LINUX_TOPOLOGY_H
#define _LINUX_TOPOLOGY_H

#include <linux/nodemask.h>

#define LOCAL_DISTANCE		10
#define REMOTE_DISTANCE		20
#define node_distance(from, to)	((from) == (to) ? LOCAL_DISTANCE : REMOTE_DISTANCE)
#define nr_cpus_node(node)	num_online_cpus()

static inline int numa_node_id(void)
{
	return 0;
}

static inline int numa_mem_id(void)
{
	return 0;
}

static inline int cpu_to_node(int cpu)
{
	return 0;
}

static inline int cpu_to_mem(int cpu)
{
	return 0;
}

#endif
