/* SPDX-License-Identifier: MIT */
/*
 * lifetime.c - rules double-free and invalid-free: every object's state, and each free held against
 * it
 *
 * Owns: the state of all object records; tells the shadow what opens and closes.
 * L1  An object is live from ALLOC_DONE until the FREE_ASK this rule lets pass.
 * L2  A wrong free is answered REFUSE: the object stays as it was and the machine goes on, so that
 *     the next finding is not an echo of this one.
 * Lock: rules_lock for the records.  Nothing here sleeps.
 */
#include <linux/mm.h>
#include <linux/page-flags.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "kern/kern.h"
#include "page/page_room.h"
#include "rules/badfree.h"
#include "rules/extent.h"
#include "slab/slab_room.h"

static bool module_runs;

void leak_begin(void)
{
	module_runs = true;
}

bool leak_has_begun(void)
{
	return module_runs;
}

static int lifetime_boot(void)
{
	module_runs = false;
	objects_forget();
	return 0;
}

/* -- allocation -- */

static bool family_owns_slots(const struct km_event *event)
{
	struct slab_place place;

	if (event->family == KM_FAMILY_PAGES || event->family == KM_FAMILY_VMALLOC ||
	    event->family == KM_FAMILY_PERCPU)
		return false;
	if (event->cache && event->family <= KM_FAMILY_CACHE)
		return true;
	return slab_find(event->object, &place) && place.cache;
}

static noinline void see_alloc(const struct km_event *event)
{
	uintptr_t start = (uintptr_t)event->object;
	size_t usable = event->usable > event->bytes ? event->usable : event->bytes;
	struct object *object;
	unsigned long irq;
	uint32_t number;
	bool is_slot;

	if (event->family == KM_FAMILY_KMEM_CACHE || event->family == KM_FAMILY_OTHER ||
	    start <= 16)
		return;
	is_slot = family_owns_slots(event);
	number = stack_asked(event->frame, event->caller);
	irq = km_spin_lock(&rules_lock);
	object = object_add(start, usable, !is_slot);
	if (object) {
		object->bytes = event->bytes;
		object->cache = event->cache;
		if (event->cache)
			object->cache_name = object_cache_keep(event->cache,
							       slab_cache_name(event->cache));
		object->what = event->what;
		object->family = (uint8_t)event->family;
		object->order = (uint8_t)event->order;
		object->alloc_stack = number;
		object->alloc_comm = object_comm_keep(current->comm);
		object->test = test_case_now();
		object->is_module = module_runs;
		object->is_exact = event->family == KM_FAMILY_PAGES &&
				   !strncmp(event->what, "alloc_pages_exact", 17);
	}
	km_spin_unlock(&rules_lock, irq);
	if (shadow_is_on())
		extent_open(event->family, start, event->bytes, usable,
			    is_slot ? SHADOW_REDZONE : SHADOW_PAGE_REDZONE);
}

/* ALLOC_ASK out of a cache that is no longer one. */
static noinline __cold enum km_verdict see_destroyed(const struct km_event *event)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, "use-after-free");
	stack_take(event->frame, event->caller, &finding.stack);
	scnprintf(text, sizeof(text),
		  "BUG: KASAN: slab-use-after-free: %s() from a cache that was destroyed",
		  event->what);
	finding.message = text;
	finding.help = "Destroy a cache after its last user is gone.";
	record_finding(&finding);
	return KM_REFUSE;
}

/*
 * The record of @event's object as it was before @bytes of it became the caller's; false: there is
 * none.
 */
static bool resize_record(const struct km_event *event, size_t bytes, uint32_t stack,
			  struct object *ret_before)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct object *object = object_at((uintptr_t)event->object);

	if (object)
		*ret_before = *object;
	if (object && object->state == OBJECT_LIVE) {
		object->bytes = bytes;
		if (stack) {
			object->alloc_stack = stack;
			object->what = event->what;
		}
	}
	km_spin_unlock(&rules_lock, irq);
	return object != NULL;
}

/* krealloc() or ksize() of an address inside an object. */
static void report_stray(const struct km_event *event)
{
	struct free_facts facts = { .kind = FREE_INSIDE };
	unsigned long irq = km_spin_lock(&rules_lock);
	struct object *object = object_around((uintptr_t)event->object);

	facts.has_object = object != NULL;
	if (object)
		facts.object = *object;
	km_spin_unlock(&rules_lock, irq);
	if (object)
		badfree_report(event, &facts);
}

