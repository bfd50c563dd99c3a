/* SPDX-License-Identifier: MIT */
/*
 * rhashtable.h - hash tables that are read under RCU
 *
 * A table keeps the size that its parameters ask for (nelem_hint, min_size; else 64 chains).
 * Readers are in rcu_read_lock(), or use rhashtable_lookup_fast() and own the object otherwise; an
 * object that was removed is freed after a grace period.  Absent: rhltable (lists of equal keys),
 * rht_for_each*().
 */
#ifndef _LINUX_RHASHTABLE_H
#define _LINUX_RHASHTABLE_H

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/jhash.h>
#include <linux/rcupdate.h>
#include <linux/rhashtable-types.h>
#include <linux/spinlock.h>
#include <linux/string.h>

struct bucket_table {
	unsigned int size;		/* a power of two */
	u32 hash_rnd;
	struct rhash_head __rcu *buckets[];
};

/* Chains go, and the objects in them are handed to @free_fn.  Nobody reads any more.  Sleep. */
void rhashtable_free_and_destroy(struct rhashtable *ht, void (*free_fn)(void *ptr, void *arg),
				 void *arg) KM_SYM(rhashtable_free_and_destroy) __km_sleeps;
void rhashtable_destroy(struct rhashtable *ht) KM_SYM(rhashtable_destroy) __km_sleeps;

/* -- hashes ----------------------------------------------------------------------------------- */

static inline void *rht_obj(const struct rhashtable *ht, const struct rhash_head *he)
{
	return (char *)he - ht->p.head_offset;
}

static inline u32 km_rht_key_hash(const struct rhashtable *ht, const struct bucket_table *tbl,
				  const void *key, const struct rhashtable_params params)
{
	u32 length = params.key_len ? params.key_len : ht->key_len;
	u32 hash = params.hashfn ? params.hashfn(key, length, tbl->hash_rnd)
				 : jhash(key, length, tbl->hash_rnd);

	return hash & (tbl->size - 1);
}

static inline u32 km_rht_hash(const struct rhashtable *ht, const struct bucket_table *tbl,
			      const struct rhash_head *he, const struct rhashtable_params params)
{
	const char *obj = rht_obj(ht, he);
	u32 length = params.key_len ? params.key_len : ht->key_len;

	if (params.obj_hashfn)
		return params.obj_hashfn(obj, length, tbl->hash_rnd) & (tbl->size - 1);
	return km_rht_key_hash(ht, tbl, obj + params.key_offset, params);
}

static inline bool km_rht_is(struct rhashtable *ht, const void *key, const void *obj,
			     const struct rhashtable_params params)
{
	struct rhashtable_compare_arg arg = { .ht = ht, .key = key };

	if (params.obj_cmpfn)
		return !params.obj_cmpfn(&arg, obj);
	return !memcmp((const char *)obj + ht->p.key_offset, key, ht->p.key_len);
}

/* -- looking up ------------------------------------------------------------------------------- */

static inline struct rhash_head *km_rht_find(struct rhashtable *ht, struct bucket_table *tbl,
					     u32 hash, const void *key,
					     const struct rhashtable_params params)
{
	struct rhash_head *he;

	for (he = rcu_dereference_raw(tbl->buckets[hash]); he;
	     he = rcu_dereference_raw(he->next))
		if (km_rht_is(ht, key, rht_obj(ht, he), params))
			return he;
	return NULL;
}

/* The caller is in rcu_read_lock(), and stays there while it uses the object. */
static inline void *rhashtable_lookup(struct rhashtable *ht, const void *key,
				      const struct rhashtable_params params)
{
	struct bucket_table *tbl = rcu_dereference_raw(ht->tbl);
	struct rhash_head *he = km_rht_find(ht, tbl, km_rht_key_hash(ht, tbl, key, params), key,
					    params);

	return he ? rht_obj(ht, he) : NULL;
}

static inline void *rhashtable_lookup_fast(struct rhashtable *ht, const void *key,
					   const struct rhashtable_params params)
{
	void *obj;

	rcu_read_lock();
	obj = rhashtable_lookup(ht, key, params);
	rcu_read_unlock();
	return obj;
}

/* -- inserting -------------------------------------------------------------------------------- */

/* The object that has @key already (NULL: none is looked for), NULL: it is in; ERR_PTR(-E2BIG). */
static inline void *km_rht_insert(struct rhashtable *ht, const void *key, struct rhash_head *obj,
				  const struct rhashtable_params params)
{
	struct bucket_table *tbl;
	struct rhash_head *he = NULL;
	unsigned long flags;
	bool is_full;
	u32 hash;

	rcu_read_lock();
	tbl = rcu_dereference_raw(ht->tbl);
	hash = key ? km_rht_key_hash(ht, tbl, key, params) : km_rht_hash(ht, tbl, obj, params);
	spin_lock_irqsave(&ht->lock, flags);
	if (key)
		he = km_rht_find(ht, tbl, hash, key, params);
	is_full = !he && (unsigned int)atomic_read(&ht->nelems) >= ht->max_elems;
	if (!he && !is_full) {
		RCU_INIT_POINTER(obj->next, tbl->buckets[hash]);
		rcu_assign_pointer(tbl->buckets[hash], obj);
		atomic_inc(&ht->nelems);
	}
	spin_unlock_irqrestore(&ht->lock, flags);
	rcu_read_unlock();
	return is_full ? ERR_PTR(-E2BIG) : he ? rht_obj(ht, he) : NULL;
}

