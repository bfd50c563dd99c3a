/* SPDX-License-Identifier: MIT */
/*
 * shrinker.c - the shrinkers of users: their life, and how much each is asked for
 *
 * Owns: the lists of shrinkers, registered and made, and what was asked of each and not done.
 * H1  A shrinker is on the registered list as long as a callback of it may run: who frees one waits
 *     for them, so a walk that holds a shrinker can go on to the next one from it.
 * H2  refcount is 1 while registered, and one more for each walk that holds it; nobody begins to
 *     hold one that is being freed, so that its end comes however often others reclaim.
 * H3  No lock is held while a callback runs, so callbacks may register shrinkers and free others.
 * H4  A shrinker's memory stays through a grace period after it was taken off the list.
 * Lock: shrinkers.lock for both lists and the count's way to 0; each step of a walk takes it once.
 * Everything but reading sleeps.
 */
#include "reclaim/reclaim.h"

#include <linux/bug.h>
#include <linux/gfp.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <base/assert.h>
#include <kern/spin.h>
#include <kern/tell.h>
#include <reclaim/visit.h>
#include <watch/watch.h>

#define NAME_BYTES	48
#define MARK_LIVE	0x5a11feed

struct shrinker_slot {
	struct shrinker shrinker;
	u32 mark;			/* MARK_LIVE from shrinker_alloc() to shrinker_free() */
	uintptr_t made_at;
	struct list_head made;
	char name[NAME_BYTES];
	atomic_long_t deferred[];	/* a node, or one for all */
};

static struct {
	struct km_spin lock;
	struct list_head registered, made;
} shrinkers;

void shrinker_boot(void)
{
	shrinkers.lock = (struct km_spin) KM_SPIN_INIT;
	INIT_LIST_HEAD(&shrinkers.registered);
	INIT_LIST_HEAD(&shrinkers.made);
	shelf_boot(sizeof(struct shrinker_slot) + page_nodes() * sizeof(atomic_long_t));
}

static struct shrinker_slot *slot_of(struct shrinker *shrinker)
{
	return container_of(shrinker, struct shrinker_slot, shrinker);
}

static bool is_live(struct shrinker *shrinker)
{
	return READ_ONCE(slot_of(shrinker)->mark) == MARK_LIVE;
}

/* -- life ------------------------------------------------------------------------------------- */

static void tell(enum km_point point, struct shrinker *shrinker, const char *what, uintptr_t caller,
		 uintptr_t frame)
{
	struct km_event event = {
		.point = point, .family = KM_FAMILY_OTHER, .what = what, .object = shrinker,
		.caller = caller, .frame = frame,
	};

	watch_tell(&event);
}

/* Rules may refuse it as they refuse memory. */
static bool is_refused(uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = KM_FAMILY_OTHER, .what = "shrinker_alloc",
		.bytes = sizeof(struct shrinker), .gfp = GFP_KERNEL, .caller = caller,
		.frame = frame,
	};

	return watch_tell(&event) == KM_REFUSE;
}

/* A rule was told that it is freed twice. */
static bool is_told_twice(struct shrinker *shrinker, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = KM_POINT_FREE_ASK, .family = KM_FAMILY_OTHER, .what = "shrinker_free",
		.object = shrinker, .caller = caller, .frame = frame,
	};

	return watch_tell(&event) == KM_REFUSE;
}

static struct shrinker_slot *slot_make(unsigned int flags)
{
	struct shrinker_slot *slot = shelf_take();
	unsigned long irq;

	if (!slot)
		return NULL;
	slot->shrinker.seeks = DEFAULT_SEEKS;
	slot->shrinker.flags = (flags & ~SHRINKER_REGISTERED) | SHRINKER_ALLOCATED;
	slot->shrinker.name = slot->name;
	slot->shrinker.nr_deferred = slot->deferred;
	INIT_LIST_HEAD(&slot->shrinker.list);
	init_completion(&slot->shrinker.done);
	slot->mark = MARK_LIVE;
	irq = km_spin_lock(&shrinkers.lock);
	list_add_tail(&slot->made, &shrinkers.made);
	km_spin_unlock(&shrinkers.lock, irq);
	return slot;
}

struct shrinker *shrinker_alloc(unsigned int flags, const char *fmt, ...)
{
	uintptr_t caller = WATCH_CALLER(), frame = WATCH_FRAME();
	struct shrinker_slot *slot;
	va_list args;

