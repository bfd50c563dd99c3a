/* SPDX-License-Identifier: MIT */
/*
 * workqueue.h - deferred calls in task context
 *
 * Workers are not bound to CPUs: queue_work_on() remembers no CPU (a work item must not rely on
 * smp_processor_id()). A work item never runs on two workers at once; items of an ordered queue run
 * one after another.
 */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/timer.h>
#include <linux/list.h>
#include <linux/bitops.h>
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/workqueue_types.h>

#define WORK_STRUCT_PENDING_BIT	0
#define WORK_STRUCT_PENDING	(1UL << WORK_STRUCT_PENDING_BIT)
/* set for good in an item of the library's own: a module does not leave it behind */
#define WORK_STRUCT_ENGINE	(1UL << 8)
#define WORK_CPU_UNBOUND	CONFIG_NR_CPUS
#define work_data_bits(work)	(&(work)->data)

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq;
	int cpu;
};

struct rcu_work {
	struct work_struct work;
	struct rcu_head rcu;
	struct workqueue_struct *wq;
};

static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

static inline struct rcu_work *to_rcu_work(struct work_struct *work)
{
	return container_of(work, struct rcu_work, work);
}

#define from_work(var, callback_work, work_fieldname) \
	container_of(callback_work, typeof(*var), work_fieldname)

enum wq_flags {
	WQ_BH			= 1 << 0,
	WQ_UNBOUND		= 1 << 1,
	WQ_FREEZABLE		= 1 << 2,
	WQ_MEM_RECLAIM		= 1 << 3,
	WQ_HIGHPRI		= 1 << 4,
	WQ_CPU_INTENSIVE	= 1 << 5,
	WQ_SYSFS		= 1 << 6,
	WQ_POWER_EFFICIENT	= 1 << 7,
	__WQ_DESTROYING		= 1 << 15,
	__WQ_DRAINING		= 1 << 16,
	__WQ_ORDERED		= 1 << 17,
	__WQ_LEGACY		= 1 << 18,
};

#define WQ_MAX_ACTIVE		512
#define WQ_UNBOUND_MAX_ACTIVE	WQ_MAX_ACTIVE
#define WQ_DFL_ACTIVE		(WQ_MAX_ACTIVE / 2)

void delayed_work_timer_fn(struct timer_list *timer) KM_SYM(delayed_work_timer_fn);

#define __WORK_INITIALIZER(n, f)	{ .entry = { &(n).entry, &(n).entry }, .func = (f) }
#define __DELAYED_WORK_INITIALIZER(n, f, tflags) {					\
	.work = __WORK_INITIALIZER((n).work, (f)),					\
	.timer = __TIMER_INITIALIZER(delayed_work_timer_fn, (tflags) | TIMER_IRQSAFE) }
#define DECLARE_WORK(n, f)	struct work_struct n = __WORK_INITIALIZER(n, f)
#ifdef KMALLOC_ENGINE
#define DECLARE_ENGINE_WORK(n, f) struct work_struct n = {				\
	.data = WORK_STRUCT_ENGINE, .entry = { &(n).entry, &(n).entry }, .func = (f) }
#endif
#define DECLARE_DELAYED_WORK(n, f)	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, 0)
#define DECLARE_DEFERRABLE_WORK(n, f)                                                              \
	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, TIMER_DEFERRABLE)

void km_work_init(struct work_struct *work, work_func_t func) KM_SYM(work_init);
void km_delayed_work_init(struct delayed_work *dwork, work_func_t func, unsigned int timer_flags)
	KM_SYM(delayed_work_init);
#define INIT_WORK(_work, _func)			km_work_init((_work), (_func))
#define INIT_WORK_ONSTACK(_work, _func)		km_work_init((_work), (_func))
#define INIT_DELAYED_WORK(_work, _func)		km_delayed_work_init((_work), (_func), 0)
#define INIT_DELAYED_WORK_ONSTACK(_work, _func)	km_delayed_work_init((_work), (_func), 0)
#define INIT_DEFERRABLE_WORK(_work, _func) km_delayed_work_init((_work), (_func), TIMER_DEFERRABLE)
#define INIT_RCU_WORK(_work, _func)		km_work_init(&(_work)->work, (_func))
static inline void destroy_work_on_stack(struct work_struct *work) { }
static inline void destroy_delayed_work_on_stack(struct delayed_work *work) { }

#define work_pending(work)		(READ_ONCE((work)->data) & WORK_STRUCT_PENDING)
#define delayed_work_pending(w)		work_pending(&(w)->work)

