/* SPDX-License-Identifier: MIT */
/*
 * hint.c - what users tell the scanner of leaks: linux/kmemleak.h
 *
 * Owns: the blocks of kmemleak_alloc(), the areas of kmemleak_scan_area(), object->hints.
 * H1  Hints live as long as the record of the object they are about; a new object has none.
 * H2  An address that no record knows is no error: the object may not be watched.
 * Lock: rules_lock.  Nothing here sleeps.
 */
#include "rules/leak_scan.h"

static struct hint_block *blocks;
static struct hint_area *areas;

void hint_forget(void)
{
	blocks = NULL;
	areas = NULL;
}

/* -- blocks ----------------------------------------------------------------------------------- */

/* A per-CPU pointer is no address: it may look like that of a variable. */
static bool block_is_there(const struct hint_block *block)
{
	const struct object *object = object_around(block->start);

	return block->bytes && (!object || object->state == OBJECT_LIVE ||
				object->family == KM_FAMILY_PERCPU);
}

struct hint_block *hint_blocks(void)
{
	struct hint_block **link = &blocks;

	while (*link) {
		if (block_is_there(*link))
			link = &(*link)->next;
		else
			*link = (*link)->next;
	}
	return blocks;
}

static void block_add_locked(const struct km_event *event, uint32_t stack)
{
	uintptr_t start = (uintptr_t)event->object;
	struct hint_block *block = object_at(start) ? NULL : memory_carve(sizeof(*block));

	/* What has a record already needs no second one. */
	if (!block)
		return;
	*block = (struct hint_block){ .next = blocks, .start = start, .bytes = event->bytes,
				      .least = (int)event->usable, .stack = stack };
	blocks = block;
}

/* [@start, @start + @bytes) is no longer the block's; what lies behind it stays one of its own. */
static void block_cut_locked(struct hint_block *block, uintptr_t start, size_t bytes)
{
	uintptr_t end = block->start + block->bytes, cut_end = start + bytes;
	struct hint_block *rest;

	if (start <= block->start) {
		block->start = cut_end < end ? cut_end : end;
		block->bytes = end - block->start;
		return;
	}
	block->bytes = start - block->start;
	rest = cut_end < end ? memory_carve(sizeof(*rest)) : NULL;
	if (!rest)
		return;
	*rest = *block;
	rest->start = cut_end;
	rest->bytes = end - cut_end;
	block->next = rest;
}

/* @bytes 0: all of the block that starts there. */
static void block_free_locked(uintptr_t start, size_t bytes)
{
	for (struct hint_block *block = blocks; block; block = block->next) {
		if (!bytes && block->start == start)
			block->bytes = 0;
		else if (bytes && start < block->start + block->bytes &&
			 block->start < start + bytes)
			block_cut_locked(block, start, bytes);
	}
}

static struct hint_block *block_at(uintptr_t start)
{
	struct hint_block *block = blocks;

	while (block && (block->start != start || !block->bytes))
		block = block->next;
	return block;
}

/* -- areas ------------------------------------------------------------------------------------ */

const struct hint_area *hint_area_next(const struct object *object, const struct hint_area *area)
{
	area = area ? area->next : areas;
	while (area && area->object != object->start)
		area = area->next;
	return area;
}

static void areas_drop_locked(uintptr_t object)
{
	struct hint_area **link = &areas;

	while (*link) {
		if ((*link)->object == object)
			*link = (*link)->next;
		else
			link = &(*link)->next;
	}
}

static void area_add_locked(struct object *object, uintptr_t start, size_t bytes)
{
	struct hint_area *area = memory_carve(sizeof(*area));

	if (!area)
		return;
	/* H1: those of an earlier object at this address. */
	if (!(object->hints & HINT_AREAS))
		areas_drop_locked(object->start);
	object->hints |= HINT_AREAS;
	*area = (struct hint_area){ areas, object->start, start, bytes };
	areas = area;
}

/* -- hints ------------------------------------------------------------------------------------ */

static void block_hint_locked(const struct km_event *event, uint32_t stack)
{
	struct hint_block *block = block_at((uintptr_t)event->object);

	if (!block)
		return;
	if (event->order == KM_LEAK_UPDATE_TRACE)
		block->stack = stack;
	else if (event->order == KM_LEAK_NOT_LEAK || event->order == KM_LEAK_IGNORE)
		block->least = 0;
}

static void object_hint_locked(struct object *object, const struct km_event *event, uint32_t stack)
{
	switch ((enum km_leak_hint)event->order) {
	case KM_LEAK_NOT_LEAK:
		object->hints |= HINT_EXCUSED;
		break;
	case KM_LEAK_IGNORE:
		object->hints |= HINT_EXCUSED | HINT_BLIND;
		break;
	case KM_LEAK_TRANSIENT:
		object->hints |= HINT_TRANSIENT;
		break;
	case KM_LEAK_NO_SCAN:
		object->hints |= HINT_BLIND;
		break;
	case KM_LEAK_UPDATE_TRACE:
		if (stack)
			object->alloc_stack = stack;
		break;
	default:
		break;
	}
}

void hint_see(const struct km_event *event)
{
	uintptr_t start = (uintptr_t)event->object;
	struct object *object;
	unsigned long irq;
	uint32_t number;

	number = stack_number(event->frame, event->caller);
	irq = km_spin_lock(&rules_lock);
	if (event->order == KM_LEAK_ALLOC) {
		block_add_locked(event, number);
	} else if (event->order == KM_LEAK_FREE || event->order == KM_LEAK_FREE_PART) {
		block_free_locked(start, event->bytes);
	} else if (event->order == KM_LEAK_SCAN_AREA) {
		object = object_around(start);
		if (object && object->state == OBJECT_LIVE)
			area_add_locked(object, start, event->bytes);
	} else {
		object = object_at(start);
		if (object && object->state == OBJECT_LIVE)
			object_hint_locked(object, event, number);
		block_hint_locked(event, number);
	}
	km_spin_unlock(&rules_lock, irq);
}
