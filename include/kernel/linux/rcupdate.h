/* SPDX-License-Identifier: MIT */
/*
 * rcupdate.h - read-copy-update
 *
 * Readers nest per task and may be preempted; a grace period ends when every reader that existed at
 * its start, and every section with preemption, softirqs or interrupts off, has ended.  call_rcu()
 * functions run in softirq context.
 */
#ifndef __LINUX_RCUPDATE_H
#define __LINUX_RCUPDATE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/bottom_half.h>
#include <linux/lockdep.h>
#include <linux/cleanup.h>
#include <linux/kvfree_rcu.h>
#include <asm/processor.h>

void __rcu_read_lock(void) KM_SYM(__rcu_read_lock);
void __rcu_read_unlock(void) KM_SYM(__rcu_read_unlock);
int rcu_preempt_depth(void) KM_SYM(rcu_preempt_depth);
void call_rcu(struct rcu_head *head, rcu_callback_t func) KM_SYM(call_rcu);
void call_rcu_hurry(struct rcu_head *head, rcu_callback_t func) KM_SYM(call_rcu_hurry);
void synchronize_rcu(void) KM_SYM(synchronize_rcu) __km_sleeps;
void synchronize_rcu_expedited(void) KM_SYM(synchronize_rcu_expedited) __km_sleeps;
void rcu_barrier(void) KM_SYM(rcu_barrier) __km_sleeps;
unsigned long get_state_synchronize_rcu(void) KM_SYM(get_state_synchronize_rcu);
unsigned long start_poll_synchronize_rcu(void) KM_SYM(start_poll_synchronize_rcu);
bool poll_state_synchronize_rcu(unsigned long oldstate) KM_SYM(poll_state_synchronize_rcu);
void cond_synchronize_rcu(unsigned long oldstate) KM_SYM(cond_synchronize_rcu) __km_sleeps;
int rcu_read_lock_held(void) KM_SYM(rcu_read_lock_held);
int rcu_read_lock_bh_held(void) KM_SYM(rcu_read_lock_bh_held);
int rcu_read_lock_sched_held(void) KM_SYM(rcu_read_lock_sched_held);
int rcu_read_lock_any_held(void) KM_SYM(rcu_read_lock_any_held);

#define synchronize_rcu_mult(...)	synchronize_rcu()
#define cond_resched_tasks_rcu_qs()	cond_resched()
#define rcu_head_after_call_rcu(rhp, f)	((rhp)->func == (f))
static inline void rcu_head_init(struct rcu_head *rhp)
{
	rhp->func = (rcu_callback_t)~0L;
}
static inline void init_rcu_head(struct rcu_head *head) { }
static inline void destroy_rcu_head(struct rcu_head *head) { }
static inline void init_rcu_head_on_stack(struct rcu_head *head) { }
static inline void destroy_rcu_head_on_stack(struct rcu_head *head) { }
static inline bool rcu_is_watching(void) { return true; }
static inline bool rcu_inkernel_boot_has_ended(void) { return true; }

static __always_inline __km_begins(__in_rcu_read_lock) void rcu_read_lock(void)
{
	__rcu_read_lock();
}

static __always_inline __km_ends(__in_rcu_read_lock) void rcu_read_unlock(void)
{
	__rcu_read_unlock();
}

static inline __km_begins(__in_bh_off) void rcu_read_lock_bh(void)
{
	local_bh_disable();
}

static inline __km_ends_bh_off void rcu_read_unlock_bh(void)
{
	local_bh_enable();
}

static inline __km_begins(__in_preempt_off) void rcu_read_lock_sched(void)
{
	preempt_disable();
}

static inline __km_ends(__in_preempt_off) void rcu_read_unlock_sched(void)
{
	preempt_enable();
}

#define rcu_read_lock_sched_notrace()	preempt_disable_notrace()
#define rcu_read_unlock_sched_notrace()	preempt_enable_notrace()

/* As without PROVE_RCU. */
#define RCU_LOCKDEP_WARN(c, s)		do { } while (0 && (c))
#define rcu_sleep_check()		do { } while (0)
#define rcu_lock_acquire(a)		do { } while (0)
#define rcu_lock_release(a)		do { } while (0)
#define rcu_check_sparse(p, space)
#define unrcu_pointer(p)		((typeof(*(p)) __force *)(p))

#define RCU_INITIALIZER(v)		((typeof(*(v)) __force __rcu *)(v))
#define rcu_access_pointer(p)		((typeof(*(p)) *)READ_ONCE(p))
#define rcu_dereference_raw(p)		((typeof(*(p)) *)smp_load_acquire(&(p)))
#define rcu_dereference_raw_check(p)	rcu_dereference_raw(p)
#define rcu_dereference_check(p, c)	rcu_dereference_raw(p)
#define rcu_dereference_bh_check(p, c)	rcu_dereference_raw(p)
#define rcu_dereference_sched_check(p, c)	rcu_dereference_raw(p)
#define rcu_dereference_protected(p, c)	((typeof(*(p)) *)(p))
#define rcu_dereference(p)		rcu_dereference_raw(p)
#define rcu_dereference_bh(p)		rcu_dereference_raw(p)
#define rcu_dereference_sched(p)	rcu_dereference_raw(p)
#define rcu_dereference_raw_notrace(p)	rcu_dereference_raw(p)
#define rcu_pointer_handoff(p)		(p)

/* Publish: what was written to *v before is seen by who reads p with rcu_dereference(). */
#define rcu_assign_pointer(p, v)	smp_store_release(&(p), (typeof(p))(v))
#define RCU_INIT_POINTER(p, v)		WRITE_ONCE(p, (typeof(p))(v))
#define RCU_POINTER_INITIALIZER(p, v)	.p = RCU_INITIALIZER(v)
#define rcu_replace_pointer(rcu_ptr, ptr, c)					\
({										\
	typeof(ptr) __replaced = rcu_dereference_protected((rcu_ptr), (c));	\
	rcu_assign_pointer((rcu_ptr), (ptr));					\
	__replaced;								\
})

KM_LOCK_GUARD_0(rcu, __km_guard_begins(__in_rcu_read_lock), __km_guard_ends(__in_rcu_read_lock),
		rcu_read_lock(), rcu_read_unlock())

#endif
