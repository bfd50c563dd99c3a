/* SPDX-License-Identifier: MIT */
/*
 * uninit.c - rule uninitialized-read: memory used before it was written, or copied out
 *
 * Owns nothing; says what memory counts as not written (fresh allocations without zeroing), and
 * makes the findings.
 * N1  A plain copy is no use: the copy carries the origin along.
 * N2  After a finding the memory counts as written: one mistake is one finding, however often the
 *     value is looked at.
 * N3  Objects that a constructor has set up, and zeroed ones, are written.
 * Nothing here sleeps.
 */
#include <linux/gfp_types.h>
#include <linux/kmsan-checks.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include "page/page_room.h"
#include "rules/init_context.h"
#include "rules/init_origin.h"
#include "rules/init_shadow.h"
#include "rules/objects.h"
#include "rules/uninit.h"
#include "slab/slab_room.h"
#include "watch/watch.h"

#define REPORT_FRAME()	((uintptr_t)__builtin_frame_address(0))

/* krealloc() that moved: the old object's free follows, and then the new one's content is known. */
static struct {
	const char *what;
	uintptr_t start;
	size_t bytes;
	uint32_t origin;
	bool is_zeroed;
} moved;

/* kmemdup() and its kin were called: what they allocate next will be a copy. */
static struct {
	const void *task;
	const char *name;
	uintptr_t source;
} duplicate;

/* -- the words -- */

/* "----NAME@FUNCTION": NAME to @ret_name. */
static void local_name(const char *description, char *ret_name, size_t room)
{
	size_t used = 0;

	while (*description == '-')
		description++;
	while (*description && *description != '@' && used + 1 < room)
		ret_name[used++] = *description++;
	ret_name[used] = '\0';
}

static void word_origin(char *text, size_t room, const struct origin *origin)
{
	char name[64];

	if (!origin) {
		text[0] = '\0';
	} else if (origin->kind == ORIGIN_LOCAL) {
		local_name(origin->what, name, sizeof(name));
		scnprintf(text, room, "; local variable '%s' holds what the stack held before",
			  name);
	} else {
		scnprintf(text, room, "; uninit was created in a %zu-byte object by %s()",
			  origin->bytes, origin->what);
	}
}

static void word_use(char *text, size_t room, enum uninit_use use, const char *by)
{
	static const char *const formats[] = {
		[UNINIT_VALUE] = "uninit-value@function@: a branch or an address depends on it%s",
		[UNINIT_HANDED] = "uninit-value@function@: handed to %s()",
		[UNINIT_READ] = "uninit-value@function@: read by %s()",
		[UNINIT_USER] = "kernel-infoleak@function@: copied to user space by %s()",
		[UNINIT_DEVICE] = "kernel-infoleak@function@: given to a device by %s",
		[UNINIT_ATOMIC] = "uninit-value@function@: an atomic operation changes it%s",
		[UNINIT_OBJECT] = "uninit-value@function@: %s() of what was never set up",
		[UNINIT_ANSWER] = "uninit-value@function@: it is returned to the kernel%s",
	};
	int used = scnprintf(text, room, "BUG: KMSAN: ");

	scnprintf(text + used, room - (size_t)used, formats[use], by ? by : "");
}

static const char *advice(enum uninit_use use, const struct origin *origin)
{
	if (use == UNINIT_USER || use == UNINIT_DEVICE)
		return origin && origin->kind == ORIGIN_LOCAL
			       ? "Clear the whole variable with memset() before its members are "
				 "set: padding is copied out too."
			       : "Use kzalloc(), or memset() before the members are set: padding "
				 "and what was left out are copied out too.";
	if (use == UNINIT_OBJECT)
		return "Call its init function (spin_lock_init(), mutex_init(), timer_setup(), "
		       "INIT_WORK() ...) before it is used.";
	if (origin && origin->kind == ORIGIN_LOCAL)
		return "Give the variable a value where it is declared, or on every path that "
		       "leads here.";
	return "Use kzalloc(), or write every member before it is read.";
}

/* Where the value was stored on its way here, the latest first; a call leaves equal places. */
static void add_stores(struct km_finding *finding, uint32_t id)
{
	const struct origin *origin = origin_read(id);
	unsigned int count = 0;
	uint32_t last = 0;

	for (; origin && origin->kind == ORIGIN_STORED; origin = origin_read(origin->before)) {
		if (count == KM_ALSO || origin->stack == last)
			continue;
		last = origin->stack;
		finding->also[count].role = "stored";
		stack_read(origin->stack, &finding->also[count++].stack);
	}
}

