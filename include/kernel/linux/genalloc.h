/* SPDX-License-Identifier: MIT */
/*
 * genalloc.h - parts of address ranges that the owner of a pool adds: memory of a device, a buffer
 *
 * What is handed out is never touched.  Taking and giving back needs no lock, so it is allowed in
 * any context, NMI included.
 */
#ifndef __GENALLOC_H__
#define __GENALLOC_H__

#include <linux/types.h>
#include <linux/spinlock_types.h>
#include <linux/atomic.h>
#include <linux/list.h>

struct device;
struct device_node;
struct gen_pool;

/*
 * Where in @map, of @size bits, @nr zero bits lie from @start on; @size or more: nowhere.
 * @start_addr: the address of bit 0.
 */
typedef unsigned long (*genpool_algo_t)(unsigned long *map, unsigned long size,
					unsigned long start, unsigned int nr, void *data,
					struct gen_pool *pool, unsigned long start_addr);

struct gen_pool {
	spinlock_t lock;
	struct list_head chunks;
	int min_alloc_order;		/* a bit stands for 2^ this many bytes */
	genpool_algo_t algo;
	void *data;
	const char *name;
};

struct gen_pool_chunk {
	struct list_head next_chunk;
	atomic_long_t avail;		/* bytes */
	phys_addr_t phys_addr;
	void *owner;
	unsigned long start_addr;
	unsigned long end_addr;		/* the last one */
	unsigned long bits[];		/* 1: taken */
};

struct genpool_data_align {
	int align;			/* bytes, a power of two */
};

struct genpool_data_fixed {
	unsigned long offset;		/* bytes from the start of the chunk */
};

/* -- pools ------------------------------------------------------------------------------------ */
/* NULL without memory; task, may sleep */
struct gen_pool *gen_pool_create(int min_alloc_order, int nid) KM_SYM(gen_pool_create) __km_sleeps;
/* 0, or -ENOMEM; task, may sleep */
int gen_pool_add_owner(struct gen_pool *pool, unsigned long virt, phys_addr_t phys, size_t size,
		       int nid, void *owner) KM_SYM(gen_pool_add_owner) __km_sleeps;
/* BUG when something is still out */
void gen_pool_destroy(struct gen_pool *pool) KM_SYM(gen_pool_destroy);
/* @algo NULL: first fit */
void gen_pool_set_algo(struct gen_pool *pool, genpool_algo_t algo, void *data)
	KM_SYM(gen_pool_set_algo);

/**
 * gen_pool_add_virt() - a chunk, with the physical address of its first byte
 * Context: task.   Return: 0 or -ENOMEM.
 */
static inline int gen_pool_add_virt(struct gen_pool *pool, unsigned long addr, phys_addr_t phys,
				    size_t size, int nid)
{
	return gen_pool_add_owner(pool, addr, phys, size, nid, NULL);
}

static inline __km_sleeps int
gen_pool_add(struct gen_pool *pool, unsigned long addr, size_t size, int nid)
{
	return gen_pool_add_virt(pool, addr, -1, size, nid);
}

/* managed, and found by name; @name NULL: the one without a name; NULL or ERR_PTR() */
struct gen_pool *devm_gen_pool_create(struct device *dev, int min_alloc_order, int nid,
				      const char *name) KM_SYM(devm_gen_pool_create);
struct gen_pool *gen_pool_get(struct device *dev, const char *name) KM_SYM(gen_pool_get);
static inline struct gen_pool *
of_gen_pool_get(struct device_node *np, const char *propname, int index)
{
	return NULL;		/* no device tree */
}

/* -- taking and giving back: any context ------------------------------------------------------ */
/* an address; 0: none, or @size 0 */
unsigned long gen_pool_alloc_algo_owner(struct gen_pool *pool, size_t size, genpool_algo_t algo,
					void *data, void **ret_owner)
	KM_SYM(gen_pool_alloc_algo_owner);
/* BUG for what is not out of the pool */
void gen_pool_free_owner(struct gen_pool *pool, unsigned long addr, size_t size, void **ret_owner)
	KM_SYM(gen_pool_free_owner);

/**
 * gen_pool_alloc_owner(), gen_pool_alloc_algo(), gen_pool_free() - gen_pool_alloc_algo_owner() and
 * gen_pool_free_owner() with arguments known
 * Context: any.   Return: an address; 0 if there is none, or for size 0.
 */
