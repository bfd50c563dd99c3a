/* SPDX-License-Identifier: MIT */
/*
 * dma_mask.c - how far a device reaches
 *
 * Owns: nothing but the meaning of dev->dma_mask, coherent_dma_mask and bus_dma_limit.
 * Any context; nothing here sleeps.
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include "pool/dma.h"

#define REGIONS	32

/* The last byte of RAM. */
static u64 last_of_ram(void)
{
	struct km_port_region regions[REGIONS];
	unsigned int count = km_port_regions(regions, REGIONS);
	u64 last = 0;

	for (unsigned int i = 0; i < count; i++)
		last = max(last, (u64)regions[i].phys + regions[i].bytes - 1);
	return last;
}

u64 dma_limit(const struct device *dev, u64 mask)
{
	return min_not_zero(mask, dev->bus_dma_limit);
}

bool dma_reaches(const struct device *dev, u64 mask, dma_addr_t addr, size_t bytes)
{
	u64 last = addr + bytes - 1;

	return mask && last >= addr && last <= dma_limit(dev, mask);
}

/* Memory of the lowest zone must be within reach: less serves nothing. */
static bool mask_is_supported(u64 mask)
{
	return mask >= min(last_of_ram(), DMA_BIT_MASK(24));
}

int dma_set_mask(struct device *dev, u64 mask)
{
	if (!dev->dma_mask || !mask_is_supported(mask))
		return -EIO;
	*dev->dma_mask = mask;
	return 0;
}

int dma_set_coherent_mask(struct device *dev, u64 mask)
{
	if (!mask_is_supported(mask))
		return -EIO;
	dev->coherent_dma_mask = mask;
	return 0;
}

u64 dma_get_required_mask(struct device *dev)
{
	return DMA_BIT_MASK(fls64(last_of_ram()));
}

bool dma_addressing_limited(struct device *dev)
{
	return dma_limit(dev, dma_get_mask(dev)) < dma_get_required_mask(dev);
}

bool dma_coherent_ok(struct device *dev, phys_addr_t phys, size_t size)
{
	return dma_reaches(dev, dev->coherent_dma_mask, phys, size);
}

/* Only what is bounced has a limit. */
size_t dma_max_mapping_size(struct device *dev)
{
	return dma_addressing_limited(dev) ? bounce_most(dev, dma_get_mask(dev)) : SIZE_MAX;
}

size_t dma_opt_mapping_size(struct device *dev)
{
	return SIZE_MAX;
}

unsigned long dma_get_merge_boundary(struct device *dev)
{
	return 0;
}

bool dma_can_mmap(struct device *dev)
{
	return false;
}
