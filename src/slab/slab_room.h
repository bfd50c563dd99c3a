/* SPDX-License-Identifier: MIT */
/*
 * slab_room.h - what kapi, machine and rules call in slab beyond linux/slab.h
 */
#ifndef SLAB_SLAB_ROOM_H
#define SLAB_SLAB_ROOM_H

#include <linux/numa.h>
#include <linux/types.h>
#include <kmalloc/rule.h>
#include <kern/option.h>

/* least gap after each object of a watched cache, and before the first of a slab */
#define SLAB_RED_BYTES	16

/* slab_merge, slab_min_order= and so on */
extern const struct boot_option slab_options[];
/* slab_debug=, slab_freelist_hardened and so on */
extern const struct boot_option slab_debug_options[];
extern const struct boot_option failslab_options[];

/* the cache of caches, then kmalloc caches; watched: those are watched too, as all later ones */
int slab_boot(bool watched);
/* objects left in kmalloc caches and caches left; frees the pages */
unsigned long slab_shutdown(void);

/*
 * A rule that answered KM_TAKE on FREE_ASK gives the object back with the family it was freed with.
 * No event is told.
 */
void slab_release(enum km_family family, struct kmem_cache *cache, void *object);

/*
 * guard.c: before slab_boot(), give each object pages of its own, with one without access behind
 * them. slab_guarded(): bytes of the pages that nobody but @object lies in, and where they begin;
 * 0: it shares its pages.
 */
extern bool slab_guards;
size_t slab_guarded(const void *object, void **ret_base);

/* inspect.c: read only */
/* what an address inside a slab or large object belongs to */
struct slab_place {
	struct kmem_cache *cache;	/* NULL: large kmalloc */
	void *object;			/* start of the slot's object */
	size_t object_size;		/* usable bytes */
	/* of the address from object; may be past object_size (red zone) */
	size_t offset;
};
bool slab_find(const void *address, struct slab_place *ret_place);
const char *slab_cache_name(const struct kmem_cache *cache);
size_t slab_cache_object_size(const struct kmem_cache *cache);
bool slab_cache_is_watched(const struct kmem_cache *cache);
bool slab_cache_is_typesafe(const struct kmem_cache *cache);
bool slab_cache_has_ctor(const struct kmem_cache *cache);
/* @bit: of SLAB_* */
bool slab_cache_has_flag(const struct kmem_cache *cache, unsigned int bit);
/* handed out; per-CPU lists not counted */
unsigned long slab_cache_objects_out(struct kmem_cache *cache);
/* the cache of that name or alias; NULL */
struct kmem_cache *slab_cache_named(const char *name);
/* names other than its own that it was asked for under, oldest first; NULL beyond the last */
const char *slab_cache_alias(struct kmem_cache *cache, unsigned int index);
struct kmem_cache *slab_cache_next(struct kmem_cache *cache);		/* NULL: first */
/* the lists and free lists of one cache, which may be in use */
bool slab_cache_validate(struct kmem_cache *cache);
/* boot: tell rules that were armed just now of slabs that were made before */
void slab_retell(void);
/* every cache: lists, counts, freelists; false and one printed line on damage */
bool slab_validate(void);

/* stats.c: a cache in numbers, for reports */
struct slab_stats {
	const char *name;
	unsigned long active_objects;	/* handed out; what CPUs' lists hold is not */
	unsigned long objects;		/* room for so many in all slabs */
	unsigned long slabs;
	unsigned long node_slabs[MAX_NUMNODES];
	unsigned int slot_bytes, objects_per_slab, order;
	bool is_reclaimable;
};
void slab_stats_each(void (*see)(const struct slab_stats *stats, void *arg), void *arg);
/* frames of large kmalloc() on @node; ~0u: on all */
unsigned long slab_large_pages(unsigned int node);
/* attr.c: /sys/kernel/slab/NAME/ATTR */
const char *slab_attr_name(unsigned int index);		/* NULL beyond the last */
int slab_attr_read(const char *name, const char *attr, char *room, size_t bytes);
int slab_attr_write(const char *name, const char *attr, const char *value);

#endif
