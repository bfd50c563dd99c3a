/* SPDX-License-Identifier: MIT */
/*
 * map.c - frames behind addresses, in runs
 *
 * Owns: vmap_runs, the number of runs of consecutive frames now mapped outside of windows: what the
 * port needs one mapping for each.
 * M1  The guard page of an area is never mapped.
 * Lock: none; an area is mapped and unmapped by one context.  Sleeps only where the port does.
 */
#include "vmap/area.h"

#include "page/page_room.h"

#define CHUNK_PAGES	64

unsigned long vmap_runs;

unsigned int count_runs(struct page *const *frames, unsigned int pages)
{
	unsigned int runs = 0;

	for (unsigned int i = 0; i < pages; i++) {
		if (!i || frame_pfn(frames[i]) != frame_pfn(frames[i - 1]) + 1)
			runs++;
	}
	return runs;
}

static int map_chunk(const struct vmap_area *area, unsigned int first, unsigned int count)
{
	uint64_t phys[CHUNK_PAGES];

	for (unsigned int i = 0; i < count; i++)
		phys[i] = (uint64_t)frame_pfn(area->frames[first + i]) << PAGE_SHIFT;
	return km_port_map((void *)(area->start + first * PAGE_SIZE), phys, count);
}

/* 0, or what the port says (-ENOMEM: no more mappings); then nothing of the area is mapped. */
int map_area(struct vmap_area *area)
{
	unsigned int done = 0;

	while (done < area->pages) {
		unsigned int count = area->pages - done;
		int error;

		if (count > CHUNK_PAGES)
			count = CHUNK_PAGES;
		error = map_chunk(area, done, count);
		if (error) {
			km_port_unmap((void *)area->start, done + count);
			return error;
		}
		done += count;
	}
	if (!area->in_window)
		__atomic_fetch_add(&vmap_runs, area->runs, __ATOMIC_RELAXED);
	return 0;
}

void unmap_area(struct vmap_area *area)
{
	km_port_unmap((void *)area->start, area->pages);
	if (!area->in_window)
		__atomic_fetch_sub(&vmap_runs, area->runs, __ATOMIC_RELAXED);
}
