/* SPDX-License-Identifier: MIT */
/*
 * access.c - rules out-of-bounds and use-after-free: every load and store of checked code
 *
 * Judges what does not pass at the entry points (entry.c), and finds the words.
 * A1  Each access is a place where the port may let another CPU run (km_port_point()).
 * A2  Inside a watched call (a constructor, say) the object is not the user's yet: nothing is
 *     checked.
 * A3  After a finding the access goes on; the copying functions stop before the first byte that may
 *     not be touched, so that one bug does not destroy the machine that is to find the next.
 * Nothing here sleeps.
 */
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/types.h>
#include "rules/access.h"
#include "rules/extent.h"
#include "rules/init_shadow.h"
#include "rules/uninit.h"
#include "rules/variable.h"
#include "slab/slab_room.h"
#include "vmap/vmap_room.h"
#include "watch/watch.h"

/* km_port_effort() of a library function that checked code calls, and of the bytes it touches */
#define CALL_NS		20
#define BYTES_A_NS	20

#define REACH	512	/* how far from an object an access is still said to be beside it */

static const char *family_prefix(const struct object *object)
{
	switch (object->family) {
	case KM_FAMILY_PAGES:
		return "page-";
	case KM_FAMILY_VMALLOC:
		return "vmalloc-";
	case KM_FAMILY_PERCPU:
		return "percpu-";
	default:
		return "slab-";
	}
}

/*
 * "2 bytes to the right of", as the kernel words it; from the first byte that may not be touched.
 */
static void word_place(char *text, const struct object *object, uintptr_t bad)
{
	if (bad < object->start)
		scnprintf(text, RULES_TEXT, "%zu bytes to the left of",
			  (size_t)(object->start - bad));
	else if (bad >= object->start + object->bytes)
		scnprintf(text, RULES_TEXT, "%zu bytes to the right of",
			  (size_t)(bad - object->start - object->bytes));
	else
		scnprintf(text, RULES_TEXT, "%zu bytes inside of", (size_t)(bad - object->start));
}

/* @ret_home: where the object's record would have @bad; @ret_cpu: whose copy it is, -1: nobody's */
static bool find_object(uintptr_t bad, uint8_t code, struct object *ret_object, uintptr_t *ret_home,
			int *ret_cpu)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct object *object;

	bad = extent_home_locked(bad, REACH, ret_cpu);
	*ret_home = bad;
	object = object_around(bad);
	/*
	 * A red zone belongs to the nearest object, which is not always the one whose slot it is
	 * in.
	 */
	if (!object ||
	    (object->state == OBJECT_LIVE && code != SHADOW_FREED && code != SHADOW_PAGE_FREED))
		object = object_near(bad, REACH);
	if (object)
		*ret_object = *object;
	km_spin_unlock(&rules_lock, irq);
	return object != NULL;
}

static void fill_object(struct km_finding *finding, const struct object *object)
{
	finding->object = (const void *)object->start;
	finding->object_bytes = object->bytes;
	finding->cache = object->cache ? slab_cache_name(object->cache) : NULL;
	stack_read(object->alloc_stack, &finding->alloc_stack);
	finding->alloc_comm = object->alloc_comm;
	if (object->state == OBJECT_FREED) {
		stack_read(object->free_stack, &finding->free_stack);
		finding->free_comm = object->free_comm;
	}
}

static void report_gone(uint8_t code, const struct km_stack *stack)
{
	const bool is_queue = code == SHADOW_QUEUE_GONE;
	struct km_finding finding;

	record_start(&finding, "use-after-free");
	finding.stack = *stack;
	finding.message = is_queue
			? "BUG: KASAN: slab-use-after-free in a workqueue that was destroyed"
			: "BUG: KASAN: slab-use-after-free in a shrinker that was freed";
	finding.help = is_queue
		     ? "Stop whatever queues work (timers, interrupts, other work) before "
		       "destroy_workqueue()."
		     : "shrinker_free() ends its life: nothing may use the pointer after it.";
	record_finding(&finding);
}

/*
 * One access to @bad, the first byte of [.., + bytes) that may not be touched; @code is the
 * shadow's word for it.
 */
