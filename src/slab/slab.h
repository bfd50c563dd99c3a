/* SPDX-License-Identifier: MIT */
/*
 * slab.h - what the files of the slab room, and the wrappers in kapi, share
 *
 * Words: an object is what the user holds.  Its node is the word that links it while it is free, at
 *        object + cache->link;
 * every list inside the room (per-CPU list, slab free list, chain) links nodes.
 *
 * S1  A free object is on exactly one list: a CPU's, or its slab's.  A slab belongs to no CPU.
 * S2  page->inuse counts objects that are not on the slab's own list, so objects on CPU lists count
 *     as in use.
 * S3  A slab is on its node's partial, full or empty list as 0 < free < objects, free == 0, or free
 *     == objects says.
 * S4  All frames of a slab carry PAGE_OWNER_SLAB and the cache; only the head frame carries list
 *     and counts.
 * Lock: cache->nodes[].lock for lists and counts; slab_caches_lock for the list of caches.  Both
 *       are km_spin: nothing sleeps, allocates, prints or tells events under them.
 */
#ifndef SLAB_SLAB_H
#define SLAB_SLAB_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/nodemask.h>
#include <linux/rbtree.h>
#include <linux/slab.h>
#include <asm/percpu.h>
#include <kern/spin.h>
#include <page/page_room.h>
#include <slab/slab_room.h>
#include <watch/watch.h>

#define SLAB_DEBUG_FLAGS \
	(SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER | SLAB_TRACE)
#define SLAB_NEVER_MERGE \
	(SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER | SLAB_TRACE | SLAB_TYPESAFE_BY_RCU | \
	 SLAB_NOLEAKTRACE | SLAB_FAILSLAB | SLAB_NO_MERGE)
#define SLAB_MERGE_SAME \
	(SLAB_RECLAIM_ACCOUNT | SLAB_CACHE_DMA | SLAB_CACHE_DMA32 | SLAB_ACCOUNT)
#define SLAB_NAME_BYTES	64
#define SLAB_MAX_ORDER	3	/* of a slab, as long as one object fits */
#define SLAB_MAX_OBJECTS	32767
#define SLAB_REMOTE_RATIO	1000	/* of 1024 */

enum cache_trait {
	CACHE_WATCHED = 1,
	CACHE_ZERO_ALLOC = 2,	/* init_on_alloc applies */
	CACHE_ZERO_FREE = 4,	/* init_on_free applies */
	CACHE_FAR_LINK = 8,	/* a node is not where its object begins */
	CACHE_DEBUG = 16,	/* any of SLAB_DEBUG_FLAGS: debug.c */
	CACHE_HARD = 32,	/* links are encoded: harden.c */
	CACHE_FAIL = 64,	/* failslab may refuse */
	CACHE_COLD = 127,	/* any of these: not the fast road */
	/* objects go straight to and from their slabs, one at a time, looked at: single.c */
	CACHE_SINGLE = CACHE_DEBUG | CACHE_HARD,
	CACHE_KMALLOC = 128,
	CACHE_INTERNAL = 256,	/* the engine's own: never watched */
};

enum slab_list_id { SLAB_ON_NONE, SLAB_ON_PARTIAL, SLAB_ON_FULL, SLAB_ON_EMPTY };

/* Where things lie in a slab. */
struct slab_layout {
	u32 slot;		/* distance of two objects */
	u32 first;		/* offset of the first object in the slab */
	u32 need;		/* bytes from an object's start that must lie inside the slab */
	u32 link;		/* offset of the node in the object's slot */
	u32 align;
	/* of a debug cache, from an object's start: debug.h */
	u32 inuse;		/* end of the object and its right red zone */
	u32 red_left;		/* bytes of red zone before it; 0: none */
	u32 track;		/* two struct track; 0: none */
	u32 asked;		/* a u32, the bytes kmalloc() was asked for; 0: not kept */
	u32 end;		/* of all that; then padding up to slot - red_left */
	u8 order;
	u8 least_order;		/* when the preferred order cannot be had */
	bool is_guarded;	/* one object a slab, a page without access behind it: guard.c */
};

