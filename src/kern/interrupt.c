// SPDX-License-Identifier: MIT
/*
 * interrupt.c - the door through which the port's interrupts enter
 *
 * E1  While a vector is served the preempt count has HARDIRQ_OFFSET and irq_off is raised.
 * E2  The interrupted call's watch depth does not silence the handler: it is put aside and
 * restored. Softirqs run when the outermost interrupt is left (softirq.c).  Nothing sleeps.
 */
#include <linux/hardirq.h>
#include <linux/sched.h>
#include <kern/balance.h>
#include <kern/parts.h>

static void interrupt_timer(void)
{
	tick_passed();
	hrtimer_tick();
	timer_tick();
}

/* Sent for any of: irq work, a softirq to run, a timer that another CPU put first in this one's
 * heap. */
static void interrupt_ipi(void)
{
	irq_work_run();
	hrtimer_tick();
	timer_tick();
}

void kern_interrupt(unsigned int vector)
{
	struct task_struct *task = current;
	u32 watch_depth = task->thread.watch_depth;
	uintptr_t stack_base = task->thread.stack_base;

	task->thread.watch_depth = 0;
	task->thread.stack_base = (uintptr_t)__builtin_frame_address(0);
	irq_enter();
	if (vector == KM_VECTOR_TIMER)
		interrupt_timer();
	else if (vector == KM_VECTOR_IPI)
		interrupt_ipi();
	else
		irq_line_interrupt(vector - KM_VECTOR_DEVICE);
	irq_exit();
	task->thread.stack_base = stack_base;
	task->thread.watch_depth = watch_depth;
}

/* What the next deadline of @cpu is for is read without its lock: no point lies under that. */
bool kern_may_hasten(unsigned int cpu)
{
	return timer_may_hasten(cpu);
}
