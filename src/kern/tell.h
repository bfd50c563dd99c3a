/* SPDX-License-Identifier: MIT */
/* tell.h - short forms of events that kern sends through the door */
#ifndef KERN_TELL_H
#define KERN_TELL_H

#include <linux/stdarg.h>
#include <watch/watch.h>

/* @caller and @frame: WATCH_CALLER() and WATCH_FRAME() of the API function, so that the stack
 * starts at the user's code. */
static inline enum km_verdict tell_family(enum km_point point, const char *what, const void *object,
					  size_t bytes, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = point,
		.family = KM_FAMILY_OTHER,
		.what = what,
		.object = object,
		.bytes = bytes,
		.usable = bytes,
		.gfp = 0,
		.caller = caller,
		.frame = frame,
	};

	return watch_tell(&event);
}

#define TELL(point, what, object) \
	((void)tell_family((point), (what), (object), 0, WATCH_CALLER(), WATCH_FRAME()))

/*
 * The library is about to read and write memory that is its caller's: a lock, a timer, a buffer.
 * Before any of it is looked at. false: it was told that this must not be; a copy is then left out.
 */
static inline bool touch(const void *object, size_t bytes, bool writes, uintptr_t caller,
			 uintptr_t frame)
{
	struct km_event event = {
		.point = KM_POINT_TOUCH,
		.family = KM_FAMILY_OTHER,
		.object = object,
		.bytes = bytes,
		.order = writes,
		.caller = caller,
		.frame = frame,
	};

	return watch_tell(&event) == KM_GO;
}

#define TOUCH(object) \
	(void)touch((object), sizeof(*(object)), true, WATCH_CALLER(), WATCH_FRAME())
#define TOUCH_BYTES(object, bytes, writes) \
	touch((object), (bytes), (writes), WATCH_CALLER(), WATCH_FRAME())

/* Who called the function of the interface, for what lies behind pointers: links, entries. */
struct asker {
	uintptr_t caller, frame;
};

#define ASKER()	(&(const struct asker){ WATCH_CALLER(), WATCH_FRAME() })

static inline bool touch_for(const struct asker *asker, const void *object, size_t bytes,
			     bool writes)
{
	return touch(object, bytes, writes, asker->caller, asker->frame);
}

/* touch.c: a text up to its 0 (NULL: none); a format and what its arguments point at.  @args stays
 * as it is. */
void touch_text(const struct asker *asker, const char *text);
void touch_format(const struct asker *asker, const char *format, va_list args);
#define TOUCH_TEXT(text)	touch_text(ASKER(), (text))

/* thread.c: kthread_create() for a function of the interface that makes one. */
struct task_struct;
struct task_struct *kthread_create_for(const struct asker *asker, int (*threadfn)(void *data),
				       void *data, const char *format, va_list args);

/* Who asks for a resource of kern, so that a rule can refuse it; then that it is there, or gone.
 * @what: the API function. */
static inline bool resource_refused(const char *what, uintptr_t caller, uintptr_t frame)
{
	return tell_family(KM_POINT_ALLOC_ASK, what, NULL, 0, caller, frame) == KM_REFUSE;
}

static inline void resource_new(const char *kind, const void *object, uintptr_t caller,
				uintptr_t frame)
{
	tell_family(KM_POINT_RESOURCE_NEW, kind, object, 0, caller, frame);
}

static inline void resource_gone(const char *kind, const void *object, uintptr_t caller,
				 uintptr_t frame)
{
	tell_family(KM_POINT_RESOURCE_GONE, kind, object, 0, caller, frame);
}

/* The same of what nobody lists at the end of a module: a leak says that @what() was not undone. */
static inline void undone_new(const char *what, const void *object, uintptr_t caller,
			      uintptr_t frame)
{
	struct km_event event = {
		.point = KM_POINT_RESOURCE_NEW,
		.family = KM_FAMILY_DEVRES,
		.what = what,
		.object = object,
		.caller = caller,
		.frame = frame,
	};

	watch_tell(&event);
}

/* @object waits to run, and is set up as if it were new. */
static inline void armed_anew(const struct asker *asker, const char *what, const void *object)
{
	(void)tell_family(KM_POINT_CONTEXT_BAD, what, object, 0, asker->caller, asker->frame);
}

/*
 * A timer or work is armed for the first time since it was set up: told once, so that a leak can
 * name the place.  order 1: while it waits, kern tells of it itself (kern_left).
 */
static inline void armed_tell(const char *kind, const void *object, uintptr_t caller,
			      uintptr_t frame)
{
	struct km_event event = {
		.point = KM_POINT_RESOURCE_NEW,
		.family = KM_FAMILY_OTHER,
		.what = kind,
		.object = object,
		.order = 1,
		.caller = caller,
		.frame = frame,
	};

	watch_tell(&event);
}
#define ARMED(kind, thing) do {								\
		if (!(thing)->km_is_known && watch_wants(KM_POINT_RESOURCE_NEW)) {	\
			(thing)->km_is_known = true;					\
			armed_tell(kind, thing, WATCH_CALLER(), WATCH_FRAME());		\
		}									\
	} while (0)

#endif
