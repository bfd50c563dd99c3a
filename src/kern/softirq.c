// SPDX-License-Identifier: MIT
/*
 * softirq.c - calls that run after the hard interrupt, interrupts on
 *
 * Owns: pending bits a CPU, the table of actions, ksoftirqd.
 * S1  pending[cpu] is written by that CPU only, interrupts held back; others only read it.
 * S2  Actions run with SOFTIRQ_OFFSET in the preempt count and interrupts on; never nested on one
 * CPU. S3  A raised softirq runs at the latest when the CPU leaves the outermost interrupt, or
 * enables bottom halves.  Raised in plain task context the CPU interrupts itself, so that it runs
 * as soon as interrupts are on. S4  After SOFTIRQ_ROUNDS rounds the rest is left to ksoftirqd, so
 * that tasks go on. Nothing here sleeps.
 */
#include <linux/bottom_half.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <kern/balance.h>
#include <kern/core.h>
#include <kern/parts.h>
#include <kern/tell.h>

#define SOFTIRQ_ROUNDS	10

static u32 pending[KM_MAX_CPUS];
static void (*actions[NR_SOFTIRQS])(void);
static const char *const softirq_names[NR_SOFTIRQS] = {
	"HI", "TIMER", "NET_TX", "NET_RX", "BLOCK", "IRQ_POLL", "TASKLET", "SCHED", "HRTIMER", "RCU"
};
static struct task_struct *ksoftirqd;

void open_softirq(int nr, void (*action)(void))
{
	actions[nr] = action;
}

u32 local_softirq_pending(void)
{
	return READ_ONCE(pending[km_port_cpu()]);
}

void __raise_softirq_irqoff(unsigned int nr)
{
	u32 *bits = &pending[km_port_cpu()];

	WRITE_ONCE(*bits, *bits | 1u << nr);
}

/**
 * raise_softirq_irqoff() - have softirq @nr run on this CPU soon
 * Context: any, interrupts held back.
 */
void raise_softirq_irqoff(unsigned int nr)
{
	__raise_softirq_irqoff(nr);
	if (!in_interrupt())
		km_port_interrupt(km_port_cpu(), KM_VECTOR_IPI);	/* S3 */
}

void raise_softirq(unsigned int nr)
{
	unsigned long irq = km_port_irq_save();

	raise_softirq_irqoff(nr);
	km_port_irq_restore(irq);
}

static void softirq_call(unsigned int nr)
{
	struct balance balance;

	balance_begin(&balance);
	actions[nr]();
	balance_end(&balance, softirq_names[nr], actions[nr]);
}

/* Interrupts are held back on entry and on return, and on while the actions run. */
static void softirq_rounds(void)
{
	unsigned int rounds, nr, cpu = km_port_cpu();
	u32 bits;

	for (rounds = 0; rounds < SOFTIRQ_ROUNDS && pending[cpu]; rounds++) {
		bits = pending[cpu];
		pending[cpu] = 0;
		km_port_irq_restore(0);
		for (nr = 0; nr < NR_SOFTIRQS; nr++)
			if (bits & 1u << nr && actions[nr])
				softirq_call(nr);
		km_port_irq_save();
	}
	if (pending[cpu] && ksoftirqd)
		wake_up_process(ksoftirqd);	/* S4 */
}

/* Entered with interrupts held back, not in_interrupt(). */
static void softirq_serve(void)
{
	struct task_struct *task = current;
	u32 watch_depth = task->thread.watch_depth;
	unsigned int memalloc = task->flags & PF_MEMALLOC;
	uintptr_t stack_base = task->thread.stack_base;

	/* The reserves that the interrupted task may use are not for whoever borrows its stack. */
	task->flags &= ~PF_MEMALLOC;
	task->thread.watch_depth = 0;
	task->thread.stack_base = (uintptr_t)__builtin_frame_address(0);
	preempt_count_add(SOFTIRQ_OFFSET);
	softirq_rounds();
	preempt_count_sub(SOFTIRQ_OFFSET);
	task->thread.stack_base = stack_base;
	task->thread.watch_depth = watch_depth;
	task->flags |= memalloc;
}

void do_softirq(void)
{
	unsigned long irq;

	if (in_interrupt())
		return;
	irq = km_port_irq_save();
	if (pending[km_port_cpu()])
		softirq_serve();
	km_port_irq_restore(irq);
}

void irq_enter(void)
{
	preempt_count_add(HARDIRQ_OFFSET);
}

void irq_exit(void)
{
	preempt_count_sub(HARDIRQ_OFFSET);
	if (!in_interrupt() && pending[km_port_cpu()])
		softirq_serve();
}

/* True if a bottom half may be enabled by @cnt here; tells the rules otherwise. */
static bool softirq_may_enable(unsigned int cnt)
{
	if (unlikely((unsigned int)softirq_count() < (cnt & SOFTIRQ_MASK))) {
		TELL(KM_POINT_CONTEXT_BAD, "local_bh_enable() without local_bh_disable()", NULL);
		return false;
	}
	if (unlikely(in_hardirq() || current->thread.irq_off))
		TELL(KM_POINT_CONTEXT_BAD,
		     "local_bh_enable() in hard interrupt context or with interrupts disabled",
		     NULL);
	return true;
}

void __local_bh_enable_ip(unsigned long ip, unsigned int cnt)
{
	if (!softirq_may_enable(cnt))
		return;
	/* One count of preemption stays until the softirqs have run on this CPU. */
	preempt_count_sub(cnt - 1);
	if (!in_interrupt() && local_softirq_pending()) {
		if (current->thread.irq_off)
			km_port_interrupt(km_port_cpu(), KM_VECTOR_IPI);	/* S3 */
		else
			do_softirq();
	}
	preempt_count_sub(1);
	km_port_seam();
}

void _local_bh_enable(void)
{
	if (softirq_may_enable(SOFTIRQ_DISABLE_OFFSET))
		preempt_count_sub(SOFTIRQ_DISABLE_OFFSET);
}

/* Softirqs that were left over, of any CPU: this CPU's here, the others' by interrupting them. */
static void ksoftirqd_serve(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < km_port_cpus(); cpu++)
		if (READ_ONCE(pending[cpu]))
			km_port_interrupt(cpu, KM_VECTOR_IPI);
}

static bool softirq_is_left_over(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < km_port_cpus(); cpu++)
		if (READ_ONCE(pending[cpu]))
			return true;
	return false;
}

static int ksoftirqd_run(void *arg)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!softirq_is_left_over() && !kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
		ksoftirqd_serve();
		yield();
	}
	return 0;
}

void softirq_boot(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < KM_MAX_CPUS; cpu++)
		pending[cpu] = 0;
}

int ksoftirqd_boot(void)
{
	ksoftirqd = thread_start(ksoftirqd_run, NULL, "ksoftirqd");
	return ksoftirqd ? 0 : -ENOMEM;
}

void ksoftirqd_shutdown(void)
{
	struct task_struct *task = ksoftirqd;

	ksoftirqd = NULL;
	if (task)
		thread_stop(task);
}
