/* SPDX-License-Identifier: MIT */
/* count_test.h - what is out of all caches, for tests that nothing stays behind */
#ifndef SLAB_COUNT_TEST_H
#define SLAB_COUNT_TEST_H

#include "slab/slab_room.h"

static __maybe_unused unsigned long objects_out(void)
{
	unsigned long count = 0;

	for (struct kmem_cache *cache = slab_cache_next(NULL); cache;
	     cache = slab_cache_next(cache))
		count += slab_cache_objects_out(cache);
	return count;
}

#endif
