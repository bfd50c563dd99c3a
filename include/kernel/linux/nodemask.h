/* SPDX-License-Identifier: MIT */
/* nodemask.h - sets of nodes; there is one node, 0 */
#ifndef __LINUX_NODEMASK_H
#define __LINUX_NODEMASK_H

#include <linux/numa.h>

typedef struct nodemask { unsigned long bits[1]; } nodemask_t;

enum node_states {
	N_POSSIBLE,
	N_ONLINE,
	N_NORMAL_MEMORY,
	N_HIGH_MEMORY = N_NORMAL_MEMORY,
	N_MEMORY,
	N_CPU,
	N_GENERIC_INITIATOR,
	NR_NODE_STATES
};

#define NODE_MASK_ALL		((nodemask_t) { { 1UL } })
#define NODE_MASK_NONE		((nodemask_t) { { 0UL } })
#define node_isset(node, mask)	((mask).bits[0] >> (node) & 1)
#define node_set(node, mask)	((void)((mask).bits[0] |= 1UL << (node)))
#define node_clear(node, mask)	((void)((mask).bits[0] &= ~(1UL << (node))))
#define nodes_clear(mask)	((void)((mask).bits[0] = 0))
#define nodes_empty(mask)	((mask).bits[0] == 0)
#define nodes_weight(mask)	__builtin_popcountl((mask).bits[0])
#define node_state(node, state)	((node) == 0)
#define num_node_state(state)	1
#define for_each_node_mask(node, mask) \
	for ((node) = 0; (node) < 1 && node_isset(node, mask); (node)++)
#define for_each_node_state(node, state)	for ((node) = 0; (node) < 1; (node)++)
#define for_each_node(node)		for_each_node_state(node, N_POSSIBLE)
#define for_each_online_node(node)	for_each_node_state(node, N_ONLINE)
#define first_online_node	0
#define first_memory_node	0
#define next_online_node(nid)	(MAX_NUMNODES)
#define nr_node_ids		1U
#define nr_online_nodes		1U
#define num_online_nodes()	1
#define num_possible_nodes()	1
#define node_online(node)	((node) == 0)
#define node_possible(node)	((node) == 0)
#define node_random(mask)	0

#endif
