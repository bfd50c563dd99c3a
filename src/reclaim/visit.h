/* SPDX-License-Identifier: MIT */
/*
 * visit.h - a user's callback inside an allocation
 *
 * The call that needs memory was told and has raised the watch depth; what the callback does is the
 * user's own doing and is told like anything else.  It must leave the context as it found it.
 */
#ifndef RECLAIM_VISIT_H
#define RECLAIM_VISIT_H

#include <kern/balance.h>
#include <kmalloc/port.h>

struct visit {
	struct balance balance;
	uint32_t depth;
};

static inline void visit_begin(struct visit *visit)
{
	struct km_port_thread *self = km_port_self();

	balance_begin(&visit->balance);
	visit->depth = self->watch_depth;
	self->watch_depth = 0;
}

static inline void visit_end(const struct visit *visit, const char *kind, const void *callback)
{
	balance_end(&visit->balance, kind, callback);
	km_port_self()->watch_depth = visit->depth;
}

#endif
