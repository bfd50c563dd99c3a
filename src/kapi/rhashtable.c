/* SPDX-License-Identifier: MIT */
/*
 * rhashtable.c - the beginning and the end of a hash table; the rest is in the header
 *
 * Owns: nothing.  The chains are memory of their user: a table that is forgotten is a leak.
 * Context: task, may sleep.
 * Source: kernel 6.12 docs, the kernel-doc of lib/rhashtable.c and include/linux/rhashtable.h.
 */
#include <linux/rhashtable.h>

#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/random.h>
#include <linux/slab.h>
#include "kern/core.h"
#include "kern/tell.h"
#include "slab/slab.h"

#define SIZE_DEFAULT	64u
#define SIZE_LEAST	4u

static unsigned int size_of(const struct rhashtable_params *params)
{
	unsigned int size = params->nelem_hint ? params->nelem_hint * 4u / 3 : SIZE_DEFAULT;

	size = max3(size, (unsigned int)params->min_size, SIZE_LEAST);
	if (params->max_size)
		size = min(size, max(params->max_size, SIZE_LEAST));
	return (unsigned int)roundup_pow_of_two(size);
}

int rhashtable_init(struct rhashtable *ht, const struct rhashtable_params *params)
{
	const struct slab_call *call = KMALLOC_CALL("rhashtable_init");
	struct bucket_table *tbl;
	unsigned int size;

	TOUCH(ht);
	KERN_MIGHT_SLEEP("rhashtable_init");
	if ((!params->key_len && !params->obj_hashfn) ||
	    (params->obj_hashfn && !params->obj_cmpfn))
		return -EINVAL;
	size = size_of(params);
	tbl = kmalloc_call(struct_size(tbl, buckets, size), GFP_KERNEL | __GFP_ZERO, call);
	if (!tbl)
		return -ENOMEM;
	tbl->size = size;
	tbl->hash_rnd = get_random_u32();
	*ht = (struct rhashtable){ .key_len = params->key_len, .p = *params };
	spin_lock_init(&ht->lock);
	atomic_set(&ht->nelems, 0);
	ht->max_elems = 1u << 31;
	if (params->max_size && params->max_size < ht->max_elems / 2)
		ht->max_elems = (unsigned int)rounddown_pow_of_two(params->max_size) * 2;
	rcu_assign_pointer(ht->tbl, tbl);
	return 0;
}

static void table_end(struct rhashtable *ht, void (*free_fn)(void *ptr, void *arg), void *arg,
		      const struct slab_call *call)
{
	struct bucket_table *tbl = rcu_dereference_raw(ht->tbl);
	const struct asker asker = { call->caller, call->frame };

	/* Destroyed already: that is told here, and the chains are not looked at. */
	if (!touch_for(&asker, tbl, sizeof(*tbl), false))
		return;
	for (unsigned int i = 0; free_fn && i < tbl->size; i++) {
		struct rhash_head *he = rcu_dereference_raw(tbl->buckets[i]), *next;

		for (; he && touch_for(&asker, he, sizeof(*he), false); he = next) {
			next = rcu_dereference_raw(he->next);
			free_fn(rht_obj(ht, he), arg);
		}
	}
	kfree_call(tbl, call);
}

void rhashtable_free_and_destroy(struct rhashtable *ht, void (*free_fn)(void *ptr, void *arg),
				 void *arg)
{
	TOUCH(ht);
	KERN_MIGHT_SLEEP("rhashtable_free_and_destroy");
	table_end(ht, free_fn, arg, KMALLOC_CALL("rhashtable_free_and_destroy"));
}

void rhashtable_destroy(struct rhashtable *ht)
{
	TOUCH(ht);
	KERN_MIGHT_SLEEP("rhashtable_destroy");
	table_end(ht, NULL, NULL, KMALLOC_CALL("rhashtable_destroy"));
}
