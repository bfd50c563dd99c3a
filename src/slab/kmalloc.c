/* SPDX-License-Identifier: MIT */
/*
 * kmalloc.c - memory by size: which cache, or whole pages
 *
 * Owns: kmalloc_caches[type][index], index as kmalloc_index() says: 1 is 96 bytes, 2 is 192, n is
 *       2^n.
 * K1  Every class maps back to itself: kmalloc_index(kmalloc_class[i].bytes) == i (asserted below).
 * K2  Sizes that are powers of two are aligned to their size, others to the largest power of two
 *     that divides them.
 * Lock: none.  Sleeps if the gfp may block.
 */
#define KMALLOC_CHECKED 1 /* here the kin of kmalloc() is defined, not inlined */
#include <linux/err.h>
#include <linux/overflow.h>
#include "slab/slab_room.h"
#include "slab/take.h"

kmem_buckets kmalloc_caches[NR_KMALLOC_TYPES];

struct kmalloc_class {
	u32 bytes;
	const char *names[NR_KMALLOC_TYPES];
};
#define SIZE_CLASS(bytes, text)							\
	{ bytes, {								\
		[KMALLOC_NORMAL] = "kmalloc-" text, [KMALLOC_RECLAIM] = "kmalloc-rcl-" text,	\
		[KMALLOC_DMA] = "dma-kmalloc-" text, [KMALLOC_CGROUP] = "kmalloc-cg-" text } }

static const struct kmalloc_class kmalloc_class[KMALLOC_SHIFT_HIGH + 1] = {
	[1] = SIZE_CLASS(96, "96"),    [2] = SIZE_CLASS(192, "192"),  [3] = SIZE_CLASS(8, "8"),
	[4] = SIZE_CLASS(16, "16"),    [5] = SIZE_CLASS(32, "32"),    [6] = SIZE_CLASS(64, "64"),
	[7] = SIZE_CLASS(128, "128"),  [8] = SIZE_CLASS(256, "256"),  [9] = SIZE_CLASS(512, "512"),
	[10] = SIZE_CLASS(1024, "1k"), [11] = SIZE_CLASS(2048, "2k"), [12] = SIZE_CLASS(4096, "4k"),
	[13] = SIZE_CLASS(8192, "8k"),
};

const u8 kmalloc_size_class[KMALLOC_MAX_CACHE_SIZE / 8] = {
	[0] = 3, [1] = 4, [2 ... 3] = 5, [4 ... 7] = 6, [8 ... 11] = 1, [12 ... 15] = 7,
	[16 ... 23] = 2, [24 ... 31] = 8, [32 ... 63] = 9, [64 ... 127] = 10, [128 ... 255] = 11,
	[256 ... 511] = 12, [512 ... 1023] = 13,
};

#define MAPS_BACK(index, bytes)	\
	_Static_assert((bytes) == ((index) == 1 ? 96 : (index) == 2 ? 192 : 1 << (index)), "K1")
MAPS_BACK(1, 96); MAPS_BACK(2, 192); MAPS_BACK(3, 8); MAPS_BACK(4, 16); MAPS_BACK(5, 32);
MAPS_BACK(6, 64); MAPS_BACK(7, 128); MAPS_BACK(8, 256); MAPS_BACK(9, 512); MAPS_BACK(10, 1024);
MAPS_BACK(11, 2048); MAPS_BACK(12, 4096); MAPS_BACK(13, 8192);
_Static_assert(1u << KMALLOC_SHIFT_HIGH == KMALLOC_MAX_CACHE_SIZE, "the last class is the largest");

static struct kmem_cache *class_make(unsigned int index, enum kmalloc_cache_type type)
{
	static const slab_flags_t flags[NR_KMALLOC_TYPES] = {
		[KMALLOC_RECLAIM] = SLAB_RECLAIM_ACCOUNT, [KMALLOC_DMA] = SLAB_CACHE_DMA,
		[KMALLOC_CGROUP] = SLAB_ACCOUNT,
	};
	u32 bytes = kmalloc_class[index].bytes;
	struct kmem_cache_args args = { .align = bytes & -bytes, .usersize = bytes };

