/* SPDX-License-Identifier: MIT */
/*
 * reclaim_test.h - what the tests of this room share: a machine up to this room, memory used up,
 * and a shrinker that has pages to give
 */
#ifndef RECLAIM_RECLAIM_TEST_H
#define RECLAIM_RECLAIM_TEST_H

#include "page/page_test.h"

#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/spinlock.h>
#include "reclaim/reclaim.h"

static __maybe_unused int boot_reclaim_room(void)
{
	int error = boot_page_room();

	return error ? error : reclaim_boot();
}

/* All that is free above min, with what lies on other CPUs' lists; nobody is woken or asked. */
static __maybe_unused void fill_up(struct hoard *user)
{
	struct page *page;

	hoard_fill(user, 0, ~0ul);
	for (page_drain_all(); (page = alloc_pages(__GFP_NOWARN, 0)); page_drain_all())
		hoard_add(user, page);
}

/* A user that keeps pages which it can do without. */
struct keeper {
	struct shrinker *shrinker;
	spinlock_t lock;
	struct hoard hoard;
	unsigned int counts, scans;		/* calls */
	gfp_t gfp;				/* of the last one */
	unsigned int task_flags;		/* in the last one */
	unsigned int memalloc_missing;		/* calls without PF_MEMALLOC */
};

static unsigned long keeper_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct keeper *keeper = shrinker->private_data;

	keeper->counts++;
	keeper->gfp = sc->gfp_mask;
	keeper->task_flags = current->flags;
	keeper->memalloc_missing += !(current->flags & PF_MEMALLOC);
	return keeper->hoard.count;
}

static unsigned long keeper_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct keeper *keeper = shrinker->private_data;
	unsigned long freed = 0;

	keeper->scans++;
	while (freed < sc->nr_to_scan) {
		struct page *page;

		spin_lock(&keeper->lock);
		page = list_first_entry_or_null(&keeper->hoard.pages, struct page, lru);
		if (page) {
			list_del(&page->lru);
			keeper->hoard.count--;
		}
		spin_unlock(&keeper->lock);
		if (!page)
			break;
		__free_pages(page, 0);
		freed++;
	}
	return freed ? freed : SHRINK_STOP;
}

static __maybe_unused void keeper_begin(struct keeper *keeper, unsigned long pages)
{
	*keeper = (struct keeper) { .lock = __SPIN_LOCK_UNLOCKED(lock) };
	hoard_fill(&keeper->hoard, GFP_KERNEL | __GFP_NORETRY, pages);
	keeper->shrinker = shrinker_alloc(0, "keeper");
	CHECK(keeper->shrinker);
	keeper->shrinker->count_objects = keeper_count;
	keeper->shrinker->scan_objects = keeper_scan;
	keeper->shrinker->private_data = keeper;
	shrinker_register(keeper->shrinker);
}

static __maybe_unused void keeper_end(struct keeper *keeper)
{
	shrinker_free(keeper->shrinker);
	rcu_barrier();
	hoard_free(&keeper->hoard);
}

/* kswapd has done what it was woken for. */
static __maybe_unused void background_settle(void)
{
	for (unsigned int i = 0; i < 20; i++)
		schedule_timeout_uninterruptible(1);
}

#endif
