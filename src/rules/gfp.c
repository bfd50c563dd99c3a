/* SPDX-License-Identifier: MIT */
/*
 * gfp.c - rule flag-misuse: allocation flags that contradict each other or the call
 *
 * A table of claims, asked in order; the first that holds is told.  Owns nothing, sleeps never.
 */
#include <linux/gfp_types.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/slab.h>
#include "kern/kern.h"
#include "rules/rules.h"
#include "slab/slab_room.h"

#define HAS(bits)	((event->gfp & (uint32_t)(bits)) != 0)
#define HAS_ALL(bits)	((event->gfp & (uint32_t)(bits)) == (uint32_t)(bits))

struct claim {
	bool (*holds)(const struct km_event *event);
	enum km_severity severity;
	const char *text, *help;
};

static bool is_slab(const struct km_event *event)
{
	return event->family == KM_FAMILY_KMALLOC || event->family == KM_FAMILY_CACHE;
}

static bool text_starts(const char *text, const char *start)
{
	while (*start && *text == *start) {
		text++;
		start++;
	}
	return !*start;
}

/*
 * kmalloc(GFP_KERNEL, size): the size is a gfp that people write, and what stands for flags has
 * none that any of them has.
 */
static bool swapped(const struct km_event *event)
{
	static const gfp_t written[] = {
		GFP_KERNEL, GFP_ATOMIC, GFP_NOWAIT, GFP_NOIO, GFP_NOFS, GFP_USER,
		GFP_KERNEL_ACCOUNT, GFP_KERNEL | __GFP_ZERO, GFP_ATOMIC | __GFP_ZERO,
		GFP_KERNEL | __GFP_NOWARN,
	};
	unsigned int i = 0;

	if (HAS(__GFP_RECLAIM) || !(event->gfp & ~(uint32_t)__GFP_ZERO))
		return false;
	while (i < sizeof(written) / sizeof(written[0]) &&
	       event->bytes != (__force uint32_t)written[i])
		i++;
	return i < sizeof(written) / sizeof(written[0]);
}

static bool unknown_bits(const struct km_event *event)
{
	return HAS(~(uint32_t)__GFP_BITS_MASK) || HAS(0x200);
}

static bool two_zones(const struct km_event *event)
{
	uint32_t zone = event->gfp & (uint32_t)(__GFP_DMA | __GFP_HIGHMEM | __GFP_DMA32);

	return zone & (zone - 1);
}

static bool highmem_with_address(const struct km_event *event)
{
	if (!HAS(__GFP_HIGHMEM))
		return false;
	if (event->family != KM_FAMILY_PAGES)
		return is_slab(event) || event->family == KM_FAMILY_KVMALLOC;
	return text_starts(event->what, "__get_free") || text_starts(event->what, "get_zeroed") ||
	       text_starts(event->what, "alloc_pages_exact");
}

static bool dma32_kmalloc(const struct km_event *event)
{
	return HAS(__GFP_DMA32) && (event->family == KM_FAMILY_KMALLOC ||
				    event->family == KM_FAMILY_KVMALLOC);
}

/* Objects come from the zone that the cache was made for. */
static bool zone_of_cache(const struct km_event *event)
{
	if (event->family != KM_FAMILY_CACHE || !event->cache)
		return false;
	return (HAS(__GFP_DMA) &&
		!slab_cache_has_flag(event->cache, (__force unsigned int)SLAB_CACHE_DMA)) ||
	       (HAS(__GFP_DMA32) &&
		!slab_cache_has_flag(event->cache, (__force unsigned int)SLAB_CACHE_DMA32));
}

static bool movable_object(const struct km_event *event)
{
	return HAS(__GFP_MOVABLE) && is_slab(event);
}

static bool atomic_and_blocking(const struct km_event *event)
{
	/* In atomic context sleep-in-atomic has the word. */
	return HAS_ALL(GFP_KERNEL | GFP_ATOMIC) && !HAS(__GFP_NOMEMALLOC | __GFP_MEMALLOC) &&
	       event->family != KM_FAMILY_PAGES && kern_may_sleep();
}

static bool gives_up_twice(const struct km_event *event)
{
	return HAS_ALL(__GFP_NORETRY | __GFP_RETRY_MAYFAIL);
}

static bool zeroed_element(const struct km_event *event)
{
	return HAS(__GFP_ZERO) && event->family == KM_FAMILY_MEMPOOL &&
	       text_starts(event->what, "mempool_alloc");
}