void access_report(uintptr_t bad, size_t bytes, bool is_write, uint8_t code,
		   const struct km_stack *stack)
{
	bool is_freed = code == SHADOW_FREED || code == SHADOW_PAGE_FREED;
	const char *kind = is_freed ? "use-after-free" : "out-of-bounds";
	const char *verb = is_write ? "Write" : "Read";
	struct km_finding finding;
	char text[RULES_TEXT], place[RULES_TEXT];
	struct object object;
	uintptr_t home;
	char copy[24] = "", size[32] = "";
	int cpu;

	if (code == SHADOW_QUEUE_GONE || code == SHADOW_SHRINKER_GONE) {
		report_gone(code, stack);
		return;
	}
	if (variable_is_meant(code)) {
		variable_report(bad, bytes, is_write, code, stack);
		return;
	}
	record_start(&finding, kind);
	finding.stack = *stack;
	if (bytes)	/* a page fault does not tell */
		scnprintf(size, sizeof(size), " of size %zu", bytes);
	if (find_object(bad, code, &object, &home, &cpu)) {
		word_place(place, &object, home);
		fill_object(&finding, &object);
		if (cpu >= 0)
			scnprintf(copy, sizeof(copy), ", CPU %d's copy", cpu);
		scnprintf(text, sizeof(text),
			  "BUG: KASAN: %s%s: %s%s at %s %s %zu-byte region from %s()%s",
			  family_prefix(&object), kind, verb, size, place,
			  object.state == OBJECT_FREED ? "freed" : "allocated", object.bytes,
			  object.what, copy);
	} else {
		scnprintf(text, sizeof(text),
			  "BUG: KASAN: %s: %s%s at 0x%lx, which is not part of any allocation",
			  kind, verb, size, (unsigned long)bad);
	}
	finding.message = text;
	record_finding(&finding);
}

/*
 * Something is wrong with the access: find the words. Return: how many of the bytes may be touched.
 */
static noinline __cold size_t refuse(uintptr_t start, size_t bytes, uintptr_t bad, uint8_t code,
				   bool is_write, uintptr_t frame)
{
	struct vmap_place place;
	struct km_stack stack;

	if (current->kasan_depth)	/* the task said that it means it */
		return bytes;
	watch_enter();
	stack_take(frame, 0, &stack);
	if (crash_is_hopeless(start))
		crash_access(start, is_write, &stack);
	access_report(bad, bytes, is_write, code, &stack);
	if (code == SHADOW_FREED && !vmap_find((const void *)bad, &place))
		crash_told(bad);
	watch_leave();
	return bad - start;
}

static size_t judge(uintptr_t start, size_t bytes, bool is_write, uintptr_t frame)
{
	uint8_t code = SHADOW_REDZONE;
	uintptr_t bad;

	if (__builtin_expect(crash_is_hopeless(start), 0))
		return refuse(start, bytes, start, code, is_write, frame);
	/* A length that came out below zero: every byte of it would be wrong. */
	if ((ssize_t)bytes < 0)
		return refuse(start, bytes, start, code, is_write, frame);
	bad = shadow_bad_byte(start, bytes, &code);
	return __builtin_expect(bad != 0, 0) ? refuse(start, bytes, bad, code, is_write, frame)
					     : bytes;
}

/* In the program for rule uninitialized-read: a function of the library does the code's work. */
static void init_seen(uintptr_t start, size_t bytes, bool is_write, uintptr_t frame)
{
	if (is_write)
		init_unpoison(start, bytes);
	else
		uninit_check(start, bytes, UNINIT_READ, "a text function", frame);
}

size_t access_check(uintptr_t start, size_t bytes, bool is_write, uintptr_t frame)
{
	size_t allowed;

	if (init_is_on())
		init_seen(start, bytes, is_write, frame);
	if (!shadow_is_on() || !bytes || !watch_is_outer())
		return bytes;
	km_port_point();
	allowed = judge(start, bytes, is_write, frame);
	km_port_effort(CALL_NS + allowed / BYTES_A_NS);
	return allowed;
}

void access_slow(uintptr_t start, size_t bytes, bool is_write, uintptr_t frame)
{
	if (!shadow_is_on() || !bytes || !watch_is_outer())
		return;
	km_port_point_run();
	judge(start, bytes, is_write, frame);
}

void access_judge(uintptr_t start, size_t bytes, bool is_write, uintptr_t frame)
{
	if (shadow_is_on() && bytes && watch_is_outer())
		judge(start, bytes, is_write, frame);
}

/*
 * What the engine keeps for itself is its own business.  The door has raised the depth: nobody is
 * inside a watched call but this event's own.
 */
bool access_touch(const struct km_event *event)
{
	if (!shadow_is_on() || !event->bytes || !pc_is_checked(event->caller))
		return true;
	return !left_stack_touch(event) &&
	       judge((uintptr_t)event->object, event->bytes, event->order != 0, event->frame) ==
		       event->bytes;
}
