/* SPDX-License-Identifier: MIT */
/*
 * sleep.c - rule sleep-in-atomic: a call that may sleep, where sleeping is not allowed
 *
 * Judged at the call, by its gfp or its nature: that memory was plentiful this time is no excuse.
 * Owns: who was told last to sleep in an interrupt.  Nothing here sleeps.
 */
#include <linux/gfp_types.h>
#include <linux/sprintf.h>
#include "kern/kern.h"
#include "rules/rules.h"

#define PREEMPT_BITS	0x000000ffu
#define SOFTIRQ_BITS	0x0000ff00u
#define INTERRUPT_BITS	0x00ff0100u	/* serving, not only off */

static bool text_equals(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

/* The newest lock whose holder may not sleep; NULL if there is none. */
static const char *spinning_lock(const struct km_context *context)
{
	for (uint32_t i = context->lock_count; i-- > 0;)
		if (!context->locks[i].may_sleep)
			return context->locks[i].name;
	return NULL;
}

/* Why sleeping is not allowed, the strongest reason first; @ret_help says what to do about it. */
static void word_reason(char *text, const struct km_context *context, bool is_allocation,
			const char **ret_help)
{
	const char *lock;

	if (text_equals(context->kind, "hardirq") || text_equals(context->kind, "nmi")) {
		scnprintf(text, RULES_TEXT, "in a hard interrupt handler");
		*ret_help = is_allocation ? "An interrupt handler must use GFP_ATOMIC, or leave "
					    "the work to a work item or a threaded handler."
					  : "Move this to a work item or a threaded interrupt "
					    "handler, which may sleep.";
	} else if (text_equals(context->kind, "softirq")) {
		scnprintf(text, RULES_TEXT, "in a softirq (timer, tasklet or RCU callback)");
		*ret_help = is_allocation ? "A timer, tasklet or RCU callback must use GFP_ATOMIC, "
					    "or leave the work to a work item."
					  : "Move this to a work item: timers, tasklets and RCU "
					    "callbacks may not sleep.";
	} else if ((lock = spinning_lock(context))) {
		scnprintf(text, RULES_TEXT, "while lock '%s' is held", lock);
		*ret_help = is_allocation ? "Allocate before the lock is taken, or use GFP_ATOMIC, "
					    "or make the lock a mutex."
					  : "Release the lock first, or make it a mutex.";
	} else if (context->rcu_depth) {
		scnprintf(text, RULES_TEXT, "inside rcu_read_lock()");
		*ret_help = is_allocation ? "Allocate before rcu_read_lock(), or use GFP_ATOMIC." :
			"Leave the RCU read section first, or use SRCU.";
	} else if (context->irqs_off) {
		scnprintf(text, RULES_TEXT, "with interrupts off");
		*ret_help =
			is_allocation
				? "Allocate before interrupts are turned off, or use GFP_ATOMIC."
				: "Turn interrupts on again first.";
	} else if (context->preempt_count & SOFTIRQ_BITS) {
		scnprintf(text, RULES_TEXT, "with bottom halves off");
		*ret_help = is_allocation ? "Allocate before local_bh_disable(), or use GFP_ATOMIC."
					  : "Call local_bh_enable() first.";
	} else if (context->preempt_count & PREEMPT_BITS) {
		scnprintf(text, RULES_TEXT, "with preemption off");
		*ret_help = is_allocation
				    ? "Allocate before preemption is turned off, or use GFP_ATOMIC."
				    : "Call preempt_enable() first.";
	} else {
		scnprintf(text, RULES_TEXT, "where sleeping is not allowed");
	}
}

/* The task whose interrupt was told last; what hangs there afterwards is the same mistake. */
static const struct km_port_thread *told_in_interrupt;

bool sleep_explains_hang(const struct km_port_thread *thread)
{
	return thread && thread == told_in_interrupt && (thread->preempt_count & INTERRUPT_BITS);
}

static void report_sleep(const struct km_event *event, bool is_allocation)
{
	char text[RULES_TEXT], reason[RULES_TEXT], call[64];
	gfp_t gfp = (gfp_t)event->gfp;
	struct km_finding finding;

	record_start(&finding, "sleep-in-atomic");
	stack_take(event->frame, event->caller, &finding.stack);
	if (!finding.stack.count)
		return;
	if (finding.context.preempt_count & INTERRUPT_BITS)
		told_in_interrupt = km_port_self();
	if (is_allocation)
		scnprintf(call, sizeof(call), "%s(%pGg)", event->what, &gfp);
	else
		scnprintf(call, sizeof(call), "%s()", event->what ? event->what : "might_sleep");
	word_reason(reason, &finding.context, is_allocation, &finding.help);
	scnprintf(text, sizeof(text),
		  "BUG: sleeping function called from invalid context: %s %s\nin_atomic(): %d, "
		  "irqs_disabled(): %u, "
		  "preempt_count: %x, RCU nest depth: %u",
		  call, reason, finding.context.preempt_count != 0, finding.context.irqs_off,
		  finding.context.preempt_count, finding.context.rcu_depth);
	finding.message = text;
	record_finding(&finding);
}

static enum km_verdict sleep_see(const struct km_event *event)
{
	bool is_allocation = event->point == KM_POINT_ALLOC_ASK;

	if (is_allocation && !(event->gfp & (uint32_t)__GFP_DIRECT_RECLAIM))
		return KM_GO;
	if (!kern_may_sleep())
		report_sleep(event, is_allocation);
	return KM_GO;
}

static int sleep_boot(void)
{
	told_in_interrupt = NULL;
	return 0;
}

const struct km_rule sleep_rule = {
	.id = "sleep-in-atomic",
	.points = POINT_BIT(ALLOC_ASK) | POINT_BIT(MIGHT_SLEEP),
	.boot = sleep_boot,
	.see = sleep_see,
};
