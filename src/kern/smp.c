// SPDX-License-Identifier: MIT
/*
 * smp.c - functions that run on other CPUs, in hard interrupt context
 *
 * Owns: for each CPU one call that nobody waits for.
 * S1  A call that is waited for lies on its caller's stack; the others wait for the CPU's slot,
 *     which is free again before the function begins.
 * S2  On the caller's own CPU the function is called at once, with interrupts off.
 * Lock: none; a slot is taken by an exchange.  Interrupts are on: who waits for another CPU with
 * its own interrupts off may wait for ever.
 */
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <asm/processor.h>
#include <kern/core.h>

struct call {
	struct irq_work work;
	smp_call_func_t func;
	void *info;
	bool is_taken;
};

static struct call slots[KM_MAX_CPUS];

static void call_run(struct irq_work *work)
{
	struct call *call = container_of(work, struct call, work);
	smp_call_func_t func = call->func;
	void *info = call->info;

	__atomic_store_n(&call->is_taken, false, __ATOMIC_RELEASE);
	func(info);
}

static void call_there(unsigned int cpu, smp_call_func_t func, void *info)
{
	struct call *slot = &slots[cpu];

	while (__atomic_exchange_n(&slot->is_taken, true, __ATOMIC_ACQUIRE))
		cpu_relax();
	slot->func = func;
	slot->info = info;
	slot->work.func = call_run;
	/* Its last function may still be about to return. */
	while (!irq_work_queue_on(&slot->work, (int)cpu))
		cpu_relax();
}

static void call_and_wait(unsigned int cpu, smp_call_func_t func, void *info)
{
	struct call call = { .work = IRQ_WORK_INIT(call_run), .func = func, .info = info };

	irq_work_queue_on(&call.work, (int)cpu);
	while (irq_work_is_busy(&call.work))
		cpu_relax();
}

static void call_on(unsigned int cpu, smp_call_func_t func, void *info, bool wait)
{
	unsigned long irq;

	if (cpu == smp_processor_id()) {
		local_irq_save(irq);
		func(info);
		local_irq_restore(irq);
	} else if (wait) {
		call_and_wait(cpu, func, info);
	} else {
		call_there(cpu, func, info);
	}
}

/**
 * smp_call_function_single() - have @func(@info) run on @cpu
 * @wait: until it has returned
 * Context: task or softirq, interrupts on.  Return: 0; -ENXIO for a CPU that is not there.
 */
int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait)
{
	if (!cpu_online(cpu))
		return -ENXIO;
	preempt_disable();
	WARN_ON_ONCE(irqs_disabled() && cpu != (int)smp_processor_id());
	call_on((unsigned int)cpu, func, info, wait);
	preempt_enable();
	return 0;
}

/**
 * on_each_cpu_cond_mask() - have @func(@info) run on those CPUs of @mask that @cond agrees to
 * @cond: NULL: all of them
 * Context: as smp_call_function_single().
 */
void on_each_cpu_cond_mask(bool (*cond)(int cpu, void *info), smp_call_func_t func, void *info,
			   bool wait, const struct cpumask *mask)
{
	unsigned int self, cpu;

	preempt_disable();
	WARN_ON_ONCE(irqs_disabled());
	self = smp_processor_id();
	for_each_cpu(cpu, mask)
		if (cpu != self && (!cond || cond((int)cpu, info)))
			call_on(cpu, func, info, wait);
	if (cpumask_test_cpu(self, mask) && (!cond || cond((int)self, info)))
		call_on(self, func, info, wait);
	preempt_enable();
}

/**
 * smp_call_function_many() - have @func(@info) run on all CPUs of @mask but this one
 * Context: preemption off, interrupts on.
 */
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
	unsigned int self = smp_processor_id(), cpu;

	WARN_ON_ONCE(irqs_disabled());
	for_each_cpu(cpu, mask)
		if (cpu != self)
			call_on(cpu, func, info, wait);
}
