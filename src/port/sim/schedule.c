// SPDX-License-Identifier: MIT
/*
 * schedule.c - which thread of which virtual CPU runs
 *
 * Owns: each CPU's current thread, the budget of points.  Not: the ready list (ready.c).
 * R1  At a choice every other CPU that has something to run, and every ready thread this CPU could
 *     take instead of a preemptible current one, is equally likely.
 * R2  A busy wait always lets the others run, one after the other, before time is allowed to pass
 *     faster.
 * R3  The clock jumps only when no CPU has anything to run, or all of them wait busily.
 */
#include "state.h"

struct sim_machine sim;
int64_t km_sim_budget = INT64_MAX;	/* before boot points cost one decrement and do nothing */

/* Before boot, so that code that only wants a self finds one. */
static struct sim_thread early_thread;
static union {
	struct km_port_thread port;
	char room[SIM_SLOT_BYTES - SIM_SLOT_RECORD];
} early __attribute__((aligned(64))) = { .port = { .port_data = &early_thread } };
struct km_port_thread *km_port_current = &early.port;

#define BUDGET_MAX	(INT64_C(1) << 40)
#define PENDING_POINTS	8
#define LIMIT_POINTS	4096	/* the limits are looked at after so many, or a few more */
/* km_port_effort() of a point that looks, of a switch, of a thread that is made and ends */
#define SLOW_NS		30
#define SWITCH_NS	70
#define THREAD_NS	8000
#define SPIN_PARTS	100000	/* a busy wait that nothing ends is a lockup after so many steps */

void sim_sync(void)
{
	int64_t used = sim.budget_start - km_sim_budget;

	if (!sim.is_up)
		return;
	sim.budget_start = km_sim_budget;
	sim.points += (uint64_t)used;
	sim_advance((uint64_t)used * sim.config.point_ns);
}

/* The machine's own records may be what is broken. */
void sim_points_stop(void)
{
	uint64_t used = (uint64_t)(sim.budget_start - km_sim_budget);

	if (sim.is_up) {
		sim.points += used;
		sim.clock += used * sim.config.point_ns;
	}
	km_sim_budget = sim.budget_start = INT64_MAX;
}

void sim_advance(uint64_t ns)
{
	sim.clock += ns;
	sim_self()->busy_ns += ns;
}

static int64_t budget_until(uint64_t from, uint64_t to, uint64_t unit)
{
	if (to <= from)
		return 1;
	if (to - from >= (uint64_t)BUDGET_MAX)
		return BUDGET_MAX;
	return (int64_t)((to - from + unit - 1) / unit);
}

void sim_rebudget(void)
{
	int64_t budget = budget_until(sim.points, sim.decide_at, 1);
	int64_t other = budget_until(sim.clock, sim.next_event, sim.config.point_ns);

	if (other < budget)
		budget = other;
	other = budget_until(sim.points, sim.explore.hasten_at, 1);
	if (other < budget)
		budget = other;
	other = budget_until(sim_self()->busy_ns, sim.config.lockup_ns + 1, sim.config.point_ns);
	if (other < budget)
		budget = other;
	/* Held back now; the engine may lower irq_off without telling. */
	if (sim.running->pending && budget > PENDING_POINTS)
		budget = PENDING_POINTS;
	if (sim.config.effort_limit_ns && budget > LIMIT_POINTS)
		budget = LIMIT_POINTS;
	km_sim_budget = sim.budget_start = budget;
}

static bool is_never(void)
{
	return sim.config.switch_one_in == SIM_NEVER;
}

void sim_reconsider(void)
{
	sim_sync();
	if (sim.explore.by_priority)
		sim.decide_at = sim.points + 1;
	else if (sim.decide_at == SIM_FOREVER && !is_never())
		sim.decide_at = sim.points + sim_explore_stretch();
	sim_rebudget();
}

/* -- switching --------------------------------------------------------------------------------- */

/* The next thread for a CPU that lost its current one; its idle thread when there is none. */
static struct sim_thread *ready_next(struct sim_cpu *cpu)
{
	if (!sim.ready_count)
		return cpu->idle;
	sim.relax_streak = 0;
	return sim_ready_take(is_never() ? 0 : sim_explore_ready());
}

