/* SPDX-License-Identifier: MIT */
/*
 * lifetime.c - rules double-free and invalid-free: every object's state, and each free held against it
 *
 * Owns: the state of all object records; tells the shadow what opens and closes.
 * L1  An object is live from ALLOC_DONE until the FREE_ASK this rule lets pass.
 * L2  A wrong free is answered REFUSE: the object stays as it was and the machine goes on, so that the next finding is
 *     not an echo of this one.
 * Lock: rules_lock for the records.  Nothing here sleeps.
 */
#include <linux/mm_types.h>
#include <linux/page-flags.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include "page/page_room.h"
#include "rules/objects.h"
#include "rules/shadow.h"
#include "slab/slab_room.h"

#define FRAME_BYTES	4096u

static bool module_runs;

/* What the records say about one free, copied under the lock so that the report can be made without it. */
struct verdict_facts {
	enum { FREE_FINE, FREE_TWICE, FREE_INSIDE, FREE_UNKNOWN, FREE_MISMATCH, FREE_CACHE, FREE_ORDER } kind;
	struct object object;
	bool has_object;
};

void leak_begin(void)
{
	module_runs = true;
}

static int lifetime_boot(void)
{
	module_runs = false;
	objects_forget();
	return 0;
}

/* -- allocation -------------------------------------------------------------------------------------------- */

static bool family_owns_slots(const struct km_event *event)
{
	struct slab_place place;

	if (event->family == KM_FAMILY_PAGES || event->family == KM_FAMILY_VMALLOC)
		return false;
	return slab_find(event->object, &place) && place.cache;
}

static void see_alloc(const struct km_event *event)
{
	uintptr_t start = (uintptr_t)event->object;
	size_t usable = event->usable > event->bytes ? event->usable : event->bytes;
	struct km_stack stack;
	struct object *object;
	unsigned long irq;
	uint32_t number;
	bool is_slot;

	if (event->family == KM_FAMILY_KMEM_CACHE || event->family == KM_FAMILY_OTHER || start <= 16)
		return;
	is_slot = family_owns_slots(event);
	stack_take(event->frame, event->caller, &stack);
	number = stack_keep(&stack);
	irq = km_spin_lock(&rules_lock);
	object = object_add(start, usable, !is_slot);
	if (object) {
		object->bytes = event->bytes;
		object->cache = event->cache;
		object->what = event->what;
		object->family = (uint8_t)event->family;
		object->order = (uint8_t)event->order;
		object->alloc_stack = number;
		object->alloc_comm = object_comm_keep(current->comm);
		object->is_module = module_runs;
	}
	km_spin_unlock(&rules_lock, irq);
	if (shadow_is_on()) {
		shadow_close(start, usable, is_slot ? SHADOW_REDZONE : SHADOW_PAGE_REDZONE);
		shadow_open(start, event->bytes);
	}
}

static void see_resize(const struct km_event *event)
{
	uintptr_t start = (uintptr_t)event->object;
	struct km_stack stack;
	struct object *object;
	unsigned long irq;
	size_t usable = event->usable;
	uint32_t number;

	stack_take(event->frame, event->caller, &stack);
	number = stack_keep(&stack);
	irq = km_spin_lock(&rules_lock);
	object = object_at(start);
	if (object && object->state == OBJECT_LIVE) {
		object->bytes = event->bytes;
		object->alloc_stack = number;
		object->what = event->what;
		usable = object->usable;
	}
	km_spin_unlock(&rules_lock, irq);
	if (shadow_is_on() && object) {
		shadow_close(start, usable, SHADOW_REDZONE);
		shadow_open(start, event->bytes);
	}
}

static void see_size_ask(const struct km_event *event)
{
	struct object *object;
	unsigned long irq = km_spin_lock(&rules_lock);
	size_t usable = 0;

	object = object_at((uintptr_t)event->object);
	if (object && object->state == OBJECT_LIVE) {
		object->bytes = object->usable;
		usable = object->usable;
	}
	km_spin_unlock(&rules_lock, irq);
	if (usable && shadow_is_on())
		shadow_open((uintptr_t)event->object, usable);
}

/* -- free -------------------------------------------------------------------------------------------------- */

static bool families_match(enum km_family freed_as, enum km_family came_as)
{
	switch (freed_as) {
	case KM_FAMILY_KMALLOC:
		return came_as == KM_FAMILY_KMALLOC || came_as == KM_FAMILY_CACHE;
	case KM_FAMILY_KVMALLOC:
		return came_as != KM_FAMILY_PAGES;
	default:
		return freed_as == came_as;
	}
}

/* References that keep pages alive after a free: the call only drops one. */
static int page_references(uintptr_t start)
{
	const struct page *page = frame_of((const void *)start);

	return page ? page->_refcount.counter : 0;
}