static void report(uint32_t id, enum uninit_use use, const char *by, const char *where,
		   const struct km_stack *stack)
{
	const struct origin *origin = origin_read(origin_root(id));
	char text[RULES_TEXT], used[RULES_TEXT / 2], from[RULES_TEXT / 2];
	struct km_finding finding;

	record_start(&finding, "uninitialized-read");
	finding.stack = *stack;
	word_use(used, sizeof(used), use, by);
	word_origin(from, sizeof(from), origin);
	scnprintf(text, sizeof(text), "%s%s%s", used, where, from);
	finding.message = text;
	finding.help = advice(use, origin);
	if (origin) {
		stack_read(origin->stack, &finding.alloc_stack);
		finding.object_bytes = origin->bytes;
	}
	add_stores(&finding, id);
	record_finding(&finding);
}

void uninit_value(uint32_t origin, enum uninit_use use, const char *by, uintptr_t frame)
{
	uintptr_t address;
	struct km_stack stack;
	size_t bytes;

	if (current->kasan_depth)
		return;
	watch_enter();
	bytes = origin_take_load(origin_root(origin), &address);
	if (bytes)
		init_unpoison(address, bytes);
	stack_take(frame, 0, &stack);
	report(origin, use, by, "", &stack);
	watch_leave();
}

void uninit_answer(uint32_t origin, uint32_t end)
{
	struct km_stack stack;

	if (current->kasan_depth || !end)
		return;
	watch_enter();
	stack_read(end, &stack);
	report(origin, UNINIT_ANSWER, "", "", &stack);
	watch_leave();
}

void uninit_check(uintptr_t start, size_t bytes, enum uninit_use use, const char *by,
		  uintptr_t frame)
{
	char where[64] = "";
	struct km_stack stack;
	uint32_t origin = 0;
	uintptr_t bad, end;

	if (!init_is_on() || !bytes || current->kasan_depth)
		return;
	bad = init_find(start, bytes, &origin);
	if (!bad)
		return;
	watch_enter();
	for (end = bad + 1; end < start + bytes && init_find(end, 1, &origin); end++)
		;
	if (bytes > 8)
		scnprintf(where, sizeof(where), ": bytes %zu-%zu of %zu are uninitialized",
			  (size_t)(bad - start), (size_t)(end - 1 - start), bytes);
	stack_take(frame, 0, &stack);
	report(origin, use, by, where, &stack);
	init_unpoison(start, bytes);
	watch_leave();
}

/* Every byte from 0xa0 to 0xdf: no machine has such an address, and nothing else writes them. */
static bool is_pattern(uintptr_t address)
{
	/* The last 4 bytes may be an offset into what the pointer was to point to. */
	for (unsigned int i = 3; i < 8; i++)
		if ((uint8_t)(address >> i * 8) < 0xa0 || (uint8_t)(address >> i * 8) > 0xdf)
			return false;
	return true;
}

bool uninit_fault(uintptr_t address, const struct km_stack *stack)
{
	uint32_t origin = 0;
	uintptr_t from;

	if (!init_is_on())
		return false;
	/* The processor does not tell such an address: the last one loaded is it. */
	if (origin_last_load(&origin, &from) && is_pattern(*(const uintptr_t *)from))
		address = *(const uintptr_t *)from;
	if (!is_pattern(address))
		return false;
	report(origin, UNINIT_VALUE, NULL, "", stack);
	return true;
}

/* -- what is handed out -- */

static bool is_part(const char *part, const char *text)
{
	for (; *text; text++) {
		size_t same = 0;

		while (part[same] && text[same] == part[same])
			same++;
		if (!part[same])
			return true;
	}
	return false;
}

static bool is_raw(const struct km_event *event)
{

	switch (event->family) {
	case KM_FAMILY_CACHE:
		/* SLAB_TYPESAFE_BY_RCU: readers may still look at what it was. */
		return event->cache && !slab_cache_has_ctor(event->cache) &&
		       !slab_cache_is_typesafe(event->cache);
	case KM_FAMILY_VMALLOC:
		/* Not vmap(), ioremap() and their like: what they show was there before. */
		return is_part("alloc", event->what);
	case KM_FAMILY_KMALLOC:
	case KM_FAMILY_PAGES:
	case KM_FAMILY_KVMALLOC:
	case KM_FAMILY_DEVRES:
		return true;
	case KM_FAMILY_MEMPOOL:
		return is_part("mempool_alloc", event->what) &&
		       (!event->cache || (!slab_cache_has_ctor(event->cache) &&
					  !slab_cache_is_typesafe(event->cache)));
	default:
		return false;
	}
}

static bool is_zeroed(const struct km_event *event)
{
	return (event->gfp & __GFP_ZERO) || page_init_on_alloc;
}

static bool is_moving(const char *what)
{
	return is_part("realloc", what);
}

void uninit_will_dup(const char *name, uintptr_t source)
{
	duplicate.task = current;
	duplicate.name = name;
	duplicate.source = source;
}

