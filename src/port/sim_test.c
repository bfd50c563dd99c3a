// SPDX-License-Identifier: MIT
/*
 * sim_test.c - what only the simulated machine promises: equal seeds are equal runs, and nothing
 * hangs unnoticed
 *
 * Hosted. Each case boots its own machine in a child process, since many of them end in a fault;
 * the child tells what happened through a pipe.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <port/sim_child_test.h>
#include <asm/port_inline.h>

#define SEEDS	50

static void on_fault(const struct km_port_fault *fault)
{
	told.has_fault = true;
	told.fault = *fault;
	tell();
}

static volatile char *volatile nowhere = (volatile char *)0x1234;

static void on_fault_fault(const struct km_port_fault *fault)
{
	*nowhere = (char)fault->kind;
}

static struct outcome run_default(void (*machine)(void))
{
	struct sim_config config = { .seed = km_test_seed };

	hooks.fault = on_fault;
	return run(&config, machine);
}

/* -- seeds ------------------------------------------------------------------------------------- */

static unsigned int turns;

static void mingle(void *arg)
{
	uintptr_t number = (uintptr_t)arg;

	for (unsigned int i = 0; i < 200; i++) {
		told.value = told.value * 31 + number + km_port_cpu();
		km_port_point();
		if (km_port_entropy() % 16 == 0)
			km_port_yield();
	}
	turns++;
}

static void mingled_machine(void)
{
	for (uintptr_t i = 1; i <= 5; i++)
		km_port_unpark(km_port_thread_new(mingle, (void *)i, "mingle"));
	km_port_device(2, true);
	km_port_timer_set(km_port_clock_ns() + 40000);
	while (turns < 5)
		km_port_relax();
	sim_settle(UINT64_MAX);
	/* Addresses are part of a run. */
	told.value = told.value * 31 + (uintptr_t)km_port_self() +
		     (uintptr_t)__builtin_frame_address(0) + (uintptr_t)km_port_grab(4096);
}

static void equal_seeds_are_equal_runs(void)
{
	uint64_t traces[SEEDS];
	unsigned int different = 0;

	for (uint64_t i = 0; i < SEEDS; i++) {
		struct sim_config config = { .seed = km_test_seed + i, .cpus = 1 + i % 4 };
		struct outcome one = run(&config, mingled_machine),
			       two = run(&config, mingled_machine);

		CHECK_EQ(one.status, 0);
		CHECK_EQ(two.status, 0);
		CHECK_EQ(one.trace, two.trace);
		CHECK_EQ(one.value, two.value);
		CHECK_EQ(one.clock, two.clock);
		traces[i] = one.value;
	}
	for (unsigned int i = 0; i < SEEDS; i++) {
		bool is_new = true;

		for (unsigned int k = 0; k < i; k++)
			is_new &= traces[k] != traces[i];
		different += is_new;
	}
	CHECK(different >= SEEDS - 2);
}

/* -- what hangs -------------------------------------------------------------------------------- */

static void spin_through_points(void)
{
	for (;;)
		km_port_point();
}

static void spin_politely(void)
{
	for (;;)
		km_port_relax();
}

static void spin_with_irqs_off(void)
{
	km_port_irq_save();
	spin_politely();
}

static void spin_yielding(void)
{
	for (;;)
		km_port_yield();
}

static void spinner(void *arg)
{
	(void)arg;
	spin_through_points();
}

static void spin_in_another_thread(void)
{
	km_port_unpark(km_port_thread_new(spinner, NULL, "spinner"));
	sim_settle(UINT64_MAX);
}

static void busy_loops_are_lockups(void)
{
	void (*machines[])(void) = {
		spin_through_points, spin_politely,	     spin_with_irqs_off,
		spin_in_another_thread,
	};

	for (unsigned int i = 0; i < sizeof(machines) / sizeof(machines[0]); i++) {
		struct outcome outcome = run_default(machines[i]);

		CHECK_EQ(outcome.status, 70);
		CHECK(outcome.has_fault);
		CHECK_EQ(outcome.fault.kind, KM_FAULT_LOCKUP);
		CHECK(outcome.fault.pc && outcome.fault.thread);
	}
}