struct slab_node {
	struct km_spin lock;
	u32 partial_count, empty_count, full_count;
	struct list_head partial, full, empty;
	unsigned long objects;	/* in all slabs */
	unsigned long inuse;	/* S2 */
};

struct kmem_cache {
	/* read by the fast road; mm/slab.h shows these four to Linux's own test */
	u32 traits;
	u32 link;
	u32 object_size;
	slab_flags_t flags;
	/* slow road */
	uintptr_t secret;	/* CACHE_HARD: links are mixed with it */
	struct slab_layout layout;
	gfp_t page_gfp;		/* zone and mobility of its pages */
	u32 min_partial;	/* so many slabs with free objects are kept although empty */
	u32 batch;		/* objects moved between a CPU's list and slabs at once */
	u32 useroffset, usersize;
	u32 remote_ratio;	/* of 1024 refills may take from other nodes before new pages */
	u32 remote_turn;
	void (*ctor)(void *object);
	struct slab_node *nodes;	/* nr_node_ids of them, behind cpu[] */
	struct list_head caches;
	struct rb_node by_name, by_kind;
	struct list_head aliases;	/* names of those who joined it (N3 of names.c) */
	u32 users;
	u32 holds;		/* W1 of giver.c */
	bool is_closing;
	const struct kmem_cache *self;	/* N4 */
	const char *name;
	struct page *name_page;	/* of a name that does not fit into name_room */
	char name_room[SLAB_NAME_BYTES];
	struct pcpu_head cpu[];	/* km_port_cpus() of them */
};

struct slab_sum { unsigned long slabs, partial, objects, inuse; };

/* Who called: told with events.  And what the call wants beyond size and gfp. */
struct slab_call {
	const char *what;
	enum km_family family;
	uintptr_t caller, frame;
	int node_wish;			/* 1 + the memory node; 0: any */
	kmem_buckets *buckets;		/* size classes to use; NULL: kmalloc's */
};
#define SLAB_CALL(name, family) \
	(&(const struct slab_call) { (name), (family), WATCH_CALLER(), WATCH_FRAME() })
#define SLAB_NODE_CALL(name, family, node)					\
	(&(const struct slab_call) { (name), (family), WATCH_CALLER(), WATCH_FRAME(),	\
				     slab_node_wish(node) })
#define KMALLOC_CALL(name)	SLAB_CALL(name, KM_FAMILY_KMALLOC)
#define KMALLOC_NODE_CALL(name, node)	SLAB_NODE_CALL(name, KM_FAMILY_KMALLOC, node)

/* Machines with one node have no wishes to keep. */
static inline int slab_node_wish(int nid)
{
	return nid < 0 || nr_node_ids == 1 ? 0 : nid + 1;
}

/* boot options: harden.c */
extern bool slab_hardened, slab_random;
void harden_shuffle(struct kmem_cache *cache, struct page *slab);

extern bool slab_watched;		/* every cache and every large object */
/* kfree_rcu() objects that wait; kapi counts them (atomically) */
extern unsigned long slab_deferred;

static inline void *node_object(const struct kmem_cache *cache, void *node)
{
	return (char *)node - cache->link;
}

static inline void *object_node(const struct kmem_cache *cache, const void *object)
{
	return (char *)object + cache->link;
}

/*
 * The link of a free object on its slab's list.  In a hardened cache (CACHE_HARD) it is mixed with
 * the cache's secret and its own place, so that an overwritten one leads nowhere.
 */
static inline uintptr_t link_mask(const struct kmem_cache *cache, const void *node)
{
	return cache->secret ^ __builtin_bswap64((uintptr_t)node);
}

static inline void *link_read(const struct kmem_cache *cache, const void *node)
{
	uintptr_t next = *(const uintptr_t *)node;

	if (__builtin_expect(cache->traits & CACHE_HARD, 0))
		next ^= link_mask(cache, node);
	return (void *)next;
}

