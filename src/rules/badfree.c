/* SPDX-License-Identifier: MIT */
/*
 * badfree.c - the words of double-free and invalid-free: what the pointer really is, and which
 * function would be right
 *
 * Owns: the table of what functions return.
 * W1  "@allocated@" in a message stands for the place of the allocation, "@variable@" for the name
 *     of the variable at the finding's object; the reader of the records, who knows lines and
 *     names, puts them in (docs/records.md).
 * Lock: none; works on copies.  Nothing here sleeps.
 */
#include <linux/mm.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "kern/kern.h"
#include "page/page_room.h"
#include "rules/badfree.h"
#include "slab/slab_room.h"

/* -- what an object is, by the function that returned it -------------------------------------- */

struct origin {
	const char *what;	/* the beginning of the function's name; NULL: any */
	int family;		/* -1: any */
	const char *noun;	/* of what it returns */
	const char *use;	/* the function that frees it */
};

static const struct origin origins[] = {
	{ "devm_get_free_pages", -1, "pages of a device", "devm_free_pages()" },
	{ "devm_alloc_percpu", -1, "percpu memory of a device", "devm_free_percpu()" },
	{ "devm_", -1, "devm memory",
	  "devm_kfree(), or leave it to the device, which frees it when its driver goes" },
	{ "devres_", -1, "a devres record", "devres_free()" },
	{ "dmam_", -1, "managed DMA memory", "dmam_free_coherent(), or leave it to the device" },
	{ "dma_pool_create", -1, "a DMA pool", "dma_pool_destroy()" },
	{ "dma_pool_", -1, "a block of a DMA pool", "dma_pool_free()" },
	{ "dma_alloc_pages", -1, "DMA pages", "dma_free_pages()" },
	{ "dma_alloc_noncoherent", -1, "DMA memory", "dma_free_noncoherent()" },
	{ "dma_alloc_noncontiguous", -1, "DMA memory", "dma_free_noncontiguous()" },
	{ "dma_alloc_wc", -1, "DMA memory", "dma_free_wc()" },
	{ "dma_alloc", -1, "coherent DMA memory", "dma_free_coherent()" },
	{ "sg_alloc", -1, "the array of an sg_table", "sg_free_table()" },
	{ "mempool_alloc", -1, "an element of a mempool", "mempool_free()" },
	{ "mempool_create", -1, "a mempool", "mempool_destroy()" },
	{ "mempool_", -1, "the reserve of a mempool", "mempool_exit()" },
	{ "gen_pool_", -1, "a gen_pool", "gen_pool_destroy()" },
	{ "alloc_pages_exact", -1, "pages from alloc_pages_exact()",
	  "free_pages_exact() with the same size" },
	{ "vm_map_ram", -1, "an area that vm_map_ram() made", "vm_unmap_ram()" },
	{ "vmap", -1, "an area that vmap() made", "vunmap()" },
	{ "ioremap", -1, "a map that ioremap() made", "iounmap()" },
	{ NULL, KM_FAMILY_VMALLOC, "vmalloc area", "vfree()" },
	{ NULL, KM_FAMILY_KVMALLOC, "kvmalloc allocation", "kvfree()" },
	{ NULL, KM_FAMILY_PERCPU, "percpu pointer", "free_percpu()" },
	{ NULL, KM_FAMILY_PAGES, "page", "__free_pages() or free_pages() with that order" },
	{ NULL, KM_FAMILY_CACHE, "object", "kmem_cache_free() and the cache it came from" },
	{ NULL, -1, "object", "kfree()" },
};

static const struct origin *origin_of(const struct object *object)
{
	const struct origin *origin = origins;

	while ((origin->what && strncmp(object->what, origin->what, strlen(origin->what))) ||
	       (origin->family >= 0 && origin->family != object->family))
		origin++;
	return origin;
}

