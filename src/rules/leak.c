/* SPDX-License-Identifier: MIT */
/*
 * leak.c - rule leak: what a module leaves behind, or loses while it lives
 *
 * Owns: what module_init() returned.
 * K1  Only what was made in the module's life counts; the engine's own is not the module's.
 * K2  One finding per allocation stack, with the number of objects and bytes in it.
 * K3  What a scan found is told when no exit has freed it after all: a pointer may be kept in a
 *     form that no scanner knows, and what is freed in the end was no leak.
 * Lock: rules_lock for the tables.  Nothing here sleeps.
 */
#include <linux/sprintf.h>
#include <linux/string.h>
#include "kern/kern.h"
#include "reclaim/reclaim_room.h"
#include "rules/leak_scan.h"
#include "rules/resource.h"
#include "slab/slab_room.h"

struct tally { uint64_t objects, bytes; };

static int init_ret;			/* below 0: module_init() failed with it */

static int leak_boot(void)
{
	init_ret = 0;
	hint_forget();
	test_case_boot();
	return resource_boot();
}

/* -- kmem_cache_destroy() with objects still out -- */

/*
 * Marks what is still out of @cache as told, so that the ledger does not tell it again; the first
 * one in @ret_first.  @ret_told: how many a finding had named before, as freed in a wrong way.
 */
static size_t tell_objects_of(const struct kmem_cache *cache, struct object *ret_first,
			      size_t *ret_told)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct object_walk walk = { 0 };
	struct object *object;
	size_t count = 0;

	while ((object = object_next(&walk))) {
		if (object->state != OBJECT_LIVE || object->cache != cache)
			continue;
		if (object->is_told) {
			(*ret_told)++;
			continue;
		}
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
	size_t count, told = 0;

	resource_gone(event->cache);
	if (!event->bytes)
		return;
	count = tell_objects_of(event->cache, &first, &told);
	if (!count && told)
		return;
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
	case KM_POINT_LEAK_HINT:
		hint_see(event);
		break;
	case KM_POINT_TEST:
		test_case_see(event);
		break;
	default:
		break;
	}
	return KM_GO;
}

/* -- the ledger -- */

static bool is_freed(const void *address)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	const struct object *object = object_around((uintptr_t)address);
	bool freed = object && object->state == OBJECT_FREED;

	km_spin_unlock(&rules_lock, irq);
	return freed;
}

void leak_init_failed(int ret)
{
	init_ret = ret;
}

/*
 * When it should have gone: an exit that forgets is another mistake than an error path that does,
 * for which no exit ever comes.  The reader of records puts the failed place behind the function.
 */
static const char *when_left(char *room, size_t bytes, const char *test)
{
	const char *what = NULL;
	bool is_injected = fault_injected(NULL, &what) != 0;
	const char *after = test ? "KUnit case " : "module_exit()";

	if (init_ret < 0 && is_injected)
		scnprintf(room, bytes,
			  "leaked on the error path after %s() failed (module_init() returned %d, "
			  "so module_exit() never runs)",
			  what, init_ret);
	else if (init_ret < 0)
		scnprintf(room, bytes,
			  "leaked on the error path of module_init(), which returned %d, so "
			  "module_exit() never runs",
			  init_ret);
	else if (is_injected)
		scnprintf(room, bytes,
			  "leaked on the error path after %s() failed, and left after %s%s", what,
			  after, test ? test : "");
	else
		scnprintf(room, bytes, "left after %s%s", after, test ? test : "");
	return room;
}

static void see_left(const char *kind, const void *object, uintptr_t pc, const char *name,
		     void *arg)
{
	const struct resource resource = resource_of(object);
	struct km_finding finding;
	char text[RULES_TEXT], when[RULES_TEXT / 2];

	/* Its memory went while it was active: that was told then. */
	if (is_freed(object) || resource.is_excused)
		return;
	record_start(&finding, "leak");
	stack_read(resource.stack, &finding.stack);
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
	scnprintf(text, sizeof(text), "%s%s%s%s is still active %s: %s", kind, name ? " '" : "",
		  name ? name : "", name ? "'" : "",
		  init_ret < 0	  ? "after a failed module_init()"
		  : resource.test ? "after its test"
				  : "after the module's exit",
		  when_left(when, sizeof(when), resource.test));
	finding.message = text;
	finding.help =
		"Stop it in the exit function (and on error paths) before what it uses goes away.";
	record_finding(&finding);
}

static void see_left_no_thread(const char *kind, const void *object, uintptr_t pc, const char *name,
			       void *arg)
{
	if (strcmp(kind, "kthread") != 0)
		see_left(kind, object, pc, name, arg);
}

void leak_check_running(bool with_threads)
{
	if (!resource_is_on() || !rules_enforced("leak"))
		return;
	kern_left(with_threads ? see_left : see_left_no_thread, NULL);
	reclaim_left(see_left, NULL);
}

static const char *when_lost(char *room, size_t bytes, const char *test)
{
	const char *what = NULL;

	if (test)
		return when_left(room, bytes, test);
	if (fault_injected(NULL, &what))
		scnprintf(room, bytes,
			  "leaked on the error path after %s() failed: nothing refers to it any "
			  "more, while the module lives",
			  what);
	else
		scnprintf(room, bytes, "nothing refers to it any more, while the module lives");
	return room;
}

static bool is_left(const struct object *object)
{
	return object->state == OBJECT_LIVE && object->is_module && !object->is_told &&
	       object->alloc_stack && !(object->hints & HINT_EXCUSED);
}

static bool is_lost(const struct object *object)
{
	return object->is_lost && is_left(object);
}

