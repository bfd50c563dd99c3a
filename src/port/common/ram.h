/* SPDX-License-Identifier: MIT */
/*
 * ram.h - RAM as a file in memory: layout of its regions and runs of frames; for the hosted ports
 *
 * An offset in the file is a physical address. A tenth lies below 16 MiB, a quarter below 4 GiB,
 * the rest above: every zone exists, and ordinary memory lies where a limited device cannot reach.
 */
#ifndef PORT_COMMON_RAM_H
#define PORT_COMMON_RAM_H

#include <kmalloc/port.h>

#define RAM_PAGE	4096UL
#define RAM_MIB		(1UL << 20)
#define RAM_DMA_START	(1 * RAM_MIB)
#define RAM_DMA_END	(16 * RAM_MIB)
#define RAM_DMA32_END	(4096 * RAM_MIB)
#define RAM_REGIONS	3

static inline struct km_port_region ram_region(uintptr_t linear_base, uint64_t phys, size_t bytes)
{
	return (struct km_port_region){ .base = (void *)(linear_base + phys),
					.phys = phys,
					.bytes = bytes };
}

/* @bytes: at least 8 MiB.  Address 0 + phys of the linear map is @linear_base + phys. */
static inline void ram_lay_out(struct km_port_region *ret_regions, uintptr_t linear_base,
			       size_t bytes)
{
	size_t low = bytes / 10 / RAM_MIB * RAM_MIB, middle = bytes / 4 / RAM_MIB * RAM_MIB;

	if (low < RAM_MIB)
		low = RAM_MIB;
	if (low > RAM_DMA_END - RAM_DMA_START)
		low = RAM_DMA_END - RAM_DMA_START;
	if (middle > RAM_DMA32_END - RAM_DMA_END)
		middle = RAM_DMA32_END - RAM_DMA_END;
	ret_regions[0] = ram_region(linear_base, RAM_DMA_START, low);
	ret_regions[1] = ram_region(linear_base, RAM_DMA_END, middle);
	ret_regions[2] = ram_region(linear_base, RAM_DMA32_END,
				    (bytes - low - middle) / RAM_PAGE * RAM_PAGE);
}

/*
 * How many frames from phys[0] on follow each other in the list and lie in one region; 0: phys[0]
 * is no frame of ours.
 */
static inline size_t ram_run(const struct km_port_region *regions, unsigned int count,
			     const uint64_t *phys, size_t pages)
{
	const struct km_port_region *region = regions, *end = regions + count;
	size_t length = 0;

	while (region < end && (phys[0] < region->phys || phys[0] - region->phys >= region->bytes))
		region++;
	if (region == end || phys[0] % RAM_PAGE)
		return 0;
	do
		length++;
	while (length < pages && phys[length] == phys[0] + length * RAM_PAGE &&
	       phys[length] - region->phys < region->bytes);
	return length;
}

#endif