	return cache_make(kmalloc_class[index].names[type], bytes, &args,
			  flags[type] | SLAB_KMALLOC | SLAB_NO_MERGE, CACHE_KMALLOC);
}

/**
 * kmalloc_caches_make() - all classes of all types, at boot
 * Return: 0, or a negative errno; those made so far are listed.
 */
int kmalloc_caches_make(void)
{
	unsigned int type, index;

	for (type = 0; type < NR_KMALLOC_TYPES; type++) {
		for (index = 1; index <= KMALLOC_SHIFT_HIGH; index++) {
			struct kmem_cache *cache = class_make(index, type);

			if (IS_ERR(cache))
				return PTR_ERR(cache);
			kmalloc_caches[type][index] = cache;
		}
	}
	return 0;
}

struct kmem_cache *kmalloc_cache(size_t size, gfp_t gfp)
{
	return kmalloc_caches[kmalloc_type(gfp, 0)][kmalloc_size_class[(size - 1) / 8]];
}

static struct kmem_cache *class_cache(size_t size, gfp_t gfp, const struct slab_call *call)
{
	if (unlikely(call->buckets))
		return (*call->buckets)[kmalloc_size_class[(size - 1) / 8]];
	return kmalloc_cache(size, gfp);
}

/**
 * kmalloc_call() - kmalloc() in the name of @call
 */
void *kmalloc_call(size_t size, gfp_t gfp, const struct slab_call *call)
{
	if (unlikely(!size)) {
		slab_tell(KM_POINT_ALLOC_ZERO, NULL, 0, 0, NULL, call);
		return ZERO_SIZE_PTR;
	}
	if (size <= KMALLOC_MAX_CACHE_SIZE && likely(!slab_guards))
		return cache_alloc_call(class_cache(size, gfp, call), size, gfp, call);
	return slab_watched ? large_alloc_watched(size, gfp, call) : large_alloc(size, gfp, call);
}

void *kzalloc(size_t size, gfp_t gfp)
{
	return kmalloc_call(size, gfp | __GFP_ZERO, KMALLOC_CALL("kzalloc"));
}

void *kmalloc_node(size_t size, gfp_t gfp, int node)
{
	return kmalloc_call(size, gfp, KMALLOC_NODE_CALL("kmalloc_node", node));
}

void *kzalloc_node(size_t size, gfp_t gfp, int node)
{
	return kmalloc_call(size, gfp | __GFP_ZERO, KMALLOC_NODE_CALL("kzalloc_node", node));
}

void *
__kmalloc_node_track_caller(size_t size, gfp_t gfp, int node, unsigned long caller)
{
	struct slab_call call = {
		.what = "kmalloc_track_caller", .family = KM_FAMILY_KMALLOC,
		.caller = caller, .frame = WATCH_FRAME(), .node_wish = slab_node_wish(node),
	};

	return kmalloc_call(size, gfp, &call);
}

static void *array_call(size_t n, size_t size, gfp_t gfp, const struct slab_call *call)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return kmalloc_call(bytes, gfp, call);
}

void *kmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	return array_call(n, size, gfp, KMALLOC_CALL("kmalloc_array"));
}

void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	return array_call(n, size, gfp | __GFP_ZERO, KMALLOC_CALL("kcalloc"));
}

void *kmalloc_array_node(size_t n, size_t size, gfp_t gfp, int node)
{
	return array_call(n, size, gfp, KMALLOC_NODE_CALL("kmalloc_array_node", node));
}

void *kcalloc_node(size_t n, size_t size, gfp_t gfp, int node)
{
	return array_call(n, size, gfp | __GFP_ZERO, KMALLOC_NODE_CALL("kcalloc_node", node));
}
