/* SPDX-License-Identifier: MIT */
/*
 * genpool.c - which parts of given address ranges are taken
 *
 * Owns: a bitmap for each range.  What the addresses mean is the user's affair: nothing is touched.
 * G1  A bit is set by exactly one taker: bits change by compare-and-swap of whole words only.  Who
 *     finds that he was too late gives back what he got, and searches on.
 * G2  chunk->avail is what the zero bits stand for, once every call has come to its end.
 * G3  Ranges are added at the end of a list that readers walk under RCU, and stay as long as the
 *     pool does.
 * Lock: pool->lock for adding ranges.  Taking and giving back need none: any context, NMI included.
 */
#include <linux/genalloc.h>

#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/math.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "pool/tell.h"

#define TEXT_BYTES	128

#define GENPOOL_CALL(name)	POOL_CALL(name, KM_FAMILY_GENPOOL)

/* -- bits: G1 --------------------------------------------------------------------------------- */

/* Bits of the word that @bit lies in, from @bit on, @count at most. */
static unsigned long word_mask(unsigned long bit, unsigned long count)
{
	unsigned long at = bit % BITS_PER_LONG;

	if (count > BITS_PER_LONG - at)
		count = BITS_PER_LONG - at;
	return (~0UL >> (BITS_PER_LONG - count)) << at;
}

/* Changes @mask in @word from all @is_set to all the other; false: some are not so. */
static bool word_flip(unsigned long *word, unsigned long mask, bool is_set)
{
	unsigned long old = READ_ONCE(*word);

	do {
		if ((is_set ? ~old : old) & mask)
			return false;
	} while (!__atomic_compare_exchange_n(word, &old, old ^ mask, false, __ATOMIC_SEQ_CST,
					      __ATOMIC_RELAXED));
	return true;
}

/* How many of @count bits from @bit on were changed before one was not as expected. */
static unsigned long bits_flip(unsigned long *map, unsigned long bit, unsigned long count,
			       bool is_set)
{
	unsigned long done = 0;

	while (done < count) {
		unsigned long mask = word_mask(bit + done, count - done);

		if (!word_flip(&map[(bit + done) / BITS_PER_LONG], mask, is_set))
			break;
		done += hweight_long(mask);
	}
	return done;
}

/* All of them, or none. */
static bool bits_take(unsigned long *map, unsigned long bit, unsigned long count)
{
	unsigned long got = bits_flip(map, bit, count, false);

	if (got == count)
		return true;
	bits_flip(map, bit, got, true);
	return false;
}

/* -- pools and their ranges -------------------------------------------------------------------- */

static size_t chunk_bytes(const struct gen_pool_chunk *chunk)
{
	return chunk->end_addr - chunk->start_addr + 1;
}

static unsigned long bits_for(const struct gen_pool *pool, size_t bytes)
{
	return bytes >> pool->min_alloc_order;
}

/**
 * gen_pool_create() - a pool without ranges
 * @min_alloc_order: what is handed out is a multiple of 2^this many bytes
 * @nid: memory node of its own memory, or -1
 * Context: task, may sleep.   Return: the pool; NULL without memory.
 */
struct gen_pool *gen_pool_create(int min_alloc_order, int nid)
{
	const struct slab_call *call = GENPOOL_CALL("gen_pool_create");
	struct gen_pool *pool;

	if (!pool_ask(call, sizeof(*pool), GFP_KERNEL, false))
		return NULL;
	pool = pool_own_alloc(sizeof(*pool), GFP_KERNEL, nid);
	pool_tell(call, pool, sizeof(*pool), sizeof(*pool), NULL, GFP_KERNEL);
	if (!pool)
		return NULL;
	spin_lock_init(&pool->lock);
	INIT_LIST_HEAD(&pool->chunks);
	pool->min_alloc_order = min_alloc_order;
	pool->algo = gen_pool_first_fit;
	pool->data = NULL;
	pool->name = NULL;
	return pool;
}

/**
 * gen_pool_add_owner() - add a range of addresses
 * @virt: its first address; @phys: the physical one, or -1; @size: bytes
 * @owner: handed to who takes a part of it
 * Also: gen_pool_add(), gen_pool_add_virt()
 *
 * Context: task, may sleep.   Return: 0 or -ENOMEM.
 * Differs: a range smaller than what the pool hands out is -EINVAL.
 */
