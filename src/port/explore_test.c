// SPDX-License-Identifier: MIT
/*
 * explore_test.c - the ways in which the simulated machine looks for races: each finds one, none
 * does what Linux could not do, and a seed is a run
 */
#include <stdio.h>

#include <port/sim_child_test.h>

#define EXPLORED	(SIM_STRATEGIES * 10)

/* How many of EXPLORED seeds, @first and up in steps of @step, end with a value and status 0. */
static unsigned int explore(uint64_t first, unsigned int step, void (*machine)(void))
{
	unsigned int with_value = 0;

	for (unsigned int i = 0; i < EXPLORED; i += step) {
		struct sim_config config = { .seed = first + i, .explore = true };
		struct outcome outcome = run(&config, machine);

		CHECK_EQ(outcome.status, 0);
		with_value += outcome.value != 0;
	}
	return with_value;
}

static unsigned int turns;

static void mingle(void *arg)
{
	uintptr_t number = (uintptr_t)arg;

	for (unsigned int i = 0; i < 100; i++) {
		told.value = told.value * 31 + number + km_port_cpu();
		km_port_seam();
		if (km_port_entropy() % 16 == 0)
			km_port_yield();
	}
	turns++;
}

static void mingled_machine(void)
{
	sim_explore_phase();
	turns = 0;
	for (uintptr_t i = 1; i <= 5; i++)
		km_port_unpark(km_port_thread_new(mingle, (void *)i, "mingle"));
	km_port_device(2, true);
	km_port_timer_set(km_port_clock_ns() + 40000);
	while (turns < 5)
		km_port_relax();
	sim_settle(UINT64_MAX);
}

static void equal_seeds_explore_alike(void)
{
	uint64_t last = 0;
	unsigned int same = 0;

	for (uint64_t i = 0; i < 4 * SIM_STRATEGIES; i++) {
		struct sim_config config = { .seed = km_test_seed + i, .explore = true };
		struct outcome one = run(&config, mingled_machine),
			       two = run(&config, mingled_machine);

		CHECK_EQ(one.status, 0);
		CHECK_EQ(one.trace, two.trace);
		CHECK_EQ(one.value, two.value);
		CHECK_EQ(one.clock, two.clock);
		same += one.trace == last;
		last = one.trace;
	}
	CHECK(same < 2);
}

static volatile unsigned int slot_used;

/* A thread looks at the slot and takes it; nothing makes the two one step. */
static void take_slot(void *arg)
{
	(void)arg;
	for (unsigned int i = 0; i < 10; i++)
		km_port_point();
	if (!slot_used) {
		km_port_point();
		slot_used = 1;
		turns++;
	}
	km_port_seam();
}

static void racing_machine(void)
{
	turns = slot_used = 0;
	for (unsigned int i = 0; i < 2; i++)
		km_port_unpark(km_port_thread_new(take_slot, NULL, "take"));
	sim_settle(UINT64_MAX);
	told.value = turns == 2;
}

static void every_strategy_finds_a_narrow_race(void)
{
	for (uint64_t strategy = 0; strategy < SIM_STRATEGIES; strategy++) {
		unsigned int found = 0;

		for (uint64_t i = 0; i < 40; i++) {
			struct sim_config config = { .seed = i * SIM_STRATEGIES + strategy,
						     .explore = true };

			found += run(&config, racing_machine).value;
		}
		if (!found)
			printf("# strategy %u never found it\n", (unsigned int)strategy);
		CHECK(found > 0);
	}
}

static volatile bool is_inside[KM_MAX_CPUS];

/* What the CPU does while it may not be preempted is not interleaved with others on it. */
static void hold_cpu(void *arg)
{
	(void)arg;
	for (unsigned int i = 0; i < 20; i++) {
		unsigned int cpu;

		km_port_self()->preempt_count++;
		cpu = km_port_cpu();
		told.value += is_inside[cpu];
		is_inside[cpu] = true;
		for (unsigned int k = 0; k < 5; k++)
			km_port_seam();
		told.value += cpu != km_port_cpu();
		is_inside[cpu] = false;
		km_port_self()->preempt_count--;
		km_port_point();
	}
}

static void holding_machine(void)
{
	sim_explore_phase();
	for (unsigned int i = 0; i < 4; i++)
		km_port_unpark(km_port_thread_new(hold_cpu, NULL, "hold"));
	sim_settle(UINT64_MAX);
}

static void exploring_preempts_nobody_who_may_not_be(void)
{
	CHECK_EQ(explore(km_test_seed, 1, holding_machine), 0);
}

static volatile bool is_done;

static void finish(void *arg)
{
	(void)arg;
	for (unsigned int i = 0; i < 50; i++)
		km_port_seam();
	is_done = true;
}

/* Not even km_port_relax(): the others get their turn all the same. */
static void waiting_machine(void)
{
	is_done = false;
	km_port_unpark(km_port_thread_new(finish, NULL, "finish"));
	while (!is_done)
		km_port_point();
}

static void exploring_starves_nobody(void)
{
	CHECK_EQ(explore(km_test_seed, 1, waiting_machine), 0);
}

static uint64_t timer_due;
static bool hastens;

static bool may_hasten(unsigned int cpu)
{
	(void)cpu;
	return hastens;
}

static void see_timer(unsigned int vector)
{
	if (vector != KM_VECTOR_TIMER)
		return;
	if (km_port_clock_ns() < timer_due)
		_exit(110);
	is_done = true;
}

/* A value: the timer's time came in the middle of a loop that takes far less. */
static void timed_machine(void)
{
	is_done = false;
	timer_due = km_port_clock_ns() + 50000000;
	km_port_timer_set(timer_due);
	sim_explore_phase();
	for (unsigned int i = 0; i < 100; i++)
		km_port_seam();
	told.value = is_done;
}

static void time_jumps_to_timers_that_may_come(void)
{
	void (*old)(unsigned int) = hooks.interrupt;

	hooks.interrupt = see_timer;
	hooks.may_hasten = may_hasten;
	hastens = true;
	CHECK(explore(km_test_seed, 1, timed_machine) > EXPLORED / 2);
	hastens = false;
	CHECK_EQ(explore(km_test_seed, 1, timed_machine), 0);
	hooks.may_hasten = NULL;
	CHECK_EQ(explore(km_test_seed, 1, timed_machine), 0);
	hooks.interrupt = old;
}

/* A line nobody listens to is silent, one that somebody does listen to is so in the end. */
static void listening_machine(void)
{
	interrupts = 0;
	sim_explore_phase();
	for (unsigned int i = 0; i < 50; i++)
		km_port_seam();
	if (interrupts)
		_exit(111);
	km_port_device(3, true);
	sim_explore_phase();
	for (unsigned int i = 0; i < 50; i++)
		km_port_seam();
	told.value = interrupts;
	if (!sim_settle(60000000000))
		_exit(112);
	km_port_device(3, false);
	interrupts = 0;
	sim_explore_phase();
	for (unsigned int i = 0; i < 50; i++)
		km_port_seam();
	if (interrupts)
		_exit(113);
}

static void lines_interrupt_whom_they_may(void)
{
	CHECK(explore(km_test_seed, 1, listening_machine) > EXPLORED / 2);
}

KM_TESTS(NULL,
	 T(equal_seeds_explore_alike),
	 T(every_strategy_finds_a_narrow_race),
	 T(exploring_preempts_nobody_who_may_not_be),
	 T(exploring_starves_nobody),
	 T(time_jumps_to_timers_that_may_come),
	 T(lines_interrupt_whom_they_may));
