/* SPDX-License-Identifier: MIT */
/*
 * leak.c - rule leak: what a module leaves behind
 *
 * Owns: where each thing that is not memory came from (caches, threads, timers, interrupts, work,
 *       devices, DMA mappings).
 * K1  Only what was made in the module's life counts; the engine's own is not the module's.
 * K2  One finding per allocation stack, with the number of objects and bytes in it.
 * Lock: rules_lock for the tables.  Nothing here sleeps.
 */
#include <linux/sprintf.h>
#include "kern/kern.h"
#include "reclaim/reclaim_room.h"
#include "rules/objects.h"
#include "slab/slab_room.h"

#define BUCKETS		1024

struct resource {
	struct resource *next;
	const void *object;
	const char *kind;
	uint32_t stack;
	bool is_cache, is_module;
	bool is_listed;		/* kern does not know it: told from the list at the end */
};

struct tally { uint64_t objects, bytes; };

static struct resource **resources, *spare;

static int leak_boot(void)
{
	spare = NULL;
	resources = memory_carve(BUCKETS * sizeof(*resources));
	return resources ? 0 : -12;
}

static struct resource **bucket_of(const void *object)
{
	return &resources[((uintptr_t)object >> 4 ^ (uintptr_t)object >> 16) % BUCKETS];
}

static void resource_new(const struct km_event *event, const void *object, const char *kind,
			 bool is_cache)
{
	struct km_stack stack;
	struct resource *resource;
	unsigned long irq;
	uint32_t number;

	stack_take(event->frame, event->caller, &stack);
	number = stack_keep(&stack);
	irq = km_spin_lock(&rules_lock);
	resource = *bucket_of(object);
	while (resource && resource->object != object)
		resource = resource->next;
	if (!resource) {
		resource = spare;
		if (resource)
			spare = resource->next;
		else
			resource = memory_carve(sizeof(*resource));
		if (resource) {
			resource->next = *bucket_of(object);
			*bucket_of(object) = resource;
		}
	}
	if (resource) {
		resource->object = object;
		resource->kind = kind;
		resource->stack = number;
		resource->is_cache = is_cache;
		resource->is_listed = is_cache || event->family != KM_FAMILY_OTHER;
		resource->is_module = leak_has_begun();
	}
	km_spin_unlock(&rules_lock, irq);
}

static void resource_gone(const void *object)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct resource **link = bucket_of(object), *resource;

	while (*link && (*link)->object != object)
		link = &(*link)->next;
	resource = *link;
	if (resource) {
		*link = resource->next;
		resource->next = spare;
		spare = resource;
	}
	km_spin_unlock(&rules_lock, irq);
}

/* Number of the stack that made @object; 0 if it is not known. */
static uint32_t resource_stack(const void *object)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct resource *resource = *bucket_of(object);
	uint32_t stack = 0;

	while (resource && resource->object != object)
		resource = resource->next;
	if (resource)
		stack = resource->stack;
	km_spin_unlock(&rules_lock, irq);
	return stack;
}

/* -- kmem_cache_destroy() with objects still out -- */

/*
 * Marks what is still out of @cache as told, so that the ledger does not tell it again; the first
 * one in @ret_first.
 */
static size_t tell_objects_of(const struct kmem_cache *cache, struct object *ret_first)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct object_walk walk = { 0 };
	struct object *object;
	size_t count = 0;

	while ((object = object_next(&walk))) {
		if (object->state != OBJECT_LIVE || object->cache != cache)
			continue;
		if (!count++)
			*ret_first = *object;
		object->is_told = true;
	}
	km_spin_unlock(&rules_lock, irq);
	return count;
}

static void see_cache_gone(const struct km_event *event)
{
	struct object first = { .state = OBJECT_UNUSED };
	struct km_finding finding;
	char text[RULES_TEXT];
	size_t count;

	resource_gone(event->cache);
	if (!event->bytes)
		return;
	count = tell_objects_of(event->cache, &first);
	record_start(&finding, "leak");
	stack_take(event->frame, event->caller, &finding.stack);
	scnprintf(text, sizeof(text),
		  "BUG %s: Objects remaining in %s on kmem_cache_destroy(): %zu still out",
		  slab_cache_name(event->cache), slab_cache_name(event->cache),
		  count ? count : event->bytes);
	finding.message = text;
	finding.help = "Free every object of the cache before it is destroyed.";
	finding.cache = slab_cache_name(event->cache);
	if (count) {
		finding.object = (const void *)first.start;
		finding.object_bytes = first.bytes;
		stack_read(first.alloc_stack, &finding.alloc_stack);
		finding.alloc_comm = first.alloc_comm;
	}
	record_finding(&finding);
}