static inline int km_rht_inserted(void *old)
{
	return IS_ERR(old) ? PTR_ERR(old) : old ? -EEXIST : 0;
}

static inline const void *km_rht_key_of(struct rhashtable *ht, struct rhash_head *obj)
{
	return (char *)rht_obj(ht, obj) + ht->p.key_offset;
}

/* Nobody asks whether the key is there already. */
static inline int rhashtable_insert_fast(struct rhashtable *ht, struct rhash_head *obj,
					 const struct rhashtable_params params)
{
	return km_rht_inserted(km_rht_insert(ht, NULL, obj, params));
}

/* -EEXIST */
static inline int rhashtable_lookup_insert_fast(struct rhashtable *ht, struct rhash_head *obj,
						const struct rhashtable_params params)
{
	return km_rht_inserted(km_rht_insert(ht, km_rht_key_of(ht, obj), obj, params));
}

static inline int rhashtable_lookup_insert_key(struct rhashtable *ht, const void *key,
					       struct rhash_head *obj,
					       const struct rhashtable_params params)
{
	return km_rht_inserted(km_rht_insert(ht, key, obj, params));
}

/* The object that was there, NULL if now @obj is; ERR_PTR. */
static inline void *rhashtable_lookup_get_insert_fast(struct rhashtable *ht,
						      struct rhash_head *obj,
						      const struct rhashtable_params params)
{
	return km_rht_insert(ht, km_rht_key_of(ht, obj), obj, params);
}

static inline void *rhashtable_lookup_get_insert_key(struct rhashtable *ht, const void *key,
						     struct rhash_head *obj,
						     const struct rhashtable_params params)
{
	return km_rht_insert(ht, key, obj, params);
}

/* -- removing --------------------------------------------------------------------------------- */

/* @new NULL: @old goes; else it takes the place of @old.  0 or -ENOENT. */
static inline int km_rht_exchange(struct rhashtable *ht, struct rhash_head *old,
				  struct rhash_head *new, const struct rhashtable_params params)
{
	struct rhash_head __rcu **link;
	struct bucket_table *tbl;
	unsigned long flags;
	int error = -ENOENT;

	rcu_read_lock();
	tbl = rcu_dereference_raw(ht->tbl);
	link = &tbl->buckets[km_rht_hash(ht, tbl, old, params)];
	spin_lock_irqsave(&ht->lock, flags);
	while (*link && *link != old)
		link = &(*link)->next;
	if (*link) {
		if (new)
			RCU_INIT_POINTER(new->next, old->next);
		else
			atomic_dec(&ht->nelems);
		rcu_assign_pointer(*link, new ? new : old->next);
		error = 0;
	}
	spin_unlock_irqrestore(&ht->lock, flags);
	rcu_read_unlock();
	return error;
}

static inline int rhashtable_remove_fast(struct rhashtable *ht, struct rhash_head *obj,
					 const struct rhashtable_params params)
{
	return km_rht_exchange(ht, obj, NULL, params);
}

/* -EINVAL: the two have other hashes. */
static inline int rhashtable_replace_fast(struct rhashtable *ht, struct rhash_head *obj_old,
					  struct rhash_head *obj_new,
					  const struct rhashtable_params params)
{
	struct bucket_table *tbl = rcu_dereference_raw(ht->tbl);

	if (km_rht_hash(ht, tbl, obj_old, params) != km_rht_hash(ht, tbl, obj_new, params))
		return -EINVAL;
	return km_rht_exchange(ht, obj_old, obj_new, params);
}

/* -- walking: each object once, as long as none comes or goes --------------------------------- */

static inline void rhashtable_walk_enter(struct rhashtable *ht, struct rhashtable_iter *iter)
{
	*iter = (struct rhashtable_iter){ .ht = ht };
}

static inline void rhashtable_walk_exit(struct rhashtable_iter *iter) { }

#define rhashtable_walk_start(iter)		\
do {						\
	(void)(iter);				\
	rcu_read_lock();			\
} while (0)
#define rhashtable_walk_start_check(iter)	({ rhashtable_walk_start(iter); 0; })
#define rhashtable_walk_stop(iter)		\
do {						\
	(iter)->p = NULL;			\
	rcu_read_unlock();			\
} while (0)

/* The next one; NULL: that was all.  Between walk_start and walk_stop. */
static inline void *rhashtable_walk_next(struct rhashtable_iter *iter)
{
	struct bucket_table *tbl = rcu_dereference_raw(iter->ht->tbl);
	struct rhash_head *he = iter->p ? rcu_dereference_raw(iter->p->next) : NULL;

	if (iter->end_of_table)
		return NULL;
	/* After a pause: those of the chain that were given are passed over. */
	if (!iter->p && iter->skip) {
		he = rcu_dereference_raw(tbl->buckets[iter->slot]);
		for (unsigned int i = 0; he && i < iter->skip; i++)
			he = rcu_dereference_raw(he->next);
	} else if (!iter->p) {
		he = rcu_dereference_raw(tbl->buckets[iter->slot]);
	}
	while (!he && ++iter->slot < tbl->size) {
		iter->skip = 0;
		he = rcu_dereference_raw(tbl->buckets[iter->slot]);
	}
	iter->p = he;
	iter->skip++;
	iter->end_of_table = !he;
	return he ? rht_obj(iter->ht, he) : NULL;
}

#endif