/* "a 64-byte object of cache kmalloc-64 from kmalloc()", "a vmalloc area (100 bytes from ...)" */
static void word_object(char *text, size_t bytes, const struct object *object, bool is_freed)
{
	const struct origin *origin = origin_of(object);
	const char *freed = is_freed ? "freed " : "";

	if (origin->what)
		scnprintf(text, bytes, "%s (%s%zu bytes from %s())", origin->noun, freed,
			  object->bytes, object->what);
	else if (object->family == KM_FAMILY_PAGES)
		scnprintf(text, bytes, "a %spage of order %u from %s()", freed, object->order,
			  object->what);
	else if (object->family == KM_FAMILY_VMALLOC || object->family == KM_FAMILY_KVMALLOC ||
		 object->family == KM_FAMILY_PERCPU)
		scnprintf(text, bytes, "a %s%s (%zu bytes from %s())", freed, origin->noun,
			  object->bytes, object->what);
	else
		scnprintf(text, bytes, "a %s%zu-byte object%s%s from %s()", freed, object->bytes,
			  object->cache_name ? " of cache " : "",
			  object->cache_name ? object->cache_name : "", object->what);
}

void badfree_describe(struct km_finding *finding, const struct object *object)
{
	finding->object = (const void *)object->start;
	finding->object_bytes = object->bytes;
	finding->cache = object->cache_name;
	stack_read(object->alloc_stack, &finding->alloc_stack);
	stack_read(object->free_stack, &finding->free_stack);
	finding->alloc_comm = object->alloc_comm;
	finding->free_comm = object->free_comm;
}

/* -- the kinds of wrong frees ------------------------------------------------------------------ */

static void word_twice(char *text, const struct km_event *event, const struct object *object)
{
	const char *more = "", *kind = kern_context_name(object->free_kind);
	char noun[128];

	if (event->pooled == KM_POOL_HAS || object->pooled == KM_POOL_KEEPS)
		more = "; it is an object already in its mempool";
	word_object(noun, sizeof(noun), object, false);
	if (object->state == OBJECT_LIVE) {
		scnprintf(text, RULES_TEXT, "BUG: KASAN: double-free: %s() of %s%s", event->what,
			  noun, more);
		return;
	}
	scnprintf(text, RULES_TEXT,
		  "BUG: KASAN: double-free: %s() of %s, which %s() has freed already%s%s%s",
		  event->what, noun, object->freed_by ? object->freed_by : "a free",
		  kind ? " in " : "", kind ? kind : "",
		  more);
}

static void word_inside(char *text, const struct km_event *event, const struct object *object,
			const char **ret_help)
{
	size_t offset = (uintptr_t)event->object - object->start;
	char noun[128];

	word_object(noun, sizeof(noun), object, object->state == OBJECT_FREED);
	scnprintf(text, RULES_TEXT,
		  "BUG: KASAN: invalid-free: %s() of an address %zu bytes inside %s@allocated@",
		  event->what, offset, noun);
	*ret_help = "Pass the pointer that the allocation returned, not one advanced into the "
		    "object.";
}

static void word_order(char *text, const struct km_event *event, const struct object *object,
		       const char **ret_help)
{
	*ret_help = "Free pages with the order they were allocated with.";
	if (event->bytes && object->bytes) {
		scnprintf(text, RULES_TEXT,
			  "BUG: invalid-free: %s() of %zu bytes, but %zu were allocated by %s()",
			  event->what, event->bytes, object->bytes, object->what);
		*ret_help = "Free pages with the size they were allocated with.";
		return;
	}
	scnprintf(text, RULES_TEXT,
		  "BUG: invalid-free: %s() with order %u of pages allocated with order %u",
		  event->what, event->order, object->order);
}

/* The call looked where it should be, and it is not there. */
static void word_lost(char *text, const struct km_event *event, const struct object *object,
		      const char **ret_help)
{
	char noun[128];

	word_object(noun, sizeof(noun), object, false);
	if (event->family == KM_FAMILY_PAGES) {
		scnprintf(text, RULES_TEXT,
			  "BUG: KASAN: invalid-free: %s() of an address, not of a struct page: it "
			  "is that of %s", event->what, noun);
		*ret_help = "Pass what alloc_pages() returned, or virt_to_page() of the address; "
			    "for addresses there is free_pages().";
		return;
	}
	scnprintf(text, RULES_TEXT,
		  "BUG: KASAN: invalid-free: %s() of %s, which belongs to another device or pool",
		  event->what, noun);
	*ret_help = "Free it with the device or the pool it was allocated for.";
}

