// SPDX-License-Identifier: MIT
/*
 * limits.c - when a run has gone on for too long
 *
 * Owns: the effort so far.
 * M1  A run that would go on for ever ends where its seed says, not where a computer got tired:
 *     points, virtual time and effort are counted; none is measured.
 * M2  Effort alone brings a look at the limits with the next point, or when as much as a quarter of
 *     the limit was made without one: a list of the engine's that code has bent into a ring.
 *     Points alone bring one after LIMIT_POINTS of schedule.c.
 */
#include "state.h"

uint64_t km_sim_effort, km_sim_effort_enough = UINT64_MAX;

static uint64_t spent_so_far(void)
{
	return km_sim_effort + sim.points * sim.config.point_effort_ns;
}

/* Has the run made all the effort it may?  If not, the next look is when it could have. */
static bool is_spent(void)
{
	uint64_t limit = sim.config.effort_limit_ns, spent = spent_so_far();

	if (!limit)
		return false;
	km_sim_effort_enough = spent < limit ? km_sim_effort + (limit - spent) : UINT64_MAX;
	return spent >= limit;
}

void sim_limits_open(void)
{
	km_sim_effort = 0;
	km_sim_effort_enough = UINT64_MAX;
	is_spent();
}

void sim_lockup_check(void)
{
	if (sim_self()->busy_ns > sim.config.lockup_ns)
		sim_lockup();
}

static void timeout_raise(void)
{
	struct km_port_fault fault = { .kind = KM_FAULT_TIMEOUT, .thread = km_port_current };

	if (sim_self()->is_idle && !km_port_current->preempt_count && sim.boot != sim_self()) {
		fault.thread = sim.boot->port;
		sim_thread_where(sim.boot, &fault.pc, &fault.frame);
	} else {
		fault.pc = (uintptr_t)__builtin_return_address(0);
		fault.frame = (uintptr_t)__builtin_frame_address(0);
	}
	sim_fault_raise(&fault);
}

/* M2 */
void km_sim_effort_slow(void)
{
	uint64_t most = sim.config.effort_limit_ns + sim.config.effort_limit_ns / 4;

	km_sim_effort_enough = UINT64_MAX;
	if (!sim.is_up || sim.fault_depth)
		return;
	sim_sync();
	if (spent_so_far() >= most)
		timeout_raise();
	km_sim_effort_enough = km_sim_effort + (most - spent_so_far());
	km_sim_budget = sim.budget_start = 0;
}

void sim_limits_check(void)
{
	if (is_spent() ||
	    (sim.config.clock_limit_ns && sim.clock >= sim.config.clock_limit_ns))
		timeout_raise();
}
