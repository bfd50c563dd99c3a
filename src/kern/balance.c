// SPDX-License-Identifier: MIT
/*
 * balance.c - find what a callback left unbalanced
 *
 * Any context.  Takes no lock; the report goes through printk.
 */
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <kern/balance.h>
#include <kern/tell.h>

const char *scope_name(unsigned int scopes)
{
	if (scopes & PF_MEMALLOC_NOFS)
		return "memalloc_nofs_save()";
	if (scopes & PF_MEMALLOC_NOIO)
		return "memalloc_noio_save()";
	return scopes & PF_MEMALLOC ? "memalloc_noreclaim_save()" : "memalloc_pin_save()";
}

void balance_begin(struct balance *balance)
{
	struct task_struct *task = current;

	balance->preempt_count = task->thread.preempt_count;
	balance->irq_off = task->thread.irq_off;
	balance->lock_depth = task->lock_depth;
	balance->rcu_depth = task->rcu_read_lock_nesting;
	balance->scopes = task->flags & BALANCE_SCOPES;
}

/* A scope left open is told by itself: nothing else needs to be out of order. */
static void balance_scopes(const struct balance *was, const char *kind, const void *callback)
{
	struct task_struct *task = current;
	unsigned int left = (task->flags ^ was->scopes) & BALANCE_SCOPES;
	char text[160];
	struct km_event event = {
		.point = KM_POINT_CONTEXT_BAD, .family = KM_FAMILY_OTHER, .what = text,
		.object = callback, .caller = (uintptr_t)callback + 1,
	};

	if (likely(!left))
		return;
	scnprintf(text, sizeof(text), "%s returned with scope %s %s", kind, scope_name(left),
		  task->flags & left ? "left open" : "closed that it did not open");
	watch_tell(&event);
	pr_err("BUG: %s\n", text);
	task->flags = (task->flags & ~BALANCE_SCOPES) | was->scopes;
}

/* Puts interrupts back to the state of @irq_off. */
static void balance_irqs(u32 irq_off)
{
	if (current->thread.irq_off && !irq_off)
		km_port_irq_restore(0);
	else if (!current->thread.irq_off && irq_off)
		raw_local_irq_disable();
}

static void balance_report(const struct balance *was, const char *kind, const void *callback)
{
	struct task_struct *task = current;
	char text[160];
	struct km_event event = {
		.point = KM_POINT_CONTEXT_BAD,
		.family = KM_FAMILY_OTHER,
		.what = text,
		.object = callback,
		/* A reader takes pcs for return addresses and looks one byte back. */
		.caller = (uintptr_t)callback + 1,
	};

	scnprintf(
		text, sizeof(text),
		"%s leaked atomic, lock or RCU: preempt=0x%08x->0x%08x irqs_off=%u->%u "
		"lock=%u->%u RCU=%d->%d",
		kind, was->preempt_count, task->thread.preempt_count, was->irq_off != 0,
		task->thread.irq_off != 0, was->lock_depth, task->lock_depth, was->rcu_depth,
		task->rcu_read_lock_nesting);
	watch_tell(&event);
	pr_err("BUG: %s\n", text);
	pr_err("     last function: %ps\n", callback);
}

bool balance_end(const struct balance *was, const char *kind, const void *callback)
{
	struct task_struct *task = current;

	balance_scopes(was, kind, callback);
	if (likely(task->thread.preempt_count == was->preempt_count &&
		   !task->thread.irq_off == !was->irq_off && task->lock_depth == was->lock_depth &&
		   task->rcu_read_lock_nesting == was->rcu_depth))
		return true;
	balance_report(was, kind, callback);
	task->thread.preempt_count = was->preempt_count;
	task->lock_depth = was->lock_depth;
	task->rcu_read_lock_nesting = was->rcu_depth;
	balance_irqs(was->irq_off);
	return false;
}
