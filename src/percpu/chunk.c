/* SPDX-License-Identifier: MIT */
/*
 * chunk.c - which granules of a unit are taken
 *
 * Owns: the two maps of a chunk and the hints that keep a search short.
 * C1  A start bit stands only on a taken granule; an area reaches to the next start or the next
 *     free granule.
 * C2  free counts the granules that are not taken; areas counts the start bits.
 * C3  longest is never less than the longest free run; a search that fails makes it exact.
 * C4  No granule below first_free is free.
 * Cost: at most one pass over a unit's map, whose length is fixed. Nothing here sleeps.
 */
#include "percpu/chunk.h"

#include <linux/bitmap.h>
#include <linux/kernel.h>

/* The record itself, then the two maps. */
size_t chunk_record_bytes(uint32_t granules)
{
	return ALIGN(sizeof(struct percpu_chunk), sizeof(long)) + 2 * bitmap_size(granules);
}

/* All free but the first @reserved granules, which are no area. */
void chunk_clear(struct percpu_chunk *chunk, uint32_t reserved)
{
	bitmap_zero(chunk->taken, chunk->granules);
	bitmap_zero(chunk->starts, chunk->granules);
	if (reserved)
		bitmap_set(chunk->taken, 0, reserved);
	chunk->capacity = chunk->granules - reserved;
	chunk->free = chunk->longest = chunk->capacity;
	chunk->first_free = reserved;
	chunk->areas = 0;
}

void chunk_shun(struct percpu_chunk *chunk, uint32_t begin, uint32_t end)
{
	bitmap_set(chunk->taken, begin, end - begin);
	chunk->free -= end - begin;
	chunk->capacity -= end - begin;
}

/* The first run that holds @want granules at a multiple of @align; -1 and C3 made exact if none. */
static long find_run(struct percpu_chunk *chunk, uint32_t want, uint32_t align)
{
	uint32_t at = chunk->first_free, longest = 0;

	while (at < chunk->granules) {
		uint32_t begin = find_next_zero_bit(chunk->taken, chunk->granules, at);
		uint32_t end, place;

		if (begin >= chunk->granules)
			break;
		end = find_next_bit(chunk->taken, chunk->granules, begin);
		place = ALIGN(begin, align);
		if (place < end && end - place >= want)
			return place;
		longest = max(longest, end - begin);
		at = end;
	}
	chunk->longest = longest;
	return -1;
}

/**
 * chunk_take() - take @want granules at a multiple of @align (a power of two)
 * Return: the first granule; -1 if there is no such run.
 */
long chunk_take(struct percpu_chunk *chunk, uint32_t want, uint32_t align)
{
	long at;

	if (chunk->longest < want)
		return -1;
	at = find_run(chunk, want, align);
	if (at < 0)
		return -1;
	bitmap_set(chunk->taken, at, want);
	__set_bit(at, chunk->starts);
	chunk->free -= want;
	chunk->areas++;
	if (at == chunk->first_free)
		chunk->first_free = at + want;
	if (chunk->longest > chunk->free)
		chunk->longest = chunk->free;
	return at;
}

uint32_t chunk_length(const struct percpu_chunk *chunk, uint32_t at)
{
	uint32_t next, hole;

	if (at >= chunk->granules || !test_bit(at, chunk->starts))
		return 0;
	next = find_next_bit(chunk->starts, chunk->granules, at + 1);
	hole = find_next_zero_bit(chunk->taken, next, at + 1);
	return min(next, hole) - at;
}

/* The free run around the granules @at .. @at + @length - 1, which have just become free. */
static uint32_t run_around(const struct percpu_chunk *chunk, uint32_t at, uint32_t length)
{
	uint32_t end = find_next_bit(chunk->taken, chunk->granules, at + length);
	uint32_t before = at ? find_last_bit(chunk->taken, at) : at;

	/* find_last_bit() answers the size when there is none. */
	return before < at ? end - before - 1 : end;
}

uint32_t chunk_give(struct percpu_chunk *chunk, uint32_t at)
{
	uint32_t length = chunk_length(chunk, at);

	if (!length)
		return 0;
	__clear_bit(at, chunk->starts);
	bitmap_clear(chunk->taken, at, length);
	chunk->free += length;
	chunk->areas--;
	chunk->first_free = min(chunk->first_free, at);
	chunk->longest = max(chunk->longest, run_around(chunk, at, length));
	return length;
}

const char *chunk_fault(const struct percpu_chunk *chunk)
{
	uint32_t taken = bitmap_weight(chunk->taken, chunk->granules);
	uint32_t begin = find_first_zero_bit(chunk->taken, chunk->granules);

	if (!bitmap_subset(chunk->starts, chunk->taken, chunk->granules))
		return "C1: an area starts on a free granule";
	if (chunk->free != chunk->granules - taken)
		return "C2: the count of free granules is wrong";
	if (chunk->areas != bitmap_weight(chunk->starts, chunk->granules))
		return "C2: the count of areas is wrong";
	if (begin < chunk->first_free)
		return "C4: a granule below first_free is free";
	while (begin < chunk->granules) {
		uint32_t end = find_next_bit(chunk->taken, chunk->granules, begin);

		if (end - begin > chunk->longest)
			return "C3: a free run is longer than the longest";
		begin = find_next_zero_bit(chunk->taken, chunk->granules, end);
	}
	return NULL;
}