	tell(KM_POINT_MIGHT_SLEEP, NULL, "shrinker_alloc", caller, frame);
	km_port_point();
	if (!fmt || is_refused(caller, frame))
		return NULL;
	watch_enter();
	slot = slot_make(flags);
	watch_leave();
	if (!slot) {
		tell(KM_POINT_ALLOC_FAIL, NULL, "shrinker_alloc", caller, frame);
		return NULL;
	}
	slot->made_at = caller;
	va_start(args, fmt);
	touch_format(&(const struct asker){ caller, frame }, fmt, args);
	vsnprintf(slot->name, sizeof(slot->name), fmt, args);
	va_end(args);
	tell(KM_POINT_RESOURCE_NEW, &slot->shrinker, "shrinker", caller, frame);
	return &slot->shrinker;
}

void shrinker_register(struct shrinker *shrinker)
{
	unsigned long irq;

	tell(KM_POINT_MIGHT_SLEEP, shrinker, "shrinker_register", WATCH_CALLER(), WATCH_FRAME());
	if (shrinker && !TOUCH_BYTES(shrinker, sizeof(*shrinker), true))
		return;
	if (WARN(!shrinker || !is_live(shrinker),
		 "Must use shrinker_alloc() to dynamically allocate the shrinker"))
		return;
	if (WARN(!shrinker->count_objects || !shrinker->scan_objects,
		 "shrinker_register: %s has no callbacks\n", shrinker->name))
		return;
	if (WARN(shrinker->flags & SHRINKER_REGISTERED,
		 "shrinker_register: %s is registered already\n", shrinker->name))
		return;
	irq = km_spin_lock(&shrinkers.lock);
	shrinker->flags |= SHRINKER_REGISTERED;
	refcount_set(&shrinker->refcount, 1);
	list_add_tail(&shrinker->list, &shrinkers.registered);
	km_spin_unlock(&shrinkers.lock, irq);
}

static void shrinker_gone(struct rcu_head *head)
{
	shelf_give(slot_of(container_of(head, struct shrinker, rcu)));
}

/* H1, H2.  Completes under the lock: who waits needs it before the memory can go. */
static void let_go_locked(struct shrinker *shrinker)
{
	if (refcount_dec_and_test(&shrinker->refcount))
		complete(&shrinker->done);
}

static void unregister_wait(struct shrinker *shrinker)
{
	unsigned long irq = km_spin_lock(&shrinkers.lock);

	let_go_locked(shrinker);
	km_spin_unlock(&shrinkers.lock, irq);
	wait_for_completion(&shrinker->done);
	irq = km_spin_lock(&shrinkers.lock);
	list_del_init(&shrinker->list);
	shrinker->flags &= ~SHRINKER_REGISTERED;
	km_spin_unlock(&shrinkers.lock, irq);
}

void shrinker_free(struct shrinker *shrinker)
{
	uintptr_t caller = WATCH_CALLER(), frame = WATCH_FRAME();
	struct shrinker_slot *slot;
	unsigned long irq;

	tell(KM_POINT_MIGHT_SLEEP, shrinker, "shrinker_free", caller, frame);
	if (!shrinker)
		return;
	if (!is_live(shrinker) && is_told_twice(shrinker, caller, frame))
		return;
	if (WARN(!is_live(shrinker), "shrinker_free: 0x%px is not a shrinker\n", shrinker))
		return;
	slot = slot_of(shrinker);
	if (shrinker->flags & SHRINKER_REGISTERED)
		tell(KM_POINT_SHRINKER_GONE, shrinker, "shrinker_free", caller, frame);
	WRITE_ONCE(slot->mark, 0);
	watch_enter();
	if (shrinker->flags & SHRINKER_REGISTERED)
		unregister_wait(shrinker);
	irq = km_spin_lock(&shrinkers.lock);
	list_del(&slot->made);
	km_spin_unlock(&shrinkers.lock, irq);
	call_rcu(&shrinker->rcu, shrinker_gone);
	watch_leave();
	tell(KM_POINT_RESOURCE_GONE, shrinker, "shrinker", caller, frame);
}

unsigned int shrinker_left(kern_left_fn see, void *arg)
{
	unsigned long irq = km_spin_lock(&shrinkers.lock);
	struct shrinker_slot *slot;
	unsigned int count = 0;

	list_for_each_entry(slot, &shrinkers.made, made) {
		see("shrinker", &slot->shrinker, slot->made_at, slot->name, arg);
		count++;
	}
	km_spin_unlock(&shrinkers.lock, irq);
	return count;
}

unsigned long shrinker_shutdown(void)
{
	struct shrinker_slot *slot, *next;
	unsigned long left = 0;

	list_for_each_entry_safe(slot, next, &shrinkers.made, made) {
		list_del(&slot->made);
		shelf_give(slot);
		left++;
	}
	INIT_LIST_HEAD(&shrinkers.registered);
	shelf_shutdown();
	return left;
}

/* -- asking ----------------------------------------------------------------------------------- */

