/* SPDX-License-Identifier: MIT */
/* irq_work.h - run a function in hard interrupt context soon; may be queued from any context */
#ifndef _LINUX_IRQ_WORK_H
#define _LINUX_IRQ_WORK_H

#include <linux/types.h>
#include <linux/compiler.h>

#define IRQ_WORK_PENDING	0x01
#define IRQ_WORK_BUSY		0x02
#define IRQ_WORK_CLAIMED	(IRQ_WORK_PENDING | IRQ_WORK_BUSY)

struct irq_work {
	struct irq_work *next;
	u32 flags;
	void (*func)(struct irq_work *work);
};

#define IRQ_WORK_INIT(_func)		(struct irq_work){ .func = (_func) }
#define IRQ_WORK_INIT_LAZY(_func)	IRQ_WORK_INIT(_func)
#define IRQ_WORK_INIT_HARD(_func)	IRQ_WORK_INIT(_func)
#define DEFINE_IRQ_WORK(name, _f)	struct irq_work name = { .func = (_f) }

static inline void init_irq_work(struct irq_work *work, void (*func)(struct irq_work *))
{
	*work = IRQ_WORK_INIT(func);
}

static inline bool irq_work_is_pending(struct irq_work *work)
{
	return READ_ONCE(work->flags) & IRQ_WORK_PENDING;
}

static inline bool irq_work_is_busy(struct irq_work *work)
{
	/* acquire: who sees it end sees what the function did */
	return __atomic_load_n(&work->flags, __ATOMIC_ACQUIRE) & IRQ_WORK_BUSY;
}

bool irq_work_queue(struct irq_work *work) KM_SYM(irq_work_queue);
bool irq_work_queue_on(struct irq_work *work, int cpu) KM_SYM(irq_work_queue_on);
void irq_work_sync(struct irq_work *work) KM_SYM(irq_work_sync) __km_sleeps;

#endif
