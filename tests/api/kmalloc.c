// SPDX-License-Identifier: MIT
/* kmalloc.c - rows of kmalloc() and its kin, kvmalloc() included; see api.h */
#include "api.h"

#define HALF	API_HIDDEN(SIZE_MAX / 2 + 1)

/* -- contexts: the gfp decides ----------------------------------------------------------------- */
#define KMALLOC_CONTEXTS(call, take, give)							\
	API_CONTEXTS(call, "P", "GFP_KERNEL may sleep", NULL)					\
	{											\
		gfp_t gfp = GFP_KERNEL;								\
		void *got = take;								\
												\
		give(got);									\
		return got;									\
	}
#define KMALLOC_ATOMIC(call, take, give)							\
	API_CONTEXTS(call, "PASH", "GFP_ATOMIC never sleeps", NULL)				\
	{											\
		gfp_t gfp = GFP_ATOMIC;								\
		void *got = take;								\
												\
		give(got);									\
		return got;									\
	}

KMALLOC_CONTEXTS(kmalloc, kmalloc(100, gfp), kfree)
KMALLOC_ATOMIC(kmalloc, kmalloc(100, gfp), kfree)
KMALLOC_CONTEXTS(kzalloc, kzalloc(100, gfp), kfree)
KMALLOC_ATOMIC(kzalloc, kzalloc(20000, gfp), kfree)
KMALLOC_CONTEXTS(kmalloc_node, kmalloc_node(100, gfp, 0), kfree)
KMALLOC_ATOMIC(kmalloc_node, kmalloc_node(100, gfp, 0), kfree)
KMALLOC_CONTEXTS(kzalloc_node, kzalloc_node(100, gfp, 0), kfree)
KMALLOC_ATOMIC(kzalloc_node, kzalloc_node(100, gfp, 0), kfree)
KMALLOC_CONTEXTS(kmalloc_array, kmalloc_array(3, 100, gfp), kfree)
KMALLOC_ATOMIC(kmalloc_array, kmalloc_array(3, 100, gfp), kfree)
KMALLOC_CONTEXTS(kcalloc, kcalloc(3, 100, gfp), kfree)
KMALLOC_ATOMIC(kcalloc, kcalloc(3, 100, gfp), kfree)
KMALLOC_CONTEXTS(kmalloc_array_node, kmalloc_array_node(3, 100, gfp, 0), kfree)
KMALLOC_ATOMIC(kmalloc_array_node, kmalloc_array_node(3, 100, gfp, 0), kfree)
KMALLOC_CONTEXTS(kcalloc_node, kcalloc_node(3, 100, gfp, 0), kfree)
KMALLOC_ATOMIC(kcalloc_node, kcalloc_node(3, 100, gfp, 0), kfree)
KMALLOC_CONTEXTS(krealloc, krealloc(NULL, 30, gfp), kfree)
KMALLOC_ATOMIC(krealloc, krealloc(NULL, 30, gfp), kfree)
KMALLOC_CONTEXTS(krealloc_array, krealloc_array(NULL, 3, 30, gfp), kfree)
KMALLOC_ATOMIC(krealloc_array, krealloc_array(NULL, 3, 30, gfp), kfree)
KMALLOC_CONTEXTS(kmalloc_track_caller, kmalloc_track_caller(30, gfp), kfree)
KMALLOC_ATOMIC(kmalloc_track_caller, kmalloc_track_caller(30, gfp), kfree)
KMALLOC_CONTEXTS(kmalloc_node_track_caller, kmalloc_node_track_caller(30, gfp, 0), kfree)
KMALLOC_ATOMIC(kmalloc_node_track_caller, kmalloc_node_track_caller(30, gfp, 0), kfree)
KMALLOC_CONTEXTS(kvmalloc, kvmalloc(100, gfp), kvfree)
KMALLOC_CONTEXTS(kvzalloc, kvzalloc(100, gfp), kvfree)
KMALLOC_CONTEXTS(kvmalloc_node, kvmalloc_node(100, gfp, 0), kvfree)
KMALLOC_CONTEXTS(kvzalloc_node, kvzalloc_node(100, gfp, 0), kvfree)
KMALLOC_CONTEXTS(kvmalloc_array, kvmalloc_array(3, 100, gfp), kvfree)
KMALLOC_CONTEXTS(kvcalloc, kvcalloc(3, 100, gfp), kvfree)
KMALLOC_CONTEXTS(kvmalloc_array_node, kvmalloc_array_node(3, 100, gfp, 0), kvfree)
KMALLOC_CONTEXTS(kvcalloc_node, kvcalloc_node(3, 100, gfp, 0), kvfree)
KMALLOC_ATOMIC(kvmalloc, kvmalloc(100, gfp), kvfree)