static bool is_duplicate(const struct km_event *event)
{
	if (duplicate.task != current || !is_part(duplicate.name, event->what))
		return false;
	duplicate.task = NULL;
	return true;
}

static void see_alloc(const struct km_event *event)
{
	uintptr_t start = (uintptr_t)event->object;
	struct km_stack stack;
	uint32_t origin;

	if (!event->object || start <= 16 || !is_raw(event))
		return;
	stack_take(event->frame, event->caller, &stack);
	origin = origin_of_allocation(event->what, event->bytes, stack_keep(&stack));
	if (is_duplicate(event))
		init_will_copy(start, duplicate.source, event->bytes);
	else if (is_zeroed(event))
		init_unpoison(start, event->bytes);
	else
		init_poison(start, event->bytes, origin);
	moved.what = is_moving(event->what) ? event->what : NULL;
	moved.start = start;
	moved.bytes = event->bytes;
	moved.origin = origin;
	moved.is_zeroed = is_zeroed(event);
}

/* The bytes that the object had before came along; the rest is as fresh as it was. */
static void see_moved(uintptr_t old, size_t old_bytes)
{
	size_t kept = old_bytes < moved.bytes ? old_bytes : moved.bytes;

	init_copied(moved.start, old, kept);
	if (!moved.is_zeroed && moved.bytes > kept)
		init_poison(moved.start + kept, moved.bytes - kept, moved.origin);
	moved.what = NULL;
}

/* Asked before lifetime.c notes the free, so that the object's record still tells its size. */
static void see_free(const struct km_event *event)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct object *object = object_at((uintptr_t)event->object);
	bool is_live = object && object->state == OBJECT_LIVE;
	size_t bytes = is_live ? object->bytes : 0, usable = is_live ? object->usable : 0;

	km_spin_unlock(&rules_lock, irq);
	if (!is_live)
		return;
	if (moved.what && moved.what == event->what)
		see_moved((uintptr_t)event->object, bytes);
	/* V3 */
	init_unpoison((uintptr_t)event->object, usable);
}

static enum km_verdict uninit_see(const struct km_event *event)
{
	if (!init_is_on())
		return KM_GO;
	switch (event->point) {
	case KM_POINT_ALLOC_DONE:
		see_alloc(event);
		break;
	case KM_POINT_FREE_ASK:
		see_free(event);
		break;
	case KM_POINT_SLAB_NEW:
	case KM_POINT_SLAB_GONE:
	case KM_POINT_VMAP_NEW:
	case KM_POINT_VMAP_GONE:
		init_unpoison((uintptr_t)event->object, event->bytes);
		break;
	case KM_POINT_THREAD_END:
		init_context_end(event->object);
		break;
	default:
		break;
	}
	return KM_GO;
}

static int uninit_boot(void)
{
	origin_forget();
	init_context_forget();
	moved.what = NULL;
	duplicate.task = NULL;
	return init_shadow_open();
}

const struct km_rule uninit_rule = {
	.id = "uninitialized-read",
	.points = POINT_BIT(ALLOC_DONE) | POINT_BIT(FREE_ASK) | POINT_BIT(SLAB_NEW) |
		  POINT_BIT(SLAB_GONE) | POINT_BIT(VMAP_NEW) | POINT_BIT(VMAP_GONE) |
		  POINT_BIT(THREAD_END),
	.boot = uninit_boot,
	.shutdown = init_shadow_close,
	.see = uninit_see,
};

/* -- linux/kmsan-checks.h -- */

void kmsan_poison_memory(const void *address, size_t size, gfp_t flags)
{
	struct km_stack stack;

	if (!init_is_on())
		return;
	stack_take(REPORT_FRAME(), 0, &stack);
	init_poison((uintptr_t)address, size,
		    origin_of_allocation("kmsan_poison_memory", size, stack_keep(&stack)));
}

void kmsan_unpoison_memory(const void *address, size_t size)
{
	init_unpoison((uintptr_t)address, size);
}

void kmsan_check_memory(const void *address, size_t size)
{
	uninit_check((uintptr_t)address, size, UNINIT_READ, "kmsan_check_memory", REPORT_FRAME());
}

/* -- linux/compiler_types.h -- */

void km_uninit_atomic(const volatile void *address, unsigned long bytes);
void km_uninit_atomic(const volatile void *address, unsigned long bytes)
{
	if (init_is_untouched((uintptr_t)address, bytes))
		uninit_check((uintptr_t)address, bytes, UNINIT_ATOMIC, NULL, REPORT_FRAME());
}

void km_uninit_register(const void *value, unsigned long bytes);
void km_uninit_register(const void *value, unsigned long bytes)
{
	uninit_check((uintptr_t)value, bytes, UNINIT_DEVICE, "a write to its register",
		     REPORT_FRAME());
}
