/* SPDX-License-Identifier: MIT */
/*
 * nodemask.h - sets of nodes; at most 8, so one word
 *
 * A machine has one node, 0, unless it is booted with numa=fake=N. All nodes are online from boot
 * to shutdown and all have memory; some may have no CPU.
 */
#ifndef __LINUX_NODEMASK_H
#define __LINUX_NODEMASK_H

#include <linux/compiler.h>
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

extern nodemask_t node_states[NR_NODE_STATES] KM_SYM(node_states);
extern unsigned int nr_node_ids KM_SYM(nr_node_ids);
extern unsigned int nr_online_nodes KM_SYM(nr_online_nodes);

#define NODE_MASK_WORD_ALL	((1UL << MAX_NUMNODES) - 1)
#define NODE_MASK_ALL		((nodemask_t) { { NODE_MASK_WORD_ALL } })
#define NODE_MASK_NONE		((nodemask_t) { { 0UL } })
#define nodemask_pr_args(maskp)	(maskp) ? MAX_NUMNODES : 0, (maskp) ? (maskp)->bits : NULL

/* The lowest node in @word not below @from; MAX_NUMNODES if there is none. */
static inline unsigned int km_node_from(unsigned long word, unsigned int from)
{
	word &= from < MAX_NUMNODES ? NODE_MASK_WORD_ALL & (~0UL << from) : 0;
	return word ? (unsigned int)__builtin_ctzl(word) : MAX_NUMNODES;
}

static inline nodemask_t km_node_word(unsigned long word)
{
	return (nodemask_t) { { word } };
}

unsigned int km_node_random(const nodemask_t *mask) KM_SYM(node_random);

#define node_isset(node, mask)	(((mask).bits[0] >> (node) & 1) != 0)
#define node_set(node, mask)	((void)((mask).bits[0] |= 1UL << (node)))
#define node_clear(node, mask)	((void)((mask).bits[0] &= ~(1UL << (node))))
#define nodes_setall(mask)	((void)((mask).bits[0] = NODE_MASK_WORD_ALL))
#define nodes_clear(mask)	((void)((mask).bits[0] = 0))
#define nodes_and(dst, a, b)	((void)((dst) = km_node_word((a).bits[0] & (b).bits[0])))
#define nodes_or(dst, a, b)	((void)((dst) = km_node_word((a).bits[0] | (b).bits[0])))
#define nodes_xor(dst, a, b)	((void)((dst) = km_node_word((a).bits[0] ^ (b).bits[0])))
#define nodes_andnot(dst, a, b)	((void)((dst) = km_node_word((a).bits[0] & ~(b).bits[0])))
#define nodes_complement(dst, a) \
	((void)((dst) = km_node_word(~(a).bits[0] & NODE_MASK_WORD_ALL)))
#define nodes_equal(a, b)	((a).bits[0] == (b).bits[0])
#define nodes_intersects(a, b)	(((a).bits[0] & (b).bits[0]) != 0)
#define nodes_subset(a, b)	(((a).bits[0] & ~(b).bits[0]) == 0)
#define nodes_empty(mask)	((mask).bits[0] == 0)
#define nodes_full(mask)	((mask).bits[0] == NODE_MASK_WORD_ALL)
#define nodes_weight(mask)	__builtin_popcountl((mask).bits[0])
#define nodes_addr(mask)	((mask).bits)
#define nodemask_of_node(node)	km_node_word(1UL << (node))
#define first_node(mask)	km_node_from((mask).bits[0], 0)
#define next_node(node, mask)	km_node_from((mask).bits[0], (unsigned int)(node) + 1)
#define next_node_in(node, mask) \
	(next_node(node, mask) < MAX_NUMNODES ? next_node(node, mask) : first_node(mask))
#define first_unset_node(mask)	km_node_from(~(mask).bits[0], 0)
#define node_random(maskp)	((int)km_node_random(maskp))

#define for_each_node_mask(node, mask) \
	for ((node) = first_node(mask); (node) < MAX_NUMNODES; (node) = next_node((node), (mask)))
#define for_each_node_state(node, state)	for_each_node_mask((node), node_states[state])
#define for_each_node(node)		for_each_node_state(node, N_POSSIBLE)
#define for_each_online_node(node)	for_each_node_state(node, N_ONLINE)
#define for_each_node_with_cpus(node)	for_each_node_state(node, N_CPU)

#define node_state(node, state)	node_isset((node), node_states[state])
#define num_node_state(state)	nodes_weight(node_states[state])
#define first_online_node	first_node(node_states[N_ONLINE])
#define first_memory_node	first_node(node_states[N_MEMORY])
#define next_online_node(nid)	next_node((nid), node_states[N_ONLINE])
#define next_memory_node(nid)	next_node((nid), node_states[N_MEMORY])
#define node_online_map		node_states[N_ONLINE]
#define node_possible_map	node_states[N_POSSIBLE]
#define num_online_nodes()	num_node_state(N_ONLINE)
#define num_possible_nodes()	num_node_state(N_POSSIBLE)
#define node_online(node)	node_state((node), N_ONLINE)
#define node_possible(node)	node_state((node), N_POSSIBLE)

#endif
