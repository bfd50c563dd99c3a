/* SPDX-License-Identifier: MIT */
/* dma.h - what the dma files share */
#ifndef POOL_DMA_H
#define POOL_DMA_H

#include <linux/dma-mapping.h>
#include "pool/tell.h"

#define DMA_CALL(name)	POOL_CALL(name, KM_FAMILY_DMA)

/* dma_tell.c: @dma says what @call does with the @bytes at @object; true: a rule said REFUSE */
bool dma_tell(struct device *dev, const struct km_dma_call *dma, const void *object, size_t bytes,
	      const struct slab_call *call);

/* dma_bounce.c: memory within reach that stands for memory that is not */
bool bounce_serves(const struct device *dev, u64 mask, phys_addr_t phys, size_t bytes);
size_t bounce_most(const struct device *dev, u64 mask);	/* bytes; SIZE_MAX: it bounces nothing */
dma_addr_t bounce_begin(phys_addr_t phys, size_t bytes);	/* DMA_MAPPING_ERROR: no memory */
/* what is no bounce address is left alone */
void bounce_copy(dma_addr_t addr, size_t bytes, bool to_device);
void bounce_end(dma_addr_t addr, enum dma_data_direction dir, bool does_copy);

/* dma_mask.c: the highest bus address @mask and the device's bus allow */
u64 dma_limit(const struct device *dev, u64 mask);
bool dma_reaches(const struct device *dev, u64 mask, dma_addr_t addr, size_t bytes);

/* dma_alloc.c: no event.  NULL: no memory within the coherent mask */
void *coherent_take(struct device *dev, size_t bytes, dma_addr_t *ret_handle, gfp_t gfp);
void coherent_give(void *address);
/* bytes a block of coherent_take() was asked for; 0: it is none */
size_t coherent_bytes(const void *address);

/* dma_alloc_attrs() and dma_free_attrs() in the name of @call */
void *coherent_alloc(struct device *dev, size_t bytes, dma_addr_t *ret_handle, gfp_t gfp,
		     unsigned long attrs, const struct slab_call *call);
void coherent_free(struct device *dev, size_t bytes, void *address, dma_addr_t handle,
		   const struct slab_call *call);

/* dma_pool.c */
struct dma_pool;
struct device *dma_pool_device(const struct dma_pool *pool);

#endif