static struct tally *tally_make(bool (*counts)(const struct object *object))
{
	struct tally *tallies = memory_carve((stack_count() + 1) * sizeof(*tallies));
	struct object_walk walk = { 0 };
	struct object *object;

	if (!tallies)
		return NULL;
	while ((object = object_next(&walk))) {
		if (!counts(object))
			continue;
		tallies[object->alloc_stack].objects++;
		tallies[object->alloc_stack].bytes += object->bytes;
	}
	return tallies;
}

static void word_object(char *text, const struct object *object, const struct tally *tally,
			const char *when)
{
	int used = scnprintf(text, RULES_TEXT, "unreferenced object 0x%lx (size %zu): ",
			     (unsigned long)object->start, object->bytes);

	if (tally->objects > 1)
		scnprintf(text + used, RULES_TEXT - used,
			  "%llu objects, %llu bytes from %s() here were never freed; %s",
			  (unsigned long long)tally->objects, (unsigned long long)tally->bytes,
			  object->what, when);
	else
		scnprintf(text + used, RULES_TEXT - used,
			  "it came from %s() and was never freed; %s", object->what, when);
}

static void report_left(const struct object *object, const struct tally *tally, const char *when)
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
	word_object(text, object, tally, when);
	finding.message = text;
	record_finding(&finding);
}

static void report_resource(const struct resource *resource)
{
	struct km_finding finding;
	char text[RULES_TEXT], when[RULES_TEXT / 2];

	record_start(&finding, "leak");
	when_left(when, sizeof(when), resource->test);
	stack_read(resource->stack, &finding.stack);
	finding.alloc_stack = finding.stack;
	if (resource->is_cache) {
		finding.cache = slab_cache_name(resource->object);
		scnprintf(text, sizeof(text),
			  "slab cache '%s' was created here and never destroyed; %s",
			  finding.cache ? finding.cache : "?", when);
		finding.help =
			"Call kmem_cache_destroy() in the exit function and on error paths.";
	} else {
		scnprintf(text, sizeof(text), "what %s() did here was never undone; %s",
			  resource->kind, when);
		finding.help = "Unmap or unregister it in the exit function and on error paths.";
	}
	finding.message = text;
	record_finding(&finding);
}

/* An object that is left itself, and was told of. */
static bool is_told(const void *address)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	const struct object *object = object_at((uintptr_t)address);
	bool told = object && object->state == OBJECT_LIVE && object->is_told;

	km_spin_unlock(&rules_lock, irq);
	return told;
}

static void check_resource(const struct resource *resource)
{
	if (resource->is_listed && resource->is_module && resource->stack &&
	    !resource->is_excused && !is_told(resource->object))
		report_resource(resource);
}

/* One thread runs, and the machine is quiet: the records do not change under the walk. */
static void report_all(bool (*counts)(const struct object *object),
		       const char *(*when)(char *room, size_t bytes, const char *test))
{
	char text[RULES_TEXT / 2];
	struct tally *tallies = tally_make(counts);
	struct object_walk walk = { 0 };
	struct object *object;

	while (tallies && (object = object_next(&walk))) {
		struct tally *tally = &tallies[object->alloc_stack];

		if (!counts(object))
			continue;
		if (tally->objects)
			report_left(object, tally, when(text, sizeof(text), object->test));
		tally->objects = 0;
		object->is_told = true;
	}
}

void leak_check(void)
{
	if (!resource_is_on() || !rules_enforced("leak"))
		return;
	leak_check_running(true);
	/* Of one place those that were lost first: the others are then no second finding. */
	report_all(is_lost, when_lost);
	report_all(is_left, when_left);
	resource_each(check_resource);
}

/* -- the scan -- */

/* The record of a genpool's block need not be one of an address that anybody keeps. */
static bool is_unreached(const struct object *object)
{
	return is_left(object) && !scan_reached(object) && !(object->hints & HINT_TRANSIENT) &&
	       object->family != KM_FAMILY_GENPOOL;
}

static void report_block(struct hint_block *block)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	if (block->is_told || block->seen >= block->least)
		return;
	block->is_told = true;
	record_start(&finding, "leak");
	stack_read(block->stack, &finding.stack);
	finding.alloc_stack = finding.stack;
	finding.object = (const void *)block->start;
	finding.object_bytes = block->bytes;
	scnprintf(text, sizeof(text),
		  "unreferenced object 0x%lx (size %zu): kmemleak_alloc() told of it, and %d of %d "
		  "references were found",
		  (unsigned long)block->start, block->bytes, block->seen, block->least);
	finding.message = text;
	record_finding(&finding);
}

void leak_scan(void)
{
	struct object_walk walk = { 0 };
	struct object *object;

	if (!resource_is_on() || !rules_enforced("leak"))
		return;
	scan_mark();
	while ((object = object_next(&walk))) {
		object->is_lost |= is_unreached(object);
		object->hints &= (uint8_t)~HINT_TRANSIENT;
	}
	for (struct hint_block *block = hint_blocks(); block; block = block->next)
		report_block(block);
}

void leak_check_lost(void)
{
	if (resource_is_on() && rules_enforced("leak"))
		report_all(is_lost, when_lost);
}

const struct km_rule leak_rule = {
	.id = "leak",
	.points = POINT_BIT(CACHE_NEW) | POINT_BIT(CACHE_GONE) | POINT_BIT(RESOURCE_NEW) |
		  POINT_BIT(RESOURCE_GONE) | POINT_BIT(LEAK_HINT) | POINT_BIT(TEST),
	.boot = leak_boot,
	.shutdown = resource_shutdown,
	.see = leak_see,
};
