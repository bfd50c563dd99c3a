// SPDX-License-Identifier: MIT
/*
 * contract_test.c - what every port must do: each function of port.h, invariants P1 to P4
 *
 * Needs no engine: the hooks are its own. Built twice a port, with the functions and with their
 * inline forms. CPUs: contract_cpu.c; text and backtraces: contract_text.c; contract_shadow.c.
 */
#include "contract.h"

#define PAGE	4096UL

void (*volatile contract_on_interrupt)(unsigned int vector);
unsigned int contract_attached;
static unsigned int detached;

static void on_attach(struct km_port_thread *self)
{
	((struct task *)self)->word = 0x7a5c;
	contract_add(&contract_attached, 1);
}

static void on_detach(struct km_port_thread *self)
{
	contract_add(&detached, 1);
}

static void on_interrupt(unsigned int vector)
{
	void (*handler)(unsigned int) = contract_on_interrupt;

	if (handler)
		handler(vector);
}

static void on_fault(const struct km_port_fault *fault)
{
	km_test_note("fault %d at %lx, pc %lx", fault->kind, (unsigned long)fault->address,
		     (unsigned long)fault->pc);
}

static const struct km_port_hooks hooks = {
	.thread_bytes = sizeof(struct task),
	.attach = on_attach,
	.detach = on_detach,
	.interrupt = on_interrupt,
	.fault = on_fault,
};

int contract_boot(void)
{
	return km_port_boot(&hooks);
}

bool contract_await(const unsigned int *word, unsigned int want)
{
	uint64_t end = km_port_clock_ns() + 2 * SECOND_NS;

	while (contract_load(word) != want) {
		if (km_port_clock_ns() > end)
			return false;
		km_port_relax();
	}
	return true;
}

struct km_port_thread *contract_start(void (*entry)(void *), void *arg)
{
	struct km_port_thread *thread = km_port_thread_new(entry, arg, "contract");

	if (thread)
		km_port_unpark(thread);
	return thread;
}

static void boot_attaches_its_caller_on_cpu_0(void)
{
	struct task *self = (struct task *)km_port_self();

	CHECK(contract_load(&contract_attached) >= 1);
	CHECK_EQ(self->word, 0x7a5c);
	CHECK_EQ(self->port.preempt_count, 0);
	CHECK_EQ(self->port.irq_off, 0);
	CHECK(self->port.cpu < km_port_cpus());
	CHECK(km_port_cpus() >= 1 && km_port_cpus() <= KM_MAX_CPUS);
	CHECK(contract_boot() < 0);	/* one machine a process */
}

/* -- memory ------------------------------------------------------------------------------------ */

static void regions_ascend_and_are_one_linear_map(void)
{
	struct km_port_region regions[16];
	unsigned int count = km_port_regions(regions, 16);
	uintptr_t offset;
	bool has_dma = false, has_dma32 = false;

	REQUIRE(count >= 1);
	offset = (uintptr_t)regions[0].base - regions[0].phys;
	for (unsigned int i = 0; i < count; i++) {
		volatile char *first = regions[i].base, *last = first + regions[i].bytes - 1;

		CHECK_EQ((uintptr_t)first % PAGE, 0);
		CHECK_EQ(regions[i].bytes % PAGE, 0);
		CHECK_EQ((uintptr_t)first - regions[i].phys, offset);
		CHECK(!i || regions[i].phys >= regions[i - 1].phys + regions[i - 1].bytes);
		has_dma |= regions[i].phys + regions[i].bytes <= 16UL << 20;
		has_dma32 |= regions[i].phys >= 16UL << 20 &&
			     regions[i].phys + regions[i].bytes <= 1UL << 32;
		*first = 1;
		*last = 2;
		CHECK_EQ(*first, 1);
		CHECK_EQ(*last, 2);
	}
	CHECK(has_dma && has_dma32);
	CHECK_EQ(km_port_regions(regions, 1), 1);
}

static void grabbed_memory_is_zero_and_ones_own(void)
{
	char *one = km_port_grab(3 * PAGE + 1), *two = km_port_grab(PAGE);

	REQUIRE(one && two);
	CHECK_EQ((uintptr_t)one % PAGE, 0);
	CHECK(two >= one + 4 * PAGE || one >= two + PAGE);
	for (size_t i = 0; i < 3 * PAGE + 1; i++)
		REQUIRE(one[i] == 0);
	one[3 * PAGE] = 7;
	CHECK_EQ(two[0], 0);
	CHECK(km_port_grab((size_t)1 << 62) == NULL);
}

