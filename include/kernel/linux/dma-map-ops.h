/* SPDX-License-Identifier: MIT */
/* dma-map-ops.h - other ways to map than directly: there are none */
#ifndef _LINUX_DMA_MAP_OPS_H
#define _LINUX_DMA_MAP_OPS_H

#include <linux/dma-mapping.h>
#include <linux/pgtable.h>
#include <linux/slab.h>

static inline const struct dma_map_ops *get_dma_ops(struct device *dev)
{
	return dev->dma_ops;
}

/* NULL is direct mapping; anything else is refused (WARN), and mapping stays direct. */
static inline void set_dma_ops(struct device *dev, const struct dma_map_ops *dma_ops)
{
	WARN(dma_ops, "set_dma_ops: only direct mapping is there\n");
}

#endif