static enum km_verdict leak_see(const struct km_event *event)
{
	switch (event->point) {
	case KM_POINT_CACHE_NEW:
		resource_new(event, event->cache, "cache", true);
		break;
	case KM_POINT_CACHE_GONE:
		see_cache_gone(event);
		break;
	case KM_POINT_RESOURCE_NEW:
		resource_new(event, event->object, event->what, false);
		break;
	case KM_POINT_RESOURCE_GONE:
		resource_gone(event->object);
		break;
	default:
		break;
	}
	return KM_GO;
}

/* -- the ledger -- */

static void see_left(const char *kind, const void *object, uintptr_t pc, const char *name,
		     void *arg)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, "leak");
	stack_read(resource_stack(object), &finding.stack);
	if (!finding.stack.count && pc) {
		finding.stack.count = 1;
		finding.stack.pc[0] = pc + 1;
	}
	if (!finding.stack.count)
		return;
	/*
	 * Else the record of an injected failure puts its own stack there, and the leak looks new
	 * in each run.
	 */
	finding.alloc_stack = finding.stack;
	scnprintf(text, sizeof(text), "%s%s%s%s is still active after the module's exit", kind,
		  name ? " '" : "", name ? name : "", name ? "'" : "");
	finding.message = text;
	finding.help =
		"Stop it in the exit function (and on error paths) before what it uses goes away.";
	record_finding(&finding);
}

void leak_check_running(void)
{
	if (!resources || !rules_enforced("leak"))
		return;
	kern_left(see_left, NULL);
	reclaim_left(see_left, NULL);
}

static bool is_left(const struct object *object)
{
	return object->state == OBJECT_LIVE && object->is_module && !object->is_told &&
	       object->alloc_stack;
}

static struct tally *tally_make(void)
{
	struct tally *tallies = memory_carve((stack_count() + 1) * sizeof(*tallies));
	struct object_walk walk = { 0 };
	struct object *object;

	if (!tallies)
		return NULL;
	while ((object = object_next(&walk))) {
		if (!is_left(object))
			continue;
		tallies[object->alloc_stack].objects++;
		tallies[object->alloc_stack].bytes += object->bytes;
	}
	return tallies;
}

static void report_left(const struct object *object, const struct tally *tally)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, "leak");
	stack_read(object->alloc_stack, &finding.stack);
	finding.alloc_stack = finding.stack;
	finding.alloc_comm = object->alloc_comm;
	finding.object = (const void *)object->start;
	finding.object_bytes = object->bytes;
	finding.cache = object->cache ? slab_cache_name(object->cache) : NULL;
	if (tally->objects > 1)
		scnprintf(
			text, sizeof(text),
			"unreferenced object 0x%lx (size %zu): %llu objects, %llu bytes from %s() "
			"here were never freed",
			(unsigned long)object->start, object->bytes,
			(unsigned long long)tally->objects, (unsigned long long)tally->bytes,
			object->what);
	else
		scnprintf(
			text, sizeof(text),
			"unreferenced object 0x%lx (size %zu): it came from %s() and was never "
			"freed",
			(unsigned long)object->start, object->bytes, object->what);
	finding.message = text;
	record_finding(&finding);
}

static void report_resource(const struct resource *resource)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, "leak");
	stack_read(resource->stack, &finding.stack);
	finding.alloc_stack = finding.stack;
	if (resource->is_cache) {
		finding.cache = slab_cache_name(resource->object);
		scnprintf(text, sizeof(text),
			  "slab cache '%s' was created here and never destroyed",
			  finding.cache ? finding.cache : "?");
		finding.help =
			"Call kmem_cache_destroy() in the exit function and on error paths.";
	} else {
		scnprintf(text, sizeof(text), "what %s() did here was never undone",
			  resource->kind);
		finding.help = "Unmap or unregister it in the exit function and on error paths.";
	}
	finding.message = text;
	record_finding(&finding);
}

static void check_resources(void)
{
	for (unsigned int i = 0; i < BUCKETS; i++)
		for (struct resource *resource = resources[i]; resource; resource = resource->next)
			if (resource->is_listed && resource->is_module && resource->stack)
				report_resource(resource);
}

/* One thread runs, and the machine is quiet: the records do not change under the walk. */
void leak_check(void)
{
	struct tally *tallies;
	struct object_walk walk = { 0 };
	struct object *object;

	if (!resources || !rules_enforced("leak"))
		return;
	leak_check_running();
	tallies = tally_make();
	while (tallies && (object = object_next(&walk))) {
		struct tally *tally = &tallies[object->alloc_stack];

		if (!is_left(object) || !tally->objects)
			continue;
		report_left(object, tally);
		tally->objects = 0;
	}
	check_resources();
}

static void leak_shutdown(void)
{
	resources = NULL;
}

const struct km_rule leak_rule = {
	.id = "leak",
	.points = POINT_BIT(CACHE_NEW) | POINT_BIT(CACHE_GONE) | POINT_BIT(RESOURCE_NEW) |
		  POINT_BIT(RESOURCE_GONE),
	.boot = leak_boot,
	.shutdown = leak_shutdown,
	.see = leak_see,
};
