/* SPDX-License-Identifier: MIT */
/*
 * crash.c - rules crash, hang, bug, warn: a machine that cannot go on is a finding too
 *
 * Owns: whether the machine is going down.  After an allocation was made to fail, a use of its
 * result (an address near NULL or an error pointer, or a BUG() about it) is null-unchecked.
 * X1  After a fault the record stream is brought to its end and the port stops; nothing returns to
 *     the code that failed.
 * X2  A fault while a fault is told ends the stream at once.
 * Lock: none; the locks of this room are broken, because their holder may be what failed.
 */
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/poison.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include "kern/kern.h"
#include "rules/objects.h"
#include "page/page_room.h"
#include "rules/shadow.h"
#include "kapi/kapi.h"
#include "slab/slab_room.h"
#include "rules/uninit.h"
#include "vmap/vmap_room.h"
#include "watch/watch.h"

/*
 * A field of a large structure, or an element, may lie far from NULL; nothing of a checked program
 * lies below.
 */
#define NEAR_NULL	(4u << 20)
#define NEAR_NULL_COPY	4096u	/* U4 of percpu/unit.c: no area begins there */
#define NEAR_ZERO_SIZE	4096u	/* behind ZERO_SIZE_PTR */
#define NEAR_ERROR	4096u	/* MAX_ERRNO, and the page below the top */
/* checked programs run in the lower half of the addresses */
#define LOWER_HALF	((uintptr_t)1 << 47)
#define STATUS_DEAD	70
#define POISON_REACH	4096u	/* a member, seen from an entry */
#define STACK_GAP	(64u << 10)	/* what a stack that overflows is taken to reach */

static unsigned int falling;		/* how many faults deep */
static uintptr_t told_address;
/* The latest request for 0 bytes; @what NULL: none. */
static struct {
	const char *what;
	struct km_stack stack;
} zero;

void access_report(uintptr_t bad, size_t bytes, bool is_write, uint8_t code,
		   const struct km_stack *stack);

static int crash_boot(void)
{
	falling = 0;
	told_address = 0;
	zero.what = NULL;
	return 0;
}

/* per_cpu_ptr(NULL, cpu), or a field behind it. */
static bool is_copy_of_null(uintptr_t address)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (address - __per_cpu_offset[cpu] < NEAR_NULL_COPY)
			return true;
	return false;
}

static bool is_near_null(uintptr_t address)
{
	return address < NEAR_NULL || address >= (uintptr_t)0 - NEAR_ERROR ||
	       is_copy_of_null(address);
}

bool crash_is_hopeless(uintptr_t address)
{
	return address - NEAR_NULL >= LOWER_HALF - NEAR_NULL || user_holds(address);
}

void crash_told(uintptr_t address)
{
	told_address = address;
}

/*
 * In what an allocation of 0 bytes returned?  A member of a NULL pointer may lie there too, so only
 * if there was such an allocation, and none that was made to fail.
 */
static bool is_zero_size(uintptr_t address)
{
	return zero.what && address - (uintptr_t)ZERO_SIZE_PTR < NEAR_ZERO_SIZE &&
	       !fault_injected(NULL, NULL);
}

static void report_zero_size(uintptr_t address, const char *verb, const struct km_stack *stack)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, "out-of-bounds");
	finding.stack = *stack;
	finding.alloc_stack = zero.stack;
	scnprintf(text, sizeof(text),
		  "BUG: KASAN: out-of-bounds: %s at %zu bytes to the right of the 0 bytes that "
		  "%s() was asked for",
		  verb, (size_t)(address - (uintptr_t)ZERO_SIZE_PTR), zero.what);
	finding.message = text;
	record_finding(&finding);
}

static void report_null(uintptr_t address, const char *verb, const struct km_stack *stack)
{
	struct km_finding finding;
	char text[RULES_TEXT];
	const char *what = NULL;
	bool is_injected = fault_injected(NULL, &what) != 0;
	bool is_error = address >= (uintptr_t)0 - NEAR_ERROR;

	record_start(&finding, is_injected ? "null-unchecked" : "crash");
	finding.stack = *stack;
	if (is_error)
		scnprintf(
			text, sizeof(text),
			"BUG: unable to handle page fault for address: %016lx: %s through an error "
			"pointer (errno %ld)%s%s%s",
			(unsigned long)address, verb, -(long)address, is_injected ? " after " : "",
			is_injected ? what : "", is_injected ? "() failed" : "");
	else
		scnprintf(text, sizeof(text),
			  "BUG: kernel NULL pointer dereference, address: %016lx: %s%s%s%s",
			  (unsigned long)address, verb, is_injected ? " after " : "",
			  is_injected ? what : "", is_injected ? "() failed" : "");
	finding.message = text;
	if (!is_injected)
		finding.help = is_error ? "Test the pointer with IS_ERR() before it is used."
					: "Find out why the pointer on this line is NULL (or came "
					  "from an allocation of 0 bytes).";
	record_finding(&finding);
}