int gen_pool_add_owner(struct gen_pool *pool, unsigned long virt, phys_addr_t phys, size_t size,
		       int nid, void *owner)
{
	const struct slab_call *call = GENPOOL_CALL("gen_pool_add");
	unsigned long bits = bits_for(pool, size);
	size_t bytes = sizeof(struct gen_pool_chunk) + BITS_TO_LONGS(bits) * sizeof(long);
	struct gen_pool_chunk *chunk;

	if (!bits)
		return -EINVAL;
	if (!pool_ask(call, bytes, GFP_KERNEL, false))
		return -ENOMEM;
	watch_enter();
	chunk = vzalloc_node(bytes, nid);
	watch_leave();
	pool_tell(call, chunk, bytes, bytes, NULL, GFP_KERNEL);
	if (!chunk)
		return -ENOMEM;
	chunk->phys_addr = phys;
	chunk->start_addr = virt;
	chunk->end_addr = virt + size - 1;
	chunk->owner = owner;
	atomic_long_set(&chunk->avail, size);
	spin_lock(&pool->lock);
	list_add_tail_rcu(&chunk->next_chunk, &pool->chunks);
	spin_unlock(&pool->lock);
	return 0;
}

static void chunk_free(struct gen_pool *pool, struct gen_pool_chunk *chunk,
		       const struct slab_call *call)
{
	unsigned long bits = bits_for(pool, chunk_bytes(chunk));

	if (find_first_bit(chunk->bits, bits) < bits) {
		pr_crit("genpool: gen_pool_destroy(): %ld of %zu bytes at %#lx are still out\n",
			(long)chunk_bytes(chunk) - atomic_long_read(&chunk->avail),
			chunk_bytes(chunk), chunk->start_addr);
		BUG();
	}
	list_del(&chunk->next_chunk);
	if (!pool_ask_free(call, chunk))
		return;
	watch_enter();
	vfree(chunk);
	watch_leave();
}

/**
 * gen_pool_destroy() - end a pool and forget its ranges; BUG when a part of one is still out
 * Context: task, may sleep.
 */
void gen_pool_destroy(struct gen_pool *pool)
{
	const struct slab_call *call = GENPOOL_CALL("gen_pool_destroy");
	struct gen_pool_chunk *chunk, *next;

	list_for_each_entry_safe(chunk, next, &pool->chunks, next_chunk)
		chunk_free(pool, chunk, call);
	if (!pool_ask_free(call, pool))
		return;
	/* devm_gen_pool_create() made it. */
	pool_own_free(pool->name);
	pool_own_free(pool);
}

/**
 * gen_pool_set_algo() - how gen_pool_alloc() chooses from now on; NULL: first fit
 * Context: any.
 */
void gen_pool_set_algo(struct gen_pool *pool, genpool_algo_t algo, void *data)
{
	rcu_read_lock();
	pool->algo = algo ? algo : gen_pool_first_fit;
	pool->data = data;
	rcu_read_unlock();
}

/* -- taking ----------------------------------------------------------------------------------- */

/* An address in @chunk; 0: there is no room. */
static unsigned long chunk_take(struct gen_pool *pool, struct gen_pool_chunk *chunk, size_t size,
				genpool_algo_t algo, void *data)
{
	unsigned long end = bits_for(pool, chunk_bytes(chunk)), at = 0;
	unsigned long count = DIV_ROUND_UP(size, 1UL << pool->min_alloc_order);

	if (size > (unsigned long)atomic_long_read(&chunk->avail))
		return 0;
	for (;;) {
		at = algo(chunk->bits, end, at, count, data, pool, chunk->start_addr);
		if (at >= end || count > end - at)
			return 0;
		if (bits_take(chunk->bits, at, count))
			break;
	}
	atomic_long_sub(count << pool->min_alloc_order, &chunk->avail);
	return chunk->start_addr + (at << pool->min_alloc_order);
}

