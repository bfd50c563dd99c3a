/* SPDX-License-Identifier: MIT */
/*
 * shelf.c - slots of one size in whole pages: memory for shrinkers, which exist before slab does
 *
 * Owns: the pages of the shelf.
 * L1  A page begins with its header; slot i is taken when bit i of header.taken is set.
 * L2  Pages with a free slot are on the open list; a page whose last slot comes back is given back.
 * Lock: shelf.lock.  Only shelf_take() may sleep, and only outside the lock.
 */
#include "reclaim/reclaim.h"

#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <base/assert.h>
#include <kern/spin.h>
#include <page/page_room.h>

struct shelf_page {
	struct list_head list;
	u64 taken;
};

static struct {
	struct km_spin lock;
	struct list_head open;
	size_t bytes;
	unsigned int slots;		/* in a page */
} shelf;

#define HEADER_BYTES	((sizeof(struct shelf_page) + 15) & ~15ul)

void shelf_boot(size_t bytes)
{
	shelf.lock = (struct km_spin) KM_SPIN_INIT;
	INIT_LIST_HEAD(&shelf.open);
	shelf.bytes = (bytes + 15) & ~15ul;
	shelf.slots = (PAGE_SIZE - HEADER_BYTES) / shelf.bytes;
	KM_ASSERT(shelf.slots, "L1");
	if (shelf.slots > 64)
		shelf.slots = 64;
}

static bool is_full(const struct shelf_page *page)
{
	return (unsigned int)__builtin_popcountll(page->taken) == shelf.slots;
}

static void *slot_take_locked(struct shelf_page *page)
{
	unsigned int slot = __builtin_ctzll(~page->taken);

	page->taken |= 1ull << slot;
	if (is_full(page))
		list_del_init(&page->list);
	return (char *)page + HEADER_BYTES + slot * shelf.bytes;
}

/* A slot of a page that is there, or of @fresh, which then belongs to the shelf. */
static void *slot_take(struct shelf_page **fresh)
{
	unsigned long irq = km_spin_lock(&shelf.lock);
	void *slot = NULL;

	if (list_empty(&shelf.open) && *fresh) {
		list_add(&(*fresh)->list, &shelf.open);
		*fresh = NULL;
	}
	if (!list_empty(&shelf.open))
		slot = slot_take_locked(list_first_entry(&shelf.open, struct shelf_page, list));
	km_spin_unlock(&shelf.lock, irq);
	return slot;
}

void *shelf_take(void)
{
	struct shelf_page *fresh = NULL;
	void *slot = slot_take(&fresh);

	if (!slot) {
		struct page *page = page_take(GFP_KERNEL, 0, PAGE_OWNER_PAGES);

		if (!page)
			return NULL;
		fresh = frame_address(page);
		fresh->taken = 0;
		slot = slot_take(&fresh);
		if (fresh)	/* others gave a slot back meanwhile */
			page_give(page, 0);
	}
	memset(slot, 0, shelf.bytes);
	return slot;
}

void shelf_give(void *slot)
{
	struct shelf_page *page = (void *)((uintptr_t)slot & PAGE_MASK);
	unsigned int number = ((char *)slot - (char *)page - HEADER_BYTES) / shelf.bytes;
	unsigned long irq = km_spin_lock(&shelf.lock);
	bool is_empty;

	if (is_full(page))
		list_add_tail(&page->list, &shelf.open);
	page->taken &= ~(1ull << number);
	is_empty = !page->taken;
	if (is_empty)
		list_del(&page->list);
	km_spin_unlock(&shelf.lock, irq);
	if (is_empty)
		page_give(frame_of(page), 0);
}

void shelf_shutdown(void)
{
	KM_ASSERT(list_empty(&shelf.open), "L2");
}
