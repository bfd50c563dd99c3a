/* SPDX-License-Identifier: MIT */
/*
 * dma_pool.c - blocks of one size within a device's coherent mask
 *
 * Owns: the pool's chunks of coherent memory, and which of their blocks are out.
 * P1  No block crosses a multiple of the boundary; each is aligned to the size, which is a multiple
 *     of the alignment.
 * P2  A chunk is on the list `room` while it has a free block, else on `full`.  What is free is
 *     kept in a bitmap beside the memory, so that a device that writes where it must not destroys
 *     data, not the pool.
 * P3  page->mapping of each frame of a chunk is the chunk, private is ~ it: a block is found
 *     without a search.
 * P4  While rules watch, a free block is full of 0xa7, and is looked at before it is handed out;
 *     behind each block is a gap that is nobody's, where the boundary leaves room for one.
 * Lock: pool->lock, irqs saved.  Memory is asked for without it.
 */
#include <linux/dmapool.h>

#include <linux/align.h>
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "kern/tell.h"
#include "page/page_room.h"
#include "pool/dma.h"

#define POISON_POOL_FREE	0xa7	/* as on Linux */
#define POISON_POOL_OUT		0xa9
#define DMA_POOL_GAP		16

struct dma_pool {
	spinlock_t lock;
	struct list_head room, full;
	size_t asked;			/* bytes of a block, as the user wants it */
	size_t size;			/* of a block */
	size_t slot;			/* from one block to the next: the size, and a gap: P4 */
	size_t allocation;		/* bytes of a chunk */
	size_t boundary;
	unsigned int blocks;		/* of a chunk */
	unsigned long out;		/* blocks handed out */
	struct device *dev;
	struct list_head pools;		/* of dev->dma_pools */
	char name[32];
};

struct dma_chunk {
	struct list_head chunks;
	struct dma_pool *pool;
	char *memory;
	dma_addr_t handle;
	unsigned int out;
	unsigned long taken[];		/* a bit per block */
};

static DEFINE_MUTEX(pools_mutex);	/* lists of pools of all devices */

/* -- where blocks lie -------------------------------------------------------------------------- */

static size_t block_offset(const struct dma_pool *pool, unsigned int index)
{
	unsigned int per_boundary = pool->boundary / pool->slot;

	return index / per_boundary * pool->boundary + index % per_boundary * pool->slot;
}

/* Blocks that lie in a chunk as a whole. */
static unsigned int blocks_of(const struct dma_pool *pool)
{
	size_t whole = pool->allocation / pool->boundary, rest = pool->allocation % pool->boundary;

	return whole * (pool->boundary / pool->slot) + rest / pool->slot;
}

/* The block that starts at @memory; false: none does. */
static bool block_index(const struct dma_chunk *chunk, const char *memory, unsigned int *ret_index)
{
	const struct dma_pool *pool = chunk->pool;
	size_t offset = memory - chunk->memory;
	unsigned int index = offset / pool->boundary * (pool->boundary / pool->slot) +
			     offset % pool->boundary / pool->slot;

	if (index >= pool->blocks || block_offset(pool, index) != offset)
		return false;
	*ret_index = index;
	return true;
}

/* -- chunks ----------------------------------------------------------------------------------- */

/* P3; @is_given: coherent_give() wants to see private as it was. */
static void chunk_mark_frames(struct dma_chunk *chunk, bool is_given)
{
	struct page *page = virt_to_page(chunk->memory);

	for (size_t i = 0; i < chunk->pool->allocation; i += PAGE_SIZE, page++) {
		page->mapping = is_given ? NULL : (struct address_space *)chunk;
		page->private = is_given ? 0 : ~(unsigned long)chunk;
	}
}

/* The chunk that @memory lies in; NULL: it is in none. */
static struct dma_chunk *chunk_of(const void *memory)
{
	const struct page *page = frame_of(memory);

