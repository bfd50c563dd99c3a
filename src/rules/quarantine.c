/* SPDX-License-Identifier: MIT */
/*
 * quarantine.c - keeps what was freed for a while, so that a late access hits memory nobody else
 * has
 *
 * Owns: the queue of what is kept, oldest first: slab objects, pages, vmalloc areas, percpu areas,
 * coherent memory.
 * Q1  Never more than the budget is kept (an eighth of RAM unless km_quarantine() said otherwise);
 *     when more comes, the oldest go. What is larger than a quarter of the budget is not kept.
 * Q2  All goes when an allocation is about to fail (PRESSURE), and what is of one cache when that
 *     cache is named.
 * Q3  Objects of SLAB_TYPESAFE_BY_RCU caches may be used after they are freed: they are not kept.
 *     An element of a mempool is kept when its pool has enough of them (KM_POOL_PASSES).
 * Q4  What is kept is marked so in its room, and only what that room can take back in one piece is:
 *     a page that others still hold, or an area that shows its user's pages, goes its way.
 * Q5  With guard pages what is kept has no access, if it shares its pages with nobody. An area is
 *     not kept then: its end unmaps it, and its addresses are not used again for a while.
 * Lock: rules_lock for the queue; what is kept is given back without it.  Nothing here sleeps.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include "page/page_room.h"
#include "percpu/percpu_room.h"
#include "pool/pool_room.h"
#include "rules/objects.h"
#include "rules/rules.h"
#include "slab/slab_room.h"
#include "vmap/vmap_room.h"

enum kept_kind { KEPT_SLAB, KEPT_PAGES, KEPT_AREA, KEPT_PERCPU, KEPT_COHERENT };

struct kept {
	struct kept *next;
	void *object;			/* as its room wants it back */
	struct kmem_cache *cache;	/* SLAB: where it lies; NULL: a large object */
	size_t bytes;			/* what it takes from RAM */
	uint32_t count;			/* PAGES: blocks of @order */
	uint8_t order;
	uint8_t family, kind;
	void *closed;			/* pages that lost their access: Q5 */
	size_t closed_bytes;
} __attribute__((aligned(64)));

static struct kept *oldest, *newest, *spare;
static size_t kept_bytes, kept_limit;
static size_t wanted_budget = KM_QUARANTINE_DEFAULT;

void km_quarantine(size_t bytes)
{
	wanted_budget = bytes;
}

static int quarantine_boot(void)
{
	struct km_port_region regions[8];
	unsigned int count = km_port_regions(regions, 8);

	oldest = newest = spare = NULL;
	kept_bytes = kept_limit = 0;
	for (unsigned int i = 0; i < count; i++)
		kept_limit += regions[i].bytes / 8;
	if (wanted_budget != KM_QUARANTINE_DEFAULT)
		kept_limit = wanted_budget;
	return 0;
}

/*
 * It will be given back at the next free, and handed out again after that; those behind it are
 * next.
 */
static void expect(const struct kept *kept)
{
	const struct kept *then = kept->next;

	__builtin_prefetch(kept->object, 1);
	object_expect((uintptr_t)kept->object);
	if (!then)
		return;
	object_expect_later((uintptr_t)then->object);
	if (then->next) {
		__builtin_prefetch(then->next);
		__builtin_prefetch((const char *)then->next + 63);
	}
}

/*
 * Unlinks the oldest, of @cache only if it is not NULL, until no more than @down_to bytes are kept.
 */
static struct kept *take_out(struct kmem_cache *cache, size_t down_to)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct kept *out = NULL, **out_end = &out, *before = NULL, *next;

	for (struct kept *kept = oldest; kept && kept_bytes > down_to; kept = next) {
		next = kept->next;
		if (cache && kept->cache != cache) {
			before = kept;
			continue;
		}
		/* What goes next was last touched long ago. */
		if (next)
			expect(next);
		*(before ? &before->next : &oldest) = next;
		if (newest == kept)
			newest = before;
		kept_bytes -= kept->bytes;
		kept->next = NULL;
		*out_end = kept;
		out_end = &kept->next;
	}
	km_spin_unlock(&rules_lock, irq);
	return out;
}

