// SPDX-License-Identifier: MIT
/*
 * context.c - what the running context is, and what it must not do
 *
 * Owns: the meaning of preempt_count, non_block_count.  Prints nothing: the rules
 * report.
 * Not: local_bh_enable(), which runs softirqs (softirq.c).
 * C1  A count never goes below zero: an unbalanced enable is told and ignored.
 * No lock.  Any context; nothing here sleeps.
 */
#include <linux/hardirq.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <kern/core.h>

void context_might_sleep(const char *what, uintptr_t caller, uintptr_t frame)
{
	tell_family(KM_POINT_MIGHT_SLEEP, what, NULL, 0, caller, frame);
}

void context_bad(const char *what, uintptr_t caller, uintptr_t frame)
{
	tell_family(KM_POINT_CONTEXT_BAD, what, NULL, 0, caller, frame);
}

void __might_sleep(const char *file, int line)
{
	KERN_MIGHT_SLEEP("might_sleep");
}

void km_might_sleep(const char *what)
{
	KERN_MIGHT_SLEEP(what);
}

void __cant_sleep(const char *file, int line, int preempt_offset)
{
	if (!irqs_disabled() && preempt_count() <= preempt_offset)
		context_bad("assuming atomic context where it is not", WATCH_CALLER(),
			    WATCH_FRAME());
}

void __non_block_start(void)
{
	current->non_block_count++;
}

void __non_block_end(void)
{
	if (current->non_block_count)
		current->non_block_count--;
	else
		context_bad("non_block_end() without non_block_start()", WATCH_CALLER(),
			    WATCH_FRAME());
}

bool kern_may_sleep(void)
{
	const struct task_struct *task = current;

	return !task->thread.preempt_count && !task->thread.irq_off &&
	       !task->rcu_read_lock_nesting && !task->non_block_count;
}

unsigned int kern_context_number(void)
{
	if (in_nmi())
		return 4;
	if (in_hardirq())
		return 3;
	return in_serving_softirq() ? 2 : 1;
}

const char *kern_context_name(unsigned int number)
{
	static const char *const names[] = { NULL, "task", "softirq", "hardirq", "nmi" };

	return names[number];
}

const char *kern_context_kind(void)
{
	return kern_context_name(kern_context_number());
}

/**
 * kern_context() - the caller's context, for a report
 * Context: any.  The strings live as long as the task and its locks.
 */
void kern_context(struct km_context *ret_context)
{
	const struct task_struct *task = current;

	memset(ret_context, 0, sizeof(*ret_context));
	ret_context->cpu = task->thread.cpu;
	ret_context->preempt_count = task->thread.preempt_count;
	ret_context->irqs_off = task->thread.irq_off != 0;
	ret_context->rcu_depth = (uint32_t)task->rcu_read_lock_nesting;
	ret_context->gfp_scope = task->flags & (PF_MEMALLOC | PF_MEMALLOC_NOFS | PF_MEMALLOC_NOIO |
						PF_MEMALLOC_PIN);
	ret_context->pid = task->pid;
	ret_context->comm = task->comm;
	ret_context->deed = task->deed;
	ret_context->kind = kern_context_kind();
	for (u32 i = 0; i < task->lock_depth && i < KM_HELD_LOCKS; i++) {
		ret_context->locks[i].name = task->held_locks[i].name;
		ret_context->locks[i].taken_at = task->held_locks[i].taken_at;
		ret_context->locks[i].may_sleep = task->held_locks[i].key != NULL;
		ret_context->lock_count++;
	}
}

void km_preempt_underflow(void)
{
	context_bad("preempt_enable() without preempt_disable()", WATCH_CALLER(), WATCH_FRAME());
}