/* split_page() and alloc_pages_exact() cut a block: the frames say so.  Each becomes an object of its own. */
static void split_if_cut_locked(uintptr_t start, unsigned int order)
{
	struct object *whole = object_around(start), copy;
	const struct page *page = frame_of((const void *)start);
	size_t step = (size_t)FRAME_BYTES << order;

	if (!whole || whole->state != OBJECT_LIVE || whole->family != KM_FAMILY_PAGES || whole->order <= order)
		return;
	if (!page || page->owner != PAGE_OWNER_PAGES || page->order != order || (start - whole->start) % step)
		return;
	copy = *whole;
	object_drop(whole);
	for (size_t at = 0; at + step <= copy.usable; at += step) {
		struct object *part = object_add(copy.start + at, step, false);

		if (!part)
			return;
		part->what = copy.what;
		part->family = copy.family;
		part->order = (uint8_t)order;
		part->alloc_stack = copy.alloc_stack;
		part->alloc_comm = copy.alloc_comm;
		part->is_module = copy.is_module;
	}
}

static void judge_locked(const struct km_event *event, struct verdict_facts *facts)
{
	uintptr_t start = (uintptr_t)event->object;
	struct object *object;

	if (event->family == KM_FAMILY_PAGES)
		split_if_cut_locked(start, event->order);
	object = object_at(start);
	facts->kind = FREE_FINE;
	if (!object) {
		object = object_around(start);
		facts->kind = object ? FREE_INSIDE : FREE_UNKNOWN;
	} else if (object->state == OBJECT_FREED) {
		facts->kind = FREE_TWICE;
	} else if (!families_match(event->family, object->family)) {
		facts->kind = FREE_MISMATCH;
	} else if (event->family == KM_FAMILY_CACHE && event->cache != object->cache) {
		facts->kind = FREE_CACHE;
	} else if (event->family == KM_FAMILY_PAGES && event->order != object->order) {
		facts->kind = FREE_ORDER;
	}
	facts->has_object = object != NULL;
	if (object)
		facts->object = *object;
}

static const char *right_function(const struct object *object)
{
	switch (object->family) {
	case KM_FAMILY_KMALLOC:
		return "Free it with kfree().";
	case KM_FAMILY_CACHE:
		return "Free it with kmem_cache_free() and the cache it came from.";
	case KM_FAMILY_PAGES:
		return "Free it with free_pages() or __free_pages() and the order it was allocated with.";
	case KM_FAMILY_VMALLOC:
		return "Free it with vfree().";
	default:
		return "Free it with kvfree().";
	}
}

static void describe_object(struct km_finding *finding, const struct object *object)
{
	finding->object = (const void *)object->start;
	finding->object_bytes = object->bytes;
	finding->cache = object->cache ? slab_cache_name(object->cache) : NULL;
	stack_read(object->alloc_stack, &finding->alloc_stack);
	stack_read(object->free_stack, &finding->free_stack);
	finding->alloc_comm = object->alloc_comm;
	finding->free_comm = object->free_comm;
}

static void word_mismatch(char *text, const struct km_event *event, const struct object *object, const char **ret_help)
{
	*ret_help = right_function(object);
	scnprintf(text, RULES_TEXT, "BUG: KASAN: invalid-free: %s() of a %zu-byte object that came from %s()",
		  event->what, object->bytes, object->what);
}

static void word_finding(char *text, const struct km_event *event, const struct verdict_facts *facts,
			 const char **ret_help)
{
	const struct object *object = &facts->object;
	size_t offset = (uintptr_t)event->object - object->start;

	switch (facts->kind) {
	case FREE_TWICE:
		scnprintf(text, RULES_TEXT, "BUG: KASAN: double-free: %s() of a %zu-byte object that %s() has freed already",
			  event->what, object->bytes, object->freed_by ? object->freed_by : "a free");
		break;
	case FREE_INSIDE:
		scnprintf(text, RULES_TEXT, "BUG: KASAN: invalid-free: %s() of an address %zu bytes inside of a %s%zu-byte "
			  "object from %s()", event->what, offset, object->state == OBJECT_FREED ? "freed " : "",
			  object->bytes, object->what);
		*ret_help = "Pass the pointer that the allocation returned, not one advanced into the object.";
		break;
	case FREE_UNKNOWN:
		scnprintf(text, RULES_TEXT, "BUG: KASAN: invalid-free: %s() of an address that no allocation returned",
			  event->what);
		*ret_help = "Only what an allocation returned may be freed: not variables, not memory of the stack.";
		break;
	case FREE_CACHE:
		scnprintf(text, RULES_TEXT, "BUG: invalid-free: wrong slab cache: %s() to %s, but the object is from %s",
			  event->what, event->cache ? slab_cache_name(event->cache) : "none",
			  object->cache ? slab_cache_name(object->cache) : "kmalloc");
		*ret_help = "Give the object back to the cache it was allocated from.";
		break;
	case FREE_ORDER:
		scnprintf(text, RULES_TEXT, "BUG: invalid-free: %s() with order %u of pages allocated with order %u",
			  event->what, event->order, object->order);
		*ret_help = "Free pages with the order they were allocated with.";
		break;
	default:
		word_mismatch(text, event, object, ret_help);
		break;
	}
}

