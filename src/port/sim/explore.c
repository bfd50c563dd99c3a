// SPDX-License-Identifier: MIT
/*
 * explore.c - looking for races: which of many ways to take turns a seed stands for
 *
 * Owns: sim.explore, the plan of a run with config.explore.  The generator is the machine's own, so
 * the seed decides everything; seed % SIM_STRATEGIES is the strategy, the rest its numbers.
 * X1  Whatever is chosen, Linux could do: a thread keeps its CPU while it may not be preempted,
 *     nothing expires before its time, a line interrupts only while somebody listens.
 * X2  Time may jump to the next timer, never over one, and not where only somebody's patience would
 *     end (hooks->may_hasten): a limit on a wait is not reached because others were not let run.
 * X3  Jumps and extra interrupts are counted, anew in each phase, so that a timer that arms itself
 *     again cannot keep the machine from getting anywhere.
 */
#include "state.h"

/* What the engine passes before a handler of the module begins. */
#define ENTRY_POINTS	4

bool km_sim_has_seams;

static uint64_t one_in_power(unsigned int low, unsigned int count)
{
	return UINT64_C(1) << (low + sim_chance(count));
}

/* A few points: what short functions and handlers pass. */
static uint64_t soon(void)
{
	return 1 + sim_chance(one_in_power(0, 6));
}

/* How often time jumps or a device interrupts, and how far a jump may go. */
static void plan_hasten(struct sim_explore *plan)
{
	static const uint64_t reaches[] = { 100000000, 1000000000, 1000000000000, 1000000000000 };

	plan->reach_ns = reaches[sim_chance(4)];
	if (plan->strategy == SIM_INTERRUPTS) {
		plan->hasten_one_in = one_in_power(2, 5);
		plan->hasten_seam_one_in = 1 + sim_chance(2);
		plan->hasten_each = 4 + (unsigned int)sim_chance(28);
	} else if (sim_chance(12)) {
		plan->hasten_one_in = one_in_power(2, 6);
		plan->hasten_seam_one_in = 1 + sim_chance(5);
		plan->hasten_each = 1 + (unsigned int)sim_chance(16);
	}
}

static void plan_switches(struct sim_explore *plan)
{
	switch (plan->strategy) {
	case SIM_DENSE:
		plan->one_in = 2 + sim_chance(8);
		break;
	case SIM_SPARSE:
		plan->one_in = one_in_power(3, 6);
		break;
	case SIM_PRIORITIES:
		plan->by_priority = true;
		plan->one_in = one_in_power(2, 8);
		break;
	case SIM_PRIORITY_SEAMS:
		plan->by_priority = true;
		plan->one_in = one_in_power(4, 6);
		plan->seam_one_in = 2 + sim_chance(6);
		break;
	case SIM_SEAMS:
		plan->one_in = one_in_power(4, 6);
		plan->seam_one_in = 1 + sim_chance(4);
		break;
	default:
		plan->one_in = one_in_power(3, 6);
		break;
	}
}

void sim_explore_open(void)
{
	struct sim_explore *plan = &sim.explore;

	*plan = (struct sim_explore){ .hasten_at = SIM_FOREVER, .lowest = SIM_PRIORITY_LOW };
	km_sim_has_seams = false;
	if (!sim.config.explore)
		return;
	plan->is_on = true;
	plan->strategy = (enum sim_strategy)(sim.config.seed % SIM_STRATEGIES);
	plan_switches(plan);
	plan_hasten(plan);
	sim.config.switch_one_in = (unsigned int)plan->one_in;
	km_sim_has_seams = plan->seam_one_in || plan->hasten_seam_one_in;
	if (plan->by_priority)
		sim.decide_at = 1;
}

enum sim_strategy sim_explore_strategy(void)
{
	return sim.explore.strategy;
}

/* -- priorities -------------------------------------------------------------------------------- */

uint64_t sim_priority_new(void)
{
	return sim.explore.by_priority ? SIM_PRIORITY_LOW + 1 + sim_chance(SIM_PRIORITY_LOW) : 0;
}

void sim_priority_drop(struct sim_thread *thread)
{
	if (sim.explore.by_priority)
		thread->priority = --sim.explore.lowest;
}

/* Position on the ready list of the first among the threads. */
static uint64_t ready_best(uint64_t *ret_priority)
{
	uint64_t best = 0, position = 0;

	*ret_priority = 0;
	for (struct sim_thread *thread = sim.ready_first; thread; thread = thread->next_ready) {
		if (thread->priority > *ret_priority) {
			*ret_priority = thread->priority;
			best = position;
		}
		position++;
	}
	return best;
}

uint64_t sim_explore_ready(void)
{
	uint64_t priority;

	return sim.explore.by_priority ? ready_best(&priority) : sim_chance(sim.ready_count);
}

static uint64_t cpu_priority(const struct sim_cpu *cpu)
{
	const struct km_port_thread *idle = cpu->idle->port;
	uint64_t priority;

	if (cpu->current != cpu->idle || idle->preempt_count || idle->irq_off || cpu->pending)
		return cpu->current->priority;
	ready_best(&priority);
	return priority;
}

