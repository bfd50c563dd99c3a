/* SPDX-License-Identifier: MIT */
/*
 * unit.c - frames and addresses for a chunk's units
 *
 * Owns: the end of the port's vmap range, in slots of one chunk each.
 * U1  A chunk's units are percpu_units.unit_bytes apart, as those of the static variables are, so
 *     that __per_cpu_offset[] fits every chunk.
 * U2  A chunk is one block of frames where such a block is easily had, seen through the linear map;
 *     else single frames, mapped one after another in a slot.
 * U4  No area's pointer is NULL, in the page behind it, or in that of error pointers: where the
 *     difference of addresses makes it so, the granules are never handed out.
 * U3  All of a chunk has frames from the start: what is in a chunk can be had without sleeping.
 * Lock: percpu_lock for the slots only.  chunk_make() and chunk_unmake() may sleep.
 */
#include "percpu/chunk.h"

#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include "kern/kern.h"
#include "page/page_room.h"
#include "percpu/percpu_room.h"
#include "watch/watch.h"

#define SLOTS_MOST	(2UL << 30)	/* bytes of addresses */

static uintptr_t slot_base;
static unsigned long slot_count;
static unsigned long *slots;		/* a bit each: in use */

static size_t chunk_bytes(void)
{
	return percpu_units.unit_bytes * nr_cpu_ids;
}

static uint32_t unit_granules(void)
{
	return percpu_units.unit_bytes / PERCPU_GRANULE;
}

size_t percpu_vmap_bytes(size_t range_bytes)
{
	return min(range_bytes / 8 & PAGE_MASK, SLOTS_MOST);
}

void units_boot(void)
{
	uintptr_t base = 0;
	size_t bytes = 0;

	slot_count = 0;
	if (!km_port_vmap_range(&base, &bytes))
		return;
	slot_base = base + bytes - percpu_vmap_bytes(bytes);
	slot_count = percpu_vmap_bytes(bytes) / chunk_bytes();
	slots = km_port_grab(bitmap_size(slot_count));
	if (!slots)
		slot_count = 0;
}

unsigned long units_slots_used(void)
{
	return slot_count ? bitmap_weight(slots, slot_count) : 0;
}

static void tell_units(enum km_point point, const struct percpu_chunk *chunk)
{
	struct km_event event = {
		.point = point, .family = KM_FAMILY_PERCPU, .what = "percpu",
		.object = (void *)chunk->base, .bytes = chunk_bytes(), .usable = chunk_bytes(),
	};

	watch_tell_inner(&event);
}

/* -- slots ------------------------------------------------------------------------------------ */

static long slot_take(void)
{
	unsigned long irq = km_spin_lock(&percpu_lock);
	unsigned long slot = find_first_zero_bit(slots, slot_count);

	if (slot < slot_count)
		__set_bit(slot, slots);
	km_spin_unlock(&percpu_lock, irq);
	return slot < slot_count ? (long)slot : -1;
}

static void slot_give(long slot)
{
	unsigned long irq = km_spin_lock(&percpu_lock);

	__clear_bit(slot, slots);
	km_spin_unlock(&percpu_lock, irq);
}

/* -- frames ----------------------------------------------------------------------------------- */

static void frames_give(struct percpu_chunk *chunk)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &chunk->frames, lru)
		page_give(page, 0);
	INIT_LIST_HEAD(&chunk->frames);
}

static bool block_take(struct percpu_chunk *chunk, gfp_t gfp)
{
	gfp_t easy = (gfp & ~__GFP_DIRECT_RECLAIM) | __GFP_NOWARN;
	unsigned int order = get_order(chunk_bytes());
	unsigned long pages = chunk_bytes() >> PAGE_SHIFT;
	struct page *block;

	block = order <= MAX_PAGE_ORDER ? page_take_easily(easy, order, PAGE_OWNER_PERCPU) : NULL;
	if (!block)
		return false;
	page_part(block, order);
	for (unsigned long i = 0; i < 1UL << order; i++) {
		if (i < pages)
			list_add_tail(&block[i].lru, &chunk->frames);
		else
			page_give(&block[i], 0);
	}
	chunk->base = (uintptr_t)frame_address(block);
	chunk->slot = -1;
	return true;
}