/* First thing on the stack that was switched to. */
static void arrive(void)
{
	if (sim.dead) {
		sim_thread_free(sim.dead);
		sim.dead = NULL;
	}
	if (sim.decide_at == SIM_FOREVER && !is_never())
		sim.decide_at = sim.points + sim_explore_stretch();
	sim_rebudget();
	sim_deliver();
}

/*
 * Let @cpu execute with @next as its current thread; returns when the caller is switched to again.
 */
static void enter(struct sim_cpu *cpu, struct sim_thread *next)
{
	struct sim_thread *self = sim_self();

	km_sim_effort += SWITCH_NS;
	sim_sync();
	if (cpu->current != next) {
		cpu->current = next;
		next->state = SIM_RUNNING;
		next->port->cpu = cpu->index;
	}
	next->port->irq_held = cpu->pending;
	sim.running = cpu;
	km_port_current = next->port;
	sim_trace(sim.points << 24 | (uint64_t)next->slot << 8 | cpu->index);
	if (next != self)
		sim_context_switch(&self->sp, next->sp);
	arrive();
}

/* Let another CPU execute, with the thread it has. */
static void resume(struct sim_cpu *cpu)
{
	enter(cpu, cpu->current);
}

/* The current thread of this CPU stops: run another. */
static void leave(void)
{
	enter(sim.running, ready_next(sim.running));
}

/* An idle thread that holds its CPU is in an interrupt or a softirq that it must finish. */
static bool is_busy(const struct sim_cpu *cpu)
{
	const struct km_port_thread *idle = cpu->idle->port;

	return cpu->current != cpu->idle || idle->preempt_count || idle->irq_off || cpu->pending;
}

static bool has_work(const struct sim_cpu *cpu)
{
	return is_busy(cpu) || sim.ready_count;
}

/* Other CPUs that have something to run; where @ret_cpus is given, which. */
static unsigned int others_with_work(struct sim_cpu **ret_cpus)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < sim.config.cpus; i++) {
		struct sim_cpu *cpu = &sim.cpu[i];

		if (cpu == sim.running || !has_work(cpu))
			continue;
		if (ret_cpus)
			ret_cpus[count] = cpu;
		count++;
	}
	return count;
}

static bool is_preemptible(void)
{
	return !km_port_current->preempt_count && !km_port_current->irq_off && !sim_self()->is_idle;
}

static void preempt(uint64_t position)
{
	struct sim_thread *next = sim_ready_take(position);

	sim_ready_append(sim_self());
	enter(sim.running, next);
}

/* The thread waits for another CPU, so that what interrupts this one runs beside it. */
static bool set_aside(void)
{
	if (!is_preemptible() || sim.config.cpus == 1)
		return false;
	sim_ready_append(sim_self());
	enter(sim.running, sim.running->idle);
	return true;
}

/* R1; false: there is nothing to choose from. */
static bool choose(void)
{
	struct sim_cpu *cpus[KM_MAX_CPUS];
	unsigned int others = others_with_work(cpus);
	unsigned int threads = is_preemptible() ? sim.ready_count : 0;
	uint64_t pick, position;
	int best;

	if (sim.explore.by_priority) {
		best = sim_explore_best(cpus, others, threads, &position);
		if (best == (int)others)
			preempt(position);
		else if (best >= 0)
			resume(cpus[best]);
		return true;
	}
	if (!(others + threads))
		return false;
	pick = sim_chance(others + threads);
	if (pick < others)
		resume(cpus[pick]);
	else
		preempt(pick - others);
	return true;
}

/* R2: the next other CPU in turn, or the longest-waiting thread here. */
static void choose_in_turn(void)
{
	bool may_preempt = is_preemptible() && sim.ready_count;

	if (may_preempt && (sim.relax_turn++ & 1)) {
		preempt(0);
		return;
	}
	for (unsigned int i = 1; i < sim.config.cpus; i++) {
		struct sim_cpu *cpu = &sim.cpu[(sim.running->index + i) % sim.config.cpus];

		if (!has_work(cpu))
			continue;
		resume(cpu);
		return;
	}
	if (may_preempt)
		preempt(0);
}

