/* SPDX-License-Identifier: MIT */
/*
 * load.c - the kernel side of the pressure test: memory nearly full, callers of every kind
 *
 * A live set is taken until the machine is at its watermarks; part of it belongs to two keepers
 * that have shrinkers: one of pages, one of slab objects.  Then tasks, timers, interrupts and
 * holders of a spinlock allocate, exchange what they got in a shared table, and free.  Must hold:
 *
 * Q1  A request of one page that may wait is served as long as the keeper of pages has something.
 * Q2  A shrinker or OOM notifier is never called in atomic context, and always in PF_MEMALLOC.
 * Q3  A request that cannot wait leaves a zone 37.5 % of min, but for what is on its way between
 *     a zone and a CPU's list.
 * Q4  __GFP_NOFAIL never returns NULL.
 * Q5  What was written into a piece of memory is there until it is freed.
 * Q6  In the end every page is back, and every zone has the same free blocks of each order as
 *     before; nothing is damaged.
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/oom.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include "kern/kern.h"
#include "page/page_room.h"
#include "reclaim/reclaim_room.h"
#include "slab/slab_room.h"
#include "things.h"

#define SLOTS		2048	/* at most; a seed uses 128 to all of them */
#define BURST		24	/* requests of one interrupt, at most */
#define TASKS		5
#define TIMERS		3
#define FIRINGS		150	/* of each timer; later ones only free, and come seldom */
#define SPARE_PAGES	64
/* Q1: so many pages the keeper must have had, before and after, for a failure to be a fault. */
#define KEEPER_LEAST	64
/* Q3: a CPU that passed the mark together with others may take one block more. */
#define FLOOR_SLACK	(8 * km_port_cpus())
#define ZONES_MOST	64

static struct keeper page_keeper, object_keeper;
static struct thing *table[SLOTS];
static struct list_head live;			/* belongs to nobody else until the end */
static struct timer_list timers[TIMERS];
static struct irq_work interrupts[TIMERS];
static struct task_struct *tasks[TASKS];
static struct completion ended;
static spinlock_t task_lock;
static unsigned int firings[TIMERS], steps_each, slots, keeper_pages;
static u64 seed_of_run;
static atomic_t faults, is_ending, running, dips;
struct load_totals totals;
static struct page_zone_stats zones_before[ZONES_MOST];

#define COUNT(field)	__atomic_fetch_add(&totals.field, 1, __ATOMIC_RELAXED)

static u64 random_next(u64 *random)
{
	*random ^= *random << 13;
	*random ^= *random >> 7;
	return *random ^= *random << 17;
}

static u64 random_start(unsigned int number)
{
	u64 random = (seed_of_run * 1000003 + number) * 0x9e3779b97f4a7c15ull | 1;

	random_next(&random);
	return random_next(&random);
}

void fault(const char *what)
{
	pr_err("pressure: %s\n", what);
	atomic_inc(&faults);
}

/* -- callers ----------------------------------------------------------------------------------- */

/* Q3; dips: tasks that may go to the bottom just now. */
static void check_floor(void)
{
	struct page_zone_stats zone;

	for (unsigned int i = 0; i < page_zones() && i < ZONES_MOST; i++) {
		unsigned long floor;

		page_zone_read(i, &zone);
		floor = zone.min * 3 / 8;
		if (floor > FLOOR_SLACK && zone.free < floor - FLOOR_SLACK &&
		    !atomic_read(&dips)) {
			pr_err("pressure: zone %s has %lu free, min %lu\n", zone.name, zone.free,
			       zone.min);
			fault("Q3: a request that cannot wait took the last reserve");
		}
	}
}

static void exchange(struct thing *thing, u64 random)
{
	thing_free(xchg(&table[random % slots], thing));
}