/*
 * The same of one, when more than the budget is kept: its record may be used again at once.  false,
 * or *ret_kept has what the record said.
 */
static bool take_oldest_locked(struct kept *ret_kept)
{
	struct kept *kept = oldest;

	if (kept_bytes <= kept_limit || !kept)
		return false;
	if (kept->next)
		expect(kept->next);
	oldest = kept->next;
	if (newest == kept)
		newest = NULL;
	kept_bytes -= kept->bytes;
	*ret_kept = *kept;
	kept->next = spare;
	spare = kept;
	return true;
}

/* Q5; an object that cannot be closed is kept as it is. */
static void close_pages(struct kept *kept)
{
	if (!slab_guards)
		return;
	kept->closed = kept->object;
	if (kept->kind == KEPT_SLAB)
		kept->closed_bytes = slab_guarded(kept->object, &kept->closed);
	else if (kept->kind == KEPT_PAGES || kept->kind == KEPT_COHERENT)
		kept->closed_bytes = kept->bytes;
	if (kept->closed_bytes &&
	    km_port_guard(kept->closed, kept->closed_bytes >> PAGE_SHIFT, true))
		kept->closed_bytes = 0;
}

static void release(const struct kept *kept)
{
	struct page *page;

	if (kept->closed_bytes)
		km_port_guard(kept->closed, kept->closed_bytes >> PAGE_SHIFT, false);
	switch ((enum kept_kind)kept->kind) {
	case KEPT_SLAB:
		slab_release((enum km_family)kept->family, kept->cache, kept->object);
		break;
	case KEPT_PAGES:
		page = frame_of(kept->object);
		for (uint32_t i = 0; i < kept->count; i++)
			page_give(page + ((unsigned long)i << kept->order), kept->order);
		break;
	case KEPT_AREA:
		vmap_release(kept->object);
		break;
	case KEPT_PERCPU:
		percpu_release(kept->object);
		break;
	case KEPT_COHERENT:
		pool_release_coherent(kept->object);
		break;
	}
}

static void give_back(struct kmem_cache *cache, size_t down_to)
{
	struct kept *out = take_out(cache, down_to), *next;

	for (; out; out = next) {
		unsigned long irq;

		next = out->next;
		release(out);
		irq = km_spin_lock(&rules_lock);
		out->next = spare;
		spare = out;
		km_spin_unlock(&rules_lock, irq);
	}
}

/* -- what a freed pointer is, and what it takes from RAM --------------------------------------- */

/*
 * What one object of this kind takes: red zones and alignment can make it several times its size.
 */
static size_t slot_bytes(const void *object, const struct slab_place *place)
{
	const struct page *slab = frame_head(frame_of(object));
	size_t bytes = (size_t)PAGE_SIZE << slab->order;

	if (!place->cache || !slab->objects)
		return bytes;
	return (uint32_t)bytes / slab->objects;	/* at each free: the short division */
}

static bool plan_slab(const struct km_event *event, const struct slab_place *place,
		      struct kept *ret_plan)
{
	/* devm memory lies behind a header in its slot. */
	if (place->object != event->object && event->family != KM_FAMILY_DEVRES)
		return false;
	if (place->cache && slab_cache_is_typesafe(place->cache))
		return false;
	ret_plan->kind = KEPT_SLAB;
	ret_plan->object = place->object;
	ret_plan->cache = place->cache;
	ret_plan->bytes = slot_bytes(event->object, place);
	return true;
}

static bool plan_pages(const struct km_event *event, struct page *page, struct kept *ret_plan)
{
	ret_plan->object = (void *)event->object;
	ret_plan->bytes = pool_coherent_bytes(event->object);
	if (ret_plan->bytes || event->family == KM_FAMILY_DMA) {
		ret_plan->kind = KEPT_COHERENT;
		return ret_plan->bytes != 0;
	}
	ret_plan->kind = KEPT_PAGES;
	ret_plan->order = page->order;
	ret_plan->count = 1;
	/* free_pages_exact(): a run of single pages. */
	if (event->family == KM_FAMILY_PAGES && event->bytes) {
		ret_plan->order = 0;
		ret_plan->count = (uint32_t)(PAGE_ALIGN(event->bytes) >> PAGE_SHIFT);
	} else if (event->family == KM_FAMILY_PAGES && event->order != page->order) {
		return false;
	}
	ret_plan->bytes = (size_t)ret_plan->count * PAGE_SIZE << ret_plan->order;
	return true;
}