/* -- zero -------------------------------------------------------------------------------------- */
#define ZERO_ROW(call, take)									\
	API(call, zero, "size 0 gives ZERO_SIZE_PTR")						\
	{											\
		size_t none = API_HIDDEN(0ul);							\
												\
		return (take) == ZERO_SIZE_PTR;							\
	}

ZERO_ROW(kmalloc, kmalloc(none, GFP_KERNEL))
ZERO_ROW(kzalloc, kzalloc(none, GFP_KERNEL))
ZERO_ROW(kmalloc_node, kmalloc_node(none, GFP_KERNEL, 0))
ZERO_ROW(kzalloc_node, kzalloc_node(none, GFP_KERNEL, 0))
ZERO_ROW(kmalloc_array, kmalloc_array(none, 8, GFP_KERNEL))
ZERO_ROW(kcalloc, kcalloc(8, none, GFP_KERNEL))
ZERO_ROW(kmalloc_array_node, kmalloc_array_node(8, none, GFP_KERNEL, 0))
ZERO_ROW(kcalloc_node, kcalloc_node(none, 3, GFP_KERNEL, 0))
ZERO_ROW(kmalloc_track_caller, kmalloc_track_caller(none, GFP_KERNEL))
ZERO_ROW(kmalloc_node_track_caller, kmalloc_node_track_caller(none, GFP_KERNEL, 0))
ZERO_ROW(kvmalloc, kvmalloc(none, GFP_KERNEL))
ZERO_ROW(kvzalloc, kvzalloc(none, GFP_KERNEL))
ZERO_ROW(kvmalloc_node, kvmalloc_node(none, GFP_KERNEL, 0))
ZERO_ROW(kvzalloc_node, kvzalloc_node(none, GFP_KERNEL, 0))
ZERO_ROW(kvmalloc_array, kvmalloc_array(none, 3, GFP_KERNEL))
ZERO_ROW(kvcalloc, kvcalloc(3, none, GFP_KERNEL))
ZERO_ROW(kvmalloc_array_node, kvmalloc_array_node(none, 3, GFP_KERNEL, 0))
ZERO_ROW(kvcalloc_node, kvcalloc_node(none, 3, GFP_KERNEL, 0))

/* -- overflow ---------------------------------------------------------------------------------- */
#define OVERFLOW_ROW(call, take)								\
	API(call, overflow, "a product that overflows is NULL, silently")			\
	{											\
		size_t half = HALF;								\
												\
		return !(take) && !api_said("WARNING");						\
	}

OVERFLOW_ROW(kmalloc_array, kmalloc_array(half, 2, GFP_KERNEL))
OVERFLOW_ROW(kcalloc, kcalloc(half, 2, GFP_KERNEL))
OVERFLOW_ROW(kmalloc_array_node, kmalloc_array_node(2, half, GFP_KERNEL, 0))
OVERFLOW_ROW(kcalloc_node, kcalloc_node(half, half, GFP_KERNEL, 0))
OVERFLOW_ROW(kvmalloc_array, kvmalloc_array(half, 2, GFP_KERNEL))
OVERFLOW_ROW(kvcalloc, kvcalloc(half, 2, GFP_KERNEL))
OVERFLOW_ROW(kvmalloc_array_node, kvmalloc_array_node(half, 2, GFP_KERNEL, 0))
OVERFLOW_ROW(kvcalloc_node, kvcalloc_node(2, half, GFP_KERNEL, 0))

/* -- failure ----------------------------------------------------------------------------------- */
#define FAILURE_ROW(call, take)									\
	API(call, failure, "NULL without memory")						\
	{											\
		gfp_t gfp = GFP_NOWAIT;								\
		void *got;									\
												\
		api_memory_out();								\
		got = take;									\
		api_memory_back();								\
		return !got;									\
	}

