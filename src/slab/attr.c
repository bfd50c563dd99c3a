/* SPDX-License-Identifier: MIT */
/*
 * attr.c - what Linux shows of a cache in /sys/kernel/slab/NAME/, one value a name, and takes there
 *
 * Owns: the table of attributes.  Text ends with a newline, as a file of sysfs does.
 * A1  Counts of slabs and objects are "total N0=n N1=n ...", nodes that have none left out.
 * A2  Empty slabs that are kept count as partial, as on Linux.
 * Lock: each node's while its partial slabs are walked.  Reading sleeps never, writing may.
 */
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "slab/debug.h"

struct attr_text {
	char *room;
	size_t bytes, used;
};

struct slab_attr {
	const char *name;
	void (*show)(struct kmem_cache *cache, struct attr_text *text);
	int (*store)(struct kmem_cache *cache, const char *value);	/* NULL: read only */
};

static __printf(2, 3) void put(struct attr_text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text->used += vscnprintf(text->room + text->used, text->bytes - text->used, format, args);
	va_end(args);
}

#define SHOW(name, format, value)							\
	static void name##_show(struct kmem_cache *cache, struct attr_text *text)	\
	{										\
		put(text, format "\n", value);						\
	}
#define SHOW_FLAG(name, flag)	SHOW(name, "%d", !!(cache->flags & (flag)))

SHOW(slab_size, "%u", cache->layout.slot)
SHOW(object_size, "%u", cache->object_size)
SHOW(objs_per_slab, "%u", slab_layout_objects(&cache->layout, cache->layout.order))
SHOW(order, "%u", (unsigned int)cache->layout.order)
SHOW(align, "%u", cache->layout.align)
SHOW(min_partial, "%u", cache->min_partial)
SHOW(cpu_partial, "%u", cache->cpu[0].high)
SHOW(aliases, "%u", cache->users - 1)
SHOW(usersize, "%u", cache->usersize)
SHOW(remote_node_defrag_ratio, "%u", cache->remote_ratio / 10)
SHOW_FLAG(hwcache_align, SLAB_HWCACHE_ALIGN)
SHOW_FLAG(reclaim_account, SLAB_RECLAIM_ACCOUNT)
SHOW_FLAG(destroy_by_rcu, SLAB_TYPESAFE_BY_RCU)
SHOW_FLAG(cache_dma, SLAB_CACHE_DMA)
SHOW_FLAG(sanity_checks, SLAB_CONSISTENCY_CHECKS)
SHOW_FLAG(trace, SLAB_TRACE)
SHOW_FLAG(red_zone, SLAB_RED_ZONE)
SHOW_FLAG(poison, SLAB_POISON)
SHOW_FLAG(store_user, SLAB_STORE_USER)
SHOW_FLAG(failslab, SLAB_FAILSLAB)

static void ctor_show(struct kmem_cache *cache, struct attr_text *text)
{
	if (cache->ctor)
		put(text, "%pS\n", cache->ctor);
}

/* What can only be written reads as nothing. */
static void nothing_show(struct kmem_cache *cache, struct attr_text *text)
{
}

/* -- counts ----------------------------------------------------------------------------------- */

static void nodes_show(struct kmem_cache *cache, struct attr_text *text,
		       unsigned long (*count)(struct slab_node *node))
{
	unsigned long total = 0;

	for (unsigned int nid = 0; nid < nr_node_ids; nid++)
		total += count(&cache->nodes[nid]);
	put(text, "%lu", total);
	for (unsigned int nid = 0; nid < nr_node_ids; nid++) {
		unsigned long here = count(&cache->nodes[nid]);

		if (here)
			put(text, " N%u=%lu", nid, here);
	}
	put(text, "\n");
}

static unsigned long node_slabs(struct slab_node *node)
{
	return node->partial_count + node->full_count + node->empty_count;
}

static unsigned long node_partial(struct slab_node *node)
{
	return node->partial_count + node->empty_count;
}

static unsigned long node_total_objects(struct slab_node *node)
{
	return node->objects;
}

static unsigned long node_objects(struct slab_node *node)
{
	return node->inuse;
}

static unsigned long node_objects_partial(struct slab_node *node)
{
	unsigned long irq = km_spin_lock(&node->lock), inuse = 0;
	const struct page *slab;

	list_for_each_entry(slab, &node->partial, slab_list)
		inuse += slab->inuse;
	km_spin_unlock(&node->lock, irq);
	return inuse;
}

/* No slab belongs to a CPU here (S1). */
static unsigned long node_cpu_slabs(struct slab_node *node)
{
	return 0;
}