/* What would be kept; false: nothing, the free goes its way. */
static bool plan(const struct km_event *event, struct kept *ret_plan)
{
	struct slab_place place;
	struct page *page;

	*ret_plan = (struct kept){ .family = (uint8_t)event->family };
	if (event->is_lost)
		return false;
	if (event->family == KM_FAMILY_MEMPOOL && event->pooled != KM_POOL_PASSES)
		return false;
	if (event->family == KM_FAMILY_PERCPU) {
		ret_plan->kind = KEPT_PERCPU;
		ret_plan->object = (void *)event->object;
		ret_plan->bytes = pcpu_alloc_size((void *)event->object) * km_port_cpus();
		return ret_plan->bytes != 0;
	}
	if (slab_find(event->object, &place))
		return event->family != KM_FAMILY_DMA && plan_slab(event, &place, ret_plan);
	page = frame_of(event->object);
	if (page)
		return page->owner == PAGE_OWNER_PAGES && plan_pages(event, page, ret_plan);
	/* Q5 */
	if (slab_guards)
		return false;
	ret_plan->kind = KEPT_AREA;
	ret_plan->object = (void *)event->object;
	ret_plan->bytes = vmap_own_bytes(event->object);
	return ret_plan->bytes != 0;
}

/* Q4 */
static bool mark(const struct kept *kept)
{
	if (kept->kind == KEPT_PAGES)
		return page_keep(frame_of(kept->object), kept->order, kept->count);
	return kept->kind != KEPT_AREA || vmap_keep(kept->object);
}

/* -- events ----------------------------------------------------------------------------------- */

static struct kept *record_take_locked(void)
{
	struct kept *kept = spare;

	if (kept)
		spare = kept->next;
	else
		kept = memory_carve(sizeof(*kept));
	return kept;
}

static void queue_locked(struct kept *kept)
{
	kept->next = NULL;
	if (newest)
		newest->next = kept;
	else
		oldest = kept;
	newest = kept;
	kept_bytes += kept->bytes;
}

/* Q1, in one step: nearly each free makes one other go.  Without memory for its record it goes. */
static void keep(const struct kept *wanted)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct kept *kept = record_take_locked(), gone;
	bool goes = true;

	if (kept) {
		*kept = *wanted;
		queue_locked(kept);
		goes = take_oldest_locked(&gone);
	} else {
		gone = *wanted;
	}
	km_spin_unlock(&rules_lock, irq);
	if (goes)
		release(&gone);
	if (kept_bytes > kept_limit)
		give_back(NULL, kept_limit);
}

static enum km_verdict see_free(const struct km_event *event)
{
	struct kept wanted;

	if (!kept_limit || !plan(event, &wanted) || wanted.bytes > kept_limit / 4 ||
	    !mark(&wanted))
		return KM_GO;
	close_pages(&wanted);
	keep(&wanted);
	return KM_TAKE;
}

static enum km_verdict quarantine_see(const struct km_event *event)
{
	if (event->point == KM_POINT_PRESSURE) {
		give_back(event->cache, 0);
		return KM_GO;
	}
	switch (event->family) {
	case KM_FAMILY_KMALLOC:
	case KM_FAMILY_CACHE:
	case KM_FAMILY_KVMALLOC:
	case KM_FAMILY_PAGES:
	case KM_FAMILY_VMALLOC:
	case KM_FAMILY_PERCPU:
	case KM_FAMILY_MEMPOOL:
	case KM_FAMILY_DMA:
	case KM_FAMILY_DEVRES:
		return see_free(event);
	default:
		return KM_GO;
	}
}

static void quarantine_shutdown(void)
{
	give_back(NULL, 0);
}

const struct km_rule quarantine_rule = {
	.points = POINT_BIT(FREE_ASK) | POINT_BIT(PRESSURE),
	.boot = quarantine_boot,
	.shutdown = quarantine_shutdown,
	.see = quarantine_see,
};