static void mapped_frames_are_the_same_memory(void)
{
	struct km_port_region regions[16];
	unsigned int count = km_port_regions(regions, 16);
	const struct km_port_region *last = &regions[count - 1];
	uint64_t frames[5];
	uintptr_t base;
	size_t bytes;
	char *view;

	if (!km_port_vmap_range(&base, &bytes)) {
		km_test_skip("no paging on this port");
		return;
	}
	base += km_port_vmap_windows().count * km_port_vmap_windows().stride;
	bytes -= km_port_vmap_windows().count * km_port_vmap_windows().stride;
	/* A run of two, one out of order, one from another region, and the first once more. */
	frames[0] = last->phys + 8 * PAGE;
	frames[1] = last->phys + 9 * PAGE;
	frames[2] = last->phys + 4 * PAGE;
	frames[3] = regions[0].phys + 2 * PAGE;
	frames[4] = frames[0];
	view = (char *)base + 16 * PAGE;
	REQUIRE(!km_test_readable(view));
	REQUIRE(km_port_map(view, frames, 5) == 0);
	for (unsigned int i = 0; i < 5; i++) {
		const struct km_port_region *region = i == 3 ? &regions[0] : last;
		char *frame = (char *)region->base + (frames[i] - region->phys);

		view[i * PAGE + 100] = (char)(i + 1);
		CHECK_EQ(frame[100], i + 1);
		frame[200] = (char)(i + 11);
		CHECK_EQ(view[i * PAGE + 200], i + 11);
	}
	CHECK_EQ(view[100], 5);
	CHECK(!km_test_readable(view - 1));
	CHECK(!km_test_readable(view + 5 * PAGE));
	km_port_unmap(view, 5);
	CHECK(!km_test_readable(view));
	CHECK(!km_test_readable(view + 4 * PAGE));
	CHECK(km_test_readable((char *)last->base + 8 * PAGE));
	/* Frames that are none, and addresses that are not the range's, are refused. */
	frames[1] = last->phys + last->bytes;
	CHECK(km_port_map(view, frames, 2) < 0);
	CHECK(!km_test_readable(view));
	CHECK(km_port_map((char *)base + bytes - PAGE, frames, 2) < 0);
}

static void windows_show_frames_at_a_fixed_place(void)
{
	struct km_port_windows windows = km_port_vmap_windows();
	struct km_port_region regions[16];
	const struct km_port_region *last = &regions[km_port_regions(regions, 16) - 1];
	uint64_t frames[3];
	uintptr_t base;
	size_t bytes;
	char *view[2];

	if (!km_port_vmap_range(&base, &bytes) || !windows.count) {
		km_test_skip("no windows on this port, or on this host");
		return;
	}
	CHECK(windows.count * windows.stride < bytes && windows.stride > last->phys + last->bytes);
	CHECK_EQ(base % (4 << 20) | windows.stride % (4 << 20), 0);
	for (unsigned int i = 0; i < 3; i++)
		frames[i] = last->phys + (5 + i) * PAGE;
	for (unsigned int w = 0; w < 2; w++) {
		view[w] = (char *)base + w * windows.stride + frames[0];
		CHECK(!km_test_readable(view[w]));
		REQUIRE(km_port_map(view[w], frames, 3) == 0);
		view[w][2 * PAGE + 5] = (char)(w + 1);
		CHECK_EQ(((char *)last->base)[7 * PAGE + 5], w + 1);
		CHECK(!km_test_readable(view[w] - 1));
		CHECK(!km_test_readable(view[w] + 3 * PAGE));
	}
	CHECK_EQ(view[0][2 * PAGE + 5], 2);
	km_port_unmap(view[0], 3);
	for (unsigned int i = 0; i < 3; i++)
		CHECK(!km_test_readable(view[0] + i * PAGE) &&
		      km_test_readable(view[1] + i * PAGE));
	/* Opened again it is the same memory; another frame is not shown there. */
	REQUIRE(km_port_map(view[0] + PAGE, frames + 1, 1) == 0);
	view[0][PAGE] = 77;
	CHECK_EQ(view[1][PAGE], 77);
	CHECK(km_port_map(view[0] + 2 * PAGE, frames, 1) < 0);
	CHECK(!km_test_readable(view[0] + 2 * PAGE));
	km_port_unmap(view[0], 3);
	km_port_unmap(view[1], 3);
}

/* -- interrupts -------------------------------------------------------------------------------- */