FAILURE_ROW(kmalloc, kmalloc(65536, gfp))
FAILURE_ROW(kzalloc, kzalloc(65536, gfp))
FAILURE_ROW(kmalloc_node, kmalloc_node(65536, gfp, 0))
FAILURE_ROW(kzalloc_node, kzalloc_node(65536, gfp, 0))
FAILURE_ROW(kmalloc_array, kmalloc_array(4, 65536, gfp))
FAILURE_ROW(kcalloc, kcalloc(4, 65536, gfp))
FAILURE_ROW(kmalloc_array_node, kmalloc_array_node(4, 65536, gfp, 0))
FAILURE_ROW(kcalloc_node, kcalloc_node(4, 65536, gfp, 0))
FAILURE_ROW(kmalloc_track_caller, kmalloc_track_caller(65536, gfp))
FAILURE_ROW(kmalloc_node_track_caller, kmalloc_node_track_caller(65536, gfp, 0))
FAILURE_ROW(kvmalloc, kvmalloc(65536, gfp))

/* -- limits and alignment ---------------------------------------------------------------------- */
API(kmalloc, limit, "4 MiB is served, a byte more is NULL and warned of")
{
	size_t most = API_HIDDEN(KMALLOC_MAX_SIZE);
	void *object = kmalloc(most, GFP_KERNEL);
	bool ok = object && !kmalloc(most + 1, GFP_KERNEL | __GFP_NOWARN);

	kfree(object);
	return ok && !api_said("WARNING");
}

API(kmalloc, align, "a power of two is aligned to itself, any size to 8")
{
	bool ok = true;

	for (size_t size = 1; size <= 65536; size++) {
		void *object;

		if (size > 600 && !is_power_of_2(size))
			continue;
		object = kmalloc(size, GFP_KERNEL);
		ok &= api_aligned(object, is_power_of_2(size) ? size : 8);
		ok &= ksize(object) >= size;
		kfree(object);
	}
	return ok;
}

API(kmalloc, other, "memory of GFP_DMA is below 16 MiB")
{
	void *object = kmalloc(300, GFP_KERNEL | GFP_DMA);
	bool ok = object && virt_to_phys(object) < 16ull << 20;

	kfree(object);
	return ok;
}

API(kmalloc, other, "GFP_DMA32 and highmem are stripped, with Linux's words")
{
	/* Told where new pages are taken. */
	void *object = kmalloc(30000, GFP_KERNEL | __GFP_HIGHMEM);
	bool ok = object && api_said("Unexpected gfp: ") && api_said("Fix your code!");

	kfree(object);
	return ok;
}

API(kzalloc, other, "the slot is zero whatever it held")
{
	void *object = kzalloc(72, GFP_KERNEL);
	bool ok = object && api_filled(object, 0, 72);

	memset(object, 5, 72);
	kfree(object);
	object = kzalloc(72, GFP_KERNEL);
	ok &= object && api_filled(object, 0, 72);
	kfree(object);
	return ok;
}

API(kcalloc, other, "zeroed")
{
	void *object = kcalloc(9, 9, GFP_KERNEL);
	bool ok = object && api_filled(object, 0, 81);

	kfree(object);
	return ok;
}

API(kcalloc_node, other, "zeroed")
{
	void *object = kcalloc_node(9, 9, GFP_KERNEL, NUMA_NO_NODE);
	bool ok = object && api_filled(object, 0, 81);

	kfree(object);
	return ok;
}

API(kmalloc_node, other, "the node is a wish: NUMA_NO_NODE is the nearest")
{
	void *object = kmalloc_node(50, GFP_KERNEL, NUMA_NO_NODE);

	kfree(object);
	return object;
}

/* -- krealloc ---------------------------------------------------------------------------------- */
API(krealloc, zero, "size 0 frees, and gives ZERO_SIZE_PTR")
{
	return krealloc(kmalloc(20, GFP_KERNEL), 0, GFP_KERNEL) == ZERO_SIZE_PTR;
}

API(krealloc, null, "NULL and ZERO_SIZE_PTR: as kmalloc()")
{
	void *one = krealloc(NULL, 20, GFP_KERNEL);
	void *two = krealloc(API_HIDDEN(ZERO_SIZE_PTR), 20, GFP_KERNEL);
	bool ok = ksize(one) >= 20 && ksize(two) >= 20;

	kfree(one);
	kfree(two);
	return ok;
}

