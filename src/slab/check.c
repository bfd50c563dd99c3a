/* SPDX-License-Identifier: MIT */
/*
 * check.c - is a slab, an object, a free list as SLUB debugging left it?
 *
 * Whatever is found wrong is reported, then put right, so that it is found once and the cache goes
 * on.
 * V1  Structure is looked at in every CACHE_SINGLE cache: an object is one of its slab, and not
 *     free already. Bytes are looked at when an object comes or goes only with
 *     SLAB_CONSISTENCY_CHECKS, as in Linux; validate_slab_cache() looks at them always.
 * V2  A repair keeps S2 and S3: counts change through slab_count_locked() alone.
 * Lock: the node's, held by the caller.  Nothing sleeps or allocates.
 */
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "slab/debug.h"

/* Is @node that of an object of @slab? */
bool check_node(const struct kmem_cache *cache, const struct page *slab, const void *node)
{
	uintptr_t first = (uintptr_t)frame_address(slab) + cache->layout.first;
	uintptr_t past = (uintptr_t)node - cache->link - first;

	return past / cache->layout.slot < slab->objects && past % cache->layout.slot == 0;
}

/* Put @value back where it is missing in @bytes from @start; true if it was all there. */
static bool check_bytes(struct kmem_cache *cache, struct page *slab, void *object, const char *what,
			u8 *start, u8 value, size_t bytes, bool with_object)
{
	u8 *fault = bytes ? memchr_inv(start, value, bytes) : NULL, *end = start + bytes;

	if (!fault)
		return true;
	while (end[-1] == value)
		end--;
	report_bytes(cache, slab, object, what, fault, end, value, with_object);
	report_fix(cache, "Restoring %s 0x%px-0x%px=0x%x", what, fault, end - 1, value);
	memset(fault, value, end - fault);
	return false;
}

/* What is left over at the end of a slab. */
static void check_slab_padding(struct kmem_cache *cache, struct page *slab)
{
	const struct slab_layout *layout = &cache->layout;
	u8 *start = frame_address(slab), *end = start + (PAGE_SIZE << slab->order), *fault;
	u8 *padding = start + layout->first - layout->red_left + slab->objects * layout->slot;

	if (!(cache->flags & SLAB_POISON) || padding >= end)
		return;
	fault = memchr_inv(padding, POISON_INUSE, end - padding);
	if (!fault)
		return;
	while (end[-1] == POISON_INUSE)
		end--;
	report_slab(cache, slab, "Padding overwritten. 0x%px-0x%px @offset=%tu", fault, end - 1,
		    fault - start);
	if (!report_in_kunit())
		report_section(KERN_ERR, "Padding ", padding,
			       start + (PAGE_SIZE << slab->order) - padding);
	report_fix(cache, "Restoring slab padding 0x%px-0x%px=0x%x", fault, end - 1, POISON_INUSE);
	memset(fault, POISON_INUSE, end - fault);
}

/**
 * check_slab() - the frame and its counts
 */
bool check_slab(struct kmem_cache *cache, struct page *slab)
{
	unsigned int most = slab_layout_objects(&cache->layout, slab->order);

	if (slab->owner != PAGE_OWNER_SLAB || slab->slab_cache != cache) {
		report_slab(cache, slab, "Not a valid slab page");
		return false;
	}
	if (slab->objects > most) {
		report_slab(cache, slab, "objects %u > max %u", slab->objects, most);
		return false;
	}
	if (slab->inuse > slab->objects) {
		report_slab(cache, slab, "inuse %u > max %u", slab->inuse, slab->objects);
		return false;
	}
	check_slab_padding(cache, slab);
	return true;
}

/* -- one object ------------------------------------------------------------------------------- */

static bool check_red_zones(struct kmem_cache *cache, struct page *slab, u8 *object, u8 red)
{
	const struct slab_layout *layout = &cache->layout;
	bool is_sound = check_bytes(cache, slab, object, "Left Redzone", object - layout->red_left,
				    red, layout->red_left, true);

	is_sound &= check_bytes(cache, slab, object, "Right Redzone", object + cache->object_size,
				red, layout->inuse - cache->object_size, is_sound);
	if (layout->asked && red == SLUB_RED_ACTIVE) {
		u32 asked = object_asked(cache, object);

		if (asked < cache->object_size)
			is_sound &= check_bytes(cache, slab, object, "kmalloc Redzone",
						object + asked, red, cache->object_size - asked,
						is_sound);
	}
	return is_sound;
}

static bool check_poison(struct kmem_cache *cache, struct page *slab, u8 *object, u8 red,
			 bool is_sound)
{
	const struct slab_layout *layout = &cache->layout;
	u32 last = cache->object_size - 1;

	if (red != SLUB_RED_ACTIVE && cache_is_poisoned(cache)) {
		is_sound &= check_bytes(cache, slab, object, "Poison", object, POISON_FREE, last,
					is_sound);
		is_sound &= check_bytes(cache, slab, object, "End Poison", object + last,
					POISON_END, 1, is_sound);
	}
	/* Padding belongs to no object's bytes: found damage is mended and the object is sound. */
	check_bytes(cache, slab, object, "Object padding", object + layout->end, POISON_INUSE,
		    layout->slot - layout->red_left - layout->end, is_sound);
	return is_sound;
}