/* split_page(): the record shrinks to its first part; the others follow as ALLOC_DONE. */
static void see_split(const struct km_event *event)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct object *object = object_at((uintptr_t)event->object), whole, *part;

	if (object && object->state == OBJECT_LIVE) {
		whole = *object;
		object_drop(object);
		part = object_add(whole.start, event->usable, false);
		if (part) {
			part->what = whole.what;
			part->family = whole.family;
			part->alloc_stack = whole.alloc_stack;
			part->alloc_comm = whole.alloc_comm;
			part->test = whole.test;
			part->is_module = whole.is_module;
		}
	}
	km_spin_unlock(&rules_lock, irq);
}

static void see_resize(const struct km_event *event)
{
	struct object before;

	if (event->family == KM_FAMILY_PAGES) {
		see_split(event);
		return;
	}
	if (!resize_record(event, event->bytes, stack_number(event->frame, event->caller),
			   &before)) {
		report_stray(event);
		return;
	}
	if (before.state == OBJECT_FREED) {
		badfree_report_late(event, &before);
	} else if (shadow_is_on()) {
		shadow_close(before.start, before.usable, SHADOW_REDZONE);
		shadow_open(before.start, event->bytes);
	}
}

static void see_size_ask(const struct km_event *event)
{
	struct object before;

	if (!resize_record(event, event->usable, 0, &before)) {
		report_stray(event);
		return;
	}
	if (before.state == OBJECT_FREED)
		badfree_report_late(event, &before);
	else if (shadow_is_on())
		shadow_open(before.start, event->usable);
}

/* -- free -- */

static bool families_match(enum km_family freed_as, enum km_family came_as)
{
	switch (freed_as) {
	case KM_FAMILY_KMALLOC:
		return came_as == KM_FAMILY_KMALLOC || came_as == KM_FAMILY_CACHE;
	case KM_FAMILY_KVMALLOC:
		return came_as <= KM_FAMILY_KVMALLOC && came_as != KM_FAMILY_PAGES;
	default:
		return freed_as == came_as;
	}
}

/* kmalloc() from a cache named by the caller (__kmalloc_cache_noprof). */
static bool is_of_cache(const struct km_event *event, const struct object *object)
{
	return event->family == KM_FAMILY_CACHE && object->family == KM_FAMILY_KMALLOC &&
	       event->cache && event->cache == object->cache;
}

/*
 * The order that frees the block.  split_page() and the free of a block that is still referenced
 * cut it: then the frame knows better than the record.
 */
static bool order_fits(const struct km_event *event, const struct object *object)
{
	const struct page *page = frame_of(event->object);

	/* alloc_pages_exact() and free_pages_exact() count in bytes. */
	if (event->bytes || object->is_exact)
		return object->is_exact && PAGE_ALIGN(event->bytes) == PAGE_ALIGN(object->bytes);
	return event->order == object->order ||
	       (page && page->order == event->order && page->order < object->order);
}

/* An area is ended by the call that belongs to the one that made it; vfree() also after vmap(). */
static bool area_fits(const struct km_event *event, const struct object *object)
{
	static const char *const pairs[][2] = {
		{ "iounmap", "ioremap" }, { "vm_unmap_ram", "vm_map_ram" }, { "vunmap", "vmap" },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(pairs); i++)
		if (!strcmp(event->what, pairs[i][0]) ||
		    (i < 2 && !strcmp(object->what, pairs[i][1])))
			return !strcmp(event->what, pairs[i][0]) &&
			       !strcmp(object->what, pairs[i][1]);
	return true;
}

/* What @event would free, and what is wrong with that, if @object starts where it says. */
static int judge_known(const struct km_event *event, const struct object *object)
{
	if (event->pooled == KM_POOL_HAS || object->state == OBJECT_FREED)
		return FREE_TWICE;
	if (!families_match(event->family, object->family) && !is_of_cache(event, object))
		return FREE_MISMATCH;
	if (event->family == KM_FAMILY_VMALLOC && !area_fits(event, object))
		return FREE_MISMATCH;
	if (event->is_lost)
		return FREE_LOST;
	if (event->family == KM_FAMILY_CACHE && event->cache != object->cache)
		return FREE_CACHE;
	if (event->family == KM_FAMILY_MEMPOOL && event->pooled &&
	    event->bytes && event->bytes != object->bytes)
		return FREE_LOST;
	if (event->family == KM_FAMILY_PAGES && !order_fits(event, object))
		return object->is_exact && !event->bytes ? FREE_MISMATCH : FREE_ORDER;
	return FREE_FINE;
}