static bool frames_take(struct percpu_chunk *chunk, gfp_t gfp)
{
	for (unsigned long i = 0; i < chunk_bytes() >> PAGE_SHIFT; i++) {
		struct page *page = page_take(gfp, 0, PAGE_OWNER_PERCPU);

		if (!page)
			return false;
		list_add_tail(&page->lru, &chunk->frames);
	}
	return true;
}

/* 0, or nothing is mapped. */
static int frames_map(struct percpu_chunk *chunk)
{
	uintptr_t at = chunk->base;
	struct page *page;

	list_for_each_entry(page, &chunk->frames, lru) {
		uint64_t phys = (uint64_t)frame_pfn(page) << PAGE_SHIFT;
		int error = km_port_map((void *)at, &phys, 1);

		if (error) {
			km_port_unmap((void *)chunk->base, (at - chunk->base) >> PAGE_SHIFT);
			return error;
		}
		at += PAGE_SIZE;
	}
	return 0;
}

static bool slot_fill(struct percpu_chunk *chunk, gfp_t gfp)
{
	chunk->slot = slot_count ? slot_take() : -1;
	if (chunk->slot < 0)
		return false;
	chunk->base = slot_base + chunk->slot * chunk_bytes();
	if (frames_take(chunk, gfp) && !frames_map(chunk))
		return true;
	frames_give(chunk);
	slot_give(chunk->slot);
	return false;
}

/* -- chunks ----------------------------------------------------------------------------------- */

static void record_fill(struct percpu_chunk *chunk, unsigned int order)
{
	char *maps = (char *)chunk + ALIGN(sizeof(*chunk), sizeof(long));

	*chunk = (struct percpu_chunk) {
		.granules = unit_granules(), .slot = -1, .record_order = order,
		.taken = (unsigned long *)maps,
		.starts = (unsigned long *)(maps + bitmap_size(unit_granules())),
	};
	INIT_LIST_HEAD(&chunk->frames);
}

/* U4 */
static void shun_null(struct percpu_chunk *chunk)
{
	uintptr_t from_shunned = chunk->base - __per_cpu_offset[0] + PAGE_SIZE;
	uintptr_t to_shunned = -from_shunned;
	uint32_t begin = 0, end;

	if (from_shunned < 2 * PAGE_SIZE) {
		end = (2 * PAGE_SIZE - from_shunned) / PERCPU_GRANULE;
	} else if (to_shunned < percpu_units.unit_bytes) {
		begin = to_shunned / PERCPU_GRANULE;
		end = begin + 2 * PAGE_SIZE / PERCPU_GRANULE;
	} else {
		return;
	}
	chunk_shun(chunk, begin, min(end, chunk->granules));
}

struct percpu_chunk *chunk_make(gfp_t gfp)
{
	unsigned int order = get_order(chunk_record_bytes(unit_granules()));
	struct page *record = page_take(gfp, order, PAGE_OWNER_PERCPU);
	struct percpu_chunk *chunk;

	if (!record)
		return NULL;
	chunk = frame_address(record);
	record_fill(chunk, order);
	if (!block_take(chunk, gfp) && !slot_fill(chunk, gfp)) {
		page_give(record, order);
		return NULL;
	}
	chunk_clear(chunk, 0);
	shun_null(chunk);
	tell_units(KM_POINT_VMAP_NEW, chunk);
	return chunk;
}

void chunk_unmake(struct percpu_chunk *chunk)
{
	if (chunk->is_fixed)
		return;
	tell_units(KM_POINT_VMAP_GONE, chunk);
	if (chunk->slot >= 0) {
		km_port_unmap((void *)chunk->base, chunk_bytes() >> PAGE_SHIFT);
		slot_give(chunk->slot);
	}
	frames_give(chunk);
	page_give(frame_of(chunk), chunk->record_order);
}

/*
 * The units that hold the static variables; the rest of them is there to be handed out, but not
 * while rules watch: these units lie outside of the machine's memory, where no rule can look.
 */
struct percpu_chunk *chunk_make_first(bool watched)
{
	struct percpu_chunk *chunk = km_port_grab(chunk_record_bytes(unit_granules()));

	if (!chunk)
		return NULL;
	record_fill(chunk, 0);
	chunk->base = percpu_units.base;
	chunk->is_fixed = true;
	chunk_clear(chunk, watched ? chunk->granules :
		    DIV_ROUND_UP(percpu_units.static_bytes, PERCPU_GRANULE));
	return chunk;
}
