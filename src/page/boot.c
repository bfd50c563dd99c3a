/* SPDX-License-Identifier: MIT */
/*
 * boot.c - from the port's ranges of RAM to zones full of free blocks, and back
 *
 * Order: memblock knows the ranges; the frame map is carved from them; zones get their spans;
 * memblock_free_all() frees what is not reserved; then watermarks and per-CPU lists can be sized.
 * One CPU; nothing sleeps.
 */
#include "page/page_room.h"

#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/memory_hotplug.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "page/alloc.h"
#include "page/memblock_room.h"

#define MAX_REGIONS	32

static bool handed_over;
unsigned long min_low_pfn, max_low_pfn, max_pfn;
unsigned long long max_possible_pfn;

static int set_switch(const char *value, bool *ret_switch)
{
	*ret_switch = false;
	return value ? kstrtobool(value, ret_switch) : 0;
}

static int set_init_on_alloc(const char *value)
{
	return set_switch(value, &page_init_on_alloc);
}

static int set_init_on_free(const char *value)
{
	return set_switch(value, &page_init_on_free);
}

static int set_movable_node(const char *value)
{
	movable_node_enabled = value != NULL;
	return value && *value ? -EINVAL : 0;
}

const struct boot_option page_options[] = {
	{ "numa", node_set_fake },
	{ "kernelcore", node_set_kernelcore },
	{ "movablecore", node_set_movablecore },
	{ "init_on_alloc", set_init_on_alloc },
	{ "init_on_free", set_init_on_free },
	{ "movable_node", set_movable_node },
	{ }
};

bool memblock_is_over(void)
{
	return handed_over;
}

void *memblock_late_alloc(phys_addr_t bytes)
{
	return exact_alloc(bytes, GFP_NOWAIT | __GFP_ZERO, NUMA_NO_NODE);
}

static void free_block_at_boot(struct page *page, unsigned int order)
{
	for (unsigned long i = 0; i < 1UL << order; i++) {
		page[i].owner = PAGE_OWNER_FREE;
		page[i].flags = 0;
	}
	zone_of(page)->managed += 1UL << order;
	buddy_give_locked(zone_of(page), page, order);
}

/* Largest aligned blocks first: what the buddy allocator would merge to anyway. */
static void free_range_at_boot(unsigned long pfn, unsigned long end)
{
	while (pfn < end) {
		unsigned int order = __builtin_ctzl(pfn | MAX_ORDER_NR_PAGES);

		/* A block stays in one zone: zone limits are multiples of the largest block. */
		while (pfn + (1UL << order) > end)
			order--;
		free_block_at_boot(pfn_frame(pfn), order);
		pfn += 1UL << order;
	}
}

/**
 * memblock_free_all() - hand all memory that is not reserved to the page allocator
 * Context: boot, once.   Cost: linear in the frames.
 */
void memblock_free_all(void)
{
	phys_addr_t start, end;
	u64 i;

	for_each_free_mem_range(i, NUMA_NO_NODE, MEMBLOCK_NONE, &start, &end, NULL)
		free_range_at_boot(PFN_UP(start), PFN_DOWN(end));
	handed_over = true;
}

/**
 * memblock_free_late() - whole pages of reserved memory go to the page allocator after all
 * Context: after memblock_free_all(), while still one CPU.
 */
void memblock_free_late(phys_addr_t base, phys_addr_t size)
{
	free_range_at_boot(PFN_UP(base), PFN_DOWN(base + size));
}

static int add_regions(void)
{
	struct km_port_region regions[MAX_REGIONS];
	unsigned int count = km_port_regions(regions, MAX_REGIONS);

	if (!count || count > MAX_REGIONS)
		return -ENODEV;
	frame_offset = (uintptr_t)regions[0].base - (uintptr_t)regions[0].phys;
	for (unsigned int i = 0; i < count; i++) {
		if ((uintptr_t)regions[i].base - (uintptr_t)regions[i].phys != frame_offset)
			return -EINVAL;
		if (memblock_add(regions[i].phys, regions[i].bytes))
			return -ENOMEM;
	}
	memblock_trim_memory(PAGE_SIZE);
	memblock_allow_resize();
	min_low_pfn = PFN_UP(memblock_start_of_DRAM());
	max_low_pfn = max_pfn = max_possible_pfn = PFN_DOWN(memblock_end_of_DRAM());
	/* Frame 0 is not handed out: its physical address is what drivers take for "none". */
	return memblock_reserve(0, PAGE_SIZE);
}

int page_boot(bool init_on_alloc, bool init_on_free, bool watched)
{
	int error;

	page_init_on_alloc |= init_on_alloc;
	page_init_on_free |= init_on_free;
	page_zero_gfp = page_init_on_alloc ? __GFP_ZERO : 0;
	page_watched = watched;
	handed_over = false;
	memblock_boot();
	error = add_regions();
	if (error)
		return error;
	error = frame_boot();
	if (error)
		return error;
	zone_boot();
	memblock_free_all();
	zone_boot_lists();
	page_report_boot();
	return 0;
}

unsigned long page_shutdown(void)
{
	unsigned long out;

	page_drain_all();
	out = page_managed_total() - page_free_total();
	if (!page_validate())
		out++;
	page_watched = page_init_on_alloc = page_init_on_free = false;
	memset(zone_table, 0, sizeof(zone_table));
	node_shutdown();
	pcp_shutdown();
	frame_shutdown();
	return out;
}
