/* SPDX-License-Identifier: MIT */
/*
 * harden.c - free lists that cannot be guessed, or led astray
 *
 * Owns: slab_hardened (links mixed with a secret: link_read(), link_write()) and slab_random (the
 * order of a new slab's objects), both for all caches made after boot.
 * H1  A hardened cache is CACHE_SINGLE: per-CPU lists have plain links, and nobody looks at them.
 * H2  Both draw from get_random_u64(): in sim the seed decides.
 * Lock: none.  Nothing sleeps.
 */
#include <linux/random.h>
#include "slab/slab.h"

bool slab_hardened, slab_random;

static void *nth_node(const struct kmem_cache *cache, const struct page *slab, u32 nr)
{
	return (char *)frame_address(slab) + cache->layout.first + cache->link +
	       (size_t)nr * cache->layout.slot;
}

/**
 * harden_shuffle() - free list of a new slab in random order
 *
 * Sattolo's shuffle makes one cycle of all objects, kept in the place of their links as indices; a
 * second walk turns indices into links.  It needs no memory of its own.
 */
void harden_shuffle(struct kmem_cache *cache, struct page *slab)
{
	u32 nr, count = slab->objects, first = get_random_u32_below(count);
	uintptr_t next;

	for (nr = 0; nr < count; nr++)
		*(uintptr_t *)nth_node(cache, slab, nr) = nr;
	for (nr = count - 1; nr > 0; nr--) {
		uintptr_t *mine = nth_node(cache, slab, nr);
		uintptr_t *other = nth_node(cache, slab, get_random_u32_below(nr));
		uintptr_t kept = *mine;

		*mine = *other;
		*other = kept;
	}
	slab->freelist = nth_node(cache, slab, first);
	for (nr = first; ; nr = next) {
		void *node = nth_node(cache, slab, nr);

		next = *(uintptr_t *)node;
		if (next == first) {
			link_write(cache, node, NULL);
			return;
		}
		link_write(cache, node, nth_node(cache, slab, next));
	}
}
