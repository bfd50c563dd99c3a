/* SPDX-License-Identifier: MIT */
/*
 * init_shadow.c - which bits of memory nobody has written yet, and where they come from
 *
 * Owns: the shadow and the origins of RAM, of the vmalloc range, of the stacks and of the program's
 * own data.  What lies elsewhere counts as written.
 * V1  Bytes that were poisoned, and not stored since, hold a pattern that depends on their address.
 *     The library is not instrumented: where a group of 4 bytes no longer shows its pattern the
 *     library has written it, and the group is written from then on.
 * V2  A value that was not written and was stored by instrumented code has an origin with
 *     INIT_STORED: V1 does not hold for it, and its bytes are taken as they are.
 * V3  Memory that is not handed out counts as written.
 * V4  What instrumented code has loaded and puts down again, in whatever way, is a value of V2: so
 *     the origin that a load gives has INIT_STORED already.
 * Lock: none; a shadow byte belongs to whoever owns the memory.  Nothing here sleeps or allocates.
 */
#include <linux/errno.h>
#include "rules/init_origin.h"
#include "rules/init_shadow.h"

#define RANGES		16
#define GROUP		4u
#define SCRATCH_BYTES	4096u
#define LOADS		16u	/* code reads the origin right behind the load */
#define SOURCES		4u
/* km_port_effort(): a byte that becomes unwritten takes about one */
#define UNPOISONED_A_NS	10
#define CLEAN_A_NS	12

struct init_range {
	uintptr_t start, end;
	uint8_t *shadow;
	uint32_t *origin;
};

/* Set by the linker. */
extern char __executable_start[] __attribute__((weak));
extern char _end[] __attribute__((weak));
/* Only a program whose module was compiled with this instrumentation has it. */
extern const char km_init_program[] __attribute__((weak));

static struct init_range ranges[RANGES];
static unsigned int range_count;
static bool is_on;
/* For addresses that are not kept track of: read, and written. */
static uint64_t clean[SCRATCH_BYTES / 8], scratch[SCRATCH_BYTES / 8];
/* Origins of the latest loads (V4). */
static uint32_t loaded[LOADS];
static unsigned int load_count;
/* Where the latest structures that may be handed on by value lie. */
static uintptr_t sources[SOURCES];
static unsigned int source_count;
/* What a function was handed by value, and has not been looked at yet. */
static struct { uintptr_t start; size_t bytes; } by_value;

bool init_is_on(void)
{
	return is_on;
}

static int range_add(uintptr_t start, size_t bytes)
{
	struct init_range *range = &ranges[range_count];

	start &= ~(uintptr_t)(GROUP - 1);
	if (!bytes || range_count == RANGES)
		return 0;
	range->start = start;
	range->end = start + bytes;
	range->shadow = km_port_grab(bytes + SCRATCH_BYTES);
	range->origin = km_port_grab(bytes + SCRATCH_BYTES);
	if (!range->shadow || !range->origin)
		return -ENOMEM;
	range_count++;
	return 0;
}

int init_shadow_open(void)
{
	struct km_port_region found[RANGES];
	uintptr_t vmap;
	size_t vmap_bytes;
	unsigned int count;
	int error = 0;

	range_count = 0;
	if (!km_init_program)
		return 0;
	/* Most accesses are to local variables: the stacks come first. */
	count = km_port_stacks(found, RANGES / 4);
	for (unsigned int i = 0; i < count && !error; i++)
		error = range_add((uintptr_t)found[i].base, found[i].bytes);
	count = km_port_regions(found, RANGES / 2);
	for (unsigned int i = 0; i < count && !error; i++)
		error = range_add((uintptr_t)found[i].base, found[i].bytes);
	if (!error && __executable_start && _end)
		error = range_add((uintptr_t)__executable_start,
				  (uintptr_t)_end - (uintptr_t)__executable_start);
	if (!error && km_port_vmap_range(&vmap, &vmap_bytes))
		error = range_add(vmap, vmap_bytes);
	is_on = !error;
	return error;
}

void init_shadow_close(void)
{
	is_on = false;
	by_value.bytes = 0;
	range_count = 0;
}

static inline const struct init_range *range_of(uintptr_t address)
{
	for (unsigned int i = 0; i < range_count; i++)
		if (address - ranges[i].start < ranges[i].end - ranges[i].start)
			return &ranges[i];
	return NULL;
}

/* The range, and no more of *@bytes than it holds. */
static const struct init_range *range_clip(uintptr_t address, size_t *bytes)
{
	const struct init_range *range = range_of(address);

	if (range && *bytes > range->end - address)
		*bytes = range->end - address;
	return range;
}

static inline uint8_t *shadow_at(const struct init_range *range, uintptr_t address)
{
	return &range->shadow[address - range->start];
}

