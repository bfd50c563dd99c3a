/* SPDX-License-Identifier: MIT */
/*
 * traces.c - alloc_traces and free_traces: who holds the objects of a cache, most first
 *
 * As Linux shows them in debugfs, for caches with SLAB_STORE_USER: one block a place, the number
 * of objects that are out, the bytes wasted by asking for less than a slot has, ages in jiffies,
 * tasks, CPUs, memory nodes, then the stack.  free_traces tells who freed them in
 * their life before.
 * Lock: each node's while its slabs are walked.  May sleep: for the table, before the walk.
 */
#include <linux/bitmap.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sort.h>
#include <linux/sprintf.h>
#include <linux/topology.h>
#include "slab/debug.h"

struct place {
	uintptr_t addr;
	u32 stack;
	unsigned long waste, count, min_age, max_age;
	u64 sum_age;
	long min_pid, max_pid;
	DECLARE_BITMAP(cpus, KM_MAX_CPUS);
	DECLARE_BITMAP(nodes, MAX_NUMNODES);
};

struct table {
	unsigned long *free;		/* a page: a bit for each object of a slab */
	struct place *places;
	unsigned int count, room;
};

static struct place *table_find(struct table *table, const struct track *track, unsigned long waste)
{
	unsigned int i;

	for (i = 0; i < table->count; i++)
		if (table->places[i].addr == track->addr &&
		    table->places[i].stack == track->stack && table->places[i].waste == waste)
			return &table->places[i];
	if (table->count == table->room)
		return NULL;
	table->places[table->count] = (struct place) {
		.addr = track->addr, .stack = track->stack, .waste = waste,
		.min_age = ~0ul, .min_pid = track->pid, .max_pid = track->pid,
	};
	return &table->places[table->count++];
}

static bool table_add(struct table *table, const struct track *track, unsigned long waste, int nid)
{
	struct place *place = table_find(table, track, waste);
	unsigned long age = jiffies - track->when;

	if (!place)
		return false;
	place->count++;
	if (track->addr) {
		place->sum_age += age;
		place->min_age = min(place->min_age, age);
		place->max_age = max(place->max_age, age);
		place->min_pid = min(place->min_pid, (long)track->pid);
		place->max_pid = max(place->max_pid, (long)track->pid);
		__set_bit(track->cpu, place->cpus);
	}
	__set_bit(nid, place->nodes);
	return true;
}

static bool walk_slab(struct table *table, const struct kmem_cache *cache,
		      const struct page *slab, enum track_id id)
{
	char *first = (char *)frame_address(slab) + cache->layout.first, *object = first;
	unsigned int i;
	void *node;

	bitmap_zero(table->free, slab->objects);
	for (node = slab->freelist; node && check_node(cache, slab, node);
	     node = link_read(cache, node)) {
		unsigned int nr = ((char *)node_object(cache, node) - first) / cache->layout.slot;

		if (__test_and_set_bit(nr, table->free))
			break;
	}
	for (i = 0; i < slab->objects; i++, object += cache->layout.slot) {
		unsigned long waste = id == TRACK_ALLOC ?
			cache->object_size - object_asked(cache, object) : 0;

		if (!test_bit(i, table->free) &&
		    !table_add(table, object_track(cache, object, id), waste, page_to_nid(slab)))
			return false;
	}
	return true;
}

static bool walk_node(struct table *table, const struct kmem_cache *cache,
		      struct slab_node *node, enum track_id id)
{
	unsigned long irq = km_spin_lock(&node->lock);
	const struct page *slab;
	bool fits = true;

	list_for_each_entry(slab, &node->partial, slab_list)
		fits = fits && walk_slab(table, cache, slab, id);
	list_for_each_entry(slab, &node->full, slab_list)
		fits = fits && walk_slab(table, cache, slab, id);
	km_spin_unlock(&node->lock, irq);
	return fits;
}

static int more_first(const void *a, const void *b)
{
	unsigned long left = ((const struct place *)a)->count;
	unsigned long right = ((const struct place *)b)->count;

	return left < right ? 1 : left > right ? -1 : 0;
}

struct out {
	char *room;
	size_t bytes, used;
};

static __printf(2, 3) void put(struct out *out, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	out->used += vscnprintf(out->room + out->used, out->bytes - out->used, format, args);
	va_end(args);
}

static void put_place(struct out *out, const struct place *place)
{
	const uintptr_t *pcs;
	unsigned int count = depot_get(place->stack, &pcs), i;

	put(out, "%7lu ", place->count);
	if (place->addr)
		put(out, "%pS", (void *)place->addr);
	else
		put(out, "<not-available>");
	if (place->waste)
		put(out, " waste=%lu/%lu", place->count * place->waste, place->waste);
	if (place->addr && place->min_age != place->max_age)
		put(out, " age=%lu/%llu/%lu", place->min_age, place->sum_age / place->count,
		    place->max_age);
	else
		put(out, " age=%lu", place->addr ? place->min_age : jiffies);
	if (place->min_pid != place->max_pid)
		put(out, " pid=%ld-%ld", place->min_pid, place->max_pid);
	else
		put(out, " pid=%ld", place->min_pid);
	if (km_port_cpus() > 1 && !bitmap_empty(place->cpus, KM_MAX_CPUS))
		put(out, " cpus=%*pbl", KM_MAX_CPUS, place->cpus);
	if (nr_node_ids > 1)
		put(out, " nodes=%*pbl", MAX_NUMNODES, place->nodes);
	put(out, "\n");
	for (i = 0; i < count; i++)
		put(out, "        %pS\n", (void *)pcs[i]);
	put(out, "\n");
}

/* False: the table is too small. */
static bool try_traces(struct kmem_cache *cache, enum track_id id, struct page *room,
		       unsigned int order, struct out *out)
{
	struct table table = { .free = frame_address(room) };
	unsigned int nid, i;

	table.places = (void *)((char *)table.free + PAGE_SIZE);
	table.room = ((PAGE_SIZE << order) - PAGE_SIZE) / sizeof(struct place);
	for (nid = 0; nid < nr_node_ids; nid++)
		if (!walk_node(&table, cache, &cache->nodes[nid], id))
			return false;
	sort(table.places, table.count, sizeof(struct place), more_first, NULL);
	for (i = 0; i < table.count; i++)
		put_place(out, &table.places[i]);
	if (!table.count)
		put(out, "No data\n");
	return true;
}

/**
 * slab_traces() - the text of alloc_traces or free_traces; nothing for a cache that tracks nobody
 * Return: bytes written, without the closing NUL; 0 also when there is no memory for the table.
 */
size_t slab_traces(struct kmem_cache *cache, enum track_id id, char *text, size_t bytes)
{
	struct out out = { .room = text, .bytes = bytes };
	unsigned int order;
	bool is_done = !cache->layout.track || !bytes;

	for (order = 1; order <= MAX_PAGE_ORDER && !is_done; order++) {
		struct page *room = page_take(GFP_KERNEL | __GFP_NOWARN, order, PAGE_OWNER_PAGES);

		if (!room)
			break;
		is_done = try_traces(cache, id, room, order, &out);
		page_give(room, order);
	}
	return out.used;
}