/* In any context; vmalloc memory never gets into the table. */
static void atomic_step(u64 *random)
{
	u64 r = random_next(random);
	unsigned int order = r >> 60 ? 0 : r >> 56 & 3;
	struct thing *thing;

	if (r & 1)
		thing = thing_make(PAGES, order, 0, GFP_ATOMIC, r);
	else if (r & 2)
		thing = thing_make(CACHE, 0, 0, GFP_ATOMIC, r);
	else
		thing = thing_make(KMALLOC, 0, 64 + (r >> 20) % 4000, GFP_ATOMIC, r);
	COUNT(atomics);
	if (thing)
		exchange(thing, r >> 8);
	else
		COUNT(atomics_failed);
	if (!thing && (r >> 30 & 3))
		exchange(NULL, r >> 8);
	check_floor();
}

static void atomic_burst(u64 *random)
{
	unsigned int count = random_next(random) % BURST;

	while (count--)
		atomic_step(random);
}

static void timer_fired(struct timer_list *timer)
{
	static u64 randoms[TIMERS];
	unsigned int at = timer - timers, turn = firings[at]++;

	if (!randoms[at])
		randoms[at] = random_start(100 + at);
	if (turn < FIRINGS) {
		atomic_burst(&randoms[at]);
		irq_work_queue(&interrupts[at]);
	} else {
		for (unsigned int i = 0; i < BURST; i++)
			exchange(NULL, random_next(&randoms[at]) >> 8);
	}
	if (!atomic_read(&is_ending))
		mod_timer(timer, jiffies + (turn < FIRINGS ? 1 : 16));
}

static void interrupt_fired(struct irq_work *work)
{
	static u64 randoms[TIMERS];
	unsigned int at = work - interrupts;

	if (!randoms[at])
		randoms[at] = random_start(200 + at);
	atomic_burst(&randoms[at]);
}

static unsigned long kept(void)
{
	return READ_ONCE(page_keeper.count);
}

/* Q1, Q4: one page, in the way of one of many kinds of caller. */
static void single_step(u64 r)
{
	unsigned long before = kept();
	gfp_t gfp = GFP_KERNEL;
	unsigned int scope = 0;
	struct thing *thing;

	switch (r >> 4 & 7) {
	case 0:
		scope = memalloc_nofs_save();
		break;
	case 1:
		scope = memalloc_noio_save();
		break;
	case 2:
		gfp |= __GFP_RETRY_MAYFAIL;
		break;
	case 3:
		gfp |= __GFP_NOFAIL;
		break;
	case 4:
		gfp |= __GFP_NORETRY;
		break;
	}
	thing = r & 1 ? thing_make(PAGES, 0, 0, gfp, r) : thing_make(CACHE, 0, 0, gfp, r);
	if (scope)
		memalloc_flags_restore(scope);
	COUNT(requests);
	if (!thing) {
		COUNT(failed);
		if (gfp & __GFP_NOFAIL)
			fault("Q4: __GFP_NOFAIL failed");
		if (!(gfp & __GFP_NORETRY) && before > KEEPER_LEAST && kept() > KEEPER_LEAST)
			fault("Q1: a page was refused while there was something to reclaim");
	}
	exchange(thing, r >> 8);
}

/* What may fail because no block is whole, or because it is large. */
static void larger_step(u64 r)
{
	unsigned int order = 1 + (r >> 4) % 3;
	size_t bytes = PAGE_SIZE + (r >> 24) % (16 * PAGE_SIZE);
	struct thing *thing;

	COUNT(requests);
	if (r & 1) {
		thing = thing_make(PAGES, order, 0, GFP_KERNEL | __GFP_NORETRY, r);
	} else if (r & 2) {
		thing = thing_make(KMALLOC, 0, bytes, GFP_KERNEL | __GFP_NORETRY, r);
	} else {
		thing = thing_make(VMALLOC, 0, bytes, GFP_KERNEL, r);
		if (!thing)
			COUNT(failed);
		thing_free(thing);
		return;
	}
	if (!thing)
		COUNT(failed);
	exchange(thing, r >> 8);
}

static void locked_step(u64 *random)
{
	unsigned long irq;

	spin_lock_irqsave(&task_lock, irq);
	atomic_step(random);
	spin_unlock_irqrestore(&task_lock, irq);
}