API(krealloc, other, "keeps what fits into both, and zeroes what is new if always asked to")
{
	char *object = krealloc(NULL, 20, GFP_KERNEL | __GFP_ZERO);
	bool ok;

	if (!object)
		return false;
	memset(object, 1, 20);
	object = krealloc(object, 500, GFP_KERNEL | __GFP_ZERO);
	ok = object && api_filled(object, 1, 20) && api_filled(object + 20, 0, 480);
	object = krealloc(object, 10, GFP_KERNEL | __GFP_ZERO);
	ok &= object && api_filled(object, 1, 10);
	kfree(object);
	return ok;
}

API(krealloc, failure, "NULL, and the old block stays")
{
	char *object = kmalloc(20, GFP_KERNEL), *bigger;
	bool ok;

	if (!object)
		return false;
	memset(object, 4, 20);
	api_memory_out();
	bigger = krealloc(object, 65536, GFP_NOWAIT);
	api_memory_back();
	ok = !bigger && api_filled(object, 4, 20);
	kfree(object);
	return ok;
}

API(krealloc_array, overflow, "NULL, and the old block stays")
{
	char *object = kmalloc(20, GFP_KERNEL);
	bool ok;

	memset(object, 4, 20);
	ok = !krealloc_array(object, HALF, 2, GFP_KERNEL) && api_filled(object, 4, 20);
	kfree(object);
	return ok;
}

API(krealloc_array, zero, "0 elements: frees, ZERO_SIZE_PTR")
{
	return krealloc_array(kmalloc(20, GFP_KERNEL), API_HIDDEN(0ul), 8, GFP_KERNEL) ==
	       ZERO_SIZE_PTR;
}

/* -- giving back ------------------------------------------------------------------------------- */
#define FREE_ROWS(call, give)									\
	API(call, null, "NULL and ZERO_SIZE_PTR do nothing")					\
	{											\
		void *none = API_HIDDEN((void *)NULL), *zero = API_HIDDEN(ZERO_SIZE_PTR);	\
												\
		for (void *at = none; ; at = zero) {						\
			give;									\
			if (at == zero)								\
				return true;							\
		}										\
	}											\
	API_CONTEXTS(call, "PASH", "slab memory never sleeps", NULL)				\
	{											\
		void *at = kmalloc(64, GFP_ATOMIC);						\
												\
		give;										\
		return at;									\
	}

FREE_ROWS(kfree, kfree(at))
FREE_ROWS(kfree_sensitive, kfree_sensitive(at))
FREE_ROWS(kvfree, kvfree(at))
FREE_ROWS(kvfree_sensitive, kvfree_sensitive(at, at && at != ZERO_SIZE_PTR ? 64 : 0))

API(kfree, other, "also objects of a cache, and whole pages of kmalloc()")
{
	struct kmem_cache *cache = kmem_cache_create("api-kfree", 40, 0, 0, NULL);

	if (!cache)
		return false;
	kfree(kmem_cache_alloc(cache, GFP_KERNEL));
	kfree(kmalloc(100000, GFP_KERNEL));
	kmem_cache_destroy(cache);
	return true;
}

API(kfree, other, "what no allocation returned is told and left alone")
{
	static char mine[64];

	kfree(API_HIDDEN((void *)mine));
	return api_said("object pointer") || api_told("invalid-free");
}

API(kfree_sensitive, other, "wipes the whole slot before it goes")
{
	/* The slot of a cache that is asked for again at once is the one freed last. */
	char *object = kmalloc(1000, GFP_KERNEL), *again;
	bool ok;

	memset(object, 9, 1000);
	kfree_sensitive(object);
	again = kmalloc(1000, GFP_KERNEL);
	ok = again != object || api_filled(again + sizeof(void *) * 2, 0, 400);
	kfree(again);
	return ok;
}

API(kfree_const, null, "NULL does nothing")
{
	kfree_const(API_HIDDEN((void *)NULL));
	return true;
}

API(kfree_const, other, "constants stay, copies go")
{
	const char *constant = kstrdup_const("a constant", GFP_KERNEL);
	char text[] = "built";
	const char *copy = kstrdup_const(text, GFP_KERNEL);
	bool ok = constant && copy && copy != text && !strcmp(copy, "built");

	kfree_const(constant);
	kfree_const(copy);
	return ok;
}

API(kfree_bulk, zero, "no objects: nothing")
{
	kfree_bulk(API_HIDDEN(0ul), NULL);
	return true;
}

API(kfree_bulk, other, "objects of several caches and of whole pages at once")
{
	void *objects[4] = { kmalloc(8, GFP_KERNEL), kmalloc(8, GFP_KERNEL),
			     kmalloc(700, GFP_KERNEL), kmalloc(40000, GFP_KERNEL) };
	bool ok = objects[0] && objects[1] && objects[2] && objects[3];

	kfree_bulk(4, objects);
	return ok;
}