static bool compound_dma(const struct km_event *event)
{
	return HAS(__GFP_COMP) && event->family == KM_FAMILY_DMA &&
	       (text_starts(event->what, "dma_alloc") || text_starts(event->what, "dmam_alloc"));
}

static bool compound_exact(const struct km_event *event)
{
	return HAS(__GFP_COMP) && event->family == KM_FAMILY_PAGES &&
	       text_starts(event->what, "alloc_pages_exact");
}

static bool both_mobilities(const struct km_event *event)
{
	return HAS_ALL(__GFP_MOVABLE | __GFP_RECLAIMABLE);
}

static bool nofail_without_reclaim(const struct km_event *event)
{
	return HAS(__GFP_NOFAIL) && !HAS(__GFP_DIRECT_RECLAIM);
}

static bool nofail_large(const struct km_event *event)
{
	return HAS(__GFP_NOFAIL) && ((event->family == KM_FAMILY_PAGES && event->order > 1) ||
				     (event->family == KM_FAMILY_KMALLOC &&
				      event->bytes > KMALLOC_MAX_CACHE_SIZE));
}

static bool nofail_in_reclaim(const struct km_event *event)
{
	return HAS(__GFP_NOFAIL) && current->flags & PF_MEMALLOC;
}

static bool nofail_and_give_up(const struct km_event *event)
{
	return HAS(__GFP_NOFAIL) && HAS(__GFP_NORETRY | __GFP_RETRY_MAYFAIL);
}

static bool ctor_and_zero(const struct km_event *event)
{
	return HAS(__GFP_ZERO) && event->family == KM_FAMILY_CACHE && event->cache &&
	       slab_cache_has_ctor(event->cache);
}

static bool vmalloc_zone(const struct km_event *event)
{
	return event->family == KM_FAMILY_VMALLOC && HAS(__GFP_DMA | __GFP_DMA32) &&
	       !text_starts(event->what, "vmalloc_32");
}

static bool vmalloc_atomic(const struct km_event *event)
{
	/* In atomic context sleep-in-atomic tells. */
	return event->family == KM_FAMILY_VMALLOC && !HAS(__GFP_DIRECT_RECLAIM) &&
	       kern_may_sleep();
}

static bool zone_alone(const struct km_event *event)
{
	return event->gfp == (uint32_t)GFP_DMA || event->gfp == (uint32_t)GFP_DMA32;
}