static inline void link_write(const struct kmem_cache *cache, void *node, const void *next)
{
	uintptr_t word = (uintptr_t)next;

	if (__builtin_expect(cache->traits & CACHE_HARD, 0))
		word ^= link_mask(cache, node);
	*(uintptr_t *)node = word;
}

/* failslab.c */
bool failslab_is_on(void);
bool failslab_refuses(const struct kmem_cache *cache, gfp_t gfp);

/* debug_option.c */
slab_flags_t debug_flags(slab_flags_t flags, const char *name);
bool debug_spares(const struct slab_layout *layout, unsigned int size, slab_flags_t *flags);

/* layout.c */
/* slab_min_order=, slab_max_order=, slab_min_objects= (0: by the number of CPUs) */
struct slab_order_rule { unsigned int least, most, objects; };
extern struct slab_order_rule slab_order_rule;
int slab_layout_make(struct slab_layout *ret_layout, unsigned int size,
		     const struct kmem_cache_args *args, slab_flags_t flags, bool is_watched);
unsigned int slab_layout_objects(const struct slab_layout *layout, unsigned int order);

/* page_take() with a node in mind; NUMA_NO_NODE: this CPU's */
static inline struct page *
slab_page_take(gfp_t gfp, unsigned int order, enum page_owner owner, int nid)
{
	return nid == NUMA_NO_NODE ? page_take(gfp, order, owner) :
				     page_take_node(gfp, order, owner, nid, NULL);
}

/* slab.c */
/* on no list, all objects free */
struct page *slab_make(struct kmem_cache *cache, gfp_t gfp, int nid);
void slab_unmake(struct kmem_cache *cache, struct page *slab);	/* on no list, all objects free */
void slab_give_pages(struct page *slab);			/* at once, whatever the flags */
/* drop what slab cannot obey, with a message */
gfp_t slab_fix_gfp(gfp_t gfp, gfp_t allowed);
void *slab_object_of(const struct kmem_cache *cache, const struct page *slab, const void *address);

/* node.c */
void node_start(struct slab_node *node);
/* chain of up to @want nodes; NULL if none */
void *node_take(struct kmem_cache *cache, int nid, unsigned int want);
void *node_take_near(struct kmem_cache *cache, unsigned int want, bool is_urgent);
struct slab_sum nodes_sum(const struct kmem_cache *cache);
/* list a new slab; chain from it */
void *node_add(struct kmem_cache *cache, struct page *slab, unsigned int want);
/* nodes back to their slabs; surplus slabs go */
void node_give(struct kmem_cache *cache, void *chain);
void node_trim(struct kmem_cache *cache, unsigned int keep);	/* all empty slabs but @keep go */
/* the slab to take from next; NULL: none */
struct page *node_first_locked(struct slab_node *node);
/* a new slab; all its objects stay free */
void node_put_new(struct kmem_cache *cache, struct page *slab);
/* S2, S3 after slab->inuse shall be another */
void slab_count_locked(struct kmem_cache *cache, struct page *slab, unsigned int inuse);

/* single.c: take and give of CACHE_SINGLE; @call NULL: the engine itself */
void *single_take(struct kmem_cache *cache, size_t bytes, gfp_t gfp, const struct slab_call *call);
void single_give(struct kmem_cache *cache, void *object, const struct slab_call *call);

/* destroy.c */
void cache_flush_everywhere(struct kmem_cache *cache);	/* each CPU's list; may sleep */

/* cpu.c */
/* cold traits, empty list, refill */
void *cache_take_slow(struct kmem_cache *cache, gfp_t gfp);
void *cache_take_node(struct kmem_cache *cache, gfp_t gfp, int nid);	/* from that node */
void cache_give_slow(struct kmem_cache *cache, void *object);	/* cold traits */
/* half of this CPU's list back to the slabs */
void cache_drain(struct kmem_cache *cache);
/* every CPU's list; nobody else may use the cache */
void cache_flush_all(struct kmem_cache *cache);
void *
cache_alloc_call(struct kmem_cache *cache, size_t bytes, gfp_t gfp, const struct slab_call *call);

