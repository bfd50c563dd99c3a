/* SPDX-License-Identifier: MIT */
/*
 * visit.h - a user's callback inside an allocation
 *
 * The call that needs memory was told and has raised the watch depth; what the callback does is the
 * user's own doing and is told like anything else.  It must leave the context as it found it.
 */
#ifndef RECLAIM_VISIT_H
#define RECLAIM_VISIT_H

#include <linux/sched.h>
#include <kern/balance.h>
#include <kmalloc/port.h>

struct visit {
	struct balance balance;
	struct reclaim_visit mark;
	uint32_t depth;
};

static inline void visit_begin(struct visit *visit, const char *kind, const char *name, gfp_t gfp)
{
	struct km_port_thread *self = km_port_self();
	struct task_struct *task = current;

	visit->mark = (struct reclaim_visit) {
		.kind = kind, .name = name, .gfp = (__force unsigned int)gfp,
		.lock_depth = task->lock_depth, .outer = task->reclaim_visit,
	};
	task->reclaim_visit = &visit->mark;

	balance_begin(&visit->balance);
	visit->depth = self->watch_depth;
	self->watch_depth = 0;
}

static inline void visit_end(const struct visit *visit, const void *callback)
{
	balance_end(&visit->balance, visit->mark.kind, callback);
	current->reclaim_visit = visit->mark.outer;
	km_port_self()->watch_depth = visit->depth;
}

#endif
