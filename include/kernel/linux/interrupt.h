/* SPDX-License-Identifier: MIT */
/*
 * interrupt.h - device interrupts, softirqs and tasklets
 *
 * Interrupt numbers are the port's device lines, 0 to NR_IRQS - 1.  In sim a line with a handler
 * interrupts at random virtual times.
 */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/kernel.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/irqreturn.h>
#include <linux/irqhandler.h>
#include <linux/irqnr.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/hrtimer.h>
#include <linux/kref.h>
#include <linux/bottom_half.h>
#include <linux/cache.h>
#include <linux/cleanup.h>
#include <linux/jiffies.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#define IRQF_TRIGGER_NONE	0x00000000
#define IRQF_TRIGGER_RISING	0x00000001
#define IRQF_TRIGGER_FALLING	0x00000002
#define IRQF_TRIGGER_HIGH	0x00000004
#define IRQF_TRIGGER_LOW	0x00000008
#define IRQF_TRIGGER_MASK                                                                          \
	(IRQF_TRIGGER_HIGH | IRQF_TRIGGER_LOW | IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING)
#define IRQF_TRIGGER_PROBE	0x00000010
#define IRQF_SHARED		0x00000080
#define IRQF_PROBE_SHARED	0x00000100
#define __IRQF_TIMER		0x00000200
#define IRQF_PERCPU		0x00000400
#define IRQF_NOBALANCING	0x00000800
#define IRQF_IRQPOLL		0x00001000
#define IRQF_ONESHOT		0x00002000
#define IRQF_NO_SUSPEND		0x00004000
#define IRQF_FORCE_RESUME	0x00008000
#define IRQF_NO_THREAD		0x00010000
#define IRQF_EARLY_RESUME	0x00020000
#define IRQF_COND_SUSPEND	0x00040000
#define IRQF_NO_AUTOEN		0x00080000
#define IRQF_NO_DEBUG		0x00100000
#define IRQF_COND_ONESHOT	0x00200000
#define IRQF_TIMER		(__IRQF_TIMER | IRQF_NO_SUSPEND | IRQF_NO_THREAD)

#define IRQ_NOTCONNECTED	(1U << 31)

int __must_check request_threaded_irq(unsigned int irq, irq_handler_t handler,
				      irq_handler_t thread_fn, unsigned long flags,
				      const char *name, void *dev) KM_SYM(request_threaded_irq)
	__km_sleeps;
int __must_check request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			     const char *name, void *dev) KM_SYM(request_irq) __km_sleeps;
const void *free_irq(unsigned int irq, void *dev_id) KM_SYM(free_irq) __km_sleeps;
void disable_irq_nosync(unsigned int irq) KM_SYM(disable_irq_nosync);
void disable_irq(unsigned int irq) KM_SYM(disable_irq) __km_sleeps;
bool disable_hardirq(unsigned int irq) KM_SYM(disable_hardirq);
void enable_irq(unsigned int irq) KM_SYM(enable_irq);
void synchronize_irq(unsigned int irq) KM_SYM(synchronize_irq);
bool synchronize_hardirq(unsigned int irq) KM_SYM(synchronize_hardirq);
void irq_wake_thread(unsigned int irq, void *dev_id) KM_SYM(irq_wake_thread);
/* Freed when the device lets go of it; @name NULL: the device's. */
struct device;
int __must_check devm_request_threaded_irq(struct device *dev, unsigned int irq,
					   irq_handler_t handler, irq_handler_t thread_fn,
					   unsigned long irqflags, const char *devname,
					   void *dev_id) KM_SYM(devm_request_threaded_irq)
	__km_sleeps;
int __must_check devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
				  unsigned long irqflags, const char *devname, void *dev_id)
	KM_SYM(devm_request_irq) __km_sleeps;
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id) KM_SYM(devm_free_irq);
irqreturn_t no_action(int cpl, void *dev_id) KM_SYM(no_action);

enum {
	HI_SOFTIRQ = 0,
	TIMER_SOFTIRQ,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	BLOCK_SOFTIRQ,
	IRQ_POLL_SOFTIRQ,
	TASKLET_SOFTIRQ,
	SCHED_SOFTIRQ,
	HRTIMER_SOFTIRQ,
	RCU_SOFTIRQ,
	NR_SOFTIRQS
};

struct softirq_action {
	void (*action)(void);
};

void open_softirq(int nr, void (*action)(void)) KM_SYM(open_softirq);
void raise_softirq(unsigned int nr) KM_SYM(raise_softirq);
void raise_softirq_irqoff(unsigned int nr) KM_SYM(raise_softirq_irqoff);
void __raise_softirq_irqoff(unsigned int nr) KM_SYM(__raise_softirq_irqoff);
u32 local_softirq_pending(void) KM_SYM(local_softirq_pending);
void do_softirq(void) KM_SYM(do_softirq);

struct tasklet_struct {
	struct tasklet_struct *next;
	unsigned long state;
	atomic_t count;			/* not 0: disabled */
	bool use_callback;
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};
	unsigned long data;
};

enum {
	TASKLET_STATE_SCHED,		/* waits for its softirq */
	TASKLET_STATE_RUN,		/* runs on some CPU */
};

#define DECLARE_TASKLET(name, _callback)                                                           \
	struct tasklet_struct name = { .count = ATOMIC_INIT(0),                                    \
				       .callback = (_callback),                                    \
				       .use_callback = true }
#define DECLARE_TASKLET_DISABLED(name, _callback)                                                  \
	struct tasklet_struct name = { .count = ATOMIC_INIT(1),                                    \
				       .callback = (_callback),                                    \
				       .use_callback = true }
#define DECLARE_TASKLET_OLD(name, _func) \
	struct tasklet_struct name = { .count = ATOMIC_INIT(0), .func = (_func) }
#define DECLARE_TASKLET_DISABLED_OLD(name, _func) \
	struct tasklet_struct name = { .count = ATOMIC_INIT(1), .func = (_func) }
#define from_tasklet(var, callback_tasklet, tasklet_fieldname) \
	(km_softirq_handler_begins(), \
	 container_of(callback_tasklet, typeof(*var), tasklet_fieldname))

void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data)
	KM_SYM(tasklet_init);
void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *))
	KM_SYM(tasklet_setup);
void __tasklet_schedule(struct tasklet_struct *t) KM_SYM(__tasklet_schedule);
void __tasklet_hi_schedule(struct tasklet_struct *t) KM_SYM(__tasklet_hi_schedule);
void tasklet_schedule(struct tasklet_struct *t) KM_SYM(tasklet_schedule);
void tasklet_hi_schedule(struct tasklet_struct *t) KM_SYM(tasklet_hi_schedule);
void tasklet_disable_nosync(struct tasklet_struct *t) KM_SYM(tasklet_disable_nosync);
void tasklet_disable(struct tasklet_struct *t) KM_SYM(tasklet_disable) __km_sleeps;
void tasklet_disable_in_atomic(struct tasklet_struct *t) KM_SYM(tasklet_disable_in_atomic);
void tasklet_enable(struct tasklet_struct *t) KM_SYM(tasklet_enable);
void tasklet_kill(struct tasklet_struct *t) KM_SYM(tasklet_kill) __km_sleeps;
void tasklet_unlock_wait(struct tasklet_struct *t) KM_SYM(tasklet_unlock_wait);

DEFINE_LOCK_GUARD_1(disable_irq, int, disable_irq(*_T->lock), enable_irq(*_T->lock))

#endif