static struct {
	unsigned int count;
	unsigned int vector[8], cpu[8];
	bool is_entered_wrong;
	struct km_port_thread *self;
	bool is_on_stack;
} seen;

static void note_interrupt(unsigned int vector)
{
	struct km_port_thread *self = km_port_self();
	unsigned int at = contract_load(&seen.count);
	char *here = __builtin_frame_address(0);

	if (!self->irq_off)
		seen.is_entered_wrong = true;
	if (at < 8) {
		seen.vector[at] = vector;
		seen.cpu[at] = km_port_cpu();
	}
	seen.self = self;
	seen.is_on_stack = here >= (char *)self->stack_low && here < (char *)self->stack_high;
	contract_add(&seen.count, 1);
}

static void watch_interrupts(void)
{
	__builtin_memset(&seen, 0, sizeof(seen));
	contract_on_interrupt = note_interrupt;
}

static void irq_words_nest(void)
{
	unsigned long outer = km_port_irq_save(), inner = km_port_irq_save();

	CHECK(km_port_self()->irq_off != 0);
	km_port_irq_restore(inner);
	CHECK(km_port_self()->irq_off != 0);
	km_port_irq_restore(outer);
	CHECK_EQ(km_port_self()->irq_off, 0);
}

static void interrupt_runs_on_this_stack_with_irqs_off(void)
{
	struct km_port_thread *self = km_port_self();

	watch_interrupts();
	self->preempt_count++;	/* stay here */
	km_port_interrupt(km_port_cpu(), KM_VECTOR_IPI);
	CHECK(contract_await(&seen.count, 1));
	CHECK_EQ(seen.vector[0], KM_VECTOR_IPI);
	CHECK_EQ(seen.cpu[0], km_port_cpu());
	CHECK(seen.self == self);
	CHECK(seen.is_on_stack);
	CHECK(!seen.is_entered_wrong);
	CHECK_EQ(self->irq_off, 0);
	self->preempt_count--;
	contract_on_interrupt = NULL;
}

static void held_interrupts_run_at_restore_lowest_vector_first(void)
{
	unsigned long word = km_port_irq_save();
	unsigned int cpu = km_port_cpu();

	watch_interrupts();
	km_port_interrupt(cpu, KM_VECTOR_DEVICE + 5);
	km_port_interrupt(cpu, KM_VECTOR_DEVICE + 2);
	km_port_interrupt(cpu, KM_VECTOR_IPI);
	km_port_interrupt(cpu, KM_VECTOR_DEVICE + 5);	/* merges */
	for (unsigned int i = 0; i < 100; i++)
		km_port_point();
	km_port_delay_ns(100000);
	CHECK_EQ(contract_load(&seen.count), 0);
	CHECK_EQ(km_port_cpu(), cpu);
	km_port_irq_restore(word);
	CHECK_EQ(contract_load(&seen.count), 3);
	CHECK_EQ(seen.vector[0], KM_VECTOR_IPI);
	CHECK_EQ(seen.vector[1], KM_VECTOR_DEVICE + 2);
	CHECK_EQ(seen.vector[2], KM_VECTOR_DEVICE + 5);
	contract_on_interrupt = NULL;
}

static unsigned int depth, deepest;

static void interrupt_oneself(unsigned int vector)
{
	depth++;
	if (depth > deepest)
		deepest = depth;
	if (contract_load(&seen.count) < 3)
		km_port_interrupt(km_port_cpu(), KM_VECTOR_IPI);
	contract_add(&seen.count, 1);
	depth--;
}

static void interrupt_raised_in_a_handler_waits_for_its_end(void)
{
	watch_interrupts();
	depth = deepest = 0;
	contract_on_interrupt = interrupt_oneself;
	km_port_interrupt(km_port_cpu(), KM_VECTOR_IPI);
	CHECK(contract_await(&seen.count, 4));
	CHECK_EQ(deepest, 1);
	contract_on_interrupt = NULL;
}

static void interrupt_reaches_every_cpu(void)
{
	for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++) {
		watch_interrupts();
		km_port_interrupt(cpu, KM_VECTOR_DEVICE + 3);
		CHECK(contract_await(&seen.count, 1));
		CHECK_EQ(seen.cpu[0], cpu);
		CHECK_EQ(seen.vector[0], KM_VECTOR_DEVICE + 3);
		CHECK(!seen.is_entered_wrong);
	}
	contract_on_interrupt = NULL;
}

/* -- time -------------------------------------------------------------------------------------- */

