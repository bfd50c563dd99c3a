/* SPDX-License-Identifier: MIT */
/* things.h - marked pieces of memory, and those who keep some that they can do without */
#ifndef PRESSURE_THINGS_H
#define PRESSURE_THINGS_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "pressure.h"

enum kind { PAGES, KMALLOC, CACHE, VMALLOC };

/* At the start of each piece of memory. */
struct thing {
	struct list_head list;
	u32 kind, order;
	u64 bytes, mark;
};

struct keeper {
	spinlock_t lock;
	struct list_head things;
	unsigned long count;
	enum kind kind;
	struct shrinker *shrinker;
};

extern struct kmem_cache *objects;		/* CACHE */
extern struct list_head spare;			/* the OOM notifier's */
extern struct notifier_block spare_block;
extern struct load_totals totals;

void fault(const char *what);			/* load.c: a promise did not hold */

struct thing *thing_make(enum kind kind, unsigned int order, size_t bytes, gfp_t gfp, u64 mark);
void thing_free(struct thing *thing);		/* NULL is nothing to do */
void things_free(struct list_head *list);

void keeper_add(struct keeper *keeper, struct thing *thing);
bool keeper_begin(struct keeper *keeper, enum kind kind, const char *name);

#endif
