/* SPDX-License-Identifier: MIT */
/*
 * topology.h - which CPU is near which memory
 *
 * With numa=fake=N the CPUs are dealt to the nodes in turn: CPU c is on node c % N.
 */
#ifndef _LINUX_TOPOLOGY_H
#define _LINUX_TOPOLOGY_H

#include <linux/compiler.h>
#include <linux/nodemask.h>

#define LOCAL_DISTANCE		10
#define REMOTE_DISTANCE		20
#define RECLAIM_DISTANCE	30

struct cpumask;

int __node_distance(int from, int to) KM_SYM(__node_distance);
#define node_distance(from, to)	__node_distance((from), (to))

/* The CPU this runs on may change at once unless preemption is off, as in Linux. */
int numa_node_id(void) KM_SYM(numa_node_id);
int cpu_to_node(int cpu) KM_SYM(cpu_to_node);
const struct cpumask *cpumask_of_node(int node) KM_SYM(cpumask_of_node);
int nr_cpus_node(int node) KM_SYM(nr_cpus_node);

/* Every node has memory, so the nearest node with memory is the node itself. */
#define numa_mem_id()		numa_node_id()
#define cpu_to_mem(cpu)		cpu_to_node(cpu)

#endif
