/* SPDX-License-Identifier: MIT */
/*
 * guard.c - objects that end where a page without access begins, for code that is not instrumented
 *
 * Owns: slab_guards, set before boot.  With it every object of kmalloc() has a block of pages of
 * its own (large.c), and every slab of a cache one object.
 * G1  An object ends at the end of a page, as far as its alignment lets it: within 8 bytes for
 *     kmalloc(), behind a link word for a cache with a constructor or SLAB_TYPESAFE_BY_RCU.
 * G2  The pages behind that, at least one, have no access from slab_make() or large_alloc() until
 *     the block goes back.  When the host has no more mappings an object goes without, and one line
 *     says so.
 * G3  Debug caches (slab_debug=) keep their own layout: no guard.
 * Lock: none; a block belongs to whoever makes or ends it.  Nothing here sleeps.
 */
#include <linux/mm.h>
#include <linux/printk.h>
#include "slab/slab.h"
#include "slab/slab_room.h"

#define WORD	((u32)sizeof(void *))

bool slab_guards;

/* -- objects with a block of their own --------------------------------------------------------- */

unsigned int guard_order(size_t bytes)
{
	return get_order(PAGE_ALIGN(bytes) + PAGE_SIZE);
}

void *guard_place(const struct page *page, size_t bytes)
{
	return (char *)frame_address(page) + PAGE_ALIGN(bytes) - ALIGN(bytes, WORD);
}

/* -- slabs of one object ----------------------------------------------------------------------- */

/* Bytes of a slab that its object may lie in; the rest is behind the fence. */
static size_t inner_bytes(const struct slab_layout *layout)
{
	return PAGE_ALIGN(layout->first + layout->need);
}

void guard_layout(struct slab_layout *layout, u32 size, bool has_link_behind)
{
	u32 body = ALIGN(size, WORD);

	layout->is_guarded = true;
	layout->inuse = body;
	layout->link = has_link_behind ? body : 0;
	layout->need = has_link_behind ? body + WORD : body;
	layout->end = layout->need;
	layout->least_order = get_order(PAGE_ALIGN(layout->need) + PAGE_SIZE);
	layout->first = (PAGE_ALIGN(layout->need) - layout->need) & ~(layout->align - 1);
	layout->slot = PAGE_SIZE << layout->least_order;
	layout->order = layout->least_order;
}

/* -- the fence --------------------------------------------------------------------------------- */

/* Pages from @inner bytes on, to the end of the block. */
static void fence(const struct page *page, size_t inner, bool is_closed)
{
	size_t outer = (PAGE_SIZE << page->order) - inner;

	if (!outer)
		return;
	if (km_port_guard((char *)frame_address(page) + inner, outer >> PAGE_SHIFT, is_closed))
		pr_warn_once("guard: the host has no more mappings: an object goes without\n");
}

void guard_fence_large(const struct page *page, bool is_closed)
{
	fence(page, PAGE_ALIGN(page->index), is_closed);
}

void guard_fence_slab(const struct slab_layout *layout, const struct page *slab, bool is_closed)
{
	if (layout->is_guarded)
		fence(slab, inner_bytes(layout), is_closed);
}

size_t slab_guarded(const void *object, void **ret_base)
{
	struct page *page = frame_of(object), *head = page ? frame_head(page) : NULL;

	if (!slab_guards || !head)
		return 0;
	*ret_base = frame_address(head);
	if (head->owner == PAGE_OWNER_LARGE)
		return PAGE_ALIGN(head->index);
	if (head->owner == PAGE_OWNER_SLAB && head->slab_cache->layout.is_guarded)
		return inner_bytes(&head->slab_cache->layout);
	return 0;
}
