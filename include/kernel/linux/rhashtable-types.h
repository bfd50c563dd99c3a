/* SPDX-License-Identifier: MIT */
/* rhashtable-types.h - what rhashtable.h is made of */
#ifndef _LINUX_RHASHTABLE_TYPES_H
#define _LINUX_RHASHTABLE_TYPES_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

struct rhashtable;
struct bucket_table;

/* In each object of a table. */
struct rhash_head {
	struct rhash_head __rcu *next;
};

struct rhashtable_compare_arg {
	struct rhashtable *ht;
	const void *key;
};

typedef u32 (*rht_hashfn_t)(const void *data, u32 len, u32 seed);
typedef u32 (*rht_obj_hashfn_t)(const void *data, u32 len, u32 seed);
typedef int (*rht_obj_cmpfn_t)(struct rhashtable_compare_arg *arg, const void *obj);

struct rhashtable_params {
	u16 nelem_hint;
	u16 key_len;
	u16 key_offset;
	u16 head_offset;
	unsigned int max_size;
	u16 min_size;
	bool automatic_shrinking;	/* tables keep their size here */
	rht_hashfn_t hashfn;
	rht_obj_hashfn_t obj_hashfn;
	rht_obj_cmpfn_t obj_cmpfn;
};

struct rhashtable {
	struct bucket_table __rcu *tbl;
	unsigned int key_len;
	unsigned int max_elems;
	struct rhashtable_params p;
	spinlock_t lock;		/* all chains: one lock where Linux has one for each */
	atomic_t nelems;
};

struct rhashtable_iter {
	struct rhashtable *ht;
	struct rhash_head *p;		/* the one that was given last; NULL: look it up anew */
	unsigned int slot, skip;	/* its chain, and how many of it were given */
	bool end_of_table;
};

int rhashtable_init(struct rhashtable *ht, const struct rhashtable_params *params)
	KM_SYM(rhashtable_init) __km_sleeps;

#endif
