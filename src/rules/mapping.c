/* SPDX-License-Identifier: MIT */
/*
 * mapping.c - what devices have been given, and the last things they gave back
 *
 * Owns: one record for each mapping: of a piece, of an entry of a list, of coherent memory.
 * P1  Live records are on the list `live`, newest first; the ENDED_MOST latest others on `ended`.
 * P2  A record never moves in memory; records of the list `spare` are free.
 * Lock: rules_lock, held by the caller.  Nothing here sleeps.
 */
#include "rules/mapping.h"

#define ENDED_MOST	256

static struct mapping *live, *ended, *spare;
static unsigned int ended_count;

void mappings_forget(void)
{
	live = ended = spare = NULL;
	ended_count = 0;
}

struct mapping *mapping_add(void)
{
	struct mapping *mapping = spare;

	if (mapping)
		spare = mapping->next;
	else
		mapping = memory_carve(sizeof(*mapping));
	if (!mapping)
		return NULL;
	*mapping = (struct mapping){ .next = live };
	live = mapping;
	return mapping;
}

static bool is_meant(const struct mapping *mapping, const struct mapping_key *key)
{
	if (mapping->device != key->device)
		return false;
	if (key->list)
		return mapping->list == key->list;
	return mapping->address == key->address;
}

static unsigned int likeness(const struct mapping *mapping, const struct mapping_key *key)
{
	return 4 * (mapping->kind == key->call->kind) + 2 * (mapping->bytes == key->bytes) +
	       (mapping->direction == key->call->direction);
}

static struct mapping *best_of(struct mapping *first, const struct mapping_key *key)
{
	struct mapping *best = NULL;

	for (struct mapping *at = first; at; at = at->next)
		if (is_meant(at, key) && (!best || likeness(at, key) > likeness(best, key)))
			best = at;
	return best;
}

struct mapping *mapping_find(const struct mapping_key *key)
{
	return best_of(live, key);
}

struct mapping *mapping_ended(const struct mapping_key *key)
{
	return best_of(ended, key);
}

struct mapping *mapping_holding(const struct mapping_key *key)
{
	struct mapping *best = NULL;

	for (struct mapping *at = live; at; at = at->next)
		if (at->device == key->device && key->address - at->address < at->bytes &&
		    (!best || likeness(at, key) > likeness(best, key)))
			best = at;
	return best;
}

struct mapping *mapping_of_memory(uintptr_t memory)
{
	struct mapping *at = live;

	while (at && (at->kind != KM_DMA_COHERENT || at->memory != memory))
		at = at->next;
	return at;
}

bool mappings_exist(void)
{
	return live != NULL;
}

static void ended_trim(void)
{
	struct mapping **link = &ended;

	if (ended_count <= ENDED_MOST)
		return;
	while ((*link)->next)
		link = &(*link)->next;
	(*link)->next = spare;
	spare = *link;
	*link = NULL;
	ended_count--;
}

void mapping_end(struct mapping *mapping, uint32_t stack)
{
	struct mapping **link = &live;

	while (*link != mapping)
		link = &(*link)->next;
	*link = mapping->next;
	mapping->end_stack = stack;
	mapping->next = ended;
	ended = mapping;
	ended_count++;
	ended_trim();
}

void mapping_end_list(const void *device, const void *list, uint32_t stack)
{
	struct mapping *at = live;

	while (at) {
		struct mapping *next = at->next;

		if (at->device == device && at->list == list)
			mapping_end(at, stack);
		at = next;
	}
}

void mapping_test(const void *device, uint64_t address)
{
	for (struct mapping *at = live; at; at = at->next)
		if (at->device == device && at->address == address)
			at->is_tested = true;
}

void mapping_free(uintptr_t start, size_t bytes, uint32_t stack)
{
	for (struct mapping *at = live; at; at = at->next)
		if (at->kind != KM_DMA_COHERENT && at->memory && !at->free_stack &&
		    at->memory < start + bytes && start < at->memory + at->bytes)
			at->free_stack = stack;
}
