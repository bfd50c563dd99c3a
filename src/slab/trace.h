/* SPDX-License-Identifier: MIT */
/*
 * trace.h - one random life of many objects against a model, for the tests of hot road and cold
 * twin
 *
 * Each object carries a pattern that only its model entry knows; any double hand-out or stray write
 * breaks one.
 */
#ifndef SLAB_TRACE_H
#define SLAB_TRACE_H

#include <linux/string.h>
#include "slab/slab.h"
#include "test.h"

#define TRACE_OBJECTS	400
#define TRACE_CACHES	4

struct trace_object {
	u8 *at;
	size_t bytes;
	u8 pattern;
	int cache;	/* -1: kmalloc */
};

struct trace {
	struct trace_object objects[TRACE_OBJECTS];
	struct kmem_cache *caches[TRACE_CACHES];
	u64 results;	/* hash of all that a caller could see, addresses apart */
};

static u32 trace_ctors;

static void trace_ctor(void *object)
{
	*(u32 *)object = 0xc0de;
	trace_ctors++;
}

static void trace_see(struct trace *trace, u64 value)
{
	trace->results = (trace->results ^ value) * 0x9e3779b97f4a7c15ull;
	trace->results ^= trace->results >> 29;
}

static bool trace_open(struct trace *trace)
{
	static const struct {
		u32 size;
		slab_flags_t flags;
		void (*ctor)(void *);
	} kinds[TRACE_CACHES] = {
		{ 24, 0, NULL },
		{ 200, SLAB_HWCACHE_ALIGN, NULL },
		{ 72, 0, trace_ctor },
		{ 1500, SLAB_TYPESAFE_BY_RCU, NULL },
	};
	static const char *const names[TRACE_CACHES] = { "trace-24", "trace-200", "trace-ctor",
							 "trace-rcu" };

	memset(trace, 0, sizeof(*trace));
	for (int i = 0; i < TRACE_CACHES; i++) {
		trace->caches[i] = kmem_cache_create(names[i], kinds[i].size, 0, kinds[i].flags,
						     kinds[i].ctor);
		if (!trace->caches[i])
			return false;
	}
	return true;
}

static void trace_fill(struct trace_object *object)
{
	object->pattern = km_test_random();
	memset(object->at, object->pattern, object->bytes);
}

static void trace_check(const struct trace_object *object)
{
	for (size_t i = 0; i < object->bytes; i++)
		if (object->at[i] != object->pattern) {
			km_test_fail_eq(__FILE__, __LINE__, "pattern", object->at[i],
					object->pattern);
			return;
		}
}

static size_t trace_size(void)
{
	size_t size = 1 + km_test_random_below(8ull << km_test_random_below(12));

	return km_test_random_below(50) ? size : 8192 + km_test_random_below(60000);
}

static void trace_alloc(struct trace *trace, struct trace_object *object)
{
	gfp_t gfp = km_test_random_below(2) ? GFP_KERNEL : GFP_ATOMIC;

	object->cache = (int)km_test_random_below(2 * TRACE_CACHES) - TRACE_CACHES;
	if (object->cache >= 0) {
		object->bytes = kmem_cache_size(trace->caches[object->cache]);
		object->at = kmem_cache_alloc(trace->caches[object->cache], gfp);
		if (object->cache == 2 && object->at)
			trace_see(trace, *(u32 *)object->at);
	} else {
		object->bytes = trace_size();
		if (km_test_random_below(3) == 0)
			gfp |= __GFP_ZERO;
		object->at = kmalloc(object->bytes, gfp);
		if (gfp & __GFP_ZERO && object->at)
			trace_see(trace, object->at[0] | object->at[object->bytes - 1]);
	}
	trace_see(trace, (object->at != NULL) | object->bytes << 1);
	if (object->at)
		trace_fill(object);
}

static void trace_free(struct trace *trace, struct trace_object *object)
{
	trace_check(object);
	if (object->cache == 2)
		*(u32 *)object->at = 0xc0de;
	if (object->cache >= 0 && km_test_random_below(4))
		kmem_cache_free(trace->caches[object->cache], object->at);
	else
		kfree(object->at);
	object->at = NULL;
}

static void trace_resize(struct trace *trace, struct trace_object *object)
{
	size_t bytes = trace_size(), kept = bytes < object->bytes ? bytes : object->bytes;
	u8 *at;

	trace_check(object);
	at = krealloc(object->at, bytes, GFP_KERNEL);
	trace_see(trace, at != NULL);
	if (!at)
		return;
	object->at = at;
	object->bytes = kept;
	trace_check(object);
	object->bytes = bytes;
	trace_fill(object);
}

static void trace_run(struct trace *trace, unsigned int steps)
{
	while (steps--) {
		struct trace_object *object = &trace->objects[km_test_random_below(TRACE_OBJECTS)];

		if (!object->at)
			trace_alloc(trace, object);
		else if (object->cache < 0 && km_test_random_below(4) == 0)
			trace_resize(trace, object);
		else
			trace_free(trace, object);
	}
}

static void trace_close(struct trace *trace)
{
	for (int i = 0; i < TRACE_OBJECTS; i++)
		if (trace->objects[i].at)
			trace_free(trace, &trace->objects[i]);
	for (int i = 0; i < TRACE_CACHES; i++) {
		CHECK_EQ(slab_cache_objects_out(trace->caches[i]), 0);
		kmem_cache_destroy(trace->caches[i]);
	}
}

#endif