static void report_free(const struct km_event *event, const struct verdict_facts *facts)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, facts->kind == FREE_TWICE ? "double-free" : "invalid-free");
	stack_take(event->frame, event->caller, &finding.stack);
	word_finding(text, event, facts, &finding.help);
	finding.message = text;
	finding.object = event->object;
	if (facts->has_object)
		describe_object(&finding, &facts->object);
	record_finding(&finding);
}

static void free_locked(const struct km_event *event, struct object *object, uint32_t stack)
{
	object->state = OBJECT_FREED;
	object->free_stack = stack;
	object->freed_by = event->what;
	object->free_comm = object_comm_keep(current->comm);
}

/* Others still refer to the pages: one reference goes; of a block that is not compound the tail goes at once. */
static bool only_drops_reference(const struct km_event *event, struct object *object)
{
	const struct page *page = frame_of(event->object);

	if (event->family != KM_FAMILY_PAGES || page_references(object->start) <= 1)
		return false;
	if (object->order && page && !(page->flags & (1ul << PG_head)))
		object->bytes = object->usable = FRAME_BYTES;
	return true;
}

static enum km_verdict see_free(const struct km_event *event)
{
	struct verdict_facts facts = { .kind = FREE_FINE };
	struct km_stack stack;
	unsigned long irq;
	uint32_t number;
	bool is_page;

	if (event->family == KM_FAMILY_KMEM_CACHE || event->family == KM_FAMILY_OTHER)
		return KM_GO;
	stack_take(event->frame, event->caller, &stack);
	number = stack_keep(&stack);
	irq = km_spin_lock(&rules_lock);
	judge_locked(event, &facts);
	if (facts.kind == FREE_FINE) {
		struct object *object = object_at((uintptr_t)event->object);

		if (only_drops_reference(event, object)) {
			km_spin_unlock(&rules_lock, irq);
			return KM_GO;
		}
		free_locked(event, object, number);
	}
	km_spin_unlock(&rules_lock, irq);
	if (facts.kind != FREE_FINE) {
		report_free(event, &facts);
		return KM_REFUSE;
	}
	is_page = facts.object.family == KM_FAMILY_PAGES;
	if (shadow_is_on())
		shadow_close(facts.object.start, facts.object.usable, is_page ? SHADOW_PAGE_FREED : SHADOW_FREED);
	return KM_GO;
}

/* NULL is welcome to kfree(), vfree() and free_pages(0), but not to these two. */
static void see_free_zero(const struct km_event *event)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	if (event->family != KM_FAMILY_CACHE && !(event->family == KM_FAMILY_PAGES && event->what[0] == '_'))
		return;
	record_start(&finding, "invalid-free");
	stack_take(event->frame, event->caller, &finding.stack);
	scnprintf(text, sizeof(text), "BUG: invalid-free: %s() of NULL", event->what);
	finding.message = text;
	finding.help = "Unlike kfree(), this function does not accept NULL: test the pointer first.";
	record_finding(&finding);
}

static enum km_verdict lifetime_see(const struct km_event *event)
{
	switch (event->point) {
	case KM_POINT_ALLOC_DONE:
		see_alloc(event);
		return KM_GO;
	case KM_POINT_RESIZE:
		see_resize(event);
		return KM_GO;
	case KM_POINT_SIZE_ASK:
		see_size_ask(event);
		return KM_GO;
	case KM_POINT_FREE_ZERO:
		see_free_zero(event);
		return KM_GO;
	case KM_POINT_FREE_ASK:
		if ((uintptr_t)event->object <= 16) {
			see_free_zero(event);
			return KM_REFUSE;
		}
		return see_free(event);
	default:
		return KM_GO;
	}
}

/* A fresh slab: what the frames held before is history. */
static enum km_verdict lifetime_see_all(const struct km_event *event)
{
	unsigned long irq;

	if (event->point != KM_POINT_SLAB_NEW)
		return lifetime_see(event);
	irq = km_spin_lock(&rules_lock);
	objects_drop_range((uintptr_t)event->object, event->bytes);
	km_spin_unlock(&rules_lock, irq);
	return KM_GO;
}

const struct km_rule lifetime_rule = {
	.points = POINT_BIT(ALLOC_DONE) | POINT_BIT(RESIZE) | POINT_BIT(SIZE_ASK) | POINT_BIT(FREE_ZERO) |
		  POINT_BIT(FREE_ASK) | POINT_BIT(SLAB_NEW),
	.boot = lifetime_boot,
	.see = lifetime_see_all,
};
