/* SPDX-License-Identifier: MIT */
/* order.h - which lock is taken inside which, by class; callers hold rules_lock */
#ifndef RULES_ORDER_H
#define RULES_ORDER_H

#include "rules/rules.h"

/*
 * Reclaim is a lock like others: who asks for memory takes it, and callbacks of reclaim hold it.
 * What reclaim for a lesser request takes, reclaim for a greater one takes too.
 */
enum order_reclaim { ORDER_PLAIN, ORDER_NOFS, ORDER_NOIO, ORDER_FIRST_LOCK };

/* @to was taken while @from was held. */
struct order_edge {
	struct order_edge *next;	/* of the same @from */
	uint32_t from, to;
	uint32_t stack;			/* where @to was taken; number of stack.c */
	const char *kind;		/* from == reclaim: the callback, and its name */
	char name[40];
};

void order_forget(void);
/* The class's number, the same for equal key and subclass; 0 (no lock's): there is no more room. */
uint32_t order_class(const void *key, uint32_t subclass, const char *name);
const char *order_name(uint32_t number);
/* The new edge, to be filled in; NULL when it was there, leads nowhere new, or memory is short. */
struct order_edge *order_add(uint32_t from, uint32_t to);
/*
 * The shortest way from @from to @to: its first and last edge, which may be the same.  False: there
 * is none.
 */
bool order_way(uint32_t from, uint32_t to, const struct order_edge **ret_first,
	       const struct order_edge **ret_last);

#endif