/* -- sizes ------------------------------------------------------------------------------------- */
API(ksize, null, "0 for NULL and ZERO_SIZE_PTR")
{
	return !ksize(API_HIDDEN((void *)NULL)) && !ksize(API_HIDDEN(ZERO_SIZE_PTR));
}

API(ksize, other, "the slot of the size class; all of it may be used")
{
	static const struct { size_t asked, slot; } cases[] = {
		{ 1, 8 }, { 9, 16 }, { 65, 96 }, { 97, 128 }, { 129, 192 }, { 193, 256 },
		{ 4097, 8192 }, { 8193, 16384 },
	};
	bool ok = true;

	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		void *object = kmalloc(API_HIDDEN(cases[i].asked), GFP_KERNEL);

		ok &= ksize(object) == cases[i].slot;
		memset(object, 1, cases[i].slot);
		kfree(object);
	}
	return ok;
}

API(kmalloc_size_roundup, zero, "0 stays 0")
{
	return kmalloc_size_roundup(API_HIDDEN(0ul)) == 0;
}

API(kmalloc_size_roundup, limit, "the slot kmalloc() would give; too large stays as it is")
{
	size_t huge = API_HIDDEN(SIZE_MAX - 10);

	return kmalloc_size_roundup(API_HIDDEN(65ul)) == 96 &&
	       kmalloc_size_roundup(API_HIDDEN(5000ul)) == 8192 &&
	       kmalloc_size_roundup(API_HIDDEN(20000ul)) == 32768 &&
	       kmalloc_size_roundup(huge) == huge;
}

/* -- kvmalloc ---------------------------------------------------------------------------------- */
API(kvmalloc, limit, "above kmalloc's limit from vmalloc(); above INT_MAX NULL and a warning")
{
	void *object = kvmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL);
	bool ok = is_vmalloc_addr(object);

	kvfree(object);
	return ok && !kvmalloc(API_HIDDEN((size_t)INT_MAX + 1), GFP_KERNEL | __GFP_NOWARN);
}

API(kvmalloc, other, "a gfp that may not sleep never reaches vmalloc()")
{
	return !kvmalloc(API_HIDDEN(KMALLOC_MAX_SIZE + 1), GFP_NOWAIT);
}

API(kvzalloc, other, "zeroed on both roads")
{
	bool ok = true;

	for (size_t bytes = 100; bytes < 2 * KMALLOC_MAX_SIZE; bytes = bytes * 300 + 7) {
		char *object = kvzalloc(bytes, GFP_KERNEL);

		ok &= object && api_filled(object, 0, bytes);
		kvfree(object);
	}
	return ok;
}

API(kvcalloc, other, "zeroed")
{
	char *object = kvcalloc(100, 100, GFP_KERNEL);
	bool ok = object && api_filled(object, 0, 10000);

	kvfree(object);
	return ok;
}

static void *area;

static void area_make(void)
{
	area = kvmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL);
}

API_CONTEXTS(kvfree, "PSH", "memory of vmalloc() may sleep, but an interrupt leaves it to later",
	     area_make)
{
	kvfree(area);
	return area;
}

API(kvrealloc, zero, "size 0 frees, ZERO_SIZE_PTR")
{
	return kvrealloc(kvmalloc(20, GFP_KERNEL), 0, GFP_KERNEL) == ZERO_SIZE_PTR;
}

API(kvrealloc, null, "NULL: as kvmalloc()")
{
	void *object = kvrealloc(NULL, 300, GFP_KERNEL);

	kvfree(object);
	return object;
}

API(kvrealloc, other, "keeps the content across both kinds")
{
	char *object = kvmalloc(3000, GFP_KERNEL);
	bool ok;

	if (!object)
		return false;
	memset(object, 6, 3000);
	object = kvrealloc(object, KMALLOC_MAX_SIZE + 1, GFP_KERNEL);
	ok = object && is_vmalloc_addr(object) && api_filled(object, 6, 3000);
	kvfree(object);
	return ok;
}

API_CONTEXTS(kvrealloc, "P", "GFP_KERNEL may sleep", NULL)
{
	void *object = kvrealloc(NULL, 50, GFP_KERNEL);

	kvfree(object);
	return object;
}