#define SHOW_NODES(name)								\
	static void name##_show(struct kmem_cache *cache, struct attr_text *text)	\
	{										\
		nodes_show(cache, text, node_##name);					\
	}
SHOW_NODES(slabs)
SHOW_NODES(partial)
SHOW_NODES(total_objects)
SHOW_NODES(objects)
SHOW_NODES(objects_partial)
SHOW_NODES(cpu_slabs)

/* Free objects on the CPUs' lists, and the slabs they would fill. */
static void slabs_cpu_partial_show(struct kmem_cache *cache, struct attr_text *text)
{
	unsigned int cpu, cpus = km_port_cpus(), sum = 0;
	unsigned int fill = slab_layout_objects(&cache->layout, cache->layout.order);

	for (cpu = 0; cpu < cpus; cpu++)
		sum += cache->cpu[cpu].count;
	put(text, "%u(%u)", sum, (sum + fill - 1) / fill);
	for (cpu = 0; cpu < cpus; cpu++) {
		u32 count = cache->cpu[cpu].count;

		if (count)
			put(text, " C%u=%u(%u)", cpu, count, (count + fill - 1) / fill);
	}
	put(text, "\n");
}

/* In Linux these two are files of debugfs. */
static void alloc_traces_show(struct kmem_cache *cache, struct attr_text *text)
{
	text->used += slab_traces(cache, TRACK_ALLOC, text->room + text->used,
				  text->bytes - text->used);
}

static void free_traces_show(struct kmem_cache *cache, struct attr_text *text)
{
	text->used += slab_traces(cache, TRACK_FREE, text->room + text->used,
				  text->bytes - text->used);
}

/* -- what can be written ---------------------------------------------------------------------- */

static int min_partial_store(struct kmem_cache *cache, const char *value)
{
	return kstrtouint(value, 10, &cache->min_partial);
}

static int cpu_partial_store(struct kmem_cache *cache, const char *value)
{
	unsigned int high, cpu, cpus = km_port_cpus();
	int error = kstrtouint(value, 10, &high);

	if (error)
		return error;
	cache->batch = high > 1 ? high / 2 : 1;
	for (cpu = 0; cpu < cpus; cpu++)
		__atomic_store_n(&cache->cpu[cpu].high, high, __ATOMIC_RELAXED);
	kmem_cache_shrink(cache);
	return 0;
}

static int remote_node_defrag_ratio_store(struct kmem_cache *cache, const char *value)
{
	unsigned int ratio;
	int error = kstrtouint(value, 10, &ratio);

	if (error)
		return error;
	if (ratio > 100)
		return -ERANGE;
	cache->remote_ratio = ratio * 10;
	return 0;
}

static int shrink_store(struct kmem_cache *cache, const char *value)
{
	if (value[0] != '1')
		return -EINVAL;
	kmem_cache_shrink(cache);
	return 0;
}

static int failslab_store(struct kmem_cache *cache, const char *value)
{
	if (cache->users > 1)
		return -EINVAL;
	if (value[0] == '1')
		__atomic_fetch_or(&cache->flags, SLAB_FAILSLAB, __ATOMIC_RELAXED);
	else
		__atomic_fetch_and(&cache->flags, ~SLAB_FAILSLAB, __ATOMIC_RELAXED);
	return 0;
}

static int validate_store(struct kmem_cache *cache, const char *value)
{
	long slabs;

	if (value[0] != '1' || !(cache->traits & CACHE_DEBUG))
		return -EINVAL;
	slabs = validate_slab_cache(cache);
	return slabs < 0 ? slabs : 0;
}

/* -- the table -------------------------------------------------------------------------------- */

#define RO(name)	{ #name, name##_show, NULL }
#define RW(name)	{ #name, name##_show, name##_store }
#define WO(name)	{ #name, nothing_show, name##_store }

static const struct slab_attr attrs[] = {
	RO(slab_size), RO(object_size), RO(objs_per_slab), RO(order), RW(min_partial),
	RW(cpu_partial), RO(objects), RO(objects_partial), RO(partial), RO(cpu_slabs), RO(slabs),
	RO(total_objects), RO(slabs_cpu_partial), RO(ctor), RO(aliases), RO(align),
	RO(hwcache_align), RO(reclaim_account), RO(destroy_by_rcu), WO(shrink), RO(sanity_checks),
	RO(trace), RO(red_zone), RO(poison), RO(store_user), WO(validate), RO(cache_dma),
	RW(remote_node_defrag_ratio), RW(failslab), RO(usersize), RO(alloc_traces),
	RO(free_traces),
};

static const struct slab_attr *attr_find(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(attrs); i++)
		if (!strcmp(attrs[i].name, name))
			return &attrs[i];
	return NULL;
}

/**
 * slab_attr_name() - the @index-th attribute; NULL beyond the last
 */
const char *slab_attr_name(unsigned int index)
{
	return index < ARRAY_SIZE(attrs) ? attrs[index].name : NULL;
}

/**
 * slab_attr_read() - an attribute of a cache as text
 * @name: the cache's, or one of its aliases
 * Return: bytes written, the closing 0 not counted, cut off at @bytes - 1; -ENOENT.
 * Context: nobody destroys the cache meanwhile.
 */
int slab_attr_read(const char *name, const char *attr_name, char *room, size_t bytes)
{
	const struct slab_attr *attr = attr_find(attr_name);
	struct kmem_cache *cache = slab_cache_named(name);
	struct attr_text text = { .room = room, .bytes = bytes };

	if (!attr || !cache || !bytes)
		return -ENOENT;
	room[0] = 0;
	attr->show(cache, &text);
	return text.used;
}

/**
 * slab_attr_write() - give an attribute of a cache a value
 * Return: 0; -ENOENT, -EACCES for what can only be read, -EINVAL or -ERANGE for a wrong value.
 * Context: task context, may sleep; nobody destroys the cache meanwhile.
 */
int slab_attr_write(const char *name, const char *attr_name, const char *value)
{
	const struct slab_attr *attr = attr_find(attr_name);
	struct kmem_cache *cache = slab_cache_named(name);

	if (!attr || !cache)
		return -ENOENT;
	return attr->store ? attr->store(cache, value) : -EACCES;
}