static const struct claim claims[] = {
	{ swapped, KM_ERROR, "the size is a set of flags, and the flags are none: swapped",
	  "The size comes first, then the flags: kmalloc(size, GFP_KERNEL)." },
	{ unknown_bits, KM_ERROR, "bits that no flag of Linux 6.12 has",
	  "Use the names of linux/gfp_types.h; numbers differ from kernel to kernel." },
	{ two_zones, KM_ERROR,
	  "two zones at once (GFP_DMA, GFP_DMA32 and __GFP_HIGHMEM exclude each other)",
	  "Ask for one zone: the lowest the device can reach." },
	{ highmem_with_address, KM_ERROR, "__GFP_HIGHMEM for a call that returns an address",
	  "Leave __GFP_HIGHMEM out, or use alloc_pages() and kmap_local_page()." },
	{ dma32_kmalloc, KM_ERROR,
	  "__GFP_DMA32 for kmalloc, which has no such caches: the flag is ignored",
	  "Use alloc_pages() with GFP_DMA32, a cache made with SLAB_CACHE_DMA32, or "
	  "dma_alloc_coherent()." },
	{ zone_of_cache, KM_ERROR,
	  "a zone for a cache that was not made for it: the flag is ignored",
	  "Make the cache with SLAB_CACHE_DMA or SLAB_CACHE_DMA32, or use the dma API." },
	{ both_mobilities, KM_ERROR, "__GFP_MOVABLE together with __GFP_RECLAIMABLE",
	  "A page is either movable or reclaimable: keep one." },
	{ movable_object, KM_ERROR, "__GFP_MOVABLE for an object with a fixed address",
	  "Leave __GFP_MOVABLE out: it is for pages whose user can be told of a move." },
	{ nofail_without_reclaim, KM_ERROR,
	  "__GFP_NOFAIL without __GFP_DIRECT_RECLAIM: it fails all the same",
	  "Only code that may sleep can wait for ever: use GFP_KERNEL | __GFP_NOFAIL, or handle "
	  "NULL." },
	{ nofail_large, KM_ERROR, "__GFP_NOFAIL for more than two pages in a row",
	  "Use kvmalloc() with __GFP_NOFAIL, or single pages." },
	{ nofail_in_reclaim, KM_ERROR, "__GFP_NOFAIL inside memalloc_noreclaim_save()",
	  "Code that frees memory for others cannot wait for memory: handle NULL." },
	{ nofail_and_give_up, KM_ERROR,
	  "__GFP_NOFAIL together with a flag that gives up (__GFP_NORETRY, __GFP_RETRY_MAYFAIL)",
	  "Decide whether the call may fail, and keep one of them." },
	{ gives_up_twice, KM_ERROR, "__GFP_NORETRY together with __GFP_RETRY_MAYFAIL",
	  "Decide how hard to try, and keep one of them." },
	{ atomic_and_blocking, KM_ERROR,
	  "GFP_ATOMIC together with GFP_KERNEL: the one forbids to sleep, the other asks for it",
	  "Use GFP_KERNEL where the code may sleep, GFP_ATOMIC where it may not." },
	{ zeroed_element, KM_ERROR,
	  "__GFP_ZERO for a mempool: an element of the reserve is not zeroed",
	  "Leave __GFP_ZERO out, and clear the element with memset()." },
	{ compound_dma, KM_ERROR, "__GFP_COMP for DMA memory, which is refused",
	  "Leave __GFP_COMP out." },
	{ compound_exact, KM_ERROR, "__GFP_COMP for pages that are given back one by one",
	  "Leave __GFP_COMP out." },
	{ ctor_and_zero, KM_ERROR,
	  "__GFP_ZERO for a cache with a constructor: it wipes what the constructor made",
	  "Leave __GFP_ZERO out; let the constructor set the fields." },
	{ vmalloc_zone, KM_ERROR, "a zone for vmalloc, which does not take any",
	  "Use alloc_pages() or the dma API for memory that a device must reach." },
	{ vmalloc_atomic, KM_ERROR,
	  "vmalloc with flags that do not allow sleeping, which it cannot serve",
	  "Use kmalloc() in code that may not sleep; vmalloc needs GFP_KERNEL, GFP_NOFS or "
	  "GFP_NOIO." },
	{ zone_alone, KM_ADVICE,
	  "a zone and nothing else: the call neither sleeps nor wakes reclaim, and fails early",
	  "Say GFP_KERNEL | GFP_DMA, or GFP_ATOMIC | GFP_DMA." },
};

/*
 * What nearly every request says, and none of the claims is about.  An object of a cache may be one
 * with a constructor, an area may not be asked for with GFP_ATOMIC.
 */
static bool is_usual(const struct km_event *event)
{
	switch (event->gfp) {
	case (__force uint32_t)GFP_KERNEL:
		return true;
	case (__force uint32_t)(GFP_KERNEL | __GFP_ZERO):
	case (__force uint32_t)GFP_ATOMIC:
	case (__force uint32_t)(GFP_ATOMIC | __GFP_ZERO):
		return event->family == KM_FAMILY_KMALLOC;
	default:
		return false;
	}
}

static enum km_verdict gfp_see(const struct km_event *event)
{
	char text[RULES_TEXT];
	struct km_finding finding;
	gfp_t gfp = (gfp_t)event->gfp;
	unsigned int i = 0;

	if (event->family == KM_FAMILY_KMEM_CACHE || event->family == KM_FAMILY_OTHER ||
	    is_usual(event))
		return KM_GO;
	while (i < sizeof(claims) / sizeof(claims[0]) && !claims[i].holds(event))
		i++;
	if (i == sizeof(claims) / sizeof(claims[0]))
		return KM_GO;
	record_start(&finding, "flag-misuse");
	stack_take(event->frame, event->caller, &finding.stack);
	scnprintf(text, sizeof(text), "Unexpected gfp: %#x (%pGg) for %s(): %s", event->gfp, &gfp,
		  event->what, claims[i].text);
	finding.message = text;
	finding.severity = claims[i].severity;
	finding.help = claims[i].help;
	record_finding(&finding);
	return KM_GO;
}

const struct km_rule gfp_rule = {
	.id = "flag-misuse",
	.points = POINT_BIT(ALLOC_ASK),
	.see = gfp_see,
};