/* A cache that grows when there is room, as caches of file systems do. */
static void refill_step(u64 r)
{
	struct keeper *keeper = r & 1 ? &page_keeper : &object_keeper;
	struct thing *thing = thing_make(keeper->kind, 0, 0, GFP_NOWAIT & ~__GFP_KSWAPD_RECLAIM, r);

	if (thing)
		keeper_add(keeper, thing);
}

/* Writes something out under its own guarantee: goes to the bottom, then gives back. */
static void memalloc_step(u64 r)
{
	unsigned int scope;
	struct thing *thing;

	atomic_inc(&dips);
	scope = memalloc_noreclaim_save();
	thing = thing_make(PAGES, 0, 0, GFP_KERNEL, r);
	memalloc_noreclaim_restore(scope);
	thing_free(thing);
	atomic_dec(&dips);
}

/* Somebody types it; nothing is short then, and the task is not in PF_MEMALLOC. */
static void drop_step(void)
{
	current->journal_info = &table;
	drop_slab();
	current->journal_info = NULL;
}

static void step(u64 *random)
{
	u64 r = random_next(random);
	unsigned int what = r >> 56;

	r = random_next(random);
	if (what < 120)
		single_step(r);
	else if (what < 150)
		larger_step(r);
	else if (what < 180)
		locked_step(random);
	else if (what < 230)
		refill_step(r);
	else if (what < 236)
		memalloc_step(r);
	else if (what < 237)
		drop_step();
	else if (what < 246)
		msleep(1);
	else
		exchange(NULL, r >> 8);
}