static struct object *find_strayed(const struct km_event *event, struct free_facts *facts)
{
	uintptr_t start = (uintptr_t)event->object, home;
	struct object *object = object_around(start);

	facts->kind = FREE_INSIDE;
	if (object)
		return object;
	facts->kind = FREE_UNKNOWN;
	home = extent_home_locked(start, 0, &facts->cpu);
	if (facts->cpu < 0)
		return NULL;
	facts->kind = FREE_COPY;
	return object_around(home);
}

static noinline __cold void judge_locked(const struct km_event *event, struct free_facts *facts)
{
	struct object *object = object_at((uintptr_t)event->object);

	*facts = (struct free_facts){ .kind = FREE_FINE };
	if (object)
		facts->kind = judge_known(event, object);
	else
		object = find_strayed(event, facts);
	/* A record that could not be made is no proof of anything. */
	if (facts->kind == FREE_UNKNOWN && objects_lost())
		facts->kind = FREE_FINE;
	facts->has_object = object != NULL;
	if (!object)
		return;
	facts->object = *object;
	/* The free is refused: that nobody frees it now follows from the finding. */
	if (facts->kind != FREE_FINE && facts->kind != FREE_TWICE)
		object->is_told = true;
}

static void free_locked(const struct km_event *event, struct object *object, uint32_t stack)
{
	object->state = OBJECT_FREED;
	object->free_stack = stack;
	object->freed_by = event->what;
	object->free_comm = object_comm_keep(current->comm);
	object->free_kind = (uint8_t)kern_context_number();
	object->pooled = (uint8_t)event->pooled;
}

/* kmem_cache_destroy() of a live cache names it; of anything else it does not. */
static enum km_verdict see_destroy(const struct km_event *event)
{
	struct km_finding finding;

	if (event->cache)
		return KM_GO;
	record_start(&finding, "invalid-free");
	stack_take(event->frame, event->caller, &finding.stack);
	finding.message =
		"BUG: invalid-free: kmem_cache_destroy() of what is no cache, or no longer one";
	finding.help =
		"Destroy a cache once, and set the pointer to NULL: destroying NULL is allowed.";
	record_finding(&finding);
	return KM_REFUSE;
}

/* What is no memory is asked about only if it is not there (any more). */
static enum km_verdict see_gone_twice(const struct km_event *event)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, "double-free");
	stack_take(event->frame, event->caller, &finding.stack);
	scnprintf(text, sizeof(text), "BUG: double-free: %s() of what is gone already",
		  event->what);
	finding.message = text;
	finding.help = "Free it once, and set the pointer to NULL: freeing NULL is allowed.";
	record_finding(&finding);
	return KM_REFUSE;
}

/* -- what is freed while the engine still holds on to it -- */

struct armed_search {
	uintptr_t start, end;
	const char *kind;	/* NULL: nothing found */
};

static void see_armed(const char *kind, const void *object, uintptr_t pc, const char *name,
		      void *arg)
{
	struct armed_search *search = arg;

	if ((uintptr_t)object >= search->start && (uintptr_t)object < search->end)
		search->kind = kind;
}

/* A timer or work inside @object would be touched after the free, whatever its function does. */
static noinline __cold void report_armed(const struct km_event *event)
{
	struct armed_search search = { .kind = NULL };
	struct km_finding finding;
	char text[RULES_TEXT];
	unsigned long irq = km_spin_lock(&rules_lock);
	struct object object = *object_at((uintptr_t)event->object);

	km_spin_unlock(&rules_lock, irq);
	/* It is this free that is told of. */
	object.free_stack = 0;
	object.free_comm = NULL;
	search.start = object.start;
	search.end = object.start + object.bytes;
	kern_armed(see_armed, &search);
	if (!search.kind)
		return;
	record_start(&finding, "use-after-free");
	stack_take(event->frame, event->caller, &finding.stack);
	scnprintf(text, sizeof(text),
		  "ODEBUG: free active (active state 0) object type: %s: %s() of a %zu-byte object "
		  "while it is pending",
		  search.kind, event->what, object.bytes);
	finding.message = text;
	finding.help =
		"Stop it before the memory goes: timer_delete_sync(), hrtimer_cancel(), "
		"tasklet_kill(), cancel_work_sync() or cancel_delayed_work_sync().";
	badfree_describe(&finding, &object);
	record_finding(&finding);
}

/* What a free that is right needs of the record. */
struct freed {
	uintptr_t start;
	size_t bytes, usable;
	const struct kmem_cache *cache;
	uint8_t family;
};