	if (!page || page->owner != PAGE_OWNER_PAGES ||
	    page->private != ~(unsigned long)page->mapping)
		return NULL;
	return (struct dma_chunk *)page->mapping;
}

static struct dma_chunk *chunk_make(struct dma_pool *pool, gfp_t gfp)
{
	size_t bytes = sizeof(struct dma_chunk) + BITS_TO_LONGS(pool->blocks) * sizeof(long);
	struct dma_chunk *chunk = kmalloc(bytes, (gfp & ~(__GFP_DMA | __GFP_DMA32)) | __GFP_ZERO);

	if (!chunk)
		return NULL;
	chunk->pool = pool;
	chunk->memory = coherent_take(pool->dev, pool->allocation, &chunk->handle, gfp);
	if (!chunk->memory) {
		kfree(chunk);
		return NULL;
	}
	chunk_mark_frames(chunk, false);
	if (pool_watched)
		memset(chunk->memory, POISON_POOL_FREE, pool->allocation);
	return chunk;
}

static void chunk_free(struct dma_chunk *chunk)
{
	chunk_mark_frames(chunk, true);
	coherent_give(chunk->memory);
	kfree(chunk);
}

/* -- life of a pool --------------------------------------------------------------------------- */

/* P4 */
static size_t slot_bytes(size_t size, size_t align, size_t boundary)
{
	size_t slot = ALIGN(size + DMA_POOL_GAP, max_t(size_t, align, DMA_POOL_GAP));

	return pool_watched && (!boundary || boundary >= slot) ? slot : size;
}

/* Numbers that can be obeyed, made to fit; false: they cannot. */
static bool layout_make(struct dma_pool *pool, size_t size, size_t align, size_t boundary)
{
	pool->asked = size;
	align = align ? align : 1;
	if (!size || size > INT_MAX || (align & (align - 1)))
		return false;
	/* Two words, as on Linux. */
	size = ALIGN(max_t(size_t, size, 2 * sizeof(long)), align);
	pool->slot = slot_bytes(size, align, boundary);
	pool->allocation = max_t(size_t, pool->slot, PAGE_SIZE);
	if (!boundary)
		boundary = pool->allocation;
	else if (boundary < size || (boundary & (boundary - 1)))
		return false;
	pool->boundary = min(boundary, pool->allocation);
	pool->size = size;
	pool->blocks = blocks_of(pool);
	return true;
}

struct dma_pool *dma_pool_create(const char *name, struct device *dev, size_t size, size_t align,
				 size_t boundary)
{
	const struct slab_call *call = DMA_CALL("dma_pool_create");
	struct dma_pool layout = { .dev = dev }, *pool;

	if (!dev || !layout_make(&layout, size, align, boundary))
		return NULL;
	TOUCH_TEXT(name);
	if (!pool_ask(call, sizeof(*pool), GFP_KERNEL, false))
		return NULL;
	pool = pool_own_alloc(sizeof(*pool), GFP_KERNEL, dev_to_node(dev));
	pool_tell(call, pool, sizeof(*pool), sizeof(*pool), NULL, GFP_KERNEL);
	if (!pool)
		return NULL;
	*pool = layout;
	strscpy(pool->name, name, sizeof(pool->name));
	spin_lock_init(&pool->lock);
	INIT_LIST_HEAD(&pool->room);
	INIT_LIST_HEAD(&pool->full);
	mutex_lock(&pools_mutex);
	/* A device that was never initialized has a zeroed list. */
	if (!dev->dma_pools.next)
		INIT_LIST_HEAD(&dev->dma_pools);
	list_add(&pool->pools, &dev->dma_pools);
	mutex_unlock(&pools_mutex);
	return pool;
}

struct device *dma_pool_device(const struct dma_pool *pool)
{
	return pool->dev;
}

static void chunks_free(struct list_head *chunks)
{
	struct dma_chunk *chunk, *next;

	list_for_each_entry_safe(chunk, next, chunks, chunks)
		chunk_free(chunk);
}

