/* SPDX-License-Identifier: MIT */
/*
 * timer.h - timers of jiffy resolution; callbacks run in softirq context, interrupts on
 */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/list.h>
#include <linux/ktime.h>
#include <linux/stddef.h>
#include <linux/stringify.h>
#include <linux/container_of.h>
#include <linux/compiler.h>
#include <linux/timer_types.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>

#define TIMER_CPUMASK		0x0003FFFF
#define TIMER_MIGRATING		0x00040000
#define TIMER_BASEMASK		(TIMER_CPUMASK | TIMER_MIGRATING)
#define TIMER_DEFERRABLE	0x00080000
#define TIMER_PINNED		0x00100000
#define TIMER_IRQSAFE		0x00200000
#define TIMER_INIT_FLAGS	(TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE)

#define __TIMER_INITIALIZER(_function, _flags)	{ .function = (_function), .flags = (_flags) }
#define DEFINE_TIMER(_name, _function)	struct timer_list _name = __TIMER_INITIALIZER(_function, 0)

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *), unsigned int flags)
	KM_SYM(init_timer_key);
#define timer_setup(timer, callback, flags)		init_timer_key((timer), (callback), (flags))
#define timer_setup_on_stack(timer, callback, flags)	init_timer_key((timer), (callback), (flags))
#define __init_timer(timer, callback, flags)		init_timer_key((timer), (callback), (flags))
static inline void destroy_timer_on_stack(struct timer_list *timer) { }

#define from_timer(var, callback_timer, timer_fieldname) \
	(km_softirq_handler_begins(), \
	 container_of(callback_timer, typeof(*var), timer_fieldname))

static inline int timer_pending(const struct timer_list *timer)
{
	return READ_ONCE(timer->is_queued) != 0;
}

void add_timer(struct timer_list *timer) KM_SYM(add_timer);
void add_timer_local(struct timer_list *timer) KM_SYM(add_timer_local);
void add_timer_global(struct timer_list *timer) KM_SYM(add_timer_global);
void add_timer_on(struct timer_list *timer, int cpu) KM_SYM(add_timer_on);
int mod_timer(struct timer_list *timer, unsigned long expires) KM_SYM(mod_timer);
int mod_timer_pending(struct timer_list *timer, unsigned long expires) KM_SYM(mod_timer_pending);
int timer_reduce(struct timer_list *timer, unsigned long expires) KM_SYM(timer_reduce);
int timer_delete(struct timer_list *timer) KM_SYM(timer_delete);
int timer_delete_sync(struct timer_list *timer) KM_SYM(timer_delete_sync);
int timer_delete_sync_try(struct timer_list *timer) KM_SYM(timer_delete_sync_try);
int timer_shutdown(struct timer_list *timer) KM_SYM(timer_shutdown);
int timer_shutdown_sync(struct timer_list *timer) KM_SYM(timer_shutdown_sync);

static inline int try_to_del_timer_sync(struct timer_list *timer)
{
	return timer_delete_sync_try(timer);
}

static inline int del_timer_sync(struct timer_list *timer)
{
	return timer_delete_sync(timer);
}

static inline int del_timer(struct timer_list *timer)
{
	return timer_delete(timer);
}

#endif
