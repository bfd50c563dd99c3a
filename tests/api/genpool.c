// SPDX-License-Identifier: MIT
/* genpool.c - rows of the family genpool; see api.h */
#include "api.h"

#include <linux/device.h>
#include <linux/genalloc.h>

#define BASE	0x40000000UL
#define PHYS	0x90000000UL

static struct gen_pool *pool;

static struct gen_pool *pool_make(void)
{
	struct gen_pool *made = gen_pool_create(4, -1);

	if (made && gen_pool_add_virt(made, BASE, PHYS, 4096, -1)) {
		gen_pool_destroy(made);
		return NULL;
	}
	return made;
}

/* A pool of 4096 bytes for the length of a row; it must be whole again. */
#define WITH_POOL(ok)						\
	({							\
		bool held_;					\
								\
		pool = pool_make();				\
		held_ = pool && (ok);				\
		held_ &= gen_pool_avail(pool) == 4096;		\
		gen_pool_destroy(pool);				\
		held_;						\
	})

static bool given(unsigned long at, size_t size, unsigned long expected)
{
	if (at)
		gen_pool_free(pool, at, size);
	return at == expected;
}

API_CONTEXTS(gen_pool_create, "P-lripsh", "sleeps", NULL)
{
	struct gen_pool *made = gen_pool_create(3, -1);

	if (made)
		gen_pool_destroy(made);
	return made != NULL;
}

static bool adds_or_fails(void)
{
	struct gen_pool *made = gen_pool_create(0, -1);
	int error;

	api_memory_out();
	error = gen_pool_add(made, BASE, 1 << 20, -1);
	api_memory_back();
	gen_pool_destroy(made);
	return error == -ENOMEM;
}

API(gen_pool_add, failure, "-ENOMEM without memory for the bitmap")
{
	return adds_or_fails();
}

API(gen_pool_add, zero, "a range below the granule is -EINVAL")
{
	return WITH_POOL(gen_pool_add(pool, 0x1000, API_HIDDEN(0), -1) == -EINVAL &&
			 gen_pool_add(pool, 0x1000, 15, -1) == -EINVAL);
}

API(gen_pool_add_virt, other, "the range has a physical address")
{
	return WITH_POOL(gen_pool_virt_to_phys(pool, BASE + 17) == PHYS + 17);
}

API(gen_pool_add_owner, other, "who takes a part is told the range's owner")
{
	struct gen_pool *made = gen_pool_create(4, -1);
	void *owner = NULL;
	bool ok = !gen_pool_add_owner(made, BASE, PHYS, 64, -1, &pool);

	ok &= gen_pool_alloc_owner(made, 16, &owner) == BASE && owner == &pool;
	owner = NULL;
	gen_pool_free_owner(made, BASE, 16, &owner);
	gen_pool_destroy(made);
	return ok && owner == &pool;
}

API(gen_pool_destroy, other, "an empty pool goes")
{
	return WITH_POOL(true);
}

static struct gen_pool *standing;

static void standing_before(void)
{
	if (!standing)
		standing = pool_make();
	api_may_leave();
}

API_CONTEXTS(gen_pool_alloc, "PASH", "never sleeps", standing_before)
{
	unsigned long at = gen_pool_alloc(standing, 100);

	gen_pool_free(standing, at, 100);
	return at == BASE;
}

API_CONTEXTS(gen_pool_free, "PASH", "never sleeps", standing_before)
{
	gen_pool_free(standing, gen_pool_alloc(standing, 16), 16);
	return gen_pool_avail(standing) == 4096;
}

API(gen_pool_alloc, zero, "size 0 is 0")
{
	return WITH_POOL(!gen_pool_alloc(pool, API_HIDDEN(0)));
}

API(gen_pool_alloc, limit, "more than there is: 0")
{
	return WITH_POOL(!gen_pool_alloc(pool, 4097) &&
			 given(gen_pool_alloc(pool, 4096), 4096, BASE));
}

API(gen_pool_alloc, overflow, "a size that wrapped: 0")
{
	return WITH_POOL(!gen_pool_alloc(pool, API_HIDDEN(SIZE_MAX)));
}

API(gen_pool_alloc_algo, other, "the algorithm of this one call")
{
	return WITH_POOL(given(gen_pool_alloc_algo(pool, 16, gen_pool_best_fit, NULL), 16, BASE));
}

API(gen_pool_alloc_owner, failure, "no place: 0, and no owner")
{
	void *owner = &pool;

	return WITH_POOL(!gen_pool_alloc_owner(pool, 5000, &owner)) && !owner;
}

API(gen_pool_alloc_algo_owner, other, "algorithm and owner at once")
{
	void *owner = &pool;

	return WITH_POOL(given(gen_pool_alloc_algo_owner(pool, 32, gen_pool_first_fit, NULL,
							 &owner), 32, BASE)) && !owner;
}

API(gen_pool_free_owner, other, "the owner comes back with the free")
{
	void *owner = &pool;

	return WITH_POOL(gen_pool_alloc(pool, 16) &&
			 (gen_pool_free_owner(pool, BASE, 16, &owner), !owner));
}

