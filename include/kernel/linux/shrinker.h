/* SPDX-License-Identifier: MIT */
/*
 * shrinker.h - callbacks of those who keep memory that they can do without
 *
 * Make one, fill it, register it; from then on reclaim asks it for memory:
 *
 *	s = shrinker_alloc(0, "my-cache");
 *	s->count_objects = ...; s->scan_objects = ...; s->private_data = ...;
 *	shrinker_register(s);
 *	...
 *	shrinker_free(s);
 *
 * Callbacks run in task context and may sleep: in kswapd, in any task whose allocation may block
 * (which then holds whatever locks it holds), and from drop_slab().  The task is in PF_MEMALLOC.
 *
 * Absent: shrinker_debugfs_add - no debugfs; struct shrinker_info - no memory control groups
 */
#ifndef _LINUX_SHRINKER_H
#define _LINUX_SHRINKER_H

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/completion.h>
#include <linux/refcount.h>
#include <linux/types.h>

struct mem_cgroup;

/* What a callback is told, and answers besides its value. */
struct shrink_control {
	gfp_t gfp_mask;			/* of the allocation that needs memory, scopes applied */
	int nid;			/* the node that is short */
	unsigned long nr_to_scan;	/* scan_objects: look at so many objects */
	unsigned long nr_scanned;	/* so many were; set to nr_to_scan before the call */
	struct mem_cgroup *memcg;	/* always NULL */
};

#define SHRINK_STOP	(~0UL)		/* scan_objects: no progress is possible now */
#define SHRINK_EMPTY	(~0UL - 1)	/* count_objects: there are no objects at all */

struct shrinker {
	/*
	 * How many objects could be freed; 0: ask again another time.  Takes no lock that a caller
	 * of the allocator may hold.
	 */
	unsigned long (*count_objects)(struct shrinker *shrinker, struct shrink_control *sc);
	/* Free some of sc->nr_to_scan objects; how many were freed, or SHRINK_STOP. */
	unsigned long (*scan_objects)(struct shrinker *shrinker, struct shrink_control *sc);
	long batch;			/* objects a call of scan_objects; 0: SHRINK_BATCH */
	int seeks;			/* what it costs to make an object anew; DEFAULT_SEEKS */
	unsigned int flags;		/* SHRINKER_* */
	void *private_data;		/* the owner's */

	/* The reclaim room's own. */
	refcount_t refcount;		/* 1 while registered, and one a running callback */
	struct completion done;		/* the last of them is gone */
	struct rcu_head rcu;
	struct list_head list;		/* of those registered, in the order they came */
	const char *name;
	atomic_long_t *nr_deferred;	/* asked for and not done, a node */
};

#define DEFAULT_SEEKS	2

#define SHRINKER_REGISTERED	BIT(0)	/* internal */
#define SHRINKER_ALLOCATED	BIT(1)	/* internal */
#define SHRINKER_NUMA_AWARE	BIT(2)	/* counts and frees by sc->nid */
#define SHRINKER_MEMCG_AWARE	BIT(3)
#define SHRINKER_NONSLAB	BIT(4)	/* its objects are not slab objects */

/**
 * shrinker_alloc() - make a shrinker with default seeks and batch and no callbacks
 * @flags: SHRINKER_NUMA_AWARE, SHRINKER_MEMCG_AWARE, SHRINKER_NONSLAB or 0
 * @fmt:   its name, as printf()
 *
 * Context: task, nothing held (sleep-in-atomic).  Cost: O(1), plus a counter for each node.
 * Return:  the shrinker, or NULL without memory; NULL for an empty or overlong name.
 * Source:  kernel 6.12 docs, core-api/mm-api, "Shrinker".
 * Differs: SHRINKER_MEMCG_AWARE changes nothing, there are no memory control groups; names are cut
 * after 47 bytes.
 */
struct shrinker *shrinker_alloc(unsigned int flags, const char *fmt, ...)
	KM_SYM(shrinker_alloc) __km_sleeps __printf(2, 3);

/**
 * shrinker_register() - have @shrinker called when memory is short
 * @shrinker: from shrinker_alloc(), with both callbacks set; once
 *
 * Context: task; a shrinker's callback may register others.  Locks: the list's.  Cost: O(1).
 * Differs: one without callbacks, registered twice, or not from shrinker_alloc() is warned of and
 * left out.
 */
void shrinker_register(struct shrinker *shrinker) KM_SYM(shrinker_register) __km_sleeps;

/**
 * shrinker_free() - take a shrinker away and free it; NULL is nothing to do
 * @shrinker: registered or not
 *
 * Waits for callbacks that run; so none may call this for its own shrinker.  The memory goes after
 * a grace period.
 * Context: task, nothing held (sleep-in-atomic).
 */
void shrinker_free(struct shrinker *shrinker) KM_SYM(shrinker_free) __km_sleeps;

static inline int shrinker_debugfs_rename(struct shrinker *shrinker, const char *fmt, ...)
{
	return 0;
}

#endif