/**
 * gen_pool_alloc_algo_owner() - take a part of a range
 * @size: bytes, rounded up to the pool's granule; 0: nothing is taken
 * @algo, @data: how to choose
 * @ret_owner: NULL, or where the range's owner goes; NULL goes there if nothing is taken
 * Also: gen_pool_alloc(), gen_pool_alloc_algo(), gen_pool_alloc_owner()
 *
 * Context: any.   Cost: what @algo searches.   Return: an address; 0 when there is none.
 */
unsigned long gen_pool_alloc_algo_owner(struct gen_pool *pool, size_t size, genpool_algo_t algo,
					void *data, void **ret_owner)
{
	const struct slab_call *call = GENPOOL_CALL("gen_pool_alloc");
	struct gen_pool_chunk *chunk;
	unsigned long address = 0;
	void *owner = NULL;

	if (ret_owner)
		*ret_owner = NULL;
	if (!size || !pool_ask(call, size, 0, false))
		return 0;
	rcu_read_lock();
	list_for_each_entry_rcu(chunk, &pool->chunks, next_chunk) {
		address = chunk_take(pool, chunk, size, algo, data);
		owner = chunk->owner;
		if (address)
			break;
	}
	rcu_read_unlock();
	if (address && ret_owner)
		*ret_owner = owner;
	return address;
}

/**
 * gen_pool_dma_alloc_algo() - a part as memory, with its physical address in @dma (may be NULL)
 * @pool: NULL gives NULL
 * Also: gen_pool_dma_alloc(), gen_pool_dma_alloc_align(), gen_pool_dma_zalloc(),
 *       gen_pool_dma_zalloc_algo(), gen_pool_dma_zalloc_align(); those with a z clear it
 * Context: any.   Return: the memory; NULL when there is none.
 */
void *gen_pool_dma_alloc_algo(struct gen_pool *pool, size_t size, dma_addr_t *dma,
			      genpool_algo_t algo, void *data)
{
	unsigned long address;

	if (!pool)
		return NULL;
	address = gen_pool_alloc_algo(pool, size, algo, data);
	if (address && dma)
		*dma = gen_pool_virt_to_phys(pool, address);
	return (void *)address;
}

void *gen_pool_dma_alloc(struct gen_pool *pool, size_t size, dma_addr_t *dma)
{
	return pool ? gen_pool_dma_alloc_algo(pool, size, dma, pool->algo, pool->data) : NULL;
}

void *gen_pool_dma_alloc_align(struct gen_pool *pool, size_t size, dma_addr_t *dma, int align)
{
	struct genpool_data_align data = { .align = align };

	return gen_pool_dma_alloc_algo(pool, size, dma, gen_pool_first_fit_align, &data);
}

void *gen_pool_dma_zalloc_algo(struct gen_pool *pool, size_t size, dma_addr_t *dma,
			       genpool_algo_t algo, void *data)
{
	void *memory = gen_pool_dma_alloc_algo(pool, size, dma, algo, data);

	if (memory)
		memset(memory, 0, size);
	return memory;
}

void *gen_pool_dma_zalloc(struct gen_pool *pool, size_t size, dma_addr_t *dma)
{
	return pool ? gen_pool_dma_zalloc_algo(pool, size, dma, pool->algo, pool->data) : NULL;
}

void *gen_pool_dma_zalloc_align(struct gen_pool *pool, size_t size, dma_addr_t *dma, int align)
{
	struct genpool_data_align data = { .align = align };

	return gen_pool_dma_zalloc_algo(pool, size, dma, gen_pool_first_fit_align, &data);
}

/* -- giving back ------------------------------------------------------------------------------ */

static struct gen_pool_chunk *chunk_at(struct gen_pool *pool, unsigned long address)
{
	struct gen_pool_chunk *chunk;

	list_for_each_entry_rcu(chunk, &pool->chunks, next_chunk)
		if (address >= chunk->start_addr && address <= chunk->end_addr)
			return chunk;
	return NULL;
}

