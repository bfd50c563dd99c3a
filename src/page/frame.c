/* SPDX-License-Identifier: MIT */
/*
 * frame.c - one struct page for each frame, and the Linux names for finding it
 *
 * Owns: frame_sections and the arrays they point to, in the window or carved from RAM. Not: what a
 *       frame
 * is used for. F1..F3: frame.h.
 * F4  An array covers a section from its first to its last frame of memory; holes inside have
 *     FRAME_HOLE.
 * Written at boot only; reading needs no lock.  Nothing sleeps.
 */
#include "page/frame.h"

#include <linux/errno.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/string.h>
#include "page/page_room.h"

struct frame_section frame_sections[FRAME_SECTIONS];
uintptr_t frame_offset;
struct page *frame_flat;
unsigned long frame_flat_count;

/* the window is at most for 64 GiB of addresses */
#define FRAME_FLAT_MOST	(64UL << (30 - PAGE_SHIFT))

/* Widen section @index to hold [@start, @end) frames of it. */
static void section_cover(struct frame_section *section, uint32_t start, uint32_t end)
{
	uint32_t last = section->first + section->count;

	if (!section->count) {
		section->first = start;
		last = end;
	}
	if (start < section->first)
		section->first = start;
	section->count = (end > last ? end : last) - section->first;
}

static int measure_region(unsigned long start, unsigned long end)
{
	if (end > FRAME_SECTIONS << FRAME_SECTION_BITS)
		return -E2BIG;
	while (start < end) {
		unsigned long index = start >> FRAME_SECTION_BITS;
		unsigned long stop = (index + 1) << FRAME_SECTION_BITS;

		if (stop > end)
			stop = end;
		section_cover(&frame_sections[index], start & (FRAME_SECTION_PAGES - 1),
			      ((stop - 1) & (FRAME_SECTION_PAGES - 1)) + 1);
		start = stop;
	}
	return 0;
}

static int fill_section(unsigned long index)
{
	struct frame_section *section = &frame_sections[index];
	size_t bytes = section->count * sizeof(struct page);

	if (frame_flat)
		section->frames = &frame_flat[(index << FRAME_SECTION_BITS) + section->first];
	else
		section->frames = memblock_alloc(bytes, PAGE_SIZE);
	if (!section->frames)
		return -ENOMEM;
	for (uint32_t i = 0; i < section->count; i++) {
		struct page *page = &section->frames[i];

		page->pfn = (index << FRAME_SECTION_BITS) + section->first + i;
		page->home = FRAME_HOLE;
		page->owner = PAGE_OWNER_RESERVED;
		page->order = FRAME_INTERIOR;
		page->_mapcount.counter = -1;
		page->flags = 1UL << PG_reserved;
	}
	return 0;
}

/* F5, if the port can. */
static void open_window(void)
{
	unsigned long index = FRAME_SECTIONS, count;

	while (index && !frame_sections[index - 1].count)
		index--;
	if (!index)
		return;
	count = ((index - 1) << FRAME_SECTION_BITS) + frame_sections[index - 1].first +
		frame_sections[index - 1].count;
	if (count > FRAME_FLAT_MOST)
		return;
	frame_flat = km_port_grab(count * sizeof(struct page));
	frame_flat_count = frame_flat ? count : 0;
}

/* After memblock knows all memory.  Every frame is a hole until zone_boot() says where it lies. */
int frame_boot(void)
{
	struct memblock_region *region;
	int error = 0;

	for_each_mem_region(region) {
		error = measure_region(region->base >> PAGE_SHIFT,
				       (region->base + region->size) >> PAGE_SHIFT);
		if (error)
			return error;
	}
	open_window();
	for (unsigned long index = 0; index < FRAME_SECTIONS && !error; index++) {
		if (frame_sections[index].count)
			error = fill_section(index);
	}
	return error;
}

void frame_shutdown(void)
{
	memset(frame_sections, 0, sizeof(frame_sections));
	frame_offset = 0;
	frame_flat = NULL;
	frame_flat_count = 0;
}

bool page_is_frame(const struct page *page)
{
	if (!page || (uintptr_t)page & (sizeof(*page) - 1))
		return false;
	/*
	 * The arrays lie in the window, or else in RAM: a page outside cannot be one, and one
	 * inside may be read.
	 */
	if (frame_flat)
		return page >= frame_flat && page < frame_flat + frame_flat_count &&
		       pfn_frame(page - frame_flat) == page;
	return frame_of(page) && pfn_frame(page->pfn) == page;
}

/* -- the Linux names -------------------------------------------------------------------------- */

phys_addr_t virt_to_phys(const volatile void *address)
{
	return (uintptr_t)address - frame_offset;
}

void *phys_to_virt(phys_addr_t phys)
{
	return (void *)((uintptr_t)phys + frame_offset);
}

/* NULL (Linux: garbage) for an address outside the linear map. */
struct page *(virt_to_page)(const void *address)
{
	return frame_of(address);
}

struct page *pfn_to_page(unsigned long pfn)
{
	return pfn_frame(pfn);
}

unsigned long page_to_pfn(const struct page *page)
{
	return page->pfn;
}

bool pfn_valid(unsigned long pfn)
{
	return pfn_frame(pfn) != NULL;
}

bool (virt_addr_valid)(const void *address)
{
	return frame_of(address) != NULL;
}

void *page_address(const struct page *page)
{
	return frame_address(page);
}