void km_sim_point_slow(void)
{
	struct sim_cpu *hastened = NULL;

	if (!sim.is_up || sim.fault_depth) {
		km_sim_budget = sim.budget_start = BUDGET_MAX;
		return;
	}
	km_sim_effort += SLOW_NS;
	sim_sync();
	sim_events_run();
	if (sim.points >= sim.explore.hasten_at)
		hastened = sim_explore_hasten();
	if (hastened == sim.running && set_aside())
		hastened = NULL;
	sim_deliver();
	sim_lockup_check();
	sim_limits_check();
	if (hastened && hastened != sim.running) {
		resume(hastened);
	} else if (sim.points >= sim.decide_at) {
		sim.decide_at = sim.points + sim_explore_stretch();
		if (!choose())
			/* sim_reconsider() comes when that changes */
			sim.decide_at = SIM_FOREVER;
	}
	sim_rebudget();
}

void km_sim_seam_slow(void)
{
	km_sim_budget--;
	if (!sim.is_up || sim.fault_depth)
		return;
	sim_sync();
	if (sim_explore_seam() || km_sim_budget <= 0)
		km_sim_point_slow();
}

void km_sim_irq_held(void)
{
	if (!sim.fault_depth)
		sim_deliver();
}

/* -- busy waiting ------------------------------------------------------------------------------ */

/* Time passes on this CPU: by @ns, but not beyond the next event. */
static void pass(uint64_t ns)
{
	if (sim.next_event > sim.clock && sim.next_event - sim.clock < ns)
		ns = sim.next_event - sim.clock;
	sim_advance(ns);
	sim_events_run();
	sim_deliver();
}

static void fault_guard(void)
{
	if (!sim.fault_depth)
		return;
	sim_complain("sim: the fault handler waits for something that cannot happen");
	km_port_stop(70);
}

static void relax(void)
{
	uint64_t tried_all;

	fault_guard();
	if (!sim.is_up)
		return;
	sim_sync();
	/* The few points of the waiting loop itself are not progress. */
	if (sim.points - sim.relax_points > 64)
		sim.relax_streak = 0;
	sim.relax_points = sim.points;
	sim.relax_streak++;
	pass(sim.config.point_ns);
	tried_all = 2 * (sim.config.cpus + sim.ready_count + 1);
	if (sim.relax_streak > tried_all)
		pass(sim.config.lockup_ns / SPIN_PARTS + 1);
	sim_lockup_check();
	sim_limits_check();
	sim_priority_drop(sim_self());
	choose_in_turn();
	sim_rebudget();
}

void km_port_relax(void)
{
	relax();
}

/* Who lets others run, over and over, is not stuck; what never ends runs into a limit. */
void km_port_yield(void)
{
	sim_progress();
	relax();
}

void km_port_delay_ns(uint64_t ns)
{
	uint64_t end;

	fault_guard();
	sim_sync();
	end = sim.clock + ns;
	while (sim.clock < end) {
		sim_lockup_check();
		if (others_with_work(NULL) && !is_never() && sim_chance(4)) {
			choose();
			sim_sync();
		} else if (others_with_work(NULL)) {
			pass(sim.config.point_ns);
			choose_in_turn();
			sim_sync();
		} else {
			pass(end - sim.clock);
		}
	}
	sim_rebudget();
}

/* -- idle CPUs --------------------------------------------------------------------------------- */

static void deadlock(void)
{
	struct sim_thread *thread = sim.boot;
	struct km_port_fault fault = { .kind = KM_FAULT_DEADLOCK };

	while (thread->port->waits_for)
		thread = thread->port->waits_for->port_data;
	fault.thread = thread->port;
	sim_thread_where(thread, &fault.pc, &fault.frame);
	sim_fault_raise(&fault);
}

void sim_stuck(struct km_port_thread *thread)
{
	struct km_port_fault fault = { .kind = KM_FAULT_DEADLOCK, .thread = thread };

	sim_thread_where(thread->port_data, &fault.pc, &fault.frame);
	sim_fault_raise(&fault);
}

/* R3: nothing anywhere can run. */
static void nothing_runs(void)
{
	if (sim.next_source != SIM_FOREVER) {
		if (sim.next_event > sim.clock)
			sim.clock = sim.next_event;
		sim_limits_check();
		sim_events_run();
		return;
	}
	if (!sim.settler)
		deadlock();
	sim.is_quiet = true;
	sim_ready(sim.settler);
	sim.settler = NULL;
}