static int task_run(void *number)
{
	u64 random = random_start((unsigned long)number);

	for (unsigned int i = 0; i < steps_each; i++)
		step(&random);
	if (atomic_dec_and_test(&running))
		complete(&ended);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

/* -- begin and end ----------------------------------------------------------------------------- */

/* Nothing is kept by anybody but for use. */
static void settle(void)
{
	rcu_barrier();
	vm_unmap_aliases();
	drop_step();
	rcu_barrier();
	page_drain_all();
}

/* Half of the live set is loose pages between what stays, so that memory is well mixed. */
static void fill(void)
{
	u64 random = random_start(1000);
	struct thing *thing;

	for (;;) {
		u64 r = random_next(&random);
		unsigned int order = r >> 60 ? (r >> 32) % 6 : 0;

		thing = thing_make(PAGES, order, 0, GFP_KERNEL | __GFP_NORETRY, r);
		if (!thing)
			return;
		if (!order && page_keeper.count < keeper_pages / 2)
			keeper_add(&page_keeper, thing);
		else
			list_add(&thing->list, &live);
		if (object_keeper.count < 2 * keeper_pages && (r & 1)) {
			thing = thing_make(CACHE, 0, 0, GFP_KERNEL | __GFP_NORETRY, r);
			if (thing)
				keeper_add(&object_keeper, thing);
		}
	}
}

static void give_to_keeper(unsigned int pages)
{
	while (pages && !list_empty(&live)) {
		struct thing *thing = list_first_entry(&live, struct thing, list);

		list_del(&thing->list);
		if (!thing->order) {
			keeper_add(&page_keeper, thing);
			pages--;
		} else {
			pages -= min(pages, 1u << thing->order);
			thing_free(thing);
		}
	}
}

static bool load_begin(void)
{
	memset(&totals, 0, sizeof(totals));
	memset(table, 0, sizeof(table));
	memset(firings, 0, sizeof(firings));
	atomic_set(&faults, 0);
	atomic_set(&is_ending, 0);
	atomic_set(&dips, 0);
	INIT_LIST_HEAD(&live);
	INIT_LIST_HEAD(&spare);
	spin_lock_init(&task_lock);
	init_completion(&ended);
	settle();
	for (unsigned int i = 0; i < page_zones() && i < ZONES_MOST; i++)
		page_zone_read(i, &zones_before[i]);
	objects = kmem_cache_create("pressure", 200, 0, SLAB_RECLAIM_ACCOUNT, NULL);
	if (!objects || !keeper_begin(&page_keeper, PAGES, "pages") ||
	    !keeper_begin(&object_keeper, CACHE, "objects"))
		return false;
	register_oom_notifier(&spare_block);
	for (unsigned int i = 0; i < SPARE_PAGES; i++) {
		struct thing *thing = thing_make(PAGES, 0, 0, GFP_KERNEL, i);

		if (thing)
			list_add(&thing->list, &spare);
	}
	fill();
	give_to_keeper(keeper_pages / 2);
	return true;
}

static void load_start(void)
{
	atomic_set(&running, TASKS);
	for (unsigned int i = 0; i < TIMERS; i++) {
		init_irq_work(&interrupts[i], interrupt_fired);
		timer_setup(&timers[i], timer_fired, 0);
		mod_timer(&timers[i], jiffies + 1 + i);
	}
	for (unsigned long i = 0; i < TASKS; i++) {
		tasks[i] = kthread_run(task_run, (void *)i, "load-%lu", i);
		if (IS_ERR(tasks[i]))
			fault("no kthread");
	}
}

static void load_stop(void)
{
	wait_for_completion(&ended);
	atomic_set(&is_ending, 1);
	for (unsigned int i = 0; i < TASKS; i++)
		kthread_stop(tasks[i]);
	for (unsigned int i = 0; i < TIMERS; i++)
		timer_shutdown_sync(&timers[i]);
	for (unsigned int i = 0; i < TIMERS; i++)
		irq_work_sync(&interrupts[i]);
	rcu_barrier();
	if (!slab_validate() || !page_validate())
		fault("Q6: the allocators are damaged while things are out");
}

static void load_end(void)
{
	for (unsigned int i = 0; i < slots; i++)
		exchange(NULL, i);
	things_free(&live);
	unregister_oom_notifier(&spare_block);
	things_free(&spare);
	shrinker_free(page_keeper.shrinker);
	shrinker_free(object_keeper.shrinker);
	things_free(&page_keeper.things);
	things_free(&object_keeper.things);
	kmem_cache_destroy(objects);
	/* kswapd may still be at work on what was asked of it. */
	msleep(20);
	settle();
}

/* Q6 */
static void check_zones(void)
{
	if (!slab_validate() || !page_validate())
		fault("Q6: the allocators are damaged at the end");
	for (unsigned int i = 0; i < page_zones() && i < ZONES_MOST; i++) {
		struct page_zone_stats now;

		page_zone_read(i, &now);
		if (now.free != zones_before[i].free || now.pcp != zones_before[i].pcp) {
			pr_err("pressure: zone %s has %lu free, had %lu\n", now.name, now.free,
			       zones_before[i].free);
			fault("Q6: pages are lost, or found");
		}
		for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++) {
			if (now.free_blocks[order] == zones_before[i].free_blocks[order])
				continue;
			pr_err("pressure: zone %s order %u: %lu blocks, had %lu\n", now.name,
			       order, now.free_blocks[order], zones_before[i].free_blocks[order]);
			fault("Q6: free blocks did not merge to what they were");
		}
	}
}

unsigned int load_run(unsigned long long seed, unsigned int steps)
{
	struct reclaim_stats stats;

	seed_of_run = seed;
	steps_each = steps;
	slots = 128 << (random_start(1001) >> 8) % 5;
	keeper_pages = 300 + (random_start(1002) >> 8) % 2000;
	if (!load_begin()) {
		fault("the machine is too small for its own test");
		return 1;
	}
	load_start();
	load_stop();
	reclaim_read(&stats);
	totals.reclaims = stats.direct;
	totals.woken = stats.woken;
	totals.oom = stats.oom;
	load_end();
	check_zones();
	return atomic_read(&faults);
}

void load_totals(struct load_totals *ret_totals)
{
	*ret_totals = totals;
}