static inline uint32_t *origin_at(const struct init_range *range, uintptr_t address)
{
	return &range->origin[(address - range->start) / GROUP];
}

/* What the 8 bytes at a multiple of 8 hold while nobody has written them: 0xa0 to 0xdf each, so
 * that as an address they are none, and as a number below zero. */
static inline uint64_t pattern_word(uintptr_t at)
{
	uint64_t mixed = (at >> 3) * 0x9e3779b97f4a7c15ull;

	mixed ^= mixed >> 29;
	return (mixed & 0x3f3f3f3f3f3f3f3full) + 0xa0a0a0a0a0a0a0a0ull;
}

static inline uint8_t pattern_byte(uintptr_t at)
{
	return (uint8_t)(pattern_word(at & ~(uintptr_t)7) >> (at & 7) * 8);
}

static void pattern_fill(uintptr_t start, size_t bytes)
{
	uintptr_t at = start, end = start + bytes;

	for (; at < end && at % 8; at++)
		*(uint8_t *)at = pattern_byte(at);
	for (; end - at >= 8; at += 8)
		*(uint64_t *)at = pattern_word(at);
	for (; at < end; at++)
		*(uint8_t *)at = pattern_byte(at);
}

/*
 * V1, for the bytes [start, end) of one group.  What else is in the group may be another
 * variable's, or a dead one's.
 */
static void settle_group(const struct init_range *range, uintptr_t start, uintptr_t end)
{
	bool is_written = false;

	if (*origin_at(range, start) & INIT_STORED)
		return;
	for (uintptr_t at = start; at < end; at++)
		if (*shadow_at(range, at) && *(const uint8_t *)at != pattern_byte(at))
			is_written = true;
	if (is_written)
		__builtin_memset(shadow_at(range, start), 0, end - start);
}

static bool is_clean(const uint8_t *shadow, size_t bytes)
{
	size_t i = 0;
	uint64_t word;

	for (; i + 8 <= bytes; i += 8) {
		__builtin_memcpy(&word, shadow + i, 8);
		if (word)
			return false;
	}
	for (; i < bytes; i++)
		if (shadow[i])
			return false;
	return true;
}

/* After this a set bit of the range's shadow is true.  Return: false if none is set. */
static bool settle(const struct init_range *range, uintptr_t start, size_t bytes)
{
	uintptr_t end = start + bytes, next;

	if (is_clean(shadow_at(range, start), bytes)) {
		km_port_effort(bytes / CLEAN_A_NS);
		return false;
	}
	km_port_effort(bytes);
	for (uintptr_t at = start; at < end; at = next) {
		next = (at & ~(uintptr_t)(GROUP - 1)) + GROUP;
		if (next > end)
			next = end;
		if (!is_clean(shadow_at(range, at), next - at))
			settle_group(range, at, next);
	}
	return !is_clean(shadow_at(range, start), bytes);
}

/* The origin of what nobody wrote in a group at @at of a structure's copy at @start; 0: written. */
static uint32_t source_origin(uintptr_t start, uintptr_t at)
{
	for (unsigned int i = 0; i < SOURCES; i++) {
		uintptr_t from = sources[i] + (at - start);
		size_t bytes = GROUP;
		const struct init_range *range = sources[i] ? range_clip(from, &bytes) : NULL;

		if (range && bytes == GROUP && settle(range, from, GROUP) &&
		    !__builtin_memcmp((void *)from, (void *)at, GROUP))
			return *origin_at(range, from) | INIT_STORED;
	}
	return 0;
}

/* Its shadow has been put down as the caller had it, which did not ask the library's writes. */
static void by_value_settle(void)
{
	const struct init_range *range = range_clip(by_value.start, &by_value.bytes);
	uintptr_t end = by_value.start + by_value.bytes;

	by_value.bytes = 0;
	for (uintptr_t at = by_value.start; range && at + GROUP <= end; at += GROUP) {
		uint32_t origin;

		if (is_clean(shadow_at(range, at), GROUP))
			continue;
		origin = source_origin(by_value.start, at);
		if (origin)
			*origin_at(range, at) = origin;
		else
			__builtin_memset(shadow_at(range, at), 0, GROUP);
	}
}

void init_by_value(uintptr_t start, size_t bytes)
{
	by_value.start = start;
	by_value.bytes = bytes;
}

void init_note_source(uintptr_t address)
{
	sources[source_count++ % SOURCES] = address;
}

struct init_meta init_load(uintptr_t address, size_t bytes)
{
	const struct init_range *range = range_of(address);

	if (by_value.bytes)
		by_value_settle();
	if (!range || bytes > range->end - address)
		return (struct init_meta){ clean, (uint32_t *)clean };
	if (settle(range, address, bytes)) {
		uint32_t *origin = &loaded[load_count++ % LOADS];

		origin_note_load(address, bytes, *origin_at(range, address));
		*origin = *origin_at(range, address) | INIT_STORED;
		return (struct init_meta){ shadow_at(range, address), origin };
	}
	return (struct init_meta){ shadow_at(range, address), (uint32_t *)clean };
}