static void word_mismatch(char *text, char *help, const struct km_event *event,
			  const struct object *object, const char **ret_help)
{
	const struct origin *origin = origin_of(object);
	char noun[128];

	word_object(noun, sizeof(noun), object, false);
	scnprintf(text, RULES_TEXT, "BUG: KASAN: invalid-free: %s() of %s, use %s", event->what,
		  noun, origin->use);
	scnprintf(help, RULES_TEXT, "Free it with %s.", origin->use);
	*ret_help = help;
}

static void word_copy(char *text, const struct km_event *event, const struct free_facts *facts,
		      const char **ret_help)
{
	scnprintf(text, RULES_TEXT,
		  "BUG: KASAN: invalid-free: %s() of CPU %d's copy of a percpu pointer (%zu bytes "
		  "from %s()), use free_percpu()", event->what, facts->cpu, facts->object.bytes,
		  facts->object.what);
	*ret_help = "Free what alloc_percpu() returned with free_percpu(); all copies go with it.";
}

static void word_unknown(char *text, const struct km_event *event, const char **ret_help)
{
	char noun[192];

	*ret_help = "Only what an allocation returned may be freed: not variables, not memory of "
		    "the stack.";
	pointer_words((uintptr_t)event->object, noun, sizeof(noun), ret_help);
	scnprintf(text, RULES_TEXT,
		  "BUG: KASAN: invalid-free: %s() of what no allocation returned: %s", event->what,
		  noun);
}

static void word_cache(char *text, const struct km_event *event, const struct object *object,
		       const char **ret_help)
{
	scnprintf(text, RULES_TEXT,
		  "BUG: invalid-free: wrong slab cache: %s() to %s, but the object is from %s",
		  event->what, event->cache ? slab_cache_name(event->cache) : "none",
		  object->cache_name ? object->cache_name : "kmalloc");
	*ret_help = "Give the object back to the cache it was allocated from.";
}

static void word_free(char *text, char *help, const struct km_event *event,
		      const struct free_facts *facts, const char **ret_help)
{
	switch (facts->kind) {
	case FREE_TWICE:
		word_twice(text, event, &facts->object);
		break;
	case FREE_INSIDE:
		word_inside(text, event, &facts->object, ret_help);
		break;
	case FREE_COPY:
		word_copy(text, event, facts, ret_help);
		break;
	case FREE_UNKNOWN:
		word_unknown(text, event, ret_help);
		break;
	case FREE_CACHE:
		word_cache(text, event, &facts->object, ret_help);
		break;
	case FREE_ORDER:
		word_order(text, event, &facts->object, ret_help);
		break;
	case FREE_LOST:
		word_lost(text, event, &facts->object, ret_help);
		break;
	default:
		word_mismatch(text, help, event, &facts->object, ret_help);
		break;
	}
}

static bool is_resize(const char *what)
{
	return strstr(what, "realloc") != NULL;
}

void badfree_report(const struct km_event *event, const struct free_facts *facts)
{
	char text[RULES_TEXT], help[RULES_TEXT];
	struct km_finding finding;

	if (facts->kind == FREE_TWICE && is_resize(event->what)) {
		badfree_report_late(event, &facts->object);
		return;
	}
	record_start(&finding, facts->kind == FREE_TWICE ? "double-free" : "invalid-free");
	stack_take(event->frame, event->caller, &finding.stack);
	word_free(text, help, event, facts, &finding.help);
	finding.message = text;
	if (facts->has_object)
		badfree_describe(&finding, &facts->object);
	if (facts->kind == FREE_UNKNOWN)
		finding.object = event->object;
	record_finding(&finding);
}

void badfree_report_late(const struct km_event *event, const struct object *object)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, "use-after-free");
	stack_take(event->frame, event->caller, &finding.stack);
	scnprintf(text, sizeof(text),
		  "BUG: KASAN: slab-use-after-free: %s() of a %zu-byte object that %s() has freed",
		  event->what, object->bytes, object->freed_by ? object->freed_by : "a free");
	finding.message = text;
	badfree_describe(&finding, object);
	record_finding(&finding);
}
