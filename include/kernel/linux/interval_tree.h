/* SPDX-License-Identifier: MIT */
/* interval_tree.h - trees of closed intervals of unsigned long */
#if __has_include_next(<linux/interval_tree.h>)
#include_next <linux/interval_tree.h>
#endif

#ifndef _LINUX_INTERVAL_TREE_H
#define _LINUX_INTERVAL_TREE_H

#include <linux/interval_tree_generic.h>

struct interval_tree_node {
	struct rb_node rb;
	unsigned long start, last;
	unsigned long __subtree_last;
};

#define km_interval_start(node)	((node)->start)
#define km_interval_last(node)	((node)->last)
INTERVAL_TREE_DEFINE(struct interval_tree_node, rb, unsigned long, __subtree_last,
		     km_interval_start, km_interval_last, static inline, interval_tree)

#endif