static void clock_runs_and_delay_lasts(void)
{
	uint64_t before = km_port_clock_ns(), after;

	for (unsigned int i = 0; i < 1000; i++) {
		after = km_port_clock_ns();
		REQUIRE(after >= before);
		before = after;
	}
	km_port_delay_ns(700000);
	CHECK(km_port_clock_ns() >= before + 700000);
}

static uint64_t fired_at;

static void note_time(unsigned int vector)
{
	fired_at = km_port_clock_ns();
	note_interrupt(vector);
}

static void timer_fires_once_and_not_early(void)
{
	uint64_t deadline;
	unsigned int cpu;

	watch_interrupts();
	contract_on_interrupt = note_time;
	km_port_self()->preempt_count++;
	cpu = km_port_cpu();
	deadline = km_port_clock_ns() + 2000000;
	km_port_timer_set(deadline);
	CHECK(contract_await(&seen.count, 1));
	CHECK_EQ(seen.vector[0], KM_VECTOR_TIMER);
	CHECK_EQ(seen.cpu[0], cpu);
	CHECK(fired_at >= deadline);
	km_port_delay_ns(5000000);
	CHECK_EQ(contract_load(&seen.count), 1);
	km_port_self()->preempt_count--;
	contract_on_interrupt = NULL;
}

static void timer_in_the_past_fires_at_once(void)
{
	watch_interrupts();
	km_port_timer_set(km_port_clock_ns() - 1);
	km_port_point();
	CHECK(contract_await(&seen.count, 1));
	km_port_timer_set(0);
	CHECK(contract_await(&seen.count, 2));
	contract_on_interrupt = NULL;
}

/*
 * Sets a timer and then sets it anew; false: the computer was so busy that the first deadline
 * passed in between, which proves nothing.
 */
static bool timer_changed_in_time(uint64_t first_ns, uint64_t then)
{
	uint64_t now;

	km_port_timer_set(UINT64_MAX);
	km_port_delay_ns(1000000);
	watch_interrupts();
	contract_on_interrupt = note_time;
	now = km_port_clock_ns();
	km_port_timer_set(now + first_ns);
	km_port_timer_set(then);
	return km_port_clock_ns() < now + first_ns;
}

static void timer_is_cancelled_and_replaced(void)
{
	unsigned int tries = 100;
	uint64_t now;

	km_port_self()->preempt_count++;
	while (!timer_changed_in_time(3000000, UINT64_MAX) && --tries)
		;
	km_port_delay_ns(6000000);
	CHECK_EQ(contract_load(&seen.count), 0);
	do {
		now = km_port_clock_ns();
	} while (!timer_changed_in_time(20000000, now + 60000000) && --tries);
	km_port_timer_set(now + 500 * SECOND_NS);
	km_port_timer_set(now + 60000000);	/* earlier */
	km_port_timer_set(now + 70000000);	/* later */
	CHECK(contract_await(&seen.count, 1));
	CHECK(fired_at >= now + 60000000 && fired_at < now + 500 * SECOND_NS);
	CHECK(tries);
	km_port_self()->preempt_count--;
	contract_on_interrupt = NULL;
}

static void timer_waits_while_irqs_are_off(void)
{
	unsigned long word;

	watch_interrupts();
	word = km_port_irq_save();
	km_port_timer_set(km_port_clock_ns() + 1000000);
	km_port_delay_ns(10000000);
	CHECK_EQ(contract_load(&seen.count), 0);
	km_port_irq_restore(word);
	CHECK(contract_await(&seen.count, 1));
	contract_on_interrupt = NULL;
}

/* -- threads ----------------------------------------------------------------------------------- */

static unsigned int steps;
static struct km_port_thread *waker;

static void step_between_parks(void *arg)
{
	struct task *self = (struct task *)km_port_self();

	CHECK_EQ(self->word, 0);	/* P1: fresh memory */
	CHECK_EQ((uintptr_t)arg, 0x11);
	CHECK(self->port.irq_off == 0 && self->port.preempt_count == 0);
	for (;;) {
		contract_add(&steps, 1);
		km_port_park();
		if (contract_load(&steps) == 3)
			break;
	}
	km_port_unpark(waker);
	km_port_thread_exit();
}

