/* SPDX-License-Identifier: MIT */
/*
 * things.c - marked pieces of memory, and those who keep some that they can do without
 *
 * Holds Q2 and Q5 of load.c.  Any context, but shrinkers and the OOM notifier: task.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>
#include "kern/kern.h"
#include "things.h"

struct kmem_cache *objects;
struct list_head spare;

static u64 *last_word(struct thing *thing)
{
	return (u64 *)((char *)thing + (thing->bytes & ~7ull)) - 1;
}

struct thing *thing_make(enum kind kind, unsigned int order, size_t bytes, gfp_t gfp, u64 mark)
{
	struct thing *thing;

	gfp |= __GFP_NOWARN;
	switch (kind) {
	case PAGES:
		bytes = PAGE_SIZE << order;
		thing = (void *)__get_free_pages(gfp, order);
		break;
	case KMALLOC:
		thing = kmalloc(bytes, gfp);
		break;
	case CACHE:
		bytes = 200;
		thing = kmem_cache_alloc(objects, gfp);
		break;
	default:
		thing = __vmalloc(bytes, gfp);
	}
	if (!thing)
		return NULL;
	*thing = (struct thing) { .kind = kind, .order = order, .bytes = bytes, .mark = mark };
	*last_word(thing) = ~mark;
	return thing;
}

/* Q5 */
void thing_free(struct thing *thing)
{
	if (!thing)
		return;
	if (*last_word(thing) != ~thing->mark)
		fault("Q5: memory was changed by somebody else");
	*last_word(thing) = 0;
	switch (thing->kind) {
	case PAGES:
		free_pages((unsigned long)thing, thing->order);
		return;
	case KMALLOC:
		kfree(thing);
		return;
	case CACHE:
		kmem_cache_free(objects, thing);
		return;
	default:
		vfree(thing);
	}
}

void things_free(struct list_head *list)
{
	while (!list_empty(list)) {
		struct thing *thing = list_first_entry(list, struct thing, list);

		list_del(&thing->list);
		thing_free(thing);
	}
}

/* -- those who can do without ------------------------------------------------------------------ */

void keeper_add(struct keeper *keeper, struct thing *thing)
{
	unsigned long irq;

	spin_lock_irqsave(&keeper->lock, irq);
	list_add_tail(&thing->list, &keeper->things);
	keeper->count++;
	spin_unlock_irqrestore(&keeper->lock, irq);
}

static struct thing *keeper_take(struct keeper *keeper)
{
	struct thing *thing;
	unsigned long irq;

	spin_lock_irqsave(&keeper->lock, irq);
	thing = list_first_entry_or_null(&keeper->things, struct thing, list);
	if (thing) {
		list_del(&thing->list);
		keeper->count--;
	}
	spin_unlock_irqrestore(&keeper->lock, irq);
	return thing;
}

/* Q2 */
static void check_callback(void)
{
	if (!kern_may_sleep())
		fault("Q2: a callback was called in atomic context");
}

static unsigned long keeper_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct keeper *keeper = shrinker->private_data;

	check_callback();
	if (!(current->flags & PF_MEMALLOC) && !current->journal_info)
		fault("Q2: a callback was called without PF_MEMALLOC");
	return READ_ONCE(keeper->count);
}

static unsigned long keeper_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct keeper *keeper = shrinker->private_data;
	unsigned long freed = 0;

	check_callback();
	while (freed < sc->nr_to_scan) {
		struct thing *thing = keeper_take(keeper);

		if (!thing)
			break;
		thing_free(thing);
		freed++;
	}
	__atomic_fetch_add(&totals.given, freed, __ATOMIC_RELAXED);
	return freed ? freed : SHRINK_STOP;
}

bool keeper_begin(struct keeper *keeper, enum kind kind, const char *name)
{
	spin_lock_init(&keeper->lock);
	INIT_LIST_HEAD(&keeper->things);
	keeper->count = 0;
	keeper->kind = kind;
	keeper->shrinker = shrinker_alloc(0, "%s", name);
	if (!keeper->shrinker)
		return false;
	keeper->shrinker->count_objects = keeper_count;
	keeper->shrinker->scan_objects = keeper_scan;
	keeper->shrinker->private_data = keeper;
	shrinker_register(keeper->shrinker);
	return true;
}

static int spare_give(struct notifier_block *nb, unsigned long action, void *data)
{
	unsigned long *freed = data;

	check_callback();
	while (!list_empty(&spare)) {
		struct thing *thing = list_first_entry(&spare, struct thing, list);

		list_del(&thing->list);
		*freed += 1ul << thing->order;
		thing_free(thing);
	}
	return NOTIFY_OK;
}

struct notifier_block spare_block = { .notifier_call = spare_give };
