// SPDX-License-Identifier: MIT
/* kmem_cache.c - rows of object caches; see api.h */
#include "api.h"

struct thing {
	long number;
	char name[50];
};

/* -- contexts ---------------------------------------------------------------------------------- */
#define CACHE_CONTEXTS(call, take)								\
	API_CONTEXTS(call, "P", "GFP_KERNEL may sleep", api_cache_make)				\
	{											\
		gfp_t gfp = GFP_KERNEL;								\
		void *object = take;								\
												\
		if (object)									\
			kmem_cache_free(api_cache, object);					\
		return object;									\
	}
#define CACHE_ATOMIC(call, take)								\
	API_CONTEXTS(call, "PASH", "GFP_ATOMIC never sleeps", api_cache_make)			\
	{											\
		gfp_t gfp = GFP_ATOMIC;								\
		void *object = take;								\
												\
		if (object)									\
			kmem_cache_free(api_cache, object);					\
		return object;									\
	}

CACHE_CONTEXTS(kmem_cache_alloc, kmem_cache_alloc(api_cache, gfp))
CACHE_ATOMIC(kmem_cache_alloc, kmem_cache_alloc(api_cache, gfp))
CACHE_CONTEXTS(kmem_cache_zalloc, kmem_cache_zalloc(api_cache, gfp))
CACHE_ATOMIC(kmem_cache_zalloc, kmem_cache_zalloc(api_cache, gfp))
CACHE_CONTEXTS(kmem_cache_alloc_node, kmem_cache_alloc_node(api_cache, gfp, 0))
CACHE_ATOMIC(kmem_cache_alloc_node, kmem_cache_alloc_node(api_cache, gfp, 0))
CACHE_CONTEXTS(kmem_cache_alloc_lru, kmem_cache_alloc_lru(api_cache, NULL, gfp))
CACHE_ATOMIC(kmem_cache_alloc_lru, kmem_cache_alloc_lru(api_cache, NULL, gfp))

API_CONTEXTS(kmem_cache_create, "P", "may sleep", NULL)
{
	struct kmem_cache *mine = kmem_cache_create("api-context", 64, 0, 0, NULL);

	kmem_cache_destroy(mine);
	return mine;
}

API_CONTEXTS(kmem_cache_free, "PASH", "never sleeps", api_cache_make)
{
	void *object = kmem_cache_alloc(api_cache, GFP_ATOMIC);

	if (object)
		kmem_cache_free(api_cache, object);
	return object;
}

API_CONTEXTS(kmem_cache_shrink, "P-ih", "may sleep", api_cache_make)
{
	return kmem_cache_shrink(api_cache) == 0;
}

static struct kmem_cache *doomed;

static void doomed_make(void)
{
	doomed = kmem_cache_create("api-doomed", 64, 0, SLAB_NO_MERGE, NULL);
}

API_CONTEXTS(kmem_cache_destroy, "P", "may sleep", doomed_make)
{
	bool ok = doomed;

	kmem_cache_destroy(doomed);
	return ok;
}

API_CONTEXTS(kmem_cache_size, "PASH", "only looks", api_cache_make)
{
	return kmem_cache_size(api_cache) == 58;
}

/* -- making ------------------------------------------------------------------------------------ */
API(kmem_cache_create, null, "no name: NULL")
{
	return !kmem_cache_create(API_HIDDEN((const char *)NULL), 64, 0, 0, NULL);
}

API(kmem_cache_create, limit, "above KMALLOC_MAX_SIZE: NULL")
{
	return !kmem_cache_create("api-large", API_HIDDEN((unsigned int)KMALLOC_MAX_SIZE + 1), 0,
				  0, NULL);
}

API(kmem_cache_create, align, "as asked for, also in the form with arguments")
{
	struct kmem_cache_args args = { .align = 256 };
	struct kmem_cache *one = kmem_cache_create("api-align", 40, 128, 0, NULL);
	struct kmem_cache *two = kmem_cache_create("api-args", 40, &args, 0);
	void *first = kmem_cache_alloc(one, GFP_KERNEL);
	void *second = kmem_cache_alloc(two, GFP_KERNEL);
	bool ok = api_aligned(first, 128) && api_aligned(second, 256);

	kmem_cache_free(one, first);
	kmem_cache_free(two, second);
	kmem_cache_destroy(one);
	kmem_cache_destroy(two);
	return ok;
}

API(kmem_cache_create, align, "SLAB_HWCACHE_ALIGN: a cache line, less for small objects")
{
	struct kmem_cache *line = kmem_cache_create("api-line", 60, 0, SLAB_HWCACHE_ALIGN, NULL);
	struct kmem_cache *half = kmem_cache_create("api-half", 20, 0, SLAB_HWCACHE_ALIGN, NULL);
	void *one = kmem_cache_alloc(line, GFP_KERNEL), *two = kmem_cache_alloc(half, GFP_KERNEL);
	bool ok = api_aligned(one, 64) && api_aligned(two, 32);

	kmem_cache_free(line, one);
	kmem_cache_free(half, two);
	kmem_cache_destroy(line);
	kmem_cache_destroy(half);
	return ok;
}