void dma_pool_destroy(struct dma_pool *pool)
{
	const struct slab_call *call = DMA_CALL("dma_pool_destroy");

	if (!pool)
		return;
	pool_may_sleep(call);
	if (!pool_ask_free(call, pool))
		return;
	mutex_lock(&pools_mutex);
	list_del(&pool->pools);
	mutex_unlock(&pools_mutex);
	watch_enter();
	if (pool->out) {
		/* The device may still write there: those pages are nobody's any more. */
		dev_err(pool->dev, "dma_pool_destroy %s busy\n", pool->name);
	} else {
		chunks_free(&pool->room);
		chunks_free(&pool->full);
		kfree(pool);
	}
	watch_leave();
}

/* -- blocks ----------------------------------------------------------------------------------- */

/* P4 */
static void block_check(struct dma_pool *pool, const u8 *block)
{
	for (size_t i = 0; i < pool->size; i++) {
		if (block[i] == POISON_POOL_FREE)
			continue;
		watch_enter();
		dev_err(pool->dev, "dma_pool_alloc %s, %p (corrupted)\n", pool->name, block);
		print_hex_dump(KERN_ERR, "", DUMP_PREFIX_OFFSET, 16, 1, block, pool->size, true);
		watch_leave();
		WARN(1, "dma_pool: a free block of %s was written to\n", pool->name);
		return;
	}
}

static void *block_take_locked(struct dma_pool *pool, dma_addr_t *ret_handle)
{
	struct dma_chunk *chunk;
	unsigned int index;

	if (list_empty(&pool->room))
		return NULL;
	chunk = list_first_entry(&pool->room, struct dma_chunk, chunks);
	index = find_first_zero_bit(chunk->taken, pool->blocks);
	__set_bit(index, chunk->taken);
	pool->out++;
	if (++chunk->out == pool->blocks)
		list_move(&chunk->chunks, &pool->full);
	*ret_handle = chunk->handle + block_offset(pool, index);
	return chunk->memory + block_offset(pool, index);
}

static void *block_take(struct dma_pool *pool, gfp_t gfp, dma_addr_t *ret_handle)
{
	struct dma_chunk *chunk;
	unsigned long flags;
	void *block;

	spin_lock_irqsave(&pool->lock, flags);
	block = block_take_locked(pool, ret_handle);
	spin_unlock_irqrestore(&pool->lock, flags);
	if (block)
		return block;
	chunk = chunk_make(pool, gfp & ~__GFP_ZERO);
	if (!chunk)
		return NULL;
	spin_lock_irqsave(&pool->lock, flags);
	list_add(&chunk->chunks, &pool->room);
	block = block_take_locked(pool, ret_handle);
	spin_unlock_irqrestore(&pool->lock, flags);
	return block;
}

static void *pool_alloc(struct dma_pool *pool, gfp_t gfp, dma_addr_t *ret_handle,
			const struct slab_call *call)
{
	dma_addr_t handle;
	void *block;

	if (!touch(pool, sizeof(*pool), true, call->caller, call->frame))
		return NULL;
	if (!pool_ask(call, pool->size, gfp, false))
		return NULL;
	watch_enter();
	block = block_take(pool, gfp, &handle);
	watch_leave();
	if (block) {
		*ret_handle = handle;
		if (pool_watched) {
			block_check(pool, block);
			memset(block, POISON_POOL_OUT, pool->size);
		}
		if (want_init_on_alloc(gfp))
			memset(block, 0, pool->size);
	}
	pool_tell(call, block, pool->asked, pool->slot, NULL, gfp);
	return block;
}

void *dma_pool_alloc(struct dma_pool *pool, gfp_t mem_flags, dma_addr_t *ret_handle)
{
	return pool_alloc(pool, mem_flags, ret_handle, DMA_CALL("dma_pool_alloc"));
}

