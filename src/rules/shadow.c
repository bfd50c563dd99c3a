/* SPDX-License-Identifier: MIT */
/*
 * shadow.c - which bytes of memory checked code may touch
 *
 * Owns: the shadow of the linear map (one run of bytes per region) and of the vmalloc range (a
 * directory of chunks, filled as areas appear).  Memory outside of both, and of a chunk that does
 * not exist, may be touched as far as this file knows.
 * H1  A byte of the shadow speaks for the 8 bytes at a multiple of 8.
 * H2  Frames that were never handed out are open: what the engine keeps there is its own business.
 * Lock: none; a shadow byte belongs to whoever owns the memory.  Chunks are made under rules_lock.
 * Nothing here sleeps.
 */
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include "page/page_room.h"
#include "rules/shadow.h"
#include "slab/slab_room.h"
#include "vmap/vmap_room.h"

#define REGIONS		8
#define GRAIN_BITS	3
#define GRAIN		8u
#define CHUNK_BITS	21
#define CHUNK_BYTES	((uintptr_t)1 << CHUNK_BITS)
#define FRAME_BYTES	4096u

struct shadow_region {
	uintptr_t start, end;
	uint8_t *bytes;
};

static struct shadow_region regions[REGIONS];
static unsigned int region_count;
static uintptr_t vmap_base, vmap_end;
static uint8_t **vmap_chunks;
static bool is_on;

bool shadow_is_on(void)
{
	return is_on;
}

static int shadow_boot(void)
{
	struct km_port_region found[REGIONS];
	size_t vmap_bytes;

	region_count = km_port_regions(found, REGIONS);
	for (unsigned int i = 0; i < region_count; i++) {
		regions[i].start = (uintptr_t)found[i].base;
		regions[i].end = regions[i].start + found[i].bytes;
		regions[i].bytes = km_port_grab(found[i].bytes >> GRAIN_BITS);
		if (!regions[i].bytes)
			return -12;
	}
	vmap_chunks = NULL;
	vmap_base = vmap_end = 0;
	if (km_port_vmap_range(&vmap_base, &vmap_bytes)) {
		vmap_end = vmap_base + vmap_bytes;
		vmap_chunks = km_port_grab(((vmap_bytes >> CHUNK_BITS) + 1) * sizeof(*vmap_chunks));
		if (!vmap_chunks)
			vmap_end = vmap_base;
	}
	is_on = true;
	return 0;
}

static void shadow_shutdown(void)
{
	is_on = false;
	region_count = 0;
	vmap_base = vmap_end = 0;
	vmap_chunks = NULL;
}

/* The shadow byte of @address; NULL where there is none. */
static uint8_t *shadow_of(uintptr_t address)
{
	uint8_t *chunk;

	for (unsigned int i = 0; i < region_count; i++)
		if (address - regions[i].start < regions[i].end - regions[i].start)
			return &regions[i].bytes[(address - regions[i].start) >> GRAIN_BITS];
	if (address - vmap_base >= vmap_end - vmap_base)
		return NULL;
	chunk = vmap_chunks[(address - vmap_base) >> CHUNK_BITS];
	return chunk ? &chunk[((address - vmap_base) & (CHUNK_BYTES - 1)) >> GRAIN_BITS] : NULL;
}

/* Chunks for an area; an area without one is simply not checked. */
static void make_chunks(uintptr_t start, size_t bytes)
{
	if (start - vmap_base >= vmap_end - vmap_base)
		return;
	for (size_t at = (start - vmap_base) >> CHUNK_BITS;
	     at <= (start + bytes - 1 - vmap_base) >> CHUNK_BITS; at++) {
		unsigned long irq = km_spin_lock(&rules_lock);

		if (!vmap_chunks[at])
			vmap_chunks[at] = memory_carve(CHUNK_BYTES >> GRAIN_BITS);
		km_spin_unlock(&rules_lock, irq);
	}
}

void shadow_close(uintptr_t start, size_t bytes, enum shadow_code code)
{
	uintptr_t end = (start + bytes + GRAIN - 1) & ~(uintptr_t)(GRAIN - 1);

	for (uintptr_t at = (start + GRAIN - 1) & ~(uintptr_t)(GRAIN - 1); at < end; at += GRAIN) {
		uint8_t *shadow = shadow_of(at);

		if (shadow)
			*shadow = (uint8_t)code;
	}
}

void shadow_open(uintptr_t start, size_t bytes)
{
	uintptr_t whole_end = start + (bytes & ~(size_t)(GRAIN - 1));
	uint8_t *shadow;

	for (uintptr_t at = start; at < whole_end; at += GRAIN) {
		shadow = shadow_of(at);
		if (shadow)
			*shadow = SHADOW_OPEN;
	}
	shadow = bytes % GRAIN ? shadow_of(whole_end) : NULL;
	if (shadow)
		*shadow = bytes % GRAIN;
}

uintptr_t shadow_bad_byte(uintptr_t start, size_t bytes, uint8_t *ret_code)
{
	uintptr_t end = start + bytes;

	for (uintptr_t grain = start & ~(uintptr_t)(GRAIN - 1); grain < end; grain += GRAIN) {
		const uint8_t *shadow = shadow_of(grain);
		uintptr_t open_end, bad;

		if (!shadow || *shadow == SHADOW_OPEN)
			continue;
		open_end = *shadow < GRAIN ? grain + *shadow : grain;
		bad = open_end > start ? open_end : start;
		if (bad >= end || bad >= grain + GRAIN)
			continue;
		/*
		 * Behind the open part of a grain lies what the next grain says; the end of an
		 * object says red zone.
		 */
		*ret_code = *shadow < GRAIN ? SHADOW_REDZONE : *shadow;
		return bad;
	}
	return 0;
}

/* The frames behind an area are reached through the linear map too (vmalloc_to_page()). */
static void open_frames(uintptr_t start, size_t bytes)
{
	for (uintptr_t at = start; at < start + bytes; at += FRAME_BYTES) {
		struct page *page = vmalloc_to_page((void *)at);

		if (page)
			shadow_open((uintptr_t)frame_address(page), FRAME_BYTES);
	}
}

static enum km_verdict shadow_see(const struct km_event *event)
{
	uintptr_t start = (uintptr_t)event->object;

	switch (event->point) {
	case KM_POINT_SLAB_NEW:
		if (slab_cache_is_watched(event->cache))
			shadow_close(start, event->bytes, SHADOW_REDZONE);
		else
			shadow_open(start, event->bytes);
		break;
	case KM_POINT_SLAB_GONE:
		shadow_close(start, event->bytes, SHADOW_PAGE_FREED);
		break;
	case KM_POINT_VMAP_NEW:
		make_chunks(start, event->bytes);
		shadow_open(start, event->bytes);
		open_frames(start, event->bytes);
		break;
	case KM_POINT_VMAP_GONE:
		shadow_close(start, event->bytes, SHADOW_FREED);
		break;
	default:
		break;
	}
	return KM_GO;
}

const struct km_rule shadow_rule = {
	.points = POINT_BIT(SLAB_NEW) | POINT_BIT(SLAB_GONE) | POINT_BIT(VMAP_NEW) |
		  POINT_BIT(VMAP_GONE),
	.boot = shadow_boot,
	.shutdown = shadow_shutdown,
	.see = shadow_see,
};
