// SPDX-License-Identifier: MIT
/* buckets.c - rows of kmem_buckets and of accounting; see api.h */
#include "api.h"

/* One set for all rows: Linux has no call that ends one. */
static kmem_buckets *set;

static void set_make(void)
{
	if (!set)
		set = kmem_buckets_create("api_set", 0, 0, 8, NULL);
}

API(kmem_buckets_create, other, "a set serves without kmalloc's caches")
{
	void *object, *other = kmalloc(64, GFP_KERNEL);
	bool ok;

	api_may_leave();
	set_make();
	object = kmem_buckets_alloc(set, 64, GFP_KERNEL);
	ok = set && object && other && ksize(object) == 64;
	kfree(object);
	kfree(other);
	return ok;
}

API(kmem_buckets_create, null, "no name gives NULL")
{
	return !kmem_buckets_create(API_HIDDEN((const char *)NULL), 0, 0, 0, NULL);
}

API(kmem_buckets_create, limit, "flags that no cache has give NULL")
{
	return !kmem_buckets_create("api_wrong", 1u << 31, 0, 0, NULL);
}

API(kmem_buckets_create, failure, "NULL without memory")
{
	static kmem_buckets *sets[40];
	unsigned int count = 0;

	api_may_leave();
	api_memory_out();
	/* A few more fit into pages that caches have already. */
	while (count < 40 && (sets[count] = kmem_buckets_create("api_short", 0, 0, 0, NULL)))
		count++;
	api_memory_back();
	return count < 40;
}

API_CONTEXTS(kmem_buckets_alloc, "P", "GFP_KERNEL may sleep", set_make)
{
	void *object = kmem_buckets_alloc(set, 100, GFP_KERNEL);

	kfree(object);
	return object;
}

API_CONTEXTS(kmem_buckets_alloc, "PASH", "GFP_ATOMIC never sleeps", set_make)
{
	void *object = kmem_buckets_alloc(set, 100, GFP_ATOMIC);

	kfree(object);
	return object;
}

#define BUCKET_ROWS(call, give)									\
	API(call, zero, "size 0 gives ZERO_SIZE_PTR")						\
	{											\
		set_make();									\
		return call(set, API_HIDDEN((size_t)0), GFP_KERNEL) == ZERO_SIZE_PTR;		\
	}											\
	API(call, null, "no set: kmalloc's classes serve")					\
	{											\
		void *object = call(NULL, 100, GFP_KERNEL);					\
		bool ok = object && ksize(object) == 128;					\
												\
		give(object);									\
		return ok;									\
	}											\
	API(call, align, "a power of two is aligned to itself")				\
	{											\
		bool ok = true;									\
												\
		set_make();									\
		for (size_t size = 8; size <= 32768; size *= 2) {				\
			void *object = call(set, size, GFP_KERNEL | __GFP_ZERO);		\
												\
			ok &= api_aligned(object, size < 4096 ? size : 4096);			\
			ok &= object && api_filled(object, 0, size);				\
			give(object);								\
		}										\
		return ok;									\
	}											\
	API(call, failure, "NULL without memory")						\
	{											\
		void *object;									\
												\
		set_make();									\
		api_memory_out();								\
		object = call(set, 65536, GFP_ATOMIC | __GFP_NOWARN);				\
		api_memory_back();								\
		return !object;									\
	}
BUCKET_ROWS(kmem_buckets_alloc, kfree)
BUCKET_ROWS(kmem_buckets_alloc_track_caller, kfree)
BUCKET_ROWS(kmem_buckets_valloc, kvfree)

API(kmem_buckets_alloc, limit, "above KMALLOC_MAX_SIZE: NULL and a warning")
{
	set_make();
	return !kmem_buckets_alloc(set, API_HIDDEN(KMALLOC_MAX_SIZE + 1), GFP_KERNEL);
}

API(kmem_buckets_valloc, limit, "above KMALLOC_MAX_SIZE vmalloc serves")
{
	void *object;

	set_make();
	object = kmem_buckets_valloc(set, API_HIDDEN(KMALLOC_MAX_SIZE + 1), GFP_KERNEL);
	kvfree(object);
	return object && is_vmalloc_addr(object);
}

API_CONTEXTS(kmem_buckets_alloc_track_caller, "P", "GFP_KERNEL may sleep", set_make)
{
	void *object = kmem_buckets_alloc_track_caller(set, 100, GFP_KERNEL);

	kfree(object);
	return object;
}

API_CONTEXTS(kmem_buckets_valloc, "P", "GFP_KERNEL may sleep", set_make)
{
	void *object = kmem_buckets_valloc(set, 100, GFP_KERNEL);

	kvfree(object);
	return object;
}

API_CONTEXTS(kmem_cache_charge, "PASH", "charges nobody, and says so", NULL)
{
	void *object = kmalloc(64, GFP_ATOMIC);
	bool ok = kmem_cache_charge(object, GFP_ATOMIC | __GFP_ACCOUNT);

	kfree(object);
	return ok;
}
