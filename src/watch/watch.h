/* SPDX-License-Identifier: MIT */
/*
 * watch.h - the door: one function through which allocators and kern tell what happens
 *
 * W1  Nothing here names a rule; the machine hands the armed ones over with watch_arm().
 * W2  Only the outermost call of a thread is told: watch_enter() counts depth in
 *     km_port_thread.watch_depth, and watch_tell() is silent inside.  Interrupt entry saves and
 *     clears the depth (kern/irq.c).
 * W3  A rule that allocates or takes a kernel lock while it sees an event is not told of it (same
 *     depth).
 * Nothing here sleeps or takes a lock.  Points that allocators of the engine itself raise
 * (SLAB_NEW, SLAB_GONE, PRESSURE, VMAP_NEW, VMAP_GONE, CACHE_NEW) are told at any depth:
 * watch_tell_inner().
 */
#ifndef WATCH_H
#define WATCH_H

#include <kmalloc/port.h>
#include <kmalloc/rule.h>

#define WATCH_MAX_RULES	24

extern uint32_t watch_points;	/* union of the armed rules' points; 0: nobody listens */

void watch_arm(const struct km_rule *const *rules, unsigned int count);	/* count 0 disarms */
enum km_verdict watch_dispatch(const struct km_event *event);

/* Is anyone listening for @point? One load and a test. */
static inline bool watch_wants(enum km_point point)
{
	return __builtin_expect((watch_points >> point) & 1, 0);
}

static inline bool watch_is_outer(void)
{
	return km_port_self()->watch_depth == 0;
}

static inline void watch_enter(void)
{
	km_port_self()->watch_depth++;
}

static inline void watch_leave(void)
{
	km_port_self()->watch_depth--;
}

static inline enum km_verdict watch_tell(const struct km_event *event)
{
	if (!watch_wants(event->point) || !watch_is_outer())
		return KM_GO;
	return watch_dispatch(event);
}

static inline enum km_verdict watch_tell_inner(const struct km_event *event)
{
	return watch_wants(event->point) ? watch_dispatch(event) : KM_GO;
}

#define WATCH_CALLER()	((uintptr_t)__builtin_return_address(0))
#define WATCH_FRAME()	((uintptr_t)__builtin_frame_address(0))

#endif
