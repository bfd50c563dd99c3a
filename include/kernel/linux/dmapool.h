/* SPDX-License-Identifier: MIT */
/* dmapool.h - small pieces of memory that a device reads and writes by itself */
#ifndef LINUX_DMAPOOL_H
#define LINUX_DMAPOOL_H

#include <linux/scatterlist.h>
#include <asm/io.h>

struct device;
struct dma_pool;

/**
 * dma_pool_create() - a pool of blocks within the device's coherent mask
 * @size: bytes of a block, 1 .. INT_MAX; rounded up to @align, and to two words
 * @align: a power of two; 0 is 1
 * @boundary: no block crosses a multiple of it; a power of two, at least @size; 0: none but the
 *            pages that the pool takes
 *
 * Context: task, may sleep, not in an interrupt.
 * Return:  the pool; NULL without memory, or for @dev NULL and numbers that cannot be obeyed.
 */
struct dma_pool *dma_pool_create(const char *name, struct device *dev, size_t size, size_t align,
				 size_t boundary) KM_SYM(dma_pool_create) __km_sleeps;
/**
 * dma_pool_destroy() - end a pool; NULL does nothing
 * Context: task, may sleep.   Blocks still out: "busy" is said, and their pages stay for ever.
 */
void dma_pool_destroy(struct dma_pool *pool) KM_SYM(dma_pool_destroy) __km_sleeps;
/**
 * dma_pool_alloc() - take a block
 * Also: dma_pool_zalloc(), zeroed
 * Context: task, nothing held, if @mem_flags may block; otherwise any but NMI.
 * Return:  the block and, in @ret_handle, what the device is given; or NULL.
 */
void dma_pool_free(struct dma_pool *pool, void *vaddr, dma_addr_t addr) KM_SYM(dma_pool_free);
void *dma_pool_alloc(struct dma_pool *pool, gfp_t mem_flags, dma_addr_t *ret_handle)
	KM_SYM(dma_pool_alloc) KM_FREED_BY(dma_pool_free, 2) __km_nonnull(1, 3) __km_result;
void *dma_pool_zalloc(struct dma_pool *pool, gfp_t mem_flags, dma_addr_t *ret_handle)
	KM_SYM(dma_pool_zalloc) KM_FREED_BY(dma_pool_free, 2) __km_nonnull(1, 3) __km_result;
/**
 * dma_pool_free() - give a block back, with the bus address it came with
 * Context: any but NMI.   What is not out of @pool is named and left alone: "(bad dma)",
 *          "already free".
 */
void dma_pool_free(struct dma_pool *pool, void *vaddr, dma_addr_t addr) KM_SYM(dma_pool_free);

/**
 * dmam_pool_create() - dma_pool_create() for as long as the device is bound
 * Also: dmam_pool_destroy()
 * Context: task, may sleep.   Return: as dma_pool_create().
 */
struct dma_pool *dmam_pool_create(const char *name, struct device *dev, size_t size, size_t align,
				  size_t boundary) KM_SYM(dmam_pool_create);
void dmam_pool_destroy(struct dma_pool *pool) KM_SYM(dmam_pool_destroy);

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define dma_pool_alloc(_pool, _mem_flags, _ret_handle)	\
	dma_pool_alloc(_pool, KM_GFP(_mem_flags), _ret_handle)
#define dma_pool_zalloc(_pool, _mem_flags, _ret_handle)	\
	dma_pool_zalloc(_pool, KM_GFP(_mem_flags), _ret_handle)
#endif

#endif
