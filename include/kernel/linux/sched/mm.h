/* SPDX-License-Identifier: MIT */
/*
 * sched/mm.h - what the current task allows its allocations to do
 *
 * A scope is opened by memalloc_x_save() and closed by memalloc_x_restore() with the word the
 * save returned, in the same task; scopes nest.
 */
#ifndef _LINUX_SCHED_MM_H
#define _LINUX_SCHED_MM_H

#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/gfp.h>

/**
 * current_gfp_context() - @flags without what the scopes of the current task forbid
 *
 * NOIO takes IO and FS away and wins over NOFS, which takes FS; PIN takes MOVABLE. Every allocation
 * obeys it by itself: pages, slab, vmalloc, percpu.
 * Context: any.   Cost: one load of the task's flags.
 */
static inline gfp_t current_gfp_context(gfp_t flags)
{
	unsigned int scope = __atomic_load_n(&current->flags, __ATOMIC_RELAXED);

	if (__builtin_expect(scope & (PF_MEMALLOC_NOIO | PF_MEMALLOC_NOFS | PF_MEMALLOC_PIN), 0)) {
		if (scope & PF_MEMALLOC_NOIO)
			flags &= ~(__GFP_IO | __GFP_FS);
		else if (scope & PF_MEMALLOC_NOFS)
			flags &= ~__GFP_FS;
		if (scope & PF_MEMALLOC_PIN)
			flags &= ~__GFP_MOVABLE;
	}
	return flags;
}

/*
 * Entry check of everything that takes a gfp: a blocking one needs a context that may sleep,
 * memory or not.
 */
static inline void might_alloc(gfp_t gfp_mask)
{
	might_sleep_if(gfpflags_allow_blocking(gfp_mask));
}

/**
 * memalloc_flags_save() - open a scope: @flags hold for every allocation of this task
 * @flags: PF_MEMALLOC_*
 *
 * Context: any; the same task closes it. Scopes nest.
 * Return: those of @flags that were not set before, for memalloc_flags_restore().
 */
static inline unsigned int memalloc_flags_save(unsigned int flags)
{
	unsigned int added = ~current->flags & flags;

	current->flags |= added;
	return added;
}

/**
 * memalloc_flags_restore() - close a scope
 * @flags: what the save returned: only these bits are cleared
 *
 * Context: the task that opened it.
 */
static inline void memalloc_flags_restore(unsigned int flags)
{
	current->flags &= ~flags;
}

/**
 * memalloc_noio_save() - reclaim for this task may not start I/O, nor call into file systems
 *
 * Also: memalloc_noio_restore(), which takes what the save returned.
 * Context: as memalloc_flags_save().
 */
static inline unsigned int memalloc_noio_save(void)
{
	return memalloc_flags_save(PF_MEMALLOC_NOIO);
}

static inline void memalloc_noio_restore(unsigned int flags)
{
	memalloc_flags_restore(flags);
}

/**
 * memalloc_nofs_save() - reclaim for this task may not call into file systems
 *
 * Also: memalloc_nofs_restore(), which takes what the save returned.
 * Context: as memalloc_flags_save().
 */
static inline unsigned int memalloc_nofs_save(void)
{
	return memalloc_flags_save(PF_MEMALLOC_NOFS);
}

static inline void memalloc_nofs_restore(unsigned int flags)
{
	memalloc_flags_restore(flags);
}

/**
 * memalloc_noreclaim_save() - this task never reclaims and may use all reserves
 *
 * Also: memalloc_noreclaim_restore(), which takes what the save returned.
 * Context: task, or a softirq handler for itself; not hardirq. An interrupt does not inherit it.
 */
static inline unsigned int memalloc_noreclaim_save(void)
{
	return memalloc_flags_save(PF_MEMALLOC);
}

static inline void memalloc_noreclaim_restore(unsigned int flags)
{
	memalloc_flags_restore(flags);
}

/**
 * memalloc_pin_save() - pages this task takes are to stay where they are: __GFP_MOVABLE is cleared
 *
 * Also: memalloc_pin_restore(), which takes what the save returned.
 * Context: as memalloc_flags_save().
 */
static inline unsigned int memalloc_pin_save(void)
{
	return memalloc_flags_save(PF_MEMALLOC_PIN);
}

static inline void memalloc_pin_restore(unsigned int flags)
{
	memalloc_flags_restore(flags);
}

#endif
