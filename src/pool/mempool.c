/* SPDX-License-Identifier: MIT */
/*
 * mempool.c - a reserve of elements behind an allocator, and a way to wait for one
 *
 * Owns: the reserve, and who waits for it.  Not: where elements come from (mempool_kinds.c).
 * M1  curr_nr elements lie in elements[0 .. curr_nr), at most min_nr of them.
 * M2  An element given back while curr_nr < min_nr goes to the reserve, and wakes a waiter; so with
 *     min_nr > 0 a caller that may sleep gets an element as long as others give theirs back.
 * M3  A waiter is queued before the lock is dropped under which it saw the reserve empty: no wakeup
 *     is lost.  It looks again after 5 s all the same, for memory may have come from elsewhere.
 * M4  While rules watch, an element in the reserve is filled with poison, and looked at when it
 *     leaves.
 * Lock: pool->lock, irqs saved; the allocator's functions are called without it.
 */
#include <linux/mempool.h>

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/overflow.h>
#include <linux/sched.h>
#include "kern/tell.h"
#include "pool/mempool_kinds.h"

#define ROUND	(5 * HZ)	/* how long a waiter sleeps at most before it looks again */

/* -- the reserve: the caller holds the lock ---------------------------------------------------- */

static void reserve_put(mempool_t *pool, void *element)
{
	WARN_ON_ONCE(pool->curr_nr >= pool->min_nr);	/* M1 */
	kind_poison(pool, element);
	pool->elements[pool->curr_nr++] = element;
}

static void *reserve_get(mempool_t *pool)
{
	void *element = pool->elements[--pool->curr_nr];

	kind_unpoison(pool, element);
	return element;
}

/* -- life ------------------------------------------------------------------------------------- */

static void **elements_make(int min_nr, gfp_t gfp, int node)
{
	size_t bytes;

	if (min_nr < 0 || check_mul_overflow((size_t)min_nr, sizeof(void *), &bytes))
		return NULL;
	return pool_own_alloc(bytes, gfp, node);
}

static void reserve_empty(mempool_t *pool)
{
	while (pool->curr_nr)
		kind_free(pool, reserve_get(pool));
	pool_own_free(pool->elements);
	pool->elements = NULL;
}

/* Everything but the events. */
static int pool_start(mempool_t *pool, int min_nr, gfp_t gfp, int node)
{
	spin_lock_init(&pool->lock);
	init_waitqueue_head(&pool->wait);
	pool->min_nr = min_nr;
	pool->curr_nr = 0;
	pool->elements = elements_make(min_nr, gfp, node);
	if (!pool->elements)
		return -ENOMEM;
	while (pool->curr_nr < pool->min_nr) {
		void *element = kind_alloc(pool, gfp);

		if (!element) {
			reserve_empty(pool);
			return -ENOMEM;
		}
		reserve_put(pool, element);
	}
	return 0;
}

/* What the ledger knows an embedded pool by: its array, for the pool itself is the user's. */
static int pool_init(mempool_t *pool, int min_nr, gfp_t gfp, int node, const struct slab_call *call)
{
	size_t bytes = (min_nr > 0 ? min_nr : 0) * sizeof(void *);
	int error;

	pool->elements = NULL;
	pool->km_is_embedded = true;
	if (!pool_ask(call, bytes, gfp, false))
		return -ENOMEM;
	error = pool_start(pool, min_nr, gfp, node);
	if (error || !ZERO_OR_NULL_PTR(pool->elements))
		pool_tell(call, error ? NULL : pool->elements, bytes, bytes, NULL, gfp);
	return error;
}

int mempool_init(mempool_t *pool, int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
		 void *pool_data)
{
	pool->alloc = alloc_fn;
	pool->free = free_fn;
	pool->pool_data = pool_data;
	return pool_init(pool, min_nr, GFP_KERNEL, NUMA_NO_NODE,
			 POOL_CALL("mempool_init", KM_FAMILY_MEMPOOL));
}

int mempool_init_node(mempool_t *pool, int min_nr, mempool_alloc_t *alloc_fn,
		      mempool_free_t *free_fn, void *pool_data, gfp_t gfp_mask, int node_id)
{
	pool->alloc = alloc_fn;
	pool->free = free_fn;
	pool->pool_data = pool_data;
	return pool_init(pool, min_nr, gfp_mask, node_id,
			 POOL_CALL("mempool_init_node", KM_FAMILY_MEMPOOL));
}