static void report_near_null(uintptr_t address, const char *verb, const struct km_stack *stack)
{
	if (is_zero_size(address))
		report_zero_size(address, verb, stack);
	else
		report_null(address, verb, stack);
}

static void go_down(void) __attribute__((noreturn));
static void go_down(void)
{
	falling++;
	record_end(STATUS_DEAD);
}

/* What list_del() leaves in an entry, and members of what stands around an entry there. */
static bool is_list_poison(uintptr_t address)
{
	return address - (uintptr_t)LIST_POISON1 + POISON_REACH < 2 * POISON_REACH;
}

static void report_address(uintptr_t address, const char *verb, const struct km_stack *stack)
{
	bool is_users = user_holds(address), is_poison = is_list_poison(address);
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, "crash");
	finding.stack = *stack;
	scnprintf(text, sizeof(text),
		  "BUG: unable to handle page fault for %saddress: %016lx: %s%s%s",
		  is_users ? "user " : "", (unsigned long)address, verb,
		  is_users ? " of user memory by the kernel itself" : "",
		  is_poison ? " through an entry that list_del() took off its list" : "");
	if (is_poison)
		finding.help = "Do not follow an entry that has left its list; where readers still "
			       "walk, take it off with list_del_rcu().";
	if (is_users)
		finding.help = "Use copy_from_user(), copy_to_user(), get_user() or put_user(), "
			       "and check what they return.";
	finding.message = text;
	record_finding(&finding);
}

void crash_access(uintptr_t address, bool is_write, const struct km_stack *stack)
{
	if (is_near_null(address))
		report_near_null(address, is_write ? "write" : "read", stack);
	else
		report_address(address, is_write ? "write" : "read", stack);
	go_down();
}

/* -- faults the port saw -- */

/* In a guard page, or where an area used to be: true if told. */
static bool report_area(const struct km_port_fault *fault, const struct km_stack *stack)
{
	struct vmap_place place;
	struct object *object;
	bool is_freed;

	if (vmap_find((const void *)fault->address, &place)) {
		if (!place.in_guard)
			return false;
		access_report(fault->address, 1, fault->is_write, SHADOW_PAGE_REDZONE, stack);
		return true;
	}
	object = object_around(fault->address);
	is_freed = object && object->state == OBJECT_FREED;
	if (is_freed)
		access_report(fault->address, 1, fault->is_write, SHADOW_FREED, stack);
	return is_freed;
}

/* A page of RAM that was closed: behind an object, or what was freed (slab_guards). */
static bool report_guarded(const struct km_port_fault *fault, const struct km_stack *stack)
{
	const struct object *object;

	if (!slab_guards || !frame_of((const void *)fault->address))
		return false;
	object = object_around(fault->address);
	access_report(fault->address, 0, fault->is_write,
		      object && object->state == OBJECT_FREED ? SHADOW_FREED : SHADOW_PAGE_REDZONE,
		      stack);
	return true;
}

/* In the gap below the stack of the thread that failed: true if told. */
static bool report_overflow(const struct km_port_fault *fault, const struct km_stack *stack)
{
	uintptr_t low = fault->thread ? (uintptr_t)fault->thread->stack_low : 0;
	struct km_finding finding;
	char text[RULES_TEXT];

	if (!low || low - fault->address - 1 >= STACK_GAP)
		return false;
	record_start(&finding, "stack-overflow");
	finding.stack = *stack;
	scnprintf(text, sizeof(text),
		  "BUG: TASK stack guard page was hit at %016lx (stack is %016lx..%016lx): kernel "
		  "stack overflow",
		  (unsigned long)fault->address, (unsigned long)low,
		  (unsigned long)(uintptr_t)fault->thread->stack_high);
	finding.message = text;
	finding.help = "Bound the recursion, and move large variables from the stack to kmalloc().";
	record_finding(&finding);
	return true;
}

static void report_memory(const struct km_port_fault *fault, const struct km_stack *stack)
{
	const char *verb = fault->is_call ? "call" : fault->is_write ? "write" : "read";

	if (is_near_null(fault->address))
		report_near_null(fault->address, verb, stack);
	else if (!report_overflow(fault, stack) && !report_guarded(fault, stack) &&
		 !report_area(fault, stack))
		report_address(fault->address, verb, stack);
}

static const char *fault_text(enum km_fault_kind kind)
{
	switch (kind) {
	case KM_FAULT_ILLEGAL:
		return "invalid opcode or general protection fault: an instruction could not be "
		       "carried out";
	case KM_FAULT_DIVIDE:
		return "divide error: division by zero, or of the smallest number by -1";
	case KM_FAULT_DEADLOCK:
		return "INFO: task blocked: every thread waits and nothing is left that could wake "
		       "one";
	case KM_FAULT_LOCKUP:
		return "watchdog: BUG: soft lockup - CPU stuck: it runs or spins without progress";
	case KM_FAULT_TIMEOUT:
		return "watchdog: the run exceeded its time limit: it goes on and on without "
		       "coming to an end";
	default:
		return "fault";
	}
}

