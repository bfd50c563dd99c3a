/* SPDX-License-Identifier: MIT */
/*
 * parts.h - what boot.c, and the files of kern among each other, call in the time, interrupt and
 * work half
 *
 * kern_boot() calls printk first (it needs nothing), then time_boot, random_boot, tick_boot,
 * softirq_boot, timer_boot, hrtimer_boot, tasklet_boot, irq_boot, irq_work_boot while no other
 * thread runs, and workqueue_boot once kthreads can be made.  kern_shutdown() calls the *_shutdown
 * in reverse.
 */
#ifndef KERN_PARTS_H
#define KERN_PARTS_H

#include <linux/types.h>
#include <kern/kern.h>

/* Timers of kern itself (schedule_timeout) carry this flag and are not reported as left. */
#define TIMER_OF_KERN	0x80000000u
/* it ends a wait for something else: nobody should be made to lose patience (may_hasten) */
#define TIMER_IS_LIMIT	0x40000000u

void kern_interrupt(unsigned int vector);	/* km_port_hooks.interrupt */
bool kern_may_hasten(unsigned int cpu);		/* km_port_hooks.may_hasten */

void time_boot(void);
void random_boot(void);
void tick_boot(void);
void softirq_boot(void); /* softirqs work; ksoftirqd_boot() later adds the thread for floods */
int ksoftirqd_boot(void);
void timer_boot(void);
void hrtimer_boot(void);
void tasklet_boot(void);
void irq_boot(void);
void irq_work_boot(void);
int workqueue_boot(void);

void workqueue_shutdown(void);	/* workers end; pending items are dropped */
void ksoftirqd_shutdown(void);
void irq_shutdown(void);
void printk_flush(void);	/* ends a record that waits for its KERN_CONT */

/* One part of kern_left() each. */
unsigned int timer_left(kern_left_fn see, void *arg);
/* The pending timer after @skip others, of any CPU; false when there is none. */
struct timer_list;
bool timer_pick(unsigned int skip, struct timer_list **ret_timer, uintptr_t *ret_function);
/* A look without the lock: is there any to be told of? */
bool timer_is_any(void);
bool hrtimer_is_any(void);
bool tasklet_is_any(void);
unsigned int hrtimer_left(kern_left_fn see, void *arg);
unsigned int irq_left(kern_left_fn see, void *arg);
unsigned int tasklet_left(kern_left_fn see, void *arg);
unsigned int workqueue_left(kern_left_fn see, void *arg); /* work that waits, and workqueues */
unsigned int workqueue_pending(kern_left_fn see, void *arg);	/* of these, work that waits */
void kthread_work_pending(kern_left_fn see, void *arg);		/* the same on kthread workers */

/*
 * The sources of this CPU's one-shot timer.  Interrupts held back.  tick_set() replaces the
 * source's deadline; UINT64_MAX: none.
 */
enum tick_source { TICK_TIMER, TICK_HRTIMER, TICK_SOURCES };
void tick_set(enum tick_source source, u64 deadline_ns);
void tick_passed(void);		/* the port's timer interrupted: nothing is programmed any more */
/* what @cpu waits for next is an hrtimer */
bool tick_is_hrtimers(unsigned int cpu);
void timer_tick(void); /* hard interrupt: raise the softirq if a timer is due, arm the next */
void hrtimer_tick(void);
bool timer_may_hasten(unsigned int cpu);	/* the next one is no limit of a wait */
void hrtimer_rearm(void);
void irq_line_interrupt(unsigned int line);	/* hard interrupt of device line @line */
void irq_work_run(void);	/* hard interrupt: what was queued on this CPU */

u64 jiffies_at(u64 ns);	/* tick count at clock @ns */
u64 jiffies_ns(u64 ticks);	/* clock at which the count becomes @ticks */

/* The newest @bytes of the log at most, oldest first; returns how many were copied. */
size_t printk_tail(char *ret_text, size_t bytes);
/* "[    secs.usecs] " before each line; off at boot. */
extern bool printk_time;

#endif