void mempool_exit(mempool_t *pool)
{
	const struct slab_call *call = POOL_CALL("mempool_exit", KM_FAMILY_MEMPOOL);

	TOUCH(pool);
	if (!pool->elements)
		return;
	pool_may_sleep(call);
	if (!ZERO_OR_NULL_PTR(pool->elements) && !pool_ask_free(call, pool->elements))
		return;
	reserve_empty(pool);
}

static mempool_t *pool_create(const mempool_t *wanted, gfp_t gfp, int node,
			      const struct slab_call *call)
{
	mempool_t *pool;

	if (!pool_ask(call, sizeof(*pool), gfp, false))
		return NULL;
	pool = pool_own_alloc(sizeof(*pool), gfp, node);
	if (pool) {
		*pool = *wanted;
		if (pool_start(pool, wanted->min_nr, gfp, node)) {
			pool_own_free(pool);
			pool = NULL;
		}
	}
	pool_tell(call, pool, sizeof(*pool), sizeof(*pool), NULL, gfp);
	return pool;
}

mempool_t *mempool_create(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
			  void *pool_data)
{
	mempool_t wanted = {
		.min_nr = min_nr, .alloc = alloc_fn, .free = free_fn, .pool_data = pool_data,
	};

	return pool_create(&wanted, GFP_KERNEL, NUMA_NO_NODE,
			   POOL_CALL("mempool_create", KM_FAMILY_MEMPOOL));
}

mempool_t *mempool_create_node(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
			       void *pool_data, gfp_t gfp_mask, int nid)
{
	mempool_t wanted = {
		.min_nr = min_nr, .alloc = alloc_fn, .free = free_fn, .pool_data = pool_data,
	};

	return pool_create(&wanted, gfp_mask, nid,
			   POOL_CALL("mempool_create_node", KM_FAMILY_MEMPOOL));
}

void mempool_destroy(mempool_t *pool)
{
	const struct slab_call *call = POOL_CALL("mempool_destroy", KM_FAMILY_MEMPOOL);

	if (!pool)
		return;
	pool_may_sleep(call);
	if (!pool_ask_free(call, pool))
		return;
	reserve_empty(pool);
	pool_own_free(pool);
}

/* -- another size ----------------------------------------------------------------------------- */

static void reserve_shrink(mempool_t *pool, int min_nr)
{
	unsigned long flags;

	spin_lock_irqsave(&pool->lock, flags);
	while (pool->curr_nr > min_nr) {
		void *element = reserve_get(pool);

		spin_unlock_irqrestore(&pool->lock, flags);
		kind_free(pool, element);
		spin_lock_irqsave(&pool->lock, flags);
	}
	pool->min_nr = min_nr;
	spin_unlock_irqrestore(&pool->lock, flags);
}

/* As far as memory allows. */
static void reserve_fill(mempool_t *pool)
{
	while (!mempool_is_saturated(pool)) {
		void *element = kind_alloc(pool, GFP_KERNEL);
		unsigned long flags;
		bool is_kept = false;

		if (!element)
			return;
		spin_lock_irqsave(&pool->lock, flags);
		if (pool->curr_nr < pool->min_nr) {
			reserve_put(pool, element);
			is_kept = true;
		}
		spin_unlock_irqrestore(&pool->lock, flags);
		/* Others gave theirs back meanwhile. */
		if (!is_kept)
			kind_free(pool, element);
	}
}

static void **elements_swap(mempool_t *pool, int min_nr, void **fresh)
{
	void **old = pool->elements;
	unsigned long flags;

	spin_lock_irqsave(&pool->lock, flags);
	for (int i = 0; i < pool->curr_nr; i++)
		fresh[i] = old[i];
	pool->elements = fresh;
	pool->min_nr = min_nr;
	spin_unlock_irqrestore(&pool->lock, flags);
	return old;
}

/* An embedded pool is known by its array, which changes here: the ledger follows. */
static void tell_moved(const mempool_t *pool, const void *old, size_t bytes,
		       const struct slab_call *call)
{
	if (!pool->km_is_embedded)
		return;
	if (!ZERO_OR_NULL_PTR(old))
		pool_ask_free(call, old);
	pool_tell(call, pool->elements, bytes, bytes, NULL, GFP_KERNEL);
}

/**
 * mempool_resize() - change how many elements a pool keeps
 * @new_min_nr: above 0, else BUG
 *
 * Context: task, may sleep; not while the pool is destroyed or resized by somebody else.
 * Return:  0; -ENOMEM without memory for a larger array, and then the pool is as it was.  The
 *          reserve of a larger pool is filled as far as memory allows, later by what is freed.
 */