extern struct workqueue_struct *system_wq KM_SYM(system_wq);
extern struct workqueue_struct *system_highpri_wq KM_SYM(system_highpri_wq);
extern struct workqueue_struct *system_long_wq KM_SYM(system_long_wq);
extern struct workqueue_struct *system_unbound_wq KM_SYM(system_unbound_wq);
extern struct workqueue_struct *system_freezable_wq KM_SYM(system_freezable_wq);
extern struct workqueue_struct *system_power_efficient_wq KM_SYM(system_power_efficient_wq);

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
	KM_SYM(alloc_workqueue) __km_sleeps __printf(1, 4);
#define alloc_ordered_workqueue(fmt, flags, args...) \
	alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | (flags), 1, ##args)
#define create_workqueue(name)	alloc_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, 1, (name))
#define create_freezable_workqueue(name) \
	alloc_workqueue("%s", __WQ_LEGACY | WQ_FREEZABLE | WQ_UNBOUND | WQ_MEM_RECLAIM, 1, (name))
#define create_singlethread_workqueue(name)                                                        \
	alloc_ordered_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, name)
void destroy_workqueue(struct workqueue_struct *wq) KM_SYM(destroy_workqueue) __km_sleeps;

bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work)
	KM_SYM(queue_work_on);
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay) KM_SYM(queue_delayed_work_on);
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay) KM_SYM(mod_delayed_work_on);
bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork) KM_SYM(queue_rcu_work);

void __flush_workqueue(struct workqueue_struct *wq) KM_SYM(__flush_workqueue) __km_sleeps;
#define flush_workqueue(wq)	__flush_workqueue(wq)
void drain_workqueue(struct workqueue_struct *wq) KM_SYM(drain_workqueue) __km_sleeps;
bool flush_work(struct work_struct *work) KM_SYM(flush_work) __km_sleeps;
bool cancel_work(struct work_struct *work) KM_SYM(cancel_work);
bool cancel_work_sync(struct work_struct *work) KM_SYM(cancel_work_sync) __km_sleeps;
bool flush_delayed_work(struct delayed_work *dwork) KM_SYM(flush_delayed_work) __km_sleeps;
bool cancel_delayed_work(struct delayed_work *dwork) KM_SYM(cancel_delayed_work);
bool cancel_delayed_work_sync(struct delayed_work *dwork) KM_SYM(cancel_delayed_work_sync)
	__km_sleeps;
bool flush_rcu_work(struct rcu_work *rwork) KM_SYM(flush_rcu_work);
bool disable_work(struct work_struct *work) KM_SYM(disable_work);
bool disable_work_sync(struct work_struct *work) KM_SYM(disable_work_sync) __km_sleeps;
bool enable_work(struct work_struct *work) KM_SYM(enable_work);
bool disable_delayed_work(struct delayed_work *dwork) KM_SYM(disable_delayed_work);
bool disable_delayed_work_sync(struct delayed_work *dwork) KM_SYM(disable_delayed_work_sync);
bool enable_delayed_work(struct delayed_work *dwork) KM_SYM(enable_delayed_work);
unsigned int work_busy(struct work_struct *work) KM_SYM(work_busy);
struct work_struct *current_work(void) KM_SYM(current_work);
bool current_is_workqueue_rescuer(void) KM_SYM(current_is_workqueue_rescuer);
bool workqueue_congested(int cpu, struct workqueue_struct *wq) KM_SYM(workqueue_congested);
void workqueue_set_max_active(struct workqueue_struct *wq, int max_active)
	KM_SYM(workqueue_set_max_active);

#define WORK_BUSY_PENDING	(1 << 0)
#define WORK_BUSY_RUNNING	(1 << 1)

static inline bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}

static inline bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
				      unsigned long delay)
{
	return queue_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

static inline bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
				    unsigned long delay)
{
	return mod_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

static inline bool schedule_work_on(int cpu, struct work_struct *work)
{
	return queue_work_on(cpu, system_wq, work);
}

static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

static inline bool schedule_delayed_work_on(int cpu, struct delayed_work *dwork,
					    unsigned long delay)
{
	return queue_delayed_work_on(cpu, system_wq, dwork, delay);
}

static inline bool schedule_delayed_work(struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed_work(system_wq, dwork, delay);
}

static inline bool enable_and_queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	if (!enable_work(work))
		return false;
	queue_work(wq, work);
	return true;
}

#define flush_scheduled_work()	flush_workqueue(system_wq)

#endif
