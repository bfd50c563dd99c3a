/* SPDX-License-Identifier: MIT */
/*
 * depot.c - call stacks of tracked objects, each different one kept once
 *
 * Owns: the records, the table by hash. A number is the index of a record's page and its place
 *       there.
 * D1  A record never changes once it is in the table, and lives until shutdown: readers take no
 *     lock.
 * D2  When no page can be had, or DEPOT_PAGES are full, a new stack is not kept: number 0.
 * Lock: depot_lock.  Any context; pages are asked for without blocking and without the door.
 */
#include <linux/string.h>
#include "slab/debug.h"

#define DEPOT_PAGES	1024
#define DEPOT_SLOTS	1024
#define GRAIN		16u	/* records start at multiples of this */
#define GRAINS		((u32)PAGE_SIZE / GRAIN)

struct depot_record {
	struct depot_record *next;
	u32 hash;
	u32 number;
	unsigned long count;
	uintptr_t pcs[];
};

static struct depot_record *table[DEPOT_SLOTS];
static struct page *pages[DEPOT_PAGES];
static u32 page_count, page_used = PAGE_SIZE;
static struct km_spin depot_lock = KM_SPIN_INIT;

static u32 stack_hash(const uintptr_t *pcs, unsigned int count)
{
	u64 hash = count;

	while (count--)
		hash = (hash ^ *pcs++) * 0x9e3779b97f4a7c15ull;
	return hash >> 32;
}

static struct depot_record *depot_find(u32 hash, const uintptr_t *pcs, unsigned int count)
{
	struct depot_record *record = __atomic_load_n(&table[hash % DEPOT_SLOTS], __ATOMIC_ACQUIRE);

	for (; record; record = record->next)
		if (record->hash == hash && record->count == count &&
		    !memcmp(record->pcs, pcs, count * sizeof(*pcs)))
			return record;
	return NULL;
}

static struct depot_record *record_carve_locked(size_t bytes)
{
	struct depot_record *record;

	bytes = (bytes + GRAIN - 1) & ~(size_t)(GRAIN - 1);
	if (page_used + bytes > PAGE_SIZE) {
		struct page *page = NULL;

		if (page_count < DEPOT_PAGES)
			page = page_take(GFP_NOWAIT | __GFP_NOWARN, 0, PAGE_OWNER_PAGES);
		if (!page)
			return NULL;
		pages[page_count++] = page;
		page_used = 0;
	}
	record = (void *)((char *)frame_address(pages[page_count - 1]) + page_used);
	record->number = (page_count - 1) * GRAINS + page_used / GRAIN + 1;
	page_used += bytes;
	return record;
}

/**
 * depot_save() - the number of a stack
 */
u32 depot_save(const uintptr_t *pcs, unsigned int count)
{
	u32 hash = stack_hash(pcs, count);
	struct depot_record *record = depot_find(hash, pcs, count);
	unsigned long irq;

	if (record || !count)
		return record ? record->number : 0;
	irq = km_spin_lock(&depot_lock);
	record = depot_find(hash, pcs, count);
	if (!record)
		record = record_carve_locked(sizeof(*record) + count * sizeof(*pcs));
	else
		count = 0;
	if (record && count) {
		record->hash = hash;
		record->count = count;
		memcpy(record->pcs, pcs, count * sizeof(*pcs));
		record->next = table[hash % DEPOT_SLOTS];
		__atomic_store_n(&table[hash % DEPOT_SLOTS], record, __ATOMIC_RELEASE);
	}
	km_spin_unlock(&depot_lock, irq);
	return record ? record->number : 0;
}

/**
 * depot_get() - the stack behind a number
 * Return: how many addresses; 0 for number 0, or one that this depot never gave.
 */
unsigned int depot_get(u32 stack, const uintptr_t **ret_pcs)
{
	const struct depot_record *record;

	*ret_pcs = NULL;
	if (!stack || (stack - 1) / GRAINS >= page_count)
		return 0;
	record = (const void *)((char *)frame_address(pages[(stack - 1) / GRAINS]) +
				(stack - 1) % GRAINS * GRAIN);
	if (record->number != stack)
		return 0;
	*ret_pcs = record->pcs;
	return record->count;
}

/* Shutdown: nobody tracks any more. */
void depot_forget(void)
{
	while (page_count)
		page_give(pages[--page_count], 0);
	page_used = PAGE_SIZE;
	memset(table, 0, sizeof(table));
}