API(kmem_cache_create, failure, "a duplicate name and one with a space are warned of")
{
	struct kmem_cache *one = kmem_cache_create("api-twice", 64, 0, SLAB_NO_MERGE, NULL);
	struct kmem_cache *two = kmem_cache_create("api-twice", 64, 0, SLAB_NO_MERGE, NULL);
	bool ok = one && api_said("WARNING");
	struct kmem_cache *spaced;

	km_test_console_clear();
	spaced = kmem_cache_create("api twice", 64, 0, SLAB_NO_MERGE, NULL);
	ok &= api_said("WARNING");
	kmem_cache_destroy(spaced);
	kmem_cache_destroy(two);
	kmem_cache_destroy(one);
	return ok;
}

static void number_it(void *object)
{
	((struct thing *)object)->number = 77;
}

API(kmem_cache_create, other, "the constructor ran before the object is handed out")
{
	struct kmem_cache *mine = KMEM_CACHE(thing, 0);
	struct kmem_cache *made = kmem_cache_create("api-ctor", sizeof(struct thing), 0, 0,
						    number_it);
	struct thing *thing = kmem_cache_alloc(made, GFP_KERNEL);
	bool ok = mine && thing && thing->number == 77;

	kmem_cache_free(made, thing);
	thing = kmem_cache_alloc(made, GFP_KERNEL);
	ok &= thing && thing->number == 77;
	kmem_cache_free(made, thing);
	kmem_cache_destroy(made);
	kmem_cache_destroy(mine);
	return ok;
}

API(kmem_cache_create_usercopy, other, "a cache with a region for user copies")
{
	struct kmem_cache *mine = kmem_cache_create_usercopy("api-user", 128, 0, 0, 8, 64, NULL);
	void *object = kmem_cache_alloc(mine, GFP_KERNEL);

	kmem_cache_free(mine, object);
	kmem_cache_destroy(mine);
	return object;
}

API(kmem_cache_create_usercopy, limit, "a region outside the object is warned of")
{
	struct kmem_cache *mine = kmem_cache_create_usercopy("api-outside", 64, 0, 0,
							     API_HIDDEN(60u), 64, NULL);

	kmem_cache_destroy(mine);
	return api_said("WARNING");
}

API(KMEM_CACHE, other, "named and sized after the struct")
{
	struct kmem_cache *mine = KMEM_CACHE(thing, SLAB_NO_MERGE);
	bool ok = mine && kmem_cache_size(mine) == sizeof(struct thing);

	kmem_cache_destroy(mine);
	return ok;
}

API(KMEM_CACHE_USERCOPY, other, "named and sized after the struct")
{
	struct kmem_cache *mine = KMEM_CACHE_USERCOPY(thing, SLAB_NO_MERGE, name);
	bool ok = mine && kmem_cache_size(mine) == sizeof(struct thing);

	kmem_cache_destroy(mine);
	return ok;
}

/* -- objects ----------------------------------------------------------------------------------- */
API(kmem_cache_alloc, failure, "NULL without memory")
{
	void *object;

	/* A cache that has no slab yet. */
	api_cache_make();
	api_memory_out();
	object = kmem_cache_alloc(api_cache, GFP_NOWAIT);
	api_memory_back();
	return !object;
}

API(kmem_cache_alloc, other, "a constructor and __GFP_ZERO together are warned of")
{
	struct kmem_cache *made = kmem_cache_create("api-ctor-zero", 64, 0, 0, number_it);
	void *object = kmem_cache_alloc(made, GFP_KERNEL | __GFP_ZERO);
	bool ok = api_said("WARNING");

	kmem_cache_free(made, object);
	kmem_cache_destroy(made);
	return ok;
}

API(kmem_cache_alloc, align, "at least the machine's least")
{
	void *object;
	bool ok;

	api_cache_make();
	object = kmem_cache_alloc(api_cache, GFP_KERNEL);
	ok = api_aligned(object, ARCH_SLAB_MINALIGN);
	kmem_cache_free(api_cache, object);
	return ok;
}

API(kmem_cache_zalloc, other, "zeroed whatever it held")
{
	char *object;
	bool ok;

	api_cache_make();
	object = kmem_cache_alloc(api_cache, GFP_KERNEL);
	memset(object, 3, 58);
	kmem_cache_free(api_cache, object);
	object = kmem_cache_zalloc(api_cache, GFP_KERNEL);
	ok = object && api_filled(object, 0, 58);
	kmem_cache_free(api_cache, object);
	return ok;
}

