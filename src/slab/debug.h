/* SPDX-License-Identifier: MIT */
/*
 * debug.h - what the files of SLUB debugging share
 *
 * An object's slot in a debug cache, as Linux lays it out; any part may be missing:
 *
 *	red zone | object, up to object_size | red zone | link | tracks | size asked for | padding
 *	-red_left  0                                    inuse            track   asked     end
 *
 * Red zones are 0xbb while the object is free and 0xcc while it is out; a free object is 0x6b and
 * ends in 0xa5; padding, and what is left over at the end of a slab, is 0x5a.
 */
#ifndef SLAB_DEBUG_H
#define SLAB_DEBUG_H

#include "slab/slab.h"

/* Who took, or freed, an object last. */
struct track {
	uintptr_t addr;		/* 0: nobody yet */
	u32 stack;		/* number of depot.c; 0: none */
	int cpu, pid;
	unsigned long when;	/* jiffies */
};

enum track_id { TRACK_ALLOC, TRACK_FREE, TRACKS };

static inline bool cache_is_poisoned(const struct kmem_cache *cache)
{
	return (cache->flags & SLAB_POISON) && !(cache->flags & SLAB_TYPESAFE_BY_RCU) &&
	       !cache->ctor;
}

static inline struct track *object_track(const struct kmem_cache *cache, const void *object,
					 enum track_id id)
{
	return (struct track *)((char *)object + cache->layout.track) + id;
}

/* Bytes of @object that its user asked for. */
static inline u32 object_asked(const struct kmem_cache *cache, const void *object)
{
	if (!cache->layout.asked)
		return cache->object_size;
	return *(const u32 *)((const char *)object + cache->layout.asked);
}

/* debug.c: fill patterns and tracks; node lock held, or the slab known to nobody */
void debug_slab_new(struct kmem_cache *cache, struct page *slab);
void debug_object_new(struct kmem_cache *cache, void *object);
void debug_object_fill(struct kmem_cache *cache, void *object, u8 red);
/* krealloc(), ksize(): the size asked for is another now; false: none is kept */
bool debug_object_resize(void *object, u32 bytes, gfp_t gfp);
size_t debug_object_used(const void *object, size_t usable);	/* bytes that hold user's data */
void debug_object_trace(struct kmem_cache *cache, const struct page *slab, const void *object,
			bool is_alloc);

/* check.c: true if sound; otherwise it was reported, and repaired where that is possible */
bool check_slab(struct kmem_cache *cache, struct page *slab);
bool check_object(struct kmem_cache *cache, struct page *slab, void *object, u8 red);
bool check_node(const struct kmem_cache *cache, const struct page *slab, const void *node);
bool check_take(struct kmem_cache *cache, struct page *slab, void *object);
bool check_give(struct kmem_cache *cache, struct page *slab, void *object);
/* is @wanted on the slab's free list?  Counts and repairs the list on the way. */
bool check_freelist(struct kmem_cache *cache, struct page *slab, const void *wanted);

/* debug_report.c, validate.c: mm/slab.h declares these two for tests */
extern bool (*km_slab_kunit)(bool is_error) KM_SYM(slab_kunit);
long validate_slab_cache(struct kmem_cache *cache) KM_SYM(validate_slab_cache);
bool report_is_counted(void);		/* a KUnit test took note of one error: print nothing */
bool report_in_kunit(void);
void report_object(struct kmem_cache *cache, struct page *slab, void *object, const char *what);
__printf(3, 4)
void report_slab(struct kmem_cache *cache, struct page *slab, const char *format, ...);
__printf(2, 3)
void report_fix(struct kmem_cache *cache, const char *format, ...);
void report_bytes(struct kmem_cache *cache, struct page *slab, void *object, const char *what,
		  const u8 *start, const u8 *end, u8 value, bool with_object);
void report_section(const char *level, const char *name, const void *start, size_t bytes);
void report_slab_line(const struct kmem_cache *cache, const struct page *slab);
void report_tracks(const struct kmem_cache *cache, const void *object);

/* track.c */
u32 track_stack(const struct kmem_cache *cache, const struct slab_call *call);
void track_set(const struct kmem_cache *cache, void *object, enum track_id id,
	       const struct slab_call *call, u32 stack);

/* traces.c */
size_t slab_traces(struct kmem_cache *cache, enum track_id id, char *text, size_t bytes);

/* depot.c: each different stack once; numbers from 1 */
#define DEPOT_DEPTH	16
u32 depot_save(const uintptr_t *pcs, unsigned int count);	/* 0: no memory */
unsigned int depot_get(u32 stack, const uintptr_t **ret_pcs);
void depot_forget(void);

#endif