void *dma_pool_zalloc(struct dma_pool *pool, gfp_t mem_flags, dma_addr_t *ret_handle)
{
	return pool_alloc(pool, mem_flags | __GFP_ZERO, ret_handle, DMA_CALL("dma_pool_zalloc"));
}

/* A free that does not fit what is out is named, and nothing is freed. */
static bool free_is_fine(struct dma_pool *pool, const void *vaddr, dma_addr_t addr,
			 struct dma_chunk **ret_chunk, unsigned int *ret_index)
{
	struct dma_chunk *chunk = chunk_of(vaddr);

	if (!chunk || chunk->pool != pool || !block_index(chunk, vaddr, ret_index)) {
		dev_err(pool->dev, "dma_pool_free %s, %p (bad vaddr)/%pad\n", pool->name, vaddr,
			&addr);
		return false;
	}
	if (!test_bit(*ret_index, chunk->taken)) {
		dev_err(pool->dev, "dma_pool_free %s, dma %pad already free\n", pool->name, &addr);
		return false;
	}
	*ret_chunk = chunk;
	return true;
}

static void block_give_locked(struct dma_pool *pool, struct dma_chunk *chunk, unsigned int index)
{
	__clear_bit(index, chunk->taken);
	pool->out--;
	if (chunk->out-- == pool->blocks)
		list_move(&chunk->chunks, &pool->room);
}

/* The block is of another pool, or has another address: true if a rule has told of it. */
static bool block_told(struct dma_pool *pool, const struct dma_chunk *chunk, const void *vaddr,
		       dma_addr_t addr, const struct slab_call *call)
{
	dma_addr_t own = chunk->handle + ((const char *)vaddr - chunk->memory);
	const struct km_dma_call said = {
		.step = KM_DMA_UNMAP, .kind = KM_DMA_POOL, .device = pool, .address = addr,
		.limit = own, .pool = chunk->pool == pool ? NULL : chunk->pool->name,
	};

	return (chunk->pool != pool || addr != own) &&
	       dma_tell(pool->dev, &said, vaddr, pool->size, call);
}

/* The rules' leave.  A block with another's bus address stays out, so they are not asked for it. */
static bool may_free(struct dma_pool *pool, const void *vaddr, dma_addr_t addr,
		     const struct slab_call *call)
{
	struct dma_chunk *chunk = chunk_of(vaddr);

	if (chunk && block_told(pool, chunk, vaddr, addr, call))
		return pool_ask_free(call, vaddr);
	if (chunk && addr - chunk->handle != (size_t)((const char *)vaddr - chunk->memory)) {
		dev_err(pool->dev, "dma_pool_free %s, %p/%pad (bad dma)\n", pool->name, vaddr,
			&addr);
		WARN(pool_watched, "dma_pool_free: the DMA address is not that of the block\n");
		return false;
	}
	return pool_ask_free(call, vaddr);
}

void dma_pool_free(struct dma_pool *pool, void *vaddr, dma_addr_t addr)
{
	const struct slab_call *call = DMA_CALL("dma_pool_free");
	struct dma_chunk *chunk;
	unsigned int index;
	unsigned long flags;
	bool is_fine;

	if (!TOUCH_BYTES(pool, sizeof(*pool), true))
		return;
	/* Rules first: they know what a wrong address is, and where it came from. */
	if (!may_free(pool, vaddr, addr, call))
		return;
	/* What they have told of goes back where it is from. */
	if (watch_wants(KM_POINT_DMA) && chunk_of(vaddr))
		pool = chunk_of(vaddr)->pool;
	spin_lock_irqsave(&pool->lock, flags);
	is_fine = free_is_fine(pool, vaddr, addr, &chunk, &index);
	if (is_fine) {
		if (pool_watched)
			memset(vaddr, POISON_POOL_FREE, pool->size);
		else if (want_init_on_free())
			memset(vaddr, 0, pool->size);
		block_give_locked(pool, chunk, index);
	}
	spin_unlock_irqrestore(&pool->lock, flags);
}