API(kmem_cache_alloc_node, other, "NUMA_NO_NODE is the nearest")
{
	void *object;

	api_cache_make();
	object = kmem_cache_alloc_node(api_cache, GFP_KERNEL, NUMA_NO_NODE);
	kmem_cache_free(api_cache, object);
	return object;
}

API(kmem_cache_alloc_lru, null, "no list: as kmem_cache_alloc()")
{
	void *object;

	api_cache_make();
	object = kmem_cache_alloc_lru(api_cache, NULL, GFP_KERNEL);
	kmem_cache_free(api_cache, object);
	return object;
}

API(kmem_cache_free, other, "an object of another cache is told and left alone")
{
	struct kmem_cache *other = kmem_cache_create("api-wrong", 300, 0, SLAB_NO_MERGE, NULL);
	void *object;
	bool ok;

	api_cache_make();
	object = kmem_cache_alloc(other, GFP_KERNEL);
	kmem_cache_free(api_cache, object);
	ok = api_said("Wrong slab cache") || api_told("invalid-free");
	kmem_cache_free(other, object);
	kmem_cache_destroy(other);
	return ok;
}

API(kmem_cache_alloc_bulk, zero, "no objects: 0")
{
	api_cache_make();
	return kmem_cache_alloc_bulk(api_cache, GFP_KERNEL, API_HIDDEN(0ul), NULL) == 0;
}

API(kmem_cache_alloc_bulk, other, "all are there, each its own")
{
	void *objects[20];
	bool ok = true;

	api_cache_make();
	if (kmem_cache_alloc_bulk(api_cache, GFP_KERNEL, 20, objects) != 20)
		return false;
	for (unsigned int i = 0; i < 20; i++)
		memset(objects[i], i, 58);
	for (unsigned int i = 0; i < 20; i++)
		ok &= api_filled(objects[i], i, 58);
	kmem_cache_free_bulk(api_cache, 20, objects);
	return ok;
}

API(kmem_cache_alloc_bulk, failure, "all or nothing: 0 without memory")
{
	static void *objects[2000];
	int count;

	api_cache_make();
	kmem_cache_free(api_cache, kmem_cache_alloc(api_cache, GFP_KERNEL));
	api_memory_out();
	count = kmem_cache_alloc_bulk(api_cache, GFP_NOWAIT, 2000, objects);
	api_memory_back();
	return count == 0;
}

API_CONTEXTS(kmem_cache_alloc_bulk, "P", "GFP_KERNEL may sleep", api_cache_make)
{
	void *objects[4];
	bool ok = kmem_cache_alloc_bulk(api_cache, GFP_KERNEL, 4, objects) == 4;

	if (ok)
		kmem_cache_free_bulk(api_cache, 4, objects);
	return ok;
}

API(kmem_cache_free_bulk, zero, "no objects: nothing")
{
	api_cache_make();
	kmem_cache_free_bulk(api_cache, API_HIDDEN(0ul), NULL);
	return true;
}

API(kmem_cache_free_bulk, null, "no cache: objects of any")
{
	void *objects[2] = { kmalloc(30, GFP_KERNEL), kmalloc(300, GFP_KERNEL) };

	kmem_cache_free_bulk(API_HIDDEN((struct kmem_cache *)NULL), 2, objects);
	return objects[0] && objects[1];
}

/* -- the end ----------------------------------------------------------------------------------- */
API(kmem_cache_shrink, other, "0 when no slab is left, 1 while objects are out")
{
	void *object;
	bool ok;

	api_cache_make();
	object = kmem_cache_alloc(api_cache, GFP_KERNEL);
	ok = kmem_cache_shrink(api_cache) != 0;
	kmem_cache_free(api_cache, object);
	return ok && kmem_cache_shrink(api_cache) == 0;
}

API(kmem_cache_destroy, null, "NULL does nothing")
{
	kmem_cache_destroy(API_HIDDEN((struct kmem_cache *)NULL));
	return true;
}

API(kmem_cache_destroy, other, "objects that are out are listed and the cache stays")
{
	void *object;
	bool ok;

	api_cache_make();
	object = kmem_cache_alloc(api_cache, GFP_KERNEL);
	api_may_leave();
	kmem_cache_destroy(api_cache);
	ok = api_said("Slab cache still has objects");
	kmem_cache_free(api_cache, object);
	return ok;
}

API(kmem_cache_size, other, "the size it was made with")
{
	api_cache_make();
	return kmem_cache_size(api_cache) == 58;
}

API(kmem_dump_obj, other, "tells what an object is; false for what is none")
{
	void *object = kmalloc(40, GFP_KERNEL);
	static char mine;
	bool ok = kmem_dump_obj(object) && api_said("kmalloc-64") && !kmem_dump_obj(&mine);

	kfree(object);
	return ok;
}

API(slab_is_available, other, "yes, once the machine is up")
{
	return slab_is_available();
}
