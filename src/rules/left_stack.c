/* SPDX-License-Identifier: MIT */
/*
 * left_stack.c - rule use-after-free: what lies on a stack, in a frame that was left
 *
 * A completion or wait queue entry of a function that gave up waiting, used by who comes late. Only
 * what the library is handed is looked at (KM_POINT_TOUCH); an address that a later, deeper call
 * covers again looks like a variable of that call.
 * Owns: the ranges of all stacks, which are the port's as long as it runs.
 * Lock: none; they are read at boot.  Nothing here sleeps.
 */
#include <linux/sched.h>
#include <linux/sprintf.h>
#include "kern/core.h"
#include "rules/access.h"
#include "rules/rules.h"

#define RANGES	4

static struct km_port_region ranges[RANGES];
static unsigned int range_count;	/* 0: not known */

struct look {
	uintptr_t address, frame;
	bool is_left;
	char comm[TASK_COMM_LEN];
};

static bool look_at_stack(struct task_struct *task, void *arg)
{
	struct look *look = arg;
	uintptr_t low;

	if (look->address < (uintptr_t)task->thread.stack_low ||
	    look->address >= (uintptr_t)task->thread.stack_high)
		return false;
	/* Its own callers' frames lie above the function that was called. */
	low = task == current ? look->frame : km_port_stack_pointer(&task->thread);
	look->is_left = low && look->address < low;
	scnprintf(look->comm, sizeof(look->comm), "%s", task->comm);
	return true;
}

static void report(const struct km_event *event, const struct look *look)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	record_start(&finding, "use-after-free");
	stack_take(event->frame, event->caller, &finding.stack);
	scnprintf(text, sizeof(text),
		  "BUG: KASAN: stack-use-after-return: Write of size %zu at a variable on the "
		  "stack of '%s', whose function has returned",
		  event->bytes, look->comm);
	finding.message = text;
	finding.help = "Take the variable back under a lock before the function returns, or wait "
		       "until nobody uses it.";
	record_finding(&finding);
}

void left_stack_boot(void)
{
	range_count = km_port_stacks(ranges, RANGES);
}

/* Most memory is on no stack, and no task need be asked whether it is on its own. */
static bool may_be_on_stack(uintptr_t address)
{
	for (unsigned int i = 0; i < range_count; i++)
		if (address - (uintptr_t)ranges[i].base < ranges[i].bytes)
			return true;
	return !range_count;
}

bool left_stack_touch(const struct km_event *event)
{
	struct look look = { .address = (uintptr_t)event->object, .frame = event->frame };

	if (!event->frame || current->kasan_depth || !may_be_on_stack(look.address))
		return false;
	task_any(look_at_stack, &look);
	if (look.is_left)
		report(event, &look);
	return look.is_left;
}
