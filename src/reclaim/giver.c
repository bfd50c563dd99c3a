/* SPDX-License-Identifier: MIT */
/*
 * giver.c - rooms that keep memory for speed, and are asked for it
 *
 * Owns: the list of givers.
 * Ready before boot: rooms whose tests do without reclaim register as well.
 * V1  A giver stays on the list as long as somebody is in its give(): who takes it off waits.
 * Lock: givers.lock around the list and users; never held while a giver works.  Sleeps.
 */
#include "reclaim/reclaim.h"

#include <linux/sched.h>
#include <kern/spin.h>

static struct {
	struct km_spin lock;
	struct list_head list;
} givers = { .list = LIST_HEAD_INIT(givers.list) };

void reclaim_register_giver(struct reclaim_giver *giver)
{
	unsigned long irq = km_spin_lock(&givers.lock);

	giver->users = 0;
	list_add_tail(&giver->list, &givers.list);
	km_spin_unlock(&givers.lock, irq);
}

static bool take_off(struct reclaim_giver *giver)
{
	unsigned long irq = km_spin_lock(&givers.lock);
	bool is_idle = !giver->users;

	if (is_idle)
		list_del_init(&giver->list);
	km_spin_unlock(&givers.lock, irq);
	return is_idle;
}

void reclaim_unregister_giver(struct reclaim_giver *giver)
{
	while (!take_off(giver))
		schedule_timeout_uninterruptible(1);
}

/* Let go of @giver (NULL: none yet) and hold the one after it; NULL at the end. */
static struct reclaim_giver *giver_next(struct reclaim_giver *giver)
{
	unsigned long irq = km_spin_lock(&givers.lock);
	struct list_head *next = giver ? giver->list.next : givers.list.next;

	if (giver)
		giver->users--;
	giver = next == &givers.list ? NULL : list_entry(next, struct reclaim_giver, list);
	if (giver)
		giver->users++;
	km_spin_unlock(&givers.lock, irq);
	return giver;
}

unsigned long givers_ask(void)
{
	struct reclaim_giver *giver = NULL;
	unsigned long pages = 0;

	while ((giver = giver_next(giver)))
		pages += giver->give();
	return pages;
}