/* A ready thread begins on this idle CPU, or when exploring on another idle one. */
static void take_one(void)
{
	struct sim_cpu *idle[KM_MAX_CPUS];
	unsigned int count = 0;

	for (unsigned int i = 0; sim.explore.is_on && i < sim.config.cpus; i++)
		if (&sim.cpu[i] != sim.running && !is_busy(&sim.cpu[i]))
			idle[count++] = &sim.cpu[i];
	if (count && sim_chance(2))
		resume(idle[sim_chance(count)]);
	else
		leave();
}

static void idle_begin(void)
{
	struct sim_cpu *cpu = sim.running;
	struct sim_cpu *cpus[KM_MAX_CPUS];
	unsigned int others;

	arrive();
	for (;;) {
		sim_sync();
		cpu->idle->busy_ns = 0;
		sim_deliver();
		others = others_with_work(cpus);
		if (sim.ready_count)
			take_one();
		else if (cpu->pending)
			continue;
		else if (others)
			resume(cpus[is_never() ? 0 : sim_explore_cpu(cpus, others)]);
		else
			nothing_runs();
	}
}

bool sim_schedule_open(void)
{
	for (unsigned int i = 0; i < sim.config.cpus; i++) {
		struct sim_cpu *cpu = &sim.cpu[i];

		cpu->index = i;
		cpu->pending = 0;
		cpu->timer = SIM_FOREVER;
		cpu->idle = sim_thread_make(true);
		if (!cpu->idle)
			return false;
		cpu->idle->is_idle = true;
		cpu->idle->state = SIM_RUNNING;
		cpu->idle->port->cpu = i;
		cpu->current = cpu->idle;
		sim_thread_start_at(cpu->idle, idle_begin);
	}
	return true;
}

/* -- threads ----------------------------------------------------------------------------------- */

static void thread_begin(void)
{
	struct sim_thread *self = sim_self();

	arrive();
	self->entry(self->arg);
	km_port_thread_exit();
}

struct km_port_thread *km_port_thread_new(void (*entry)(void *), void *arg, const char *name)
{
	struct sim_thread *thread = sim_thread_make(true);

	(void)name;
	km_sim_effort += THREAD_NS;
	if (!thread)
		return NULL;
	thread->entry = entry;
	thread->arg = arg;
	sim_thread_start_at(thread, thread_begin);
	return thread->port;
}

void km_port_thread_exit(void)
{
	struct sim_thread *self = sim_self();

	fault_guard();
	sim_sync();
	self->state = SIM_DEAD;
	self->port->irq_held = 0;
	sim.relax_streak = 0;
	sim.dead = self;
	leave();
	__builtin_unreachable();
}

void km_port_park(void)
{
	struct sim_thread *self = sim_self();

	fault_guard();
	if (self->has_token) {
		self->has_token = false;
		return;
	}
	sim_sync();
	self->state = SIM_PARKED;
	self->busy_ns = 0;
	sim.relax_streak = 0;
	leave();
}

void km_port_unpark(struct km_port_thread *port)
{
	struct sim_thread *thread = port->port_data;

	if (thread->state == SIM_PARKED)
		sim_ready(thread);
	else if (thread->state != SIM_DEAD)
		thread->has_token = true;
}

bool sim_settle(uint64_t limit_ns)
{
	struct sim_thread *self = sim_self();

	fault_guard();
	sim_sync();
	sim.settler = self;
	sim.settle_deadline = limit_ns > SIM_FOREVER - sim.clock ? SIM_FOREVER
								 : sim.clock + limit_ns;
	sim.is_quiet = false;
	sim_events_find();
	self->state = SIM_SETTLING;
	self->busy_ns = 0;
	leave();
	sim.settle_deadline = SIM_FOREVER;
	sim_events_find();
	sim_rebudget();
	return sim.is_quiet;
}

void sim_progress(void)
{
	if (!sim.is_up)
		return;
	sim_sync();
	sim_self()->busy_ns = 0;
	sim_rebudget();
}

void sim_schedule_close(void)
{
	km_port_current = &early.port;
	km_sim_budget = INT64_MAX;
}