/**
 * check_object() - every byte of the slot that is not the user's
 * @red: SLUB_RED_ACTIVE: the object is out; SLUB_RED_INACTIVE: it is free
 */
bool check_object(struct kmem_cache *cache, struct page *slab, void *object, u8 red)
{
	const struct slab_layout *layout = &cache->layout;
	bool is_sound = true, is_link_outside = cache->link >= layout->inuse;
	u8 *end = (u8 *)object + cache->object_size;
	void *next;

	if (cache->flags & SLAB_RED_ZONE)
		is_sound = check_red_zones(cache, slab, object, red);
	else if (cache->flags & SLAB_POISON)
		is_sound = check_bytes(cache, slab, object, "Alignment padding", end, POISON_INUSE,
				       layout->inuse - cache->object_size, true);
	if (cache->flags & SLAB_POISON)
		is_sound = check_poison(cache, slab, object, red, is_sound);
	/* The link of an object that is out is the user's, unless it lies behind the object. */
	if (red == SLUB_RED_ACTIVE && !is_link_outside)
		return is_sound;
	next = link_read(cache, object_node(cache, object));
	if (next && !check_node(cache, slab, next)) {
		report_object(cache, slab, object, "Freepointer corrupt");
		link_write(cache, object_node(cache, object), NULL);
		is_sound = false;
	}
	return is_sound;
}

/* -- the free list ---------------------------------------------------------------------------- */

static void freelist_clear(struct kmem_cache *cache, struct page *slab)
{
	slab->freelist = NULL;
	slab_count_locked(cache, slab, slab->objects);
	report_fix(cache, "Freelist cleared");
}

static void check_counts(struct kmem_cache *cache, struct page *slab, unsigned int free)
{
	unsigned int most = slab_layout_objects(&cache->layout, slab->order), inuse;

	if (slab->objects != most) {
		report_slab(cache, slab, "Wrong number of objects. Found %d but should be %d",
			    slab->objects, most);
		cache->nodes[page_to_nid(slab)].objects += (long)most - slab->objects;
		slab->objects = most;
		report_fix(cache, "Number of objects adjusted");
	}
	inuse = slab->objects - free;
	if (slab->inuse != inuse) {
		report_slab(cache, slab, "Wrong object count. Counter is %d but counted were %d",
			    slab->inuse, inuse);
		slab_count_locked(cache, slab, inuse);
		report_fix(cache, "Object count adjusted");
	}
}

/**
 * check_freelist() - walk a slab's free list; repair it, and the counts, where they are wrong
 * @wanted: an object; NULL for none
 * Return: whether @wanted is on the list; for NULL, whether the list could be walked at all.
 */
bool check_freelist(struct kmem_cache *cache, struct page *slab, const void *wanted)
{
	void *node, *last = NULL;
	unsigned int free = 0;

	for (node = slab->freelist; node && free <= slab->objects; node = link_read(cache, node)) {
		if (!check_node(cache, slab, node)) {
			if (last) {
				report_object(cache, slab, node_object(cache, last),
					      "Freechain corrupt");
				link_write(cache, last, NULL);
				break;
			}
			report_slab(cache, slab, "Freepointer corrupt");
			freelist_clear(cache, slab);
			return false;
		}
		if (wanted && node_object(cache, node) == wanted)
			return true;
		last = node;
		free++;
	}
	if (free > slab->objects) {
		report_slab(cache, slab, "Freelist cycle detected");
		freelist_clear(cache, slab);
		return false;
	}
	check_counts(cache, slab, free);
	return !wanted;
}

/* -- on the way ------------------------------------------------------------------------------- */

/**
 * check_take() - may @object, the first of the slab's free list, be handed out?
 */
bool check_take(struct kmem_cache *cache, struct page *slab, void *object)
{
	bool with_bytes = cache->flags & SLAB_CONSISTENCY_CHECKS;

	if (with_bytes && !check_slab(cache, slab))
		return false;
	if (!check_node(cache, slab, object_node(cache, object))) {
		report_object(cache, slab, object, "Freelist Pointer check fails");
		return false;
	}
	return !with_bytes || check_object(cache, slab, object, SLUB_RED_INACTIVE);
}

/*
 * A free object's link leads to a node of its slab, or to none. In a hardened cache the bytes of an
 * object that is out decode to neither: only then the list is worth a walk.
 */
static bool may_be_free(const struct kmem_cache *cache, const struct page *slab, const void *object)
{
	void *next = link_read(cache, object_node(cache, object));

	return cache->traits & CACHE_DEBUG || !next || check_node(cache, slab, next);
}

/**
 * check_give() - may @object be put on the slab's free list?
 */
bool check_give(struct kmem_cache *cache, struct page *slab, void *object)
{
	bool with_bytes = cache->flags & SLAB_CONSISTENCY_CHECKS;

	if (with_bytes && !check_slab(cache, slab))
		return false;
	if (!check_node(cache, slab, object_node(cache, object))) {
		report_slab(cache, slab, "Invalid object pointer 0x%px", object);
		return false;
	}
	if (may_be_free(cache, slab, object) && check_freelist(cache, slab, object)) {
		report_object(cache, slab, object, "Object already free");
		return false;
	}
	return !with_bytes || check_object(cache, slab, object, SLUB_RED_ACTIVE);
}
