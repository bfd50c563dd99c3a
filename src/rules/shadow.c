/* SPDX-License-Identifier: MIT */
/*
 * shadow.c - which bytes of memory checked code may touch
 *
 * Owns: the shadow bytes.  A port may have one run of them for every address there is; else they
 * are kept here, of the linear map (a run per region) and of the vmalloc range (a directory of
 * chunks, filled as areas appear).  Memory that has none may be touched as far as this file knows.
 * H1  A byte of the shadow speaks for the 8 bytes at a multiple of 8.
 * H2  Frames that were never handed out are open: what the engine keeps there is its own business.
 * H3  Where the port has the whole, the first 64 KiB are closed, and compiled code writes the bytes
 *     of its own variables (variable.c).
 * H4  In a run that looks for races (km_port_shadow.asks) the open grains of objects and static
 *     variables say ASK: each access comes by, and is a place to switch.
 * Lock: none; a shadow byte belongs to whoever owns the memory.  Chunks are made under rules_lock.
 * Nothing here sleeps.
 */
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/shrinker.h>
#include <linux/vmalloc.h>
#include "kern/kern.h"
#include "page/page_room.h"
#include <linux/string.h>
#include "rules/access.h"
#include "rules/shadow.h"
#include "rules/variable.h"
#include "slab/slab_room.h"
#include "vmap/vmap_room.h"

#define REGIONS		8
#define GRAIN_BITS	3
#define GRAIN		8u
#define CHUNK_BITS	21
#define CHUNK_BYTES	((uintptr_t)1 << CHUNK_BITS)
#define FRAME_BYTES	4096u
#define SKIP		(sizeof(uint64_t) * GRAIN)	/* bytes that a word of shadow speaks for */
#define NEAR_NULL	65536u

#ifdef KM_PORT_SHADOW_OFFSET
#define KM_PORT_HAS_SHADOW	true
#else
#define KM_PORT_HAS_SHADOW	false
#endif

struct shadow_region {
	uintptr_t start, end;
	uint8_t *bytes;
};

static struct shadow_region regions[REGIONS];
static unsigned int region_count;
static struct km_port_shadow whole;	/* limit 0: the port has none */
static uintptr_t vmap_base, vmap_end;
static uint8_t **vmap_chunks;
static bool is_on;
static uint8_t ask_code;		/* H4: SHADOW_ASK, or SHADOW_OPEN */

bool shadow_is_on(void)
{
	return is_on;
}

/* A port without one shadow of everything: RAM and the vmalloc range get theirs here. */
static int boot_parts(void)
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
	if (km_port_vmap_range(&vmap_base, &vmap_bytes)) {
		vmap_end = vmap_base + vmap_bytes;
		vmap_chunks = km_port_grab(((vmap_bytes >> CHUNK_BITS) + 1) * sizeof(*vmap_chunks));
		if (!vmap_chunks)
			vmap_end = vmap_base;
	}
	return 0;
}

static int shadow_boot(void)
{
	int error = 0;

	region_count = 0;
	vmap_chunks = NULL;
	vmap_base = vmap_end = 0;
	whole = (struct km_port_shadow){ 0 };
	ask_code = 0;
	if (km_port_shadow_map(&whole))
		__builtin_memset((void *)whole.offset, SHADOW_PAGE_FREED,
				 NEAR_NULL >> GRAIN_BITS);
	else if (KM_PORT_HAS_SHADOW)
		error = -12;
	else
		error = boot_parts();
	is_on = !error;
	ask_code = whole.asks ? SHADOW_ASK : 0;
	if (!is_on)
		return error;
	variables_boot();
	left_stack_boot();
	for (unsigned int cpu = 0; ask_code && percpu_units.base && cpu < nr_cpu_ids; cpu++)
		shadow_open(percpu_units.base + cpu * percpu_units.unit_bytes,
			    percpu_units.static_bytes);
	return error;
}

static void shadow_shutdown(void)
{
	is_on = false;
	whole = (struct km_port_shadow){ 0 };
	region_count = 0;
	vmap_base = vmap_end = 0;
	vmap_chunks = NULL;
}