/* cond_resched() keeps a watchdog quiet; the limits of a run end it all the same. */
static void a_loop_that_yields_runs_into_its_limit(void)
{
	struct sim_config config = { .seed = km_test_seed, .clock_limit_ns = 60000000000ull };
	struct outcome outcome;

	hooks.fault = on_fault;
	outcome = run(&config, spin_yielding);
	CHECK_EQ(outcome.status, 70);
	CHECK(outcome.has_fault);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_TIMEOUT);
}

static void long_but_sleeping_machine(void)
{
	for (unsigned int i = 0; i < 100; i++) {
		km_port_delay_ns(1000000000);
		sim_settle(1);
	}
}

static void work_that_sleeps_is_no_lockup(void)
{
	CHECK_EQ(run_default(long_but_sleeping_machine).status, 0);
}

static void sleep_for_good(void)
{
	km_port_park();
}

static void sleep_of_all_is_a_deadlock(void)
{
	struct outcome outcome = run_default(sleep_for_good);

	CHECK_EQ(outcome.status, 70);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_DEADLOCK);
	CHECK(outcome.fault.pc && outcome.fault.frame);
}

static void spin_without_points(void)
{
	for (;;)
		__asm__ volatile("");
}

#define EFFORT_NS	1000

static void make_an_effort(void)
{
	for (;;) {
		told.value++;
		km_port_effort(EFFORT_NS);
		km_port_point();
	}
}

/* Counted, not measured: it ends at the next point, whatever the computer does meanwhile. */
static void effort_limit_ends_a_run_at_its_place(void)
{
	struct sim_config config = { .seed = km_test_seed, .effort_limit_ns = 5000 * EFFORT_NS };
	struct outcome outcome;

	hooks.fault = on_fault;
	outcome = run(&config, make_an_effort);
	CHECK_EQ(outcome.status, 70);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_TIMEOUT);
	CHECK_EQ(outcome.value, 5000);
	config.point_effort_ns = EFFORT_NS;	/* now a point counts as much again */
	outcome = run(&config, make_an_effort);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_TIMEOUT);
	CHECK(outcome.value >= 2500 && outcome.value < 5000);
	CHECK_EQ(outcome.value, run(&config, make_an_effort).value);
}

static void make_an_effort_without_points(void)
{
	for (;;) {
		told.value++;
		km_port_effort(EFFORT_NS);
	}
}

static void effort_without_points_is_limited_too(void)
{
	struct sim_config config = { .seed = km_test_seed, .effort_limit_ns = 4000 * EFFORT_NS };
	struct outcome outcome;

	hooks.fault = on_fault;
	outcome = run(&config, make_an_effort_without_points);
	CHECK_EQ(outcome.status, 70);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_TIMEOUT);
	CHECK_EQ(outcome.value, 5000);
}

static void count_points_of_a_fault(int status)
{
	(void)status;
	told.value = sim_points_passed();
	tell();
}

/* The last record of a run that hangs tells how many it had. */
static void points_count_until_a_fault(void)
{
	struct sim_config config = { .seed = km_test_seed, .effort_limit_ns = 5000 * EFFORT_NS,
				     .stopping = count_points_of_a_fault };
	struct outcome outcome;

	hooks.fault = NULL;
	outcome = run(&config, make_an_effort);
	CHECK_EQ(outcome.status, 70);
	CHECK(outcome.value >= 5000 && outcome.value < 5100);
}

static void cpu_limit_ends_a_run(void)
{
	struct sim_config config = { .seed = km_test_seed, .cpu_limit_s = 1 };
	struct outcome outcome;

	hooks.fault = on_fault;
	outcome = run(&config, spin_without_points);
	CHECK_EQ(outcome.status, 70);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_TIMEOUT);
}

/* -- faults ------------------------------------------------------------------------------------ */

static void write_nowhere(void)
{
	*nowhere = 1;
}

static void read_nowhere(void)
{
	(void)*(volatile char *)0x4321;
}

static void be_illegal(void)
{
	__builtin_trap();
}

static void divide_by_nothing(void)
{
	volatile int none = 0;

	none = 7 / none;
}

static __attribute__((noinline)) unsigned long recurse(volatile char *outer, unsigned long depth)
{
	volatile char room[4096];

	room[0] = outer[0];
	return depth ? recurse(room, depth - 1) + (unsigned char)room[0] : 0;
}

