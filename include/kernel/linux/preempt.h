/* SPDX-License-Identifier: MIT */
/*
 * preempt.h - preempt_count: what the running context is and what it must not do
 *
 * One word a thread: 0-7 preempt_disable() depth, 8-15 softirq (disabled: +2, served: +1), 16-19
 * hardirq, 20-23 NMI.
 */
#ifndef __LINUX_PREEMPT_H
#define __LINUX_PREEMPT_H

#include <linux/linkage.h>
#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/cleanup.h>
#include <kmalloc/port.h>

#define PREEMPT_BITS	8
#define SOFTIRQ_BITS	8
#define HARDIRQ_BITS	4
#define NMI_BITS	4

#define PREEMPT_SHIFT	0
#define SOFTIRQ_SHIFT	(PREEMPT_SHIFT + PREEMPT_BITS)
#define HARDIRQ_SHIFT	(SOFTIRQ_SHIFT + SOFTIRQ_BITS)
#define NMI_SHIFT	(HARDIRQ_SHIFT + HARDIRQ_BITS)

#define __IRQ_MASK(x)	((1UL << (x)) - 1)
#define PREEMPT_MASK	(__IRQ_MASK(PREEMPT_BITS) << PREEMPT_SHIFT)
#define SOFTIRQ_MASK	(__IRQ_MASK(SOFTIRQ_BITS) << SOFTIRQ_SHIFT)
#define HARDIRQ_MASK	(__IRQ_MASK(HARDIRQ_BITS) << HARDIRQ_SHIFT)
#define NMI_MASK	(__IRQ_MASK(NMI_BITS) << NMI_SHIFT)

#define PREEMPT_OFFSET	(1UL << PREEMPT_SHIFT)
#define SOFTIRQ_OFFSET	(1UL << SOFTIRQ_SHIFT)
#define HARDIRQ_OFFSET	(1UL << HARDIRQ_SHIFT)
#define NMI_OFFSET	(1UL << NMI_SHIFT)
#define SOFTIRQ_DISABLE_OFFSET	(2 * SOFTIRQ_OFFSET)
#define PREEMPT_DISABLE_OFFSET	PREEMPT_OFFSET
#define PREEMPT_LOCK_OFFSET	PREEMPT_DISABLE_OFFSET
#define SOFTIRQ_LOCK_OFFSET	(SOFTIRQ_DISABLE_OFFSET + PREEMPT_LOCK_OFFSET)

static __always_inline int preempt_count(void)
{
	return (int)READ_ONCE(km_port_self()->preempt_count);
}

static __always_inline void preempt_count_add(int value)
{
	km_port_self()->preempt_count += (uint32_t)value;
	barrier();
}

static __always_inline void preempt_count_sub(int value)
{
	barrier();
	km_port_self()->preempt_count -= (uint32_t)value;
}

#define preempt_count_inc()	preempt_count_add(1)
#define preempt_count_dec()	preempt_count_sub(1)
#define __preempt_count_add(v)	preempt_count_add(v)
#define __preempt_count_sub(v)	preempt_count_sub(v)

#define nmi_count()	(preempt_count() & NMI_MASK)
#define hardirq_count()	(preempt_count() & HARDIRQ_MASK)
#define softirq_count()	(preempt_count() & SOFTIRQ_MASK)
#define irq_count()	(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_MASK))

#define in_nmi()		(nmi_count())
#define in_hardirq()		(hardirq_count())
#define in_serving_softirq()	(softirq_count() & SOFTIRQ_OFFSET)
#define in_task()		(!(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET)))
#define in_irq()		(hardirq_count())
#define in_softirq()		(softirq_count())
#define in_interrupt()		(irq_count())
#define in_atomic()		(preempt_count() != 0)
#define in_atomic_preempt_off()	(preempt_count() != PREEMPT_DISABLE_OFFSET)
#define preemptible()		(preempt_count() == 0 && !km_port_self()->irq_off)

/* preempt_enable() without preempt_disable(): told to the rules, the count stays at zero. */
void km_preempt_underflow(void) KM_SYM(preempt_underflow);

static __always_inline __km_begins(__in_preempt_off) void preempt_disable(void)
{
	preempt_count_add(1);
}

static __always_inline __km_ends(__in_preempt_off) void preempt_enable_no_resched(void)
{
	if (unlikely(!(preempt_count() & PREEMPT_MASK)))
		km_preempt_underflow();
	else
		preempt_count_sub(1);
}

static __always_inline __km_ends(__in_preempt_off) void preempt_enable(void)
{
	preempt_enable_no_resched();
	km_port_point();
}

#define preempt_disable_notrace()		preempt_disable()
#define preempt_enable_notrace()		preempt_enable()
#define preempt_enable_no_resched_notrace()	preempt_enable_no_resched()
#define sched_preempt_enable_no_resched()	preempt_enable_no_resched()
#define preempt_check_resched()			km_port_point()

/* For sections that are already not preemptible (no PREEMPT_RT here). */
static inline void preempt_disable_nested(void) { }
static inline void preempt_enable_nested(void) { }

KM_LOCK_GUARD_0(preempt, __km_guard_begins(__in_preempt_off), __km_guard_ends(__in_preempt_off),
		preempt_disable(), preempt_enable())
KM_LOCK_GUARD_0(preempt_notrace, __km_guard_begins(__in_preempt_off),
		__km_guard_ends(__in_preempt_off),
		preempt_disable_notrace(), preempt_enable_notrace())

#endif