/* The shadow byte of @address; NULL where there is none. */
static uint8_t *shadow_of(uintptr_t address)
{
	uint8_t *chunk;

	if (address < whole.limit)
		return (uint8_t *)((address >> GRAIN_BITS) + whole.offset);
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

/* Whole grains from @start up to @end. */
static void fill(uintptr_t start, uintptr_t end, uint8_t value)
{
	if (start >= end)
		return;
	if (end <= whole.limit) {
		__builtin_memset((void *)((start >> GRAIN_BITS) + whole.offset), value,
				 (end - start) >> GRAIN_BITS);
		return;
	}
	for (uintptr_t at = start; at < end; at += GRAIN) {
		uint8_t *shadow = shadow_of(at);

		if (shadow)
			*shadow = value;
	}
}

void shadow_close(uintptr_t start, size_t bytes, enum shadow_code code)
{
	fill((start + GRAIN - 1) & ~(uintptr_t)(GRAIN - 1),
	     (start + bytes + GRAIN - 1) & ~(uintptr_t)(GRAIN - 1), (uint8_t)code);
}

void shadow_open(uintptr_t start, size_t bytes)
{
	uintptr_t end = start + (bytes & ~(size_t)(GRAIN - 1));
	uint8_t *shadow = bytes % GRAIN ? shadow_of(end) : NULL;

	fill(start, end, ask_code);
	if (shadow)
		*shadow = ask_code | (uint8_t)(bytes % GRAIN);
}

void shadow_open_object(uintptr_t start, size_t bytes, size_t usable, enum shadow_code code)
{
	size_t open = bytes / GRAIN, all = (usable + GRAIN - 1) / GRAIN;
	uint8_t *shadow;

	if (start + usable > whole.limit) {
		shadow_open(start, bytes);
		shadow_close(start + bytes, usable - bytes, code);
		return;
	}
	shadow = (uint8_t *)((start >> GRAIN_BITS) + whole.offset);
	__builtin_memset(shadow, ask_code, open);
	if (bytes % GRAIN)
		shadow[open++] = ask_code | (uint8_t)(bytes % GRAIN);
	if (all > open)
		__builtin_memset(shadow + open, code, all - open);
}

/* Without what it says to compiled code (H4). */
static uint8_t plain(uint8_t shadow)
{
	return (uint8_t)(shadow - SHADOW_ASK) < GRAIN ? shadow - SHADOW_ASK : shadow;
}

uint8_t shadow_at(uintptr_t address)
{
	const uint8_t *shadow = shadow_of(address);

	return shadow ? plain(*shadow) : SHADOW_OPEN;
}

#define PLAIN_BITS	(0x0101010101010101ull * SHADOW_ASK)

static bool is_open_word(uint64_t word)
{
	return !(word & ~PLAIN_BITS);
}

/*
 * All of @count bytes of shadow, by words at any address; the last two may have some in common.  A
 * length that is nonsense ends at the first that is not open.
 */
static bool are_open(const uint8_t *shadow, uintptr_t count)
{
	uint64_t word, seen = 0;
	uint32_t half;

	if (count < sizeof(word)) {
		if (count < sizeof(half)) {
			for (uintptr_t i = 0; i < count; i++)
				seen |= shadow[i];
			return is_open_word(seen);
		}
		__builtin_memcpy(&half, shadow + count - sizeof(half), sizeof(half));
		seen = half;
		__builtin_memcpy(&half, shadow, sizeof(half));
		return is_open_word(seen | half);
	}
	for (uintptr_t at = 0; at + sizeof(word) < count; at += sizeof(word)) {
		__builtin_memcpy(&word, shadow + at, sizeof(word));
		if (!is_open_word(word))
			return false;
	}
	__builtin_memcpy(&word, shadow + count - sizeof(word), sizeof(word));
	return is_open_word(word);
}

/* Nearly every range: true only if each byte may be touched. */
static bool is_open(uintptr_t start, uintptr_t end)
{
	const uint8_t *shadow = (const uint8_t *)((start >> GRAIN_BITS) + whole.offset);
	uintptr_t grains = (end >> GRAIN_BITS) - (start >> GRAIN_BITS);
	uint8_t last;

	if (end > whole.limit || end < start || !are_open(shadow, grains))
		return false;
	if (!(end % GRAIN))
		return true;
	last = plain(shadow[grains]);
	return last == SHADOW_OPEN || (last < GRAIN && end % GRAIN <= last);
}

/* The first grain from @grain on that is not open, @end if none. */
static uintptr_t skip_open(uintptr_t grain, uintptr_t end)
{
	if (end > whole.limit) {
		while (grain < end && shadow_at(grain) == SHADOW_OPEN)
			grain += GRAIN;
		return grain;
	}
	for (; grain < end; grain += GRAIN) {
		const uint8_t *shadow = shadow_of(grain);

		while (!((uintptr_t)shadow % sizeof(uint64_t)) && grain + SKIP <= end &&
		       is_open_word(*(const uint64_t *)shadow)) {
			grain += SKIP;
			shadow += sizeof(uint64_t);
		}
		if (grain >= end || plain(*shadow) != SHADOW_OPEN)
			break;
	}
	return grain;
}

/*
 * What lies behind the open part of a grain: the end of an object says red zone; that of a variable
 * is said by the next grain.
 */
static uint8_t code_behind(uintptr_t grain)
{
	uint8_t next = shadow_at(grain + GRAIN);

	switch (next) {
	case SHADOW_STACK_MIDDLE:
	case SHADOW_STACK_RIGHT:
	case SHADOW_ALLOCA_RIGHT:
	case SHADOW_GLOBAL:
		return next;
	default:
		return SHADOW_REDZONE;
	}
}

uintptr_t shadow_bad_byte(uintptr_t start, size_t bytes, uint8_t *ret_code)
{
	uintptr_t end = start + bytes, grain = start & ~(uintptr_t)(GRAIN - 1);

	if (is_open(start, end))
		return 0;
	for (; (grain = skip_open(grain, end)) < end; grain += GRAIN) {
		uint8_t shadow = shadow_at(grain);
		uintptr_t open_end = shadow < GRAIN ? grain + shadow : grain;
		uintptr_t bad = open_end > start ? open_end : start;

		if (bad >= end || bad >= grain + GRAIN)
			continue;
		*ret_code = shadow < GRAIN ? code_behind(grain) : shadow;
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

/* It lies in the library; only its functions look at it, for their callers. */
static bool is_queue(const struct km_event *event)
{
	return strcmp(event->what, "workqueue") == 0;
}

/* A module may write to it: callbacks, private_data. */
static bool is_shrinker(const struct km_event *event)
{
	return strcmp(event->what, "shrinker") == 0;
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
	case KM_POINT_RESOURCE_NEW:
		if (is_queue(event))
			shadow_open(start, GRAIN);
		else if (is_shrinker(event))
			shadow_open(start, sizeof(struct shrinker));
		break;
	case KM_POINT_RESOURCE_GONE:
		if (is_queue(event))
			shadow_close(start, GRAIN, SHADOW_QUEUE_GONE);
		else if (is_shrinker(event))
			shadow_close(start, sizeof(struct shrinker), SHADOW_SHRINKER_GONE);
		break;
	case KM_POINT_TOUCH:
		return access_touch(event) ? KM_GO : KM_REFUSE;
	default:
		break;
	}
	return KM_GO;
}

const struct km_rule shadow_rule = {
	.points = POINT_BIT(TOUCH) | POINT_BIT(SLAB_NEW) | POINT_BIT(SLAB_GONE) |
		  POINT_BIT(VMAP_NEW) | POINT_BIT(VMAP_GONE) | POINT_BIT(RESOURCE_NEW) |
		  POINT_BIT(RESOURCE_GONE),
	.boot = shadow_boot,
	.shutdown = shadow_shutdown,
	.see = shadow_see,
};