static void recurse_too_deep(void *arg)
{
	char first = 1;

	(void)arg;
	told.value = recurse(&first, 1000000);
}

static void overflow_a_stack(void)
{
	struct km_port_thread *thread = km_port_thread_new(recurse_too_deep, NULL, "deep");

	told.clock = (uintptr_t)thread->stack_low;
	km_port_unpark(thread);
	sim_settle(UINT64_MAX);
}

static void faults_say_what_and_where(void)
{
	struct outcome outcome = run_default(write_nowhere);

	CHECK_EQ(outcome.status, 70);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_MEMORY);
	CHECK_EQ(outcome.fault.address, 0x1234);
	CHECK(outcome.fault.is_write);
	CHECK(outcome.fault.pc >= (uintptr_t)write_nowhere &&
	      outcome.fault.pc < (uintptr_t)write_nowhere + 64);
	outcome = run_default(read_nowhere);
	CHECK_EQ(outcome.fault.address, 0x4321);
	CHECK(!outcome.fault.is_write);
	outcome = run_default(be_illegal);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_ILLEGAL);
	outcome = run_default(divide_by_nothing);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_DIVIDE);
}

static void a_full_stack_faults_below_its_bounds(void)
{
	struct outcome outcome = run_default(overflow_a_stack);

	CHECK_EQ(outcome.status, 70);
	CHECK_EQ(outcome.fault.kind, KM_FAULT_MEMORY);
	CHECK(outcome.fault.address < outcome.clock &&
	      outcome.fault.address > outcome.clock - 16384);
}

static void a_fault_in_the_fault_hook_ends_the_run(void)
{
	struct sim_config config = { .seed = km_test_seed };

	hooks.fault = on_fault_fault;
	CHECK_EQ(run(&config, write_nowhere).status, 70);
}

/* -- quiet ------------------------------------------------------------------------------------- */

static void settling_machine(void)
{
	uint64_t before = km_port_clock_ns();

	interrupts = 0;
	km_port_timer_set(before + 5000000000);
	if (sim_settle(1000000000))
		_exit(100);	/* a timer is armed: not quiet */
	if (km_port_clock_ns() < before + 1000000000)
		_exit(101);
	if (!sim_settle(60000000000) || interrupts != 1)
		_exit(102);
	km_port_device(7, true);
	if (!sim_settle(60000000000) || interrupts < 2 || interrupts > 9)
		_exit(103);
	km_port_device(7, false);
	if (!sim_settle(60000000000))
		_exit(104);
}

static void settle_waits_until_nothing_is_left(void)
{
	CHECK_EQ(run_default(settling_machine).status, 0);
}

static void impossible_machines_do_not_boot(void)
{
	struct sim_config configs[] = { { .cpus = 65 },
					{ .mem_bytes = 1 << 20 },
					{ .mem_bytes = (size_t)17 << 30 } };

	for (unsigned int i = 0; i < 3; i++)
		CHECK_EQ(run(&configs[i], spin_politely).status, 3);
}

static void count_memory(void)
{
	struct km_port_region regions[4];
	unsigned int count = km_port_regions(regions, 4);

	told.value = 0;
	for (unsigned int i = 0; i < count; i++)
		told.value += regions[i].bytes;
}

static void memory_is_as_large_as_asked_for(void)
{
	for (size_t bytes = SIM_MEM_MIN; bytes <= SIM_MEM_MAX; bytes *= 2) {
		struct sim_config config = { .seed = 1, .mem_bytes = bytes };

		CHECK_EQ(run(&config, count_memory).value, bytes);
	}
}