/* Let go of @shrinker (NULL: none yet) and hold the next one after it that is not going. */
static struct shrinker *shrinker_next(struct shrinker *shrinker)
{
	unsigned long irq = km_spin_lock(&shrinkers.lock);
	struct list_head *at = shrinker ? shrinker->list.next : shrinkers.registered.next;
	struct shrinker *next = NULL;

	for (; at != &shrinkers.registered && !next; at = at->next) {
		next = list_entry(at, struct shrinker, list);
		if (!is_live(next) || !refcount_inc_not_zero(&next->refcount))
			next = NULL;
	}
	if (shrinker)
		let_go_locked(shrinker);
	km_spin_unlock(&shrinkers.lock, irq);
	return next;
}

static unsigned long call_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct visit visit;
	unsigned long count;

	visit_begin(&visit, "shrinker", shrinker->name, sc->gfp_mask);
	count = shrinker->count_objects(shrinker, sc);
	visit_end(&visit, shrinker->count_objects);
	return count;
}

static unsigned long call_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct visit visit;
	unsigned long freed;

	visit_begin(&visit, "shrinker", shrinker->name, sc->gfp_mask);
	freed = shrinker->scan_objects(shrinker, sc);
	visit_end(&visit, shrinker->scan_objects);
	return freed;
}

/* What the priority makes of @freeable; objects that cost nothing to make go by halves. */
static unsigned long share_of(const struct shrinker *shrinker, unsigned long freeable, int priority)
{
	if (!shrinker->seeks)
		return freeable / 2;
	return (freeable >> priority) * 4 / shrinker->seeks;
}

/* Ask for @want objects in batches; how many were looked at in @ret_scanned.  Returns how many
 * were freed.  A rest smaller than a batch is asked for only when it is all there is.
 */
static unsigned long scan(struct shrinker *shrinker, struct shrink_control *sc, unsigned long want,
			  unsigned long freeable, unsigned long *ret_scanned)
{
	unsigned long batch = shrinker->batch > 0 ? shrinker->batch : SHRINK_BATCH;
	unsigned long freed = 0, scanned = 0;

	while (want && (want >= batch || want >= freeable)) {
		unsigned long part = min(want, batch), got;

		sc->nr_to_scan = sc->nr_scanned = part;
		got = call_scan(shrinker, sc);
		if (got == SHRINK_STOP)
			break;
		freed += got;
		scanned += sc->nr_scanned;
		/* A callback that looked at nothing must not be asked for ever. */
		want -= sc->nr_scanned ? min(want, sc->nr_scanned) : part;
		if (kern_may_sleep())
			km_port_yield();
	}
	*ret_scanned = scanned;
	return freed;
}

static void shrink_one(struct shrinker *shrinker, gfp_t gfp, int nid, int priority,
		       struct shrink_sum *sum)
{
	struct shrink_control sc = { .gfp_mask = gfp, .nid = nid };
	atomic_long_t *deferred =
		&shrinker->nr_deferred[shrinker->flags & SHRINKER_NUMA_AWARE ? nid : 0];
	unsigned long freeable = call_count(shrinker, &sc), most, late, share, scanned, freed;

	if (!freeable || freeable == SHRINK_EMPTY || freeable == SHRINK_STOP)
		return;
	most = freeable > ~0ul / 2 ? ~0ul : 2 * freeable;
	/* Whoever takes the count does the work: two walks at once do not do it twice. */
	late = atomic_long_xchg(deferred, 0);
	share = share_of(shrinker, freeable, priority);
	freed = scan(shrinker, &sc, min((late >> priority) + share, most), freeable, &scanned);
	late += share;
	late = late > scanned ? min(late - scanned, most) : 0;
	atomic_long_add(late, deferred);
	STAT_ADD(objects_scanned, scanned);
	STAT_ADD(objects_freed, freed);
	sum->freed += freed;
	sum->left += freeable > freed ? freeable - freed : 0;
}

void shrink_node(gfp_t gfp, int nid, int priority, struct shrink_sum *sum)
{
	struct shrinker *shrinker = NULL;

	while ((shrinker = shrinker_next(shrinker)))
		shrink_one(shrinker, gfp, nid, priority, sum);
}

void shrink_node_a_little(gfp_t gfp, int nid)
{
	struct shrinker *shrinker = NULL;

	while ((shrinker = shrinker_next(shrinker))) {
		struct shrink_control sc = { .gfp_mask = gfp, .nid = nid };
		unsigned long freeable = call_count(shrinker, &sc);

		if (!freeable || freeable == SHRINK_EMPTY || freeable == SHRINK_STOP)
			continue;
		sc.nr_to_scan = sc.nr_scanned = 1;
		call_scan(shrinker, &sc);
	}
}
