// SPDX-License-Identifier: MIT
/* scopes.c - rows of memalloc_*_save() and restore; see api.h */
#include "api.h"

#include <linux/sched/mm.h>

/* In the scope that @save opens, a gfp with all of @lost has none of it, and has it after. */
#define SCOPE_ROWS(save, restore, lost)								\
	API(save, other, #lost " is taken from every gfp of the task")				\
	{											\
		gfp_t all = GFP_KERNEL | __GFP_MOVABLE;						\
		unsigned int flags = save();							\
		bool ok = current_gfp_context(all) == (all & ~(lost));				\
												\
		restore(flags);									\
		return ok && current_gfp_context(all) == all;					\
	}											\
	API(restore, other, "scopes nest: the inner one leaves the outer one open")		\
	{											\
		gfp_t all = GFP_KERNEL | __GFP_MOVABLE;						\
		unsigned int outer = save(), inner = save();					\
		bool ok;									\
												\
		restore(inner);									\
		ok = current_gfp_context(all) == (all & ~(lost));				\
		restore(outer);									\
		return ok && current_gfp_context(all) == all;					\
	}

SCOPE_ROWS(memalloc_noio_save, memalloc_noio_restore, __GFP_IO | __GFP_FS)
SCOPE_ROWS(memalloc_nofs_save, memalloc_nofs_restore, __GFP_FS)
SCOPE_ROWS(memalloc_pin_save, memalloc_pin_restore, __GFP_MOVABLE)

API(memalloc_noreclaim_save, other, "the task may use every reserve")
{
	unsigned int flags = memalloc_noreclaim_save();
	bool ok = current->flags & PF_MEMALLOC;

	memalloc_noreclaim_restore(flags);
	return ok;
}

API(memalloc_noreclaim_restore, other, "ends it")
{
	memalloc_noreclaim_restore(memalloc_noreclaim_save());
	return !(current->flags & PF_MEMALLOC);
}

API(memalloc_flags_save, other, "returns what was not set before")
{
	unsigned int outer = memalloc_flags_save(PF_MEMALLOC_NOFS);
	unsigned int both = memalloc_flags_save(PF_MEMALLOC_NOFS | PF_MEMALLOC_NOIO);
	bool ok = outer == PF_MEMALLOC_NOFS && both == PF_MEMALLOC_NOIO;

	memalloc_flags_restore(both);
	memalloc_flags_restore(outer);
	return ok;
}

API(memalloc_flags_restore, other, "clears just these")
{
	unsigned int outer = memalloc_flags_save(PF_MEMALLOC_NOFS);
	bool ok;

	memalloc_flags_restore(memalloc_flags_save(PF_MEMALLOC_NOIO));
	ok = (current->flags & (PF_MEMALLOC_NOFS | PF_MEMALLOC_NOIO)) == PF_MEMALLOC_NOFS;
	memalloc_flags_restore(outer);
	return ok;
}

API(current_gfp_context, other, "NOIO wins over NOFS; outside scopes nothing changes")
{
	unsigned int io = memalloc_noio_save(), fs = memalloc_nofs_save();
	bool ok = current_gfp_context(GFP_KERNEL) == GFP_NOIO;

	memalloc_nofs_restore(fs);
	memalloc_noio_restore(io);
	return ok && current_gfp_context(GFP_KERNEL) == GFP_KERNEL;
}
