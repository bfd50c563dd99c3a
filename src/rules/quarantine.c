/* SPDX-License-Identifier: MIT */
/*
 * quarantine.c - keeps freed slab objects for a while, so that a late access hits memory nobody
 * else has
 *
 * Owns: the queue of kept objects, oldest first.
 * Q1  Never more than an eighth of RAM is kept; when more comes, the oldest go.
 * Q2  All goes when an allocation is about to fail (PRESSURE), and what is of one cache when that
 *     cache is named.
 * Q3  Objects of SLAB_TYPESAFE_BY_RCU caches may be used after they are freed: they are not kept.
 * Lock: rules_lock for the queue; objects are given back without it.  Nothing here sleeps.
 */
#include "page/page_room.h"
#include "rules/rules.h"
#include "slab/slab_room.h"

struct kept {
	struct kept *next;
	void *object;
	struct kmem_cache *cache;	/* where it lies; NULL: a large object */
	struct kmem_cache *freed_to;	/* what the free named */
	size_t bytes;
	enum km_family family;
};

static struct kept *oldest, *newest, *spare;
static size_t kept_bytes, kept_limit;

static int quarantine_boot(void)
{
	struct km_port_region regions[8];
	unsigned int count = km_port_regions(regions, 8);

	oldest = newest = spare = NULL;
	kept_bytes = kept_limit = 0;
	for (unsigned int i = 0; i < count; i++)
		kept_limit += regions[i].bytes / 8;
	return 0;
}

/*
 * Unlinks the oldest objects, of @cache only if it is not NULL, until no more than @down_to bytes
 * are kept.
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

static void give_back(struct kmem_cache *cache, size_t down_to)
{
	struct kept *out = take_out(cache, down_to), *next;

	for (; out; out = next) {
		unsigned long irq;

		next = out->next;
		slab_release(out->family, out->freed_to, out->object);
		irq = km_spin_lock(&rules_lock);
		out->next = spare;
		spare = out;
		km_spin_unlock(&rules_lock, irq);
	}
}

/*
 * What one object of this kind takes from RAM: red zones and alignment can make it several times
 * its size.
 */
static size_t footprint(const void *object, const struct slab_place *place)
{
	const struct page *slab = frame_head(frame_of(object));
	size_t bytes = (size_t)4096 << slab->order;

	return place->cache && slab->objects ? bytes / slab->objects : bytes;
}

static bool keep(const struct km_event *event, const struct slab_place *place)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct kept *kept = spare;

	if (kept)
		spare = kept->next;
	else
		kept = memory_carve(sizeof(*kept));
	if (kept) {
		*kept = (struct kept){ .object = (void *)event->object,
				       .cache = place->cache,
				       .freed_to = event->cache,
				       .bytes = footprint(event->object, place),
				       .family = event->family };
		if (newest)
			newest->next = kept;
		else
			oldest = kept;
		newest = kept;
		kept_bytes += kept->bytes;
	}
	km_spin_unlock(&rules_lock, irq);
	return kept != NULL;
}

static enum km_verdict quarantine_see(const struct km_event *event)
{
	struct slab_place place;

	if (event->point == KM_POINT_PRESSURE) {
		give_back(event->cache, 0);
		return KM_GO;
	}
	if (event->family != KM_FAMILY_KMALLOC && event->family != KM_FAMILY_CACHE &&
	    event->family != KM_FAMILY_KVMALLOC)
		return KM_GO;
	if (!slab_find(event->object, &place) || place.object != event->object)
		return KM_GO;
	if (place.cache && slab_cache_is_typesafe(place.cache))
		return KM_GO;
	if (footprint(event->object, &place) > kept_limit / 4 || !keep(event, &place))
		return KM_GO;
	give_back(NULL, kept_limit);
	return KM_TAKE;
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