unsigned int sim_explore_cpu(struct sim_cpu *const *cpus, unsigned int count)
{
	unsigned int best = 0;

	if (!sim.explore.by_priority)
		return (unsigned int)sim_chance(count);
	for (unsigned int i = 1; i < count; i++)
		if (cpu_priority(cpus[i]) > cpu_priority(cpus[best]))
			best = i;
	return best;
}

/*
 * Who runs next by priority: an index below @count of @cpus, @count for the ready thread at
 * *@ret_position, or -1 for the one that runs.
 */
int sim_explore_best(struct sim_cpu *const *cpus, unsigned int count, bool may_preempt,
		     uint64_t *ret_position)
{
	uint64_t best = sim_self()->priority, priority;
	int choice = -1;

	if (sim.points >= sim.explore.change_at) {
		sim_priority_drop(sim_self());
		best = sim_self()->priority;
		sim.explore.change_at = sim.points + sim_explore_stretch();
	}
	sim.decide_at = sim.explore.change_at;
	for (unsigned int i = 0; i < count; i++) {
		priority = cpu_priority(cpus[i]);
		if (priority > best) {
			best = priority;
			choice = (int)i;
		}
	}
	*ret_position = ready_best(&priority);
	return may_preempt && priority > best ? (int)count : choice;
}

/* -- events before their turn ------------------------------------------------------------------ */

static void hasten_again(void)
{
	const struct sim_explore *plan = &sim.explore;

	sim.explore.hasten_at = plan->hasten_left && plan->hasten_one_in
					? sim.points + 1 + sim_chance(2 * plan->hasten_one_in - 1)
					: SIM_FOREVER;
}

void sim_explore_phase(void)
{
	if (!sim.is_up)
		return;
	sim_sync();
	sim.explore.hasten_left = sim.explore.hasten_each;
	/* An exit function is short: what is to happen in it must happen soon. */
	if (sim.explore.hasten_each) {
		sim.explore.hasten_one_in = one_in_power(2, 6);
		sim.explore.hasten_at = sim.points + (sim_chance(3) ? 2 + sim_chance(6) : soon());
		if (sim_chance(4))
			sim.explore.reach_ns = UINT64_C(1000000000000);
	}
	sim_rebudget();
}

uint64_t sim_explore_patience(uint64_t limit_ns)
{
	uint64_t ns;

	if (!sim.explore.is_on || !sim_chance(8))
		return limit_ns;
	if (!sim_chance(4))
		return 0;
	ns = one_in_power(8, 20) + sim_chance(256);
	return ns < limit_ns ? ns : limit_ns;
}

/* The CPU whose timer time may jump to (X2); NULL: there is none. */
static struct sim_cpu *timer_within_reach(void)
{
	if (sim.next_source <= sim.clock || sim.next_source - sim.clock > sim.explore.reach_ns ||
	    !sim.hooks->may_hasten)
		return NULL;
	for (unsigned int i = 0; i < sim.config.cpus; i++)
		if (sim.cpu[i].timer == sim.next_source)
			return sim.hooks->may_hasten(i) ? &sim.cpu[i] : NULL;
	return NULL;
}

static unsigned int lines_listened_to(unsigned int *ret_lines)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < KM_DEVICE_LINES; i++)
		if (sim.device[i].is_enabled)
			ret_lines[count++] = i;
	return count;
}

struct sim_cpu *sim_explore_hasten(void)
{
	unsigned int lines[KM_DEVICE_LINES], count = lines_listened_to(lines);
	struct sim_cpu *cpu = timer_within_reach();
	uint64_t pick;

	hasten_again();
	if (!sim.explore.hasten_left || !(count + (cpu != NULL)))
		return NULL;
	sim.explore.hasten_left--;
	pick = sim_chance(count + (cpu != NULL));
	if (pick < count) {
		cpu = &sim.cpu[sim_chance(sim.config.cpus)];
		sim_pend(cpu, KM_VECTOR_DEVICE + lines[pick]);
	} else {
		sim.clock = sim.next_source;
		sim_events_run();
	}
	if (!cpu->pending || !sim_chance(8))
		return NULL;
	/* Its handler begins at once, may be left in its middle, and is left alone for a while. */
	sim.explore.change_at = sim.decide_at = sim.points + soon() +
						(sim_chance(3) ? ENTRY_POINTS : 0);
	sim.explore.next_stretch = one_in_power(3, 5);
	if (sim.explore.by_priority)
		cpu->current->priority = 2 * SIM_PRIORITY_LOW + sim_chance(SIM_PRIORITY_LOW);
	return cpu;
}

uint64_t sim_explore_stretch(void)
{
	uint64_t points = sim.explore.next_stretch;

	sim.explore.next_stretch = 0;
	return points ? points : 1 + sim_chance(2 * (uint64_t)sim.config.switch_one_in - 1);
}

bool sim_explore_seam(void)
{
	const struct sim_explore *plan = &sim.explore;
	bool must_look = false;

	if (plan->hasten_left && plan->hasten_seam_one_in &&
	    !sim_chance(plan->hasten_seam_one_in)) {
		sim.explore.hasten_at = sim.points;
		must_look = true;
	}
	if (plan->seam_one_in && !sim_chance(plan->seam_one_in)) {
		sim.explore.change_at = sim.decide_at = sim.points;
		must_look = true;
	}
	return must_look;
}
