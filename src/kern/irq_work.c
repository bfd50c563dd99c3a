// SPDX-License-Identifier: MIT
/*
 * irq_work.c - functions that run in hard interrupt context soon
 *
 * Owns: one list a CPU of what is queued, first come first.
 * W1  IRQ_WORK_PENDING is set exactly while a work is on a list; IRQ_WORK_BUSY until its function
 * has returned. Lock: irq_work_lock.  irq_work_sync() spins until the function has returned.
 */
#include <linux/irq_work.h>
#include <linux/preempt.h>
#include <asm/processor.h>
#include <kern/balance.h>
#include <kern/core.h>
#include <kern/parts.h>
#include <kern/spin.h>
#include <kern/tell.h>

static struct irq_work_list {
	struct irq_work *first, **end;
} lists[KM_MAX_CPUS];
static struct km_spin irq_work_lock = KM_SPIN_INIT;

/**
 * irq_work_queue_on() - have @work->func run on @cpu in hard interrupt context
 * Context: any.  Return: false if it is queued already.
 */
bool irq_work_queue_on(struct irq_work *work, int cpu)
{
	TOUCH(work);
	u32 flags = __atomic_fetch_or(&work->flags, IRQ_WORK_CLAIMED, __ATOMIC_SEQ_CST);
	struct irq_work_list *list = &lists[cpu];
	unsigned long irq;

	if (flags & IRQ_WORK_PENDING)
		return false;
	irq = km_spin_lock(&irq_work_lock);
	work->next = NULL;
	*list->end = work;
	list->end = &work->next;
	km_spin_unlock(&irq_work_lock, irq);
	km_port_interrupt(cpu, KM_VECTOR_IPI);
	return true;
}

bool irq_work_queue(struct irq_work *work)
{
	TOUCH(work);
	unsigned long irq = km_port_irq_save();
	bool queued = irq_work_queue_on(work, km_port_cpu());

	km_port_irq_restore(irq);
	return queued;
}

/**
 * irq_work_sync() - wait until a queued work has run
 * Context: task, interrupts on.
 */
void irq_work_sync(struct irq_work *work)
{
	TOUCH(work);
	KERN_MIGHT_SLEEP("irq_work_sync");
	while (irq_work_is_busy(work))
		cpu_relax();
}

static void irq_work_call(struct irq_work *work)
{
	void (*func)(struct irq_work *) = work->func;
	struct balance balance;
	u32 busy;

	/* W1; from here it may be queued again, also by its own function. */
	busy = __atomic_and_fetch(&work->flags, ~IRQ_WORK_PENDING, __ATOMIC_SEQ_CST);
	balance_begin(&balance);
	func(work);
	balance_end(&balance, "irq_work", func);
	__atomic_compare_exchange_n(&work->flags, &busy, busy & ~IRQ_WORK_BUSY, false,
				    __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
}

void irq_work_run(void)
{
	struct irq_work_list *list = &lists[km_port_cpu()];
	unsigned long irq = km_spin_lock(&irq_work_lock);
	struct irq_work *work = list->first, *next;

	list->first = NULL;
	list->end = &list->first;
	km_spin_unlock(&irq_work_lock, irq);
	for (; work; work = next) {
		next = work->next;
		irq_work_call(work);
	}
}

void irq_work_boot(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < KM_MAX_CPUS; cpu++) {
		lists[cpu].first = NULL;
		lists[cpu].end = &lists[cpu].first;
	}
}