/* Rules are told which free it is before the BUG() is. */
static noinline void die(enum km_bug_of of, const char *why, unsigned long address, size_t size)
{
	char text[TEXT_BYTES];
	struct km_event event = {
		.point = KM_POINT_BUG, .family = KM_FAMILY_OTHER, .what = text, .order = of,
		.caller = WATCH_CALLER(), .frame = WATCH_FRAME(),
	};

	scnprintf(text, sizeof(text), "genpool: gen_pool_free() of %zu bytes at %#lx: %s", size,
		  address, why);
	pr_crit("%s\n", text);
	watch_tell(&event);
	BUG();
}

static void chunk_give(struct gen_pool *pool, struct gen_pool_chunk *chunk, unsigned long address,
		       size_t size)
{
	unsigned long at = (address - chunk->start_addr) >> pool->min_alloc_order;
	unsigned long count = DIV_ROUND_UP(size, 1UL << pool->min_alloc_order);

	if (size - 1 > chunk->end_addr - address)
		die(KM_BUG_BAD_FREE, "it reaches beyond its range", address, size);
	if (bits_flip(chunk->bits, at, count, true) != count)
		die(KM_BUG_FREED_TWICE, "not all of it is out", address, size);
	atomic_long_add(count << pool->min_alloc_order, &chunk->avail);
}

/**
 * gen_pool_free_owner() - give a part back; BUG for what is not out of the pool
 * @ret_owner: NULL, or where the range's owner goes
 * Also: gen_pool_free()
 * Context: any.
 */
void gen_pool_free_owner(struct gen_pool *pool, unsigned long addr, size_t size, void **ret_owner)
{
	struct gen_pool_chunk *chunk;

	if (ret_owner)
		*ret_owner = NULL;
	rcu_read_lock();
	chunk = chunk_at(pool, addr);
	if (!chunk)
		die(KM_BUG_BAD_FREE, "it is in no range of the pool", addr, size);
	chunk_give(pool, chunk, addr, size);
	if (ret_owner)
		*ret_owner = chunk->owner;
	rcu_read_unlock();
}

/* -- questions -------------------------------------------------------------------------------- */

/**
 * gen_pool_virt_to_phys() - the physical address of a place; -1 for one that is in no range
 * Also: gen_pool_for_each_chunk(), gen_pool_has_addr(); gen_pool_avail() and gen_pool_size(), in
 *       bytes, of all ranges together
 * Context: any.   Cost: one step a range.
 */
phys_addr_t gen_pool_virt_to_phys(struct gen_pool *pool, unsigned long addr)
{
	struct gen_pool_chunk *chunk;
	phys_addr_t phys = -1;

	rcu_read_lock();
	chunk = chunk_at(pool, addr);
	if (chunk)
		phys = chunk->phys_addr + (addr - chunk->start_addr);
	rcu_read_unlock();
	return phys;
}

void gen_pool_for_each_chunk(struct gen_pool *pool,
			     void (*func)(struct gen_pool *pool, struct gen_pool_chunk *chunk,
					  void *data),
			     void *data)
{
	struct gen_pool_chunk *chunk;

	rcu_read_lock();
	list_for_each_entry_rcu(chunk, &pool->chunks, next_chunk)
		func(pool, chunk, data);
	rcu_read_unlock();
}

bool gen_pool_has_addr(struct gen_pool *pool, unsigned long start, size_t size)
{
	unsigned long end = start + size - 1;
	struct gen_pool_chunk *chunk;
	bool has;

	rcu_read_lock();
	chunk = chunk_at(pool, start);
	has = chunk && end >= start && end <= chunk->end_addr;
	rcu_read_unlock();
	return has;
}

static void add_avail(struct gen_pool *pool, struct gen_pool_chunk *chunk, void *total)
{
	*(size_t *)total += atomic_long_read(&chunk->avail);
}

static void add_bytes(struct gen_pool *pool, struct gen_pool_chunk *chunk, void *total)
{
	*(size_t *)total += chunk_bytes(chunk);
}

size_t gen_pool_avail(struct gen_pool *pool)
{
	size_t total = 0;

	gen_pool_for_each_chunk(pool, add_avail, &total);
	return total;
}

size_t gen_pool_size(struct gen_pool *pool)
{
	size_t total = 0;

	gen_pool_for_each_chunk(pool, add_bytes, &total);
	return total;
}