int mempool_resize(mempool_t *pool, int new_min_nr)
{
	const struct slab_call *call = POOL_CALL("mempool_resize", KM_FAMILY_MEMPOOL);
	void **fresh, **old;

	BUG_ON(new_min_nr <= 0);
	pool_may_sleep(call);
	if (new_min_nr <= pool->min_nr) {
		reserve_shrink(pool, new_min_nr);
		return 0;
	}
	if (!pool_ask(call, new_min_nr * sizeof(void *), GFP_KERNEL, false))
		return -ENOMEM;
	fresh = elements_make(new_min_nr, GFP_KERNEL, NUMA_NO_NODE);
	if (!fresh)
		return -ENOMEM;
	old = elements_swap(pool, new_min_nr, fresh);
	tell_moved(pool, old, new_min_nr * sizeof(void *), call);
	pool_own_free(old);
	reserve_fill(pool);
	return 0;
}

/* -- elements --------------------------------------------------------------------------------- */

/* NULL: the reserve is empty, and @wait (if any) is queued for the next element: M3. */
static void *reserve_take(mempool_t *pool, struct wait_queue_entry *wait)
{
	void *element = NULL;
	unsigned long flags;

	spin_lock_irqsave(&pool->lock, flags);
	if (pool->curr_nr)
		element = reserve_get(pool);
	else if (wait)
		prepare_to_wait(&pool->wait, wait, TASK_UNINTERRUPTIBLE);
	spin_unlock_irqrestore(&pool->lock, flags);
	return element;
}

/* One round: allocator, reserve; @wait as above. */
static void *element_try(mempool_t *pool, gfp_t gfp, struct wait_queue_entry *wait)
{
	void *element = kind_alloc(pool, gfp);

	return element ? element : reserve_take(pool, wait);
}

static void *element_get(mempool_t *pool, gfp_t gfp)
{
	/* The pool is its own reserve: those of the machine are for others. */
	gfp_t full = gfp | __GFP_NOMEMALLOC | __GFP_NORETRY | __GFP_NOWARN;
	gfp_t light = full & ~(__GFP_DIRECT_RECLAIM | __GFP_IO);
	void *element = element_try(pool, light, NULL);

	if (element || light == full)
		return element;
	if (!gfpflags_allow_blocking(gfp))
		return element_try(pool, full, NULL);
	for (;;) {
		DEFINE_WAIT(wait);

		element = element_try(pool, full, &wait);
		if (element)
			return element;
		io_schedule_timeout(ROUND);
		finish_wait(&pool->wait, &wait);
	}
}

void *mempool_alloc(mempool_t *pool, gfp_t gfp_mask)
{
	const struct slab_call *call = POOL_CALL("mempool_alloc", KM_FAMILY_MEMPOOL);
	void *element;

	TOUCH(pool);
	/* Where a rule listens, it tells. */
	WARN_ONCE((gfp_mask & __GFP_ZERO) && !watch_wants(KM_POINT_ALLOC_ASK),
		  "mempool_alloc: __GFP_ZERO is not supported, an element of the reserve is not "
		  "zeroed\n");
	if (!kind_ask(pool, gfp_mask, call))
		return NULL;
	element = element_get(pool, gfp_mask);
	kind_tell(pool, element, gfp_mask, call);
	return element;
}

void *mempool_alloc_preallocated(mempool_t *pool)
{
	const struct slab_call *call = POOL_CALL("mempool_alloc_preallocated", KM_FAMILY_MEMPOOL);
	void *element;

	TOUCH(pool);
	if (!kind_ask(pool, 0, call))
		return NULL;
	element = reserve_take(pool, NULL);
	kind_tell(pool, element, 0, call);
	return element;
}

static bool reserve_keep(mempool_t *pool, void *element)
{
	bool is_kept = false;
	unsigned long flags;

	/*
	 * Most often the reserve is full, and no lock is needed to see that: who took an element
	 * out, before this one was given back, has been here or will be.
	 */
	smp_mb();
	if (mempool_is_saturated(pool))
		return false;
	spin_lock_irqsave(&pool->lock, flags);
	if (pool->curr_nr < pool->min_nr) {
		reserve_put(pool, element);
		is_kept = true;
	}
	spin_unlock_irqrestore(&pool->lock, flags);
	if (is_kept)
		wake_up(&pool->wait);
	return is_kept;
}

void mempool_free(void *element, mempool_t *pool)
{
	const struct slab_call *call = POOL_CALL("mempool_free", KM_FAMILY_MEMPOOL);

	if (!element)
		return;
	TOUCH(pool);
	if (!kind_ask_free(pool, element, call))
		return;
	if (!reserve_keep(pool, element))
		kind_free(pool, element);
}