/* giver.c */
void giver_start(void);		/* empty slabs go back when memory is short */
void giver_stop(void);
void cache_close(struct kmem_cache *cache);	/* nobody else looks through it; may sleep */

/* free.c */
void kfree_call(const void *object, const struct slab_call *call);
void cache_free_call(struct kmem_cache *cache, void *object, const struct slab_call *call);

/* kmalloc.c, large.c, resize.c */
void *kmalloc_call(size_t size, gfp_t gfp, const struct slab_call *call);
/* size 1 .. KMALLOC_MAX_CACHE_SIZE */
struct kmem_cache *kmalloc_cache(size_t size, gfp_t gfp);
int kmalloc_caches_make(void);
extern const u8 kmalloc_size_class[KMALLOC_MAX_CACHE_SIZE / 8];	/* by (size - 1) / 8 */
void *large_alloc(size_t size, gfp_t gfp, const struct slab_call *call);
/* where the object of a large block begins */
void *large_start(const struct page *page);
size_t large_usable(const struct page *page);

/* -- guard.c ----------------------------------------------------------------------------------- */
unsigned int guard_order(size_t bytes);
void *guard_place(const struct page *page, size_t bytes);
void guard_layout(struct slab_layout *layout, u32 size, bool has_link_behind);
void guard_fence_large(const struct page *page, bool is_closed);
void guard_fence_slab(const struct slab_layout *layout, const struct page *slab, bool is_closed);

void large_free(struct page *page);				/* no event */
unsigned long large_count(void);
unsigned long large_free_all(void);				/* shutdown; how many there were */
void *krealloc_call(const void *object, size_t size, gfp_t gfp, const struct slab_call *call);

/* cache.c */
struct kmem_cache *cache_make(const char *name, unsigned int size,
			      const struct kmem_cache_args *args, slab_flags_t flags, u32 traits);
void cache_unmake(struct kmem_cache *cache);			/* no slab is left */
void cache_start(struct kmem_cache *cache, unsigned int size, const struct kmem_cache_args *args,
		 slab_flags_t flags, u32 traits);

/* names.c */
int names_boot(void);
const char *name_copy(const char *name, char *room, struct page **ret_page);
void cache_list(struct kmem_cache *cache);
void cache_unlist(struct kmem_cache *cache);
bool cache_is_listed(const struct kmem_cache *cache);
struct kmem_cache *cache_find(const char *name);
struct kmem_cache *cache_join(const char *name, u32 slot, u32 size,
			      const struct kmem_cache_args *args, slab_flags_t flags);
bool cache_leave(struct kmem_cache *cache);
extern struct list_head slab_caches;
extern struct km_spin slab_caches_lock;
extern bool slab_merges;		/* slab_merge, slab_nomerge */

/* create.c: complains of what kmem_cache_create() refuses */
int cache_request_is_bad(const char *name, unsigned int size, slab_flags_t flags);

/* buckets.c */
int buckets_boot(void);
void buckets_end(void);

/* boot.c */
extern struct kmem_cache *cache_of_caches;

/* watched.c: cold twins */
void *cache_alloc_watched(struct kmem_cache *cache, size_t bytes, gfp_t gfp,
			  const struct slab_call *call);
void cache_free_watched(struct kmem_cache *cache, void *object, const struct slab_call *call);
void *large_alloc_watched(size_t size, gfp_t gfp, const struct slab_call *call);
enum km_verdict
slab_ask_free(const void *object, struct kmem_cache *cache, const struct slab_call *call);
enum km_verdict slab_ask_lost(const void *object, const struct slab_call *call);
void slab_tell(enum km_point point, const void *object, size_t bytes, size_t usable,
	       struct kmem_cache *cache, const struct slab_call *call);
void slab_tell_pressure(struct kmem_cache *cache);
void slab_tell_slab(enum km_point point, struct kmem_cache *cache, const struct page *slab);

#endif