struct init_meta init_store(uintptr_t address, size_t bytes)
{
	const struct init_range *range = range_of(address);

	if (!range || bytes > range->end - address)
		return (struct init_meta){ scratch, (uint32_t *)scratch };
	return (struct init_meta){ shadow_at(range, address), origin_at(range, address) };
}

void init_store_whole(uintptr_t address, size_t bytes)
{
	const struct init_range *range = range_clip(address, &bytes);

	for (uintptr_t at = address & ~(uintptr_t)(GROUP - 1); range && at < address + bytes;
	     at += GROUP)
		*origin_at(range, at) |= INIT_STORED;
}

void init_poison(uintptr_t start, size_t bytes, uint32_t origin)
{
	const struct init_range *range = range_clip(start, &bytes);

	if (by_value.bytes)
		by_value_settle();
	if (!range || !bytes)
		return;
	km_port_effort(bytes);
	pattern_fill(start, bytes);
	__builtin_memset(shadow_at(range, start), 0xff, bytes);
	for (uintptr_t at = start & ~(uintptr_t)(GROUP - 1); at < start + bytes; at += GROUP)
		*origin_at(range, at) = origin;
}

void init_unpoison(uintptr_t start, size_t bytes)
{
	const struct init_range *range = range_clip(start, &bytes);

	if (!range)
		return;
	km_port_effort(bytes / UNPOISONED_A_NS);
	__builtin_memset(shadow_at(range, start), 0, bytes);
}

uintptr_t init_find(uintptr_t start, size_t bytes, uint32_t *ret_origin)
{
	const struct init_range *range = range_clip(start, &bytes);

	if (!range || !settle(range, start, bytes))
		return 0;
	while (!*shadow_at(range, start))
		start++;
	*ret_origin = *origin_at(range, start);
	return start;
}

bool init_is_untouched(uintptr_t start, size_t bytes)
{
	const struct init_range *range = range_clip(start, &bytes);

	if (!range || !bytes || !settle(range, start, bytes))
		return false;
	for (size_t i = 0; i < bytes; i++)
		if (*shadow_at(range, start + i) != 0xff)
			return false;
	return true;
}

/* What is known of one byte goes along; what still was a pattern becomes the new place's. */
static void copy_byte(const struct init_range *to, uintptr_t dest, const struct init_range *from,
		      uintptr_t source)
{
	uint8_t shadow = *shadow_at(from, source);
	uint32_t origin = *origin_at(from, source);

	*shadow_at(to, dest) = shadow;
	if (!shadow)
		return;
	*origin_at(to, dest) = origin;
	if (!(origin & INIT_STORED))
		*(uint8_t *)dest = pattern_byte(dest);
}

/* @source is settled and not clean; the bytes of @dest are a copy already. */
static void copy_known(const struct init_range *to, uintptr_t dest, const struct init_range *from,
		       uintptr_t source, size_t bytes)
{
	if (dest <= source)
		for (size_t i = 0; i < bytes; i++)
			copy_byte(to, dest + i, from, source + i);
	else
		for (size_t i = bytes; i--;)
			copy_byte(to, dest + i, from, source + i);
}

void init_copy(void *dest, const void *source, size_t bytes)
{
	size_t kept = bytes;
	const struct init_range *from = range_clip((uintptr_t)source, &kept);
	bool is_known = from && settle(from, (uintptr_t)source, kept);
	const struct init_range *to = range_clip((uintptr_t)dest, &kept);

	__builtin_memmove(dest, source, bytes);
	if (to && is_known)
		copy_known(to, (uintptr_t)dest, from, (uintptr_t)source, kept);
	else
		init_unpoison((uintptr_t)dest, bytes);
}

void init_will_copy(uintptr_t dest, uintptr_t source, size_t bytes)
{
	const struct init_range *from = range_clip(source, &bytes);
	const struct init_range *to = range_clip(dest, &bytes);

	if (!to || !from || !settle(from, source, bytes)) {
		init_unpoison(dest, bytes);
		return;
	}
	for (size_t i = 0; i < bytes; i++) {
		*shadow_at(to, dest + i) = *shadow_at(from, source + i);
		if (*shadow_at(to, dest + i))
			*origin_at(to, dest + i) = *origin_at(from, source + i) | INIT_STORED;
	}
}

void init_copied(uintptr_t dest, uintptr_t source, size_t bytes)
{
	const struct init_range *from = range_clip(source, &bytes);
	const struct init_range *to = range_clip(dest, &bytes);

	if (to && from && settle(from, source, bytes))
		copy_known(to, dest, from, source, bytes);
	else
		init_unpoison(dest, bytes);
}
