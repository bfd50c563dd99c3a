// SPDX-License-Identifier: MIT
/*
 * armed.c - may something in these bytes wait to run?  Asked at each free of a checked run
 *
 * Owns: armed_counts (A1 of armed.h).
 * Lock: none.  Nothing here sleeps.
 */
#include <kern/armed.h>
#include <kern/core.h>
#include <kern/parts.h>

u32 armed_counts[ARMED_SLOTS];

void armed_boot(void)
{
	for (unsigned int slot = 0; slot < ARMED_SLOTS; slot++)
		armed_counts[slot] = 0;
}

bool kern_may_be_armed(uintptr_t start, uintptr_t end)
{
	uintptr_t first = start >> ARMED_PAGE_BITS, last = (end - 1) >> ARMED_PAGE_BITS;

	for (uintptr_t page = first; page <= last && page - first < ARMED_SLOTS; page++)
		if (__atomic_load_n(&armed_counts[page % ARMED_SLOTS], __ATOMIC_RELAXED))
			return true;
	return false;
}

void kern_armed(kern_left_fn see, void *arg)
{
	if (timer_is_any())
		timer_left(see, arg);
	if (hrtimer_is_any())
		hrtimer_left(see, arg);
	if (tasklet_is_any())
		tasklet_left(see, arg);
	workqueue_pending(see, arg);
	kthread_work_pending(see, arg);
}
