// SPDX-License-Identifier: MIT
/*
 * ready.c - the threads that could run but have no CPU, longest-waiting first (S2, S3)
 */
#include "state.h"

void sim_ready_append(struct sim_thread *thread)
{
	thread->state = SIM_READY;
	thread->next_ready = NULL;
	if (sim.ready_last)
		sim.ready_last->next_ready = thread;
	else
		sim.ready_first = thread;
	sim.ready_last = thread;
	sim.ready_count++;
}

struct sim_thread *sim_ready_take(uint64_t position)
{
	struct sim_thread *before = NULL, *thread = sim.ready_first;

	while (position--) {
		before = thread;
		thread = thread->next_ready;
	}
	if (before)
		before->next_ready = thread->next_ready;
	else
		sim.ready_first = thread->next_ready;
	if (sim.ready_last == thread)
		sim.ready_last = before;
	sim.ready_count--;
	return thread;
}

void sim_ready(struct sim_thread *thread)
{
	sim_ready_append(thread);
	sim.relax_streak = 0;
	sim_reconsider();
}
