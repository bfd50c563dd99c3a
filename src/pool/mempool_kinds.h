/* SPDX-License-Identifier: MIT */
/* mempool_kinds.h - where the elements of a mempool come from, as mempool.c uses it */
#ifndef POOL_MEMPOOL_KINDS_H
#define POOL_MEMPOOL_KINDS_H

#include <linux/mempool.h>
#include "pool/tell.h"

/* The pool's own functions; silent if they are of this room. */
void *kind_alloc(mempool_t *pool, gfp_t gfp);
void kind_free(mempool_t *pool, void *element);

/* Fill an element that goes to the reserve; look at one that leaves it.  Caller holds the lock. */
void kind_poison(const mempool_t *pool, void *element);
void kind_unpoison(const mempool_t *pool, void *element);

/*
 * Events for an element the user gets and gives back.  Of a pool with the user's own functions
 * only the context is judged: what those allocate they tell themselves.
 */
bool kind_ask(const mempool_t *pool, gfp_t gfp, const struct slab_call *call);
void kind_tell(const mempool_t *pool, void *element, gfp_t gfp, const struct slab_call *call);
bool kind_ask_free(mempool_t *pool, void *element, const struct slab_call *call);

#endif
