// SPDX-License-Identifier: MIT
/* mempool.c - rows of the family mempool; see api.h */
#include "api.h"

#include <linux/mempool.h>

static mempool_t *pool, embedded;
static struct kmem_cache *cache;
static void *element;

static bool ended(mempool_t *made)
{
	bool ok = made && mempool_is_saturated(made);

	mempool_destroy(made);
	return ok;
}

#define CREATES(call, ...)							\
	API_CONTEXTS(call, "P-lripsh", "may sleep", NULL)			\
	{									\
		return ended(call(__VA_ARGS__));				\
	}									\
	API(call, failure, "NULL when the reserve cannot be filled")		\
	{									\
		mempool_t *made;						\
										\
		api_memory_out();						\
		made = call(__VA_ARGS__);					\
		api_memory_back();						\
		mempool_destroy(made);						\
		return !made;							\
	}

CREATES(mempool_create, 3000, mempool_kmalloc, mempool_kfree, (void *)4096UL)
CREATES(mempool_create_node, 3000, mempool_kmalloc, mempool_kfree, (void *)4096UL, GFP_KERNEL,
	NUMA_NO_NODE)
CREATES(mempool_create_kmalloc_pool, 3000, 4096)
CREATES(mempool_create_kvmalloc_pool, 300, 40960)
CREATES(mempool_create_page_pool, 3000, 0)

API(mempool_create_slab_pool, other, "elements are objects of the cache")
{
	mempool_t *made;
	bool ok;

	cache = kmem_cache_create("api-pooled", 300, NULL, 0);
	made = mempool_create_slab_pool(4, cache);
	element = mempool_alloc(made, GFP_KERNEL);
	ok = element && kmem_cache_size(cache) == 300;
	mempool_free(element, made);
	mempool_destroy(made);
	kmem_cache_destroy(cache);
	return ok;
}

API(mempool_create, overflow, "a reserve below 0, and one beyond memory: NULL")
{
	return !mempool_create_kmalloc_pool(API_HIDDEN(-1), 8) &&
	       !mempool_create_node(API_HIDDEN(INT_MAX), mempool_kmalloc, mempool_kfree,
				    (void *)8UL, GFP_KERNEL | __GFP_NOWARN, NUMA_NO_NODE);
}

API(mempool_create, zero, "a reserve of none is a pool")
{
	return ended(mempool_create_kmalloc_pool(0, 8));
}

static bool embedded_ended(int error)
{
	bool ok = !error && mempool_initialized(&embedded) && mempool_is_saturated(&embedded);

	mempool_exit(&embedded);
	return ok && !mempool_initialized(&embedded);
}

#define INITS(call, ...)							\
	API_CONTEXTS(call, "P-lripsh", "may sleep", NULL)			\
	{									\
		return embedded_ended(call(&embedded, __VA_ARGS__));		\
	}									\
	API(call, failure, "-ENOMEM, and nothing is left")			\
	{									\
		int error;							\
										\
		api_memory_out();						\
		error = call(&embedded, __VA_ARGS__);				\
		api_memory_back();						\
		return error == -ENOMEM && !mempool_initialized(&embedded);	\
	}

INITS(mempool_init, 3000, mempool_kmalloc, mempool_kfree, (void *)4096UL)
INITS(mempool_init_node, 3000, mempool_kmalloc, mempool_kfree, (void *)4096UL, GFP_KERNEL,
      NUMA_NO_NODE)
INITS(mempool_init_kmalloc_pool, 3000, 4096)
INITS(mempool_init_kvmalloc_pool, 300, 40960)
INITS(mempool_init_page_pool, 3000, 0)

API(mempool_init_slab_pool, other, "an embedded pool of a cache's objects")
{
	bool ok;

	cache = kmem_cache_create("api-pooled", 300, NULL, 0);
	ok = embedded_ended(mempool_init_slab_pool(&embedded, 5, cache));
	kmem_cache_destroy(cache);
	return ok;
}

/* -- elements --------------------------------------------------------------------------------- */

static void pool_before(void)
{
	if (!pool)
		pool = mempool_create_kmalloc_pool(2, 100);
	api_may_leave();
}

API_CONTEXTS(mempool_alloc, "PASH", "GFP_ATOMIC never sleeps", pool_before)
{
	element = mempool_alloc(pool, GFP_ATOMIC);
	mempool_free(element, pool);
	return element != NULL;
}

API_CONTEXTS(mempool_alloc, "P", "GFP_KERNEL may sleep, also when there is memory", pool_before)
{
	element = mempool_alloc(pool, GFP_KERNEL);
	mempool_free(element, pool);
	return element != NULL;
}

API_CONTEXTS(mempool_alloc_preallocated, "PASH", "never sleeps", pool_before)
{
	element = mempool_alloc_preallocated(pool);
	mempool_free(element, pool);
	return element != NULL;
}

API_CONTEXTS(mempool_free, "PASH", "never sleeps", pool_before)
{
	mempool_free(mempool_alloc_preallocated(pool), pool);
	return mempool_is_saturated(pool);
}

API(mempool_alloc, failure, "without memory the reserve, then NULL for who may not block")
{
	mempool_t *made = mempool_create_page_pool(2, 9);
	void *got[3];

	api_memory_out();
	for (int i = 0; i < 3; i++)
		got[i] = mempool_alloc(made, GFP_NOWAIT);
	api_memory_back();
	mempool_free(got[0], made);
	mempool_free(got[1], made);
	mempool_destroy(made);
	return got[0] && got[1] && !got[2];
}

API(mempool_alloc, limit, "__GFP_ZERO is warned of")
{
	mempool_t *made = mempool_create_kmalloc_pool(1, 10);

	mempool_free(mempool_alloc(made, GFP_KERNEL | __GFP_ZERO), made);
	mempool_destroy(made);
	return api_said("__GFP_ZERO is not supported") || api_told("flag-misuse");
}

API(mempool_alloc_preallocated, failure, "an empty reserve is NULL, although there is memory")
{
	mempool_t *made = mempool_create_kmalloc_pool(1, 10);
	void *one = mempool_alloc_preallocated(made), *two = mempool_alloc_preallocated(made);

	mempool_free(one, made);
	mempool_destroy(made);
	return one && !two;
}

API(mempool_free, null, "NULL does nothing")
{
	mempool_t *made = mempool_create_kmalloc_pool(1, 10);

	mempool_free(NULL, made);
	return ended(made);
}

API(mempool_resize, other, "a larger reserve is filled, a smaller one given back")
{
	mempool_t *made = mempool_create_kmalloc_pool(2, 10);
	bool ok = !mempool_resize(made, 9) && made->curr_nr == 9 && !mempool_resize(made, 1) &&
		  made->curr_nr == 1;

	mempool_destroy(made);
	return ok;
}

API(mempool_resize, failure, "-ENOMEM without memory for the larger array")
{
	mempool_t *made = mempool_create_kmalloc_pool(2, 10);
	int error;

	api_memory_out();
	error = mempool_resize(made, 1 << 20);
	api_memory_back();
	return error == -ENOMEM && made->min_nr == 2 && ended(made);
}

API(mempool_destroy, null, "NULL does nothing")
{
	mempool_destroy(NULL);
	return true;
}

API(mempool_exit, zero, "a zeroed pool that was never made does nothing, and so does a second exit")
{
	mempool_t zeroed = { };

	mempool_exit(&zeroed);
	return !mempool_init_kmalloc_pool(&zeroed, 2, 8) && (mempool_exit(&zeroed), true) &&
	       (mempool_exit(&zeroed), true);
}