/* L1.  false: it is wrong, or of an object without a record. */
static bool free_known_locked(const struct km_event *event, uint32_t stack,
			      struct freed *ret_freed)
{
	struct object *object = object_at((uintptr_t)event->object);

	if (!object || judge_known(event, object) != FREE_FINE)
		return false;
	*ret_freed = (struct freed){ object->start, object->bytes, object->usable, object->cache,
				     object->family };
	free_locked(event, object, stack);
	return true;
}

static noinline enum km_verdict see_free(const struct km_event *event)
{
	struct free_facts facts;
	struct freed freed;
	unsigned long irq;
	uint32_t number;
	bool is_known;

	if (event->family == KM_FAMILY_KMEM_CACHE)
		return see_destroy(event);
	if (event->family == KM_FAMILY_OTHER)
		return see_gone_twice(event);
	number = stack_number(event->frame, event->caller);
	irq = km_spin_lock(&rules_lock);
	is_known = free_known_locked(event, number, &freed);
	if (!is_known)
		judge_locked(event, &facts);
	km_spin_unlock(&rules_lock, irq);
	if (!is_known && facts.kind != FREE_FINE) {
		badfree_report(event, &facts);
		return KM_REFUSE;
	}
	if (!is_known)
		return KM_GO;
	if (freed.bytes && kern_may_be_armed(freed.start, freed.start + freed.bytes))
		report_armed(event);
	/* A reader under RCU may still look at such an object, and must then see whose it is. */
	if (freed.cache && slab_cache_is_typesafe(freed.cache))
		return KM_GO;
	if (shadow_is_on())
		extent_close(freed.family, freed.start, freed.usable,
			     freed.family == KM_FAMILY_PAGES ? SHADOW_PAGE_FREED : SHADOW_FREED);
	return KM_GO;
}

/* NULL is welcome to kfree(), vfree() and free_pages(0), but not to these two. */
static void see_free_zero(const struct km_event *event)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	if (event->family != KM_FAMILY_CACHE &&
	    !(event->family == KM_FAMILY_PAGES && event->what[0] == '_'))
		return;
	record_start(&finding, "invalid-free");
	stack_take(event->frame, event->caller, &finding.stack);
	scnprintf(text, sizeof(text), "BUG: invalid-free: %s() of NULL", event->what);
	finding.message = text;
	finding.help =
		"Unlike kfree(), this function does not accept NULL: test the pointer first.";
	record_finding(&finding);
}

/* A fresh slab: what the frames held before is history.  A new cache may be where one was. */
static void see_slab(const struct km_event *event)
{
	unsigned long irq = km_spin_lock(&rules_lock);

	objects_forget_names();
	if (event->point == KM_POINT_SLAB_NEW)
		objects_drop_range((uintptr_t)event->object, event->bytes);
	km_spin_unlock(&rules_lock, irq);
}

static noinline enum km_verdict see_other(const struct km_event *event)
{
	switch (event->point) {
	case KM_POINT_RESIZE:
		see_resize(event);
		break;
	case KM_POINT_SIZE_ASK:
		see_size_ask(event);
		break;
	case KM_POINT_FREE_ZERO:
		see_free_zero(event);
		break;
	case KM_POINT_FREE_ASK:		/* ZERO_SIZE_PTR */
		see_free_zero(event);
		return KM_REFUSE;
	case KM_POINT_SLAB_NEW:
	case KM_POINT_CACHE_NEW:
		see_slab(event);
		break;
	default:
		break;
	}
	return KM_GO;
}

/* Nearly all events are of these three kinds. */
static enum km_verdict lifetime_see(const struct km_event *event)
{
	if (event->point == KM_POINT_ALLOC_ASK) {
		if (event->family != KM_FAMILY_CACHE || event->cache || !event->object)
			return KM_GO;
		return see_destroyed(event);
	}
	if (event->point == KM_POINT_FREE_ASK && (uintptr_t)event->object > 16)
		return see_free(event);
	if (event->point != KM_POINT_ALLOC_DONE)
		return see_other(event);
	see_alloc(event);
	return KM_GO;
}

const struct km_rule lifetime_rule = {
	.points = POINT_BIT(ALLOC_ASK) | POINT_BIT(ALLOC_DONE) | POINT_BIT(RESIZE) |
		  POINT_BIT(SIZE_ASK) | POINT_BIT(FREE_ZERO) | POINT_BIT(FREE_ASK) |
		  POINT_BIT(SLAB_NEW) | POINT_BIT(CACHE_NEW),
	.boot = lifetime_boot,
	.see = lifetime_see,
};
