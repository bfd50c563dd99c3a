/* SPDX-License-Identifier: MIT */
/*
 * slab.h - what Linux's own tests of the slab allocator take from its inner header
 *
 * lib/slub_kunit.c includes "../mm/slab.h": put a link to the test into a folder lib beside a
 * folder mm with this file, or force this file's inclusion, whose guard is the kernel's.
 */
#ifndef MM_SLAB_H
#define MM_SLAB_H

#include <linux/slab.h>

/* The front of a cache; the rest is the allocator's. */
struct kmem_cache {
	unsigned int traits;
	unsigned int offset;		/* of the link of a free object, from its start */
	unsigned int object_size;
	slab_flags_t flags;
};

/**
 * validate_slab_cache() - look at every object that can be reached, report and mend what is wrong
 *
 * Slabs that have free objects; full ones too with SLAB_STORE_USER.
 *
 * Context: task context, may sleep.   Cost: linear in the objects, with the node's lock held.
 * Return:  how many slabs were looked at, or -ENOMEM.
 */
long validate_slab_cache(struct kmem_cache *cache) KM_SYM(validate_slab_cache);

/*
 * Reports of a KUnit test: with @is_error, one error was found: count it, if the running test
 * counts slab errors. Return: whether it does; then nothing is printed. NULL (as at start) where
 * there is no KUnit.
 */
extern bool (*km_slab_kunit)(bool is_error) KM_SYM(slab_kunit);

#endif