/* The thread that hangs need not be the one that noticed. */
static void blame_thread(struct km_context *context, const struct km_port_thread *thread)
{
	const struct task_struct *task = (const struct task_struct *)thread;

	if (!thread || thread == km_port_self())
		return;
	context->cpu = thread->cpu;
	context->preempt_count = thread->preempt_count;
	context->irqs_off = thread->irq_off != 0;
	context->rcu_depth = (uint32_t)task->rcu_read_lock_nesting;
	context->pid = task->pid;
	context->comm = task->comm;
	context->deed = task->deed;
	context->lock_count = 0;
	for (uint32_t i = 0; i < task->lock_depth && i < KM_HELD_LOCKS; i++) {
		context->locks[i].name = task->held_locks[i].name;
		context->locks[i].taken_at = task->held_locks[i].taken_at;
		context->lock_count++;
	}
}

/* An instruction failed; the other faults are of a machine that does not go on. */
static bool is_of_code(enum km_fault_kind kind)
{
	return kind == KM_FAULT_ILLEGAL || kind == KM_FAULT_DIVIDE;
}

static void report_other(const struct km_port_fault *fault, const struct km_stack *stack)
{
	struct km_finding finding;

	record_start(&finding, is_of_code(fault->kind) ? "crash" : "hang");
	blame_thread(&finding.context, fault->thread);
	finding.stack = *stack;
	finding.message = fault_text(fault->kind);
	record_finding(&finding);
}

/* A reader of stacks expects return addresses: one past the instruction that failed. */
static void fault_stack(const struct km_port_fault *fault, struct km_stack *ret_stack)
{
	uintptr_t pc = fault->pc ? fault->pc + 1 : 0;

	/* The fast road of the allocators has no frames: its caller is on top of the stack. */
	if (pc_is_library(pc) && pc_is_program(fault->caller) && !pc_is_library(fault->caller))
		pc = fault->caller;
	stack_take(fault->frame, pc, ret_stack);
}

/**
 * crash_fault() - tell of a fault the port saw, end the records, stop
 * @fault: where and what
 *
 * Context: whatever failed, possibly a signal handler or the middle of a rule.  Does not return.
 */
void crash_fault(const struct km_port_fault *fault)
{
	struct km_stack stack;

	if (falling++)
		record_end(STATUS_DEAD);
	rules_lock.word = 0;
	stack_break_lock();
	memory_break_lock();
	watch_enter();
	if (fault->kind == KM_FAULT_MEMORY && fault->address == told_address && told_address)
		go_down();
	fault_stack(fault, &stack);
	if (fault->kind == KM_FAULT_MEMORY && uninit_fault(fault->address, &stack))
		go_down();
	if (fault->kind == KM_FAULT_MEMORY)
		report_memory(fault, &stack);
	else if (is_of_code(fault->kind) ||
		 !sleep_explains_hang(fault->thread ? fault->thread : km_port_self()))
		report_other(fault, &stack);
	go_down();
}

/* -- what the code itself says -- */

static void report_said(const struct km_event *event, const char *rule, const char *fallback)
{
	struct km_finding finding;

	record_start(&finding, rule);
	stack_take(event->frame, event->caller, &finding.stack);
	finding.message = event->what ? event->what : fallback;
	if (event->point == KM_POINT_WARN && pc_is_library(event->caller))
		finding.help = "The function warns of what it was given: check that before the "
			       "call; an allocation that may be too large asks with __GFP_NOWARN.";
	if (event->point == KM_POINT_CONTEXT_BAD && event->object)
		finding.help = "Set it up once, before it is armed first; stop it before it is set "
			       "up again: timer_delete_sync(), hrtimer_cancel(), "
			       "cancel_work_sync().";
	record_finding(&finding);
}

static const char *rule_of_bug(const struct km_event *event)
{
	if (event->order == KM_BUG_FREED_TWICE)
		return "double-free";
	if (event->order == KM_BUG_BAD_FREE)
		return "invalid-free";
	return fault_injected(NULL, NULL) ? "null-unchecked" : "bug";
}

static enum km_verdict crash_see(const struct km_event *event)
{
	switch (event->point) {
	case KM_POINT_BUG:
		report_said(event, rule_of_bug(event), "kernel BUG");
		go_down();
	case KM_POINT_WARN:
		report_said(event, "warn", "WARNING");
		break;
	case KM_POINT_LOCK_BAD:
		if (!reclaim_is_recursion(event))
			report_said(event, "bug", "bad use of a lock");
		break;
	case KM_POINT_CONTEXT_BAD:
		report_said(event, "bug", "context left unbalanced");
		break;
	case KM_POINT_ALLOC_ZERO:
		zero.what = event->what;
		stack_take(event->frame, event->caller, &zero.stack);
		break;
	default:
		break;
	}
	return KM_GO;
}

const struct km_rule crash_rule = {
	.id = "crash",
	.points = POINT_BIT(BUG) | POINT_BIT(WARN) | POINT_BIT(LOCK_BAD) |
		  POINT_BIT(CONTEXT_BAD) | POINT_BIT(ALLOC_ZERO),
	.boot = crash_boot,
	.see = crash_see,
};