static void thread_starts_and_wakes_by_unpark_only(void)
{
	struct km_port_thread *thread = km_port_thread_new(step_between_parks, (void *)0x11,
							   "steps");

	REQUIRE(thread);
	steps = 0;
	waker = km_port_self();
	km_port_delay_ns(3000000);
	CHECK_EQ(contract_load(&steps), 0);
	for (unsigned int i = 1; i <= 3; i++) {
		km_port_unpark(thread);
		CHECK(contract_await(&steps, i));
		km_port_delay_ns(3000000);
		CHECK_EQ(contract_load(&steps), i);
	}
	km_port_unpark(thread);
	km_port_park();		/* until the thread says it is done */
}

static void wake_parked(unsigned int vector)
{
	if (vector == KM_VECTOR_TIMER)
		km_port_unpark(waker);
	contract_add(&seen.count, 1);
}

/* Sleep until this CPU's timer wakes us; true if it lasted as long. */
static bool park_until_timer(uint64_t ns)
{
	uint64_t before = km_port_clock_ns();

	watch_interrupts();
	contract_on_interrupt = wake_parked;
	waker = km_port_self();
	km_port_timer_set(before + ns);
	km_port_park();
	contract_on_interrupt = NULL;
	return km_port_clock_ns() >= before + ns;
}

static void a_token_is_kept_and_there_is_only_one(void)
{
	struct km_port_thread *self = km_port_self();

	km_port_unpark(self);
	km_port_unpark(self);
	km_port_park();
	CHECK(park_until_timer(2000000));
}

static void an_interrupt_wakes_a_parked_thread(void)
{
	for (unsigned int i = 0; i < 20; i++)
		CHECK(park_until_timer(300000));
}

static unsigned int ended;

static void count_and_end(void *arg)
{
	for (uintptr_t i = 0; i < (uintptr_t)arg % 5; i++)
		km_port_point();
	contract_add(&ended, 1);
}

static void many_threads_come_and_go(void)
{
	ended = 0;
	for (unsigned int round = 1; round <= 20; round++) {
		for (uintptr_t i = 0; i < 20; i++)
			REQUIRE(contract_start(count_and_end, (void *)i));
		CHECK(contract_await(&ended, round * 20));
	}
}

/* -- the end ----------------------------------------------------------------------------------- */

static void machine_boots_again_after_shutdown(void)
{
	for (unsigned int round = 0; round < 3; round++) {
		km_port_shutdown();
		REQUIRE(contract_boot() == 0);
		many_threads_come_and_go();
		held_interrupts_run_at_restore_lowest_vector_first();
	}
	CHECK(contract_load(&detached) >= 3);
}

KM_TESTS(contract_boot,
	 T(boot_attaches_its_caller_on_cpu_0),
	 T(regions_ascend_and_are_one_linear_map),
	 T(grabbed_memory_is_zero_and_ones_own),
	 T(contract_shadow_is_zero_and_reaches_everything),
	 T(mapped_frames_are_the_same_memory),
	 T(windows_show_frames_at_a_fixed_place),
	 T(contract_closed_pages_of_ram_keep_what_is_in_them),
	 T(irq_words_nest),
	 T(interrupt_runs_on_this_stack_with_irqs_off),
	 T(held_interrupts_run_at_restore_lowest_vector_first),
	 T(interrupt_raised_in_a_handler_waits_for_its_end),
	 T(interrupt_reaches_every_cpu),
	 T(clock_runs_and_delay_lasts),
	 T(timer_fires_once_and_not_early),
	 T(timer_in_the_past_fires_at_once),
	 T(timer_is_cancelled_and_replaced),
	 T(timer_waits_while_irqs_are_off),
	 T(thread_starts_and_wakes_by_unpark_only),
	 T(a_token_is_kept_and_there_is_only_one),
	 T(an_interrupt_wakes_a_parked_thread),
	 T(many_threads_come_and_go),
	 T(contract_cpu_keeps_its_thread_while_preemption_is_off),
	 T(contract_cpu_lists_hand_nothing_out_twice),
	 T(contract_cpu_counters_lose_nothing), T(contract_cpu_words_swap),
	 T(contract_cpu_section_keeps_interrupts_out),
	 T(contract_relax_lets_a_holder_on_another_cpu_finish),
	 T(contract_relax_lets_the_awaited_thread_run),
	 T(contract_yield_lets_others_run),
	 T(contract_backtrace_names_the_callers),
	 T(contract_backtrace_goes_on_below_an_interrupt),
	 T(contract_written_text_arrives),
	 T(contract_entropy_differs),
	 T(contract_device_lines_may_be_named),
	 T(contract_points_may_come_anywhere),
	 T(machine_boots_again_after_shutdown));