#if defined(__x86_64__)
/* What compiled code does before an access, at the shadow of @address; bits: which went wrong. */
static uint64_t look_at(uint64_t address)
{
	register uint64_t base __asm__("r12") = KM_PORT_SHADOW_OFFSET;
	uint64_t unit = address >> 3, wide = 7, byte = 7, wrong = 0;
	bool is_less, is_zero, is_below;

	__asm__ volatile("cmpb $0, (%2,%3)" : "=@ccl"(is_less), "=@ccz"(is_zero)
			 : "r"(base), "r"(unit));
	wrong |= (!is_less || is_zero) << 0;
	__asm__ volatile("cmpw $0, (%2,%3,1)" : "=@ccl"(is_less), "=@ccz"(is_zero)
			 : "r"(base), "r"(unit));
	wrong |= (!is_less || is_zero) << 1;
	__asm__ volatile("movzbl (%1,%2), %k0" : "=r"(wide) : "r"(base), "r"(unit));
	wrong |= (wide != 0xff) << 2;
	__asm__ volatile("movsbl (%1,%2), %k0" : "=r"(wide) : "r"(base), "r"(unit));
	wrong |= (wide != UINT32_MAX) << 3;
	__asm__ volatile("movb (%1,%2), %b0" : "+r"(byte) : "r"(base), "r"(unit));
	wrong |= (byte != 0xff) << 4;
	byte = 3;
	__asm__ volatile("cmpb %b2, 0x10(%3,%4)" : "=@ccl"(is_less), "=@ccb"(is_below)
			 : "r"(byte), "r"(base), "r"(unit - 0x10));
	wrong |= (!is_less || is_below) << 5;
	__asm__ volatile("movzwl -0x1000(%1,%2), %k0" : "=r"(wide)
			 : "r"(base), "r"(unit + 0x1000));
	wrong |= (wide != 0xffff) << 6;
	return wrong;
}

/* The sum in one register, what it is the shadow of in another: a place a process could have. */
static uint64_t look_at_sum(uint64_t address)
{
	uint64_t place = (address >> 3) + KM_PORT_SHADOW_OFFSET;
	register uint64_t object __asm__("r13") = address - 24;
	bool is_less;

	__asm__ volatile("cmpb $0, (%1)" : "=@ccl"(is_less) : "r"(place), "r"(object));
	return !is_less;
}

static void look_at_what_cannot_be(void)
{
	static const uint64_t addresses[] = {
		(uint64_t)-12, 0xdead000000000100, 0x0123456789abcdef, UINT64_C(1) << 48,
	};

	for (unsigned int i = 0; i < 4; i++)
		told.value |= look_at(addresses[i]) << 8 * i;
	told.value |= look_at_sum(UINT64_C(1) << 48) << 32;
	told.value = ~told.value;
}

static void a_look_at_the_shadow_of_no_address_finds_it_closed(void)
{
	struct outcome outcome = run_default(look_at_what_cannot_be);

	CHECK(!outcome.has_fault);
	CHECK_EQ(outcome.value, UINT64_MAX);
}

/* The same instruction elsewhere is the fault that it is. */
static void look_elsewhere(void)
{
	uint64_t nowhere = UINT64_C(1) << 62;

	__asm__ volatile("cmpb $0, (%0)" : : "r"(nowhere) : "cc");
}

/* A wild pointer: behind the end of the shadow, where nothing tells of a look. */
static void look_behind_the_shadow(void)
{
	uint64_t wild = 0x555555555550;

	told.value = 0;
	__asm__ volatile("movzbl (%1), %k0" : "=r"(told.value) : "r"(wild));
}

static void other_looks_are_faults(void)
{
	CHECK_EQ(run_default(look_elsewhere).fault.kind, KM_FAULT_ILLEGAL);
	CHECK_EQ(run_default(look_behind_the_shadow).fault.address, 0x555555555550);
}
#else
static void a_look_at_the_shadow_of_no_address_finds_it_closed(void)
{
	km_test_skip("code looks at the shadow itself on x86_64 only");
}

static void other_looks_are_faults(void)
{
	km_test_skip("code looks at the shadow itself on x86_64 only");
}
#endif

KM_TESTS(NULL,
	 T(equal_seeds_are_equal_runs),
	 T(busy_loops_are_lockups),
	 T(a_loop_that_yields_runs_into_its_limit),
	 T(work_that_sleeps_is_no_lockup),
	 T(sleep_of_all_is_a_deadlock),
	 T(effort_limit_ends_a_run_at_its_place),
	 T(effort_without_points_is_limited_too),
	 T(points_count_until_a_fault),
	 T(cpu_limit_ends_a_run),
	 T(faults_say_what_and_where),
	 T(a_full_stack_faults_below_its_bounds),
	 T(a_fault_in_the_fault_hook_ends_the_run),
	 T(settle_waits_until_nothing_is_left),
	 T(impossible_machines_do_not_boot),
	 T(memory_is_as_large_as_asked_for),
	 T(a_look_at_the_shadow_of_no_address_finds_it_closed),
	 T(other_looks_are_faults));