#define DMA(call, ...)								\
	API(call, other, "the address, and in @dma the physical one")		\
	{									\
		dma_addr_t dma = 0;						\
										\
		return WITH_POOL(given((unsigned long)call(pool, __VA_ARGS__), 64, BASE)) &&	\
		       dma == PHYS;						\
	}									\
	API(call, null, "no pool: NULL")					\
	{									\
		dma_addr_t dma = 0;						\
										\
		return !call(NULL, __VA_ARGS__);				\
	}

DMA(gen_pool_dma_alloc, 64, &dma)
DMA(gen_pool_dma_alloc_algo, 64, &dma, gen_pool_first_fit, NULL)
DMA(gen_pool_dma_alloc_align, 64, &dma, 256)

/* These touch the memory, so it must be some. */
#define DMA_ZERO(call, ...)							\
	API(call, other, "zeroed")						\
	{									\
		struct gen_pool *made = gen_pool_create(4, -1);			\
		char *buffer = kmalloc(256, GFP_KERNEL), *part;			\
		dma_addr_t dma = 0;						\
		bool ok;							\
										\
		memset(buffer, 5, 256);						\
		gen_pool_add_virt(made, (unsigned long)buffer, PHYS, 256, -1);	\
		part = call(made, __VA_ARGS__);					\
		ok = part == buffer && api_filled(part, 0, 64) && part[64] == 5 && dma == PHYS;	\
		gen_pool_free(made, (unsigned long)part, 64);			\
		gen_pool_destroy(made);						\
		kfree(buffer);							\
		return ok;							\
	}

DMA_ZERO(gen_pool_dma_zalloc, 64, &dma)
DMA_ZERO(gen_pool_dma_zalloc_algo, 64, &dma, gen_pool_first_fit, NULL)
DMA_ZERO(gen_pool_dma_zalloc_align, 64, &dma, 32)

API(gen_pool_avail, other, "in bytes, granules counted whole")
{
	return WITH_POOL(gen_pool_alloc(pool, 17) && gen_pool_avail(pool) == 4096 - 32 &&
			 given(BASE, 17, BASE));
}

API(gen_pool_size, other, "of all ranges together")
{
	return WITH_POOL(gen_pool_size(pool) == 4096);
}

API(gen_pool_has_addr, other, "the whole range must lie in one chunk")
{
	return WITH_POOL(gen_pool_has_addr(pool, BASE, 4096) &&
			 !gen_pool_has_addr(pool, BASE, 4097) &&
			 !gen_pool_has_addr(pool, BASE - 1, 2));
}

API(gen_pool_virt_to_phys, failure, "an address in no range is -1")
{
	return WITH_POOL(gen_pool_virt_to_phys(pool, 1) == (phys_addr_t)-1);
}

static void count(struct gen_pool *made, struct gen_pool_chunk *chunk, void *data)
{
	*(int *)data += chunk->start_addr == BASE;
}

API(gen_pool_for_each_chunk, other, "each range once")
{
	int seen = 0;

	return WITH_POOL((gen_pool_for_each_chunk(pool, count, &seen), seen == 1));
}

API(gen_pool_set_algo, null, "NULL is first fit")
{
	return WITH_POOL((gen_pool_set_algo(pool, NULL, NULL), pool->algo == gen_pool_first_fit));
}

/* -- ways to choose: on a map with holes of 2, 4 and 8 --------------------------------------- */

#define FITS(call, nr, argument, expected)					\
	API(call, other, "its place in a map with holes of 2, 4 and 8 bits")	\
	{									\
		unsigned long map = 0x8084 | ~0xffffUL;				\
		struct gen_pool shape = { .min_alloc_order = 4 };		\
										\
		return call(&map, 16, 0, nr, argument, &shape, BASE) == (expected);	\
	}

FITS(gen_pool_first_fit, 3, NULL, 3)
FITS(gen_pool_best_fit, 4, NULL, 3)
FITS(gen_pool_first_fit_order_align, 4, NULL, 8)
FITS(gen_pool_first_fit_align, 1, &(struct genpool_data_align) { 64 }, 0)
FITS(gen_pool_fixed_alloc, 2, &(struct genpool_data_fixed) { 5 * 16 }, 5)

API(gen_pool_fixed_alloc, failure, "a place that is taken: the size of the map")
{
	unsigned long map = 4;
	struct gen_pool shape = { .min_alloc_order = 4 };
	struct genpool_data_fixed at = { .offset = 32 };

	return gen_pool_fixed_alloc(&map, 16, 0, 1, &at, &shape, BASE) >= 16;
}

static void no_release(struct device *dev)
{
}

API(devm_gen_pool_create, other, "goes with its device; a second one of the name is -EINVAL")
{
	struct device dev = { .init_name = "api-sram", .release = no_release };
	bool ok = !device_register(&dev);

	ok &= !IS_ERR_OR_NULL(devm_gen_pool_create(&dev, 4, -1, "a"));
	ok &= devm_gen_pool_create(&dev, 4, -1, "a") == ERR_PTR(-EINVAL);
	device_unregister(&dev);
	return ok;
}