static inline unsigned long
gen_pool_alloc_owner(struct gen_pool *pool, size_t size, void **ret_owner)
{
	return gen_pool_alloc_algo_owner(pool, size, pool->algo, pool->data, ret_owner);
}

static inline unsigned long
gen_pool_alloc_algo(struct gen_pool *pool, size_t size, genpool_algo_t algo, void *data)
{
	return gen_pool_alloc_algo_owner(pool, size, algo, data, NULL);
}

static inline unsigned long gen_pool_alloc(struct gen_pool *pool, size_t size)
{
	return gen_pool_alloc_algo(pool, size, pool->algo, pool->data);
}

static inline void gen_pool_free(struct gen_pool *pool, unsigned long addr, size_t size)
{
	gen_pool_free_owner(pool, addr, size, NULL);
}

/* The same as memory, with its physical address in @dma. */
void *gen_pool_dma_alloc(struct gen_pool *pool, size_t size, dma_addr_t *dma)
	KM_SYM(gen_pool_dma_alloc);
void *gen_pool_dma_alloc_algo(struct gen_pool *pool, size_t size, dma_addr_t *dma,
			      genpool_algo_t algo, void *data) KM_SYM(gen_pool_dma_alloc_algo);
void *gen_pool_dma_alloc_align(struct gen_pool *pool, size_t size, dma_addr_t *dma, int align)
	KM_SYM(gen_pool_dma_alloc_align);
void *gen_pool_dma_zalloc(struct gen_pool *pool, size_t size, dma_addr_t *dma)
	KM_SYM(gen_pool_dma_zalloc);
void *gen_pool_dma_zalloc_algo(struct gen_pool *pool, size_t size, dma_addr_t *dma,
			       genpool_algo_t algo, void *data) KM_SYM(gen_pool_dma_zalloc_algo);
void *gen_pool_dma_zalloc_align(struct gen_pool *pool, size_t size, dma_addr_t *dma, int align)
	KM_SYM(gen_pool_dma_zalloc_align);

/* -- questions: any context ------------------------------------------------------------------- */
/* -1 for an address that is in no chunk */
phys_addr_t gen_pool_virt_to_phys(struct gen_pool *pool, unsigned long addr)
	KM_SYM(gen_pool_virt_to_phys);
void gen_pool_for_each_chunk(struct gen_pool *pool,
			     void (*func)(struct gen_pool *pool, struct gen_pool_chunk *chunk,
					  void *data),
			     void *data) KM_SYM(gen_pool_for_each_chunk);
/* does the whole range lie in one chunk? */
bool gen_pool_has_addr(struct gen_pool *pool, unsigned long start, size_t size)
	KM_SYM(gen_pool_has_addr);
size_t gen_pool_avail(struct gen_pool *pool) KM_SYM(gen_pool_avail);	/* bytes */
size_t gen_pool_size(struct gen_pool *pool) KM_SYM(gen_pool_size);	/* bytes */

/* -- ways to choose --------------------------------------------------------------------------- */
unsigned long gen_pool_first_fit(unsigned long *map, unsigned long size, unsigned long start,
	unsigned int nr, void *data, struct gen_pool *pool, unsigned long start_addr)
	KM_SYM(gen_pool_first_fit);
/* @data: struct genpool_data_fixed */
unsigned long gen_pool_fixed_alloc(unsigned long *map, unsigned long size, unsigned long start,
	unsigned int nr, void *data, struct gen_pool *pool, unsigned long start_addr)
	KM_SYM(gen_pool_fixed_alloc);
/* @data: struct genpool_data_align */
unsigned long gen_pool_first_fit_align(unsigned long *map, unsigned long size, unsigned long start,
	unsigned int nr, void *data, struct gen_pool *pool, unsigned long start_addr)
	KM_SYM(gen_pool_first_fit_align);
/* aligned to the size rounded up to a power of two */
unsigned long gen_pool_first_fit_order_align(unsigned long *map, unsigned long size,
	unsigned long start, unsigned int nr, void *data, struct gen_pool *pool,
	unsigned long start_addr)
	KM_SYM(gen_pool_first_fit_order_align);
/* the smallest hole that is large enough */
unsigned long gen_pool_best_fit(unsigned long *map, unsigned long size, unsigned long start,
	unsigned int nr, void *data, struct gen_pool *pool, unsigned long start_addr)
	KM_SYM(gen_pool_best_fit);

#endif
