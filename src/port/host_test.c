// SPDX-License-Identifier: MIT
/*
 * host_test.c - what only the host port promises: threads of the program attach, wait for a CPU, give it back, end
 *
 * Hosted.
 */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <kmalloc/port.h>
#include <port/host/host.h>
#include <test.h>

#define PROGRAM_THREADS	40

static unsigned int attached, detached, interrupts;

static void on_attach(struct km_port_thread *self)
{
	(void)self;
	__atomic_fetch_add(&attached, 1, __ATOMIC_SEQ_CST);
}

static void on_detach(struct km_port_thread *self)
{
	(void)self;
	__atomic_fetch_add(&detached, 1, __ATOMIC_SEQ_CST);
}

static void on_interrupt(unsigned int vector)
{
	(void)vector;
	__atomic_fetch_add(&interrupts, 1, __ATOMIC_SEQ_CST);
}

static void on_fault(const struct km_port_fault *fault)
{
	_exit(fault->kind == KM_FAULT_MEMORY && fault->address == 0x1234 && fault->is_write ? 42 : 43);
}

static const struct km_port_hooks hooks = {
	.thread_bytes = sizeof(struct km_port_thread) + 64,
	.attach = on_attach,
	.detach = on_detach,
	.interrupt = on_interrupt,
	.fault = on_fault,
};

static int setup(void)
{
	return km_port_boot(&hooks);
}

static unsigned int owners[KM_MAX_CPUS], troubles;

static void own_for_a_while(void)
{
	unsigned int cpu = km_port_cpu();

	if (__atomic_fetch_add(&owners[cpu], 1, __ATOMIC_SEQ_CST))
		__atomic_fetch_add(&troubles, 1, __ATOMIC_SEQ_CST);
	for (volatile unsigned int i = 0; i < 1000; i++)
		;
	if (km_port_cpu() != cpu)
		__atomic_fetch_add(&troubles, 1, __ATOMIC_SEQ_CST);
	__atomic_fetch_sub(&owners[cpu], 1, __ATOMIC_SEQ_CST);
}

static void *program_thread(void *arg)
{
	for (unsigned int i = 0; i < 50; i++) {
		own_for_a_while();
		host_release();
		km_port_interrupt(i % km_port_cpus(), KM_VECTOR_IPI);
	}
	return arg;
}

/* More threads than CPUs; each owns one alone, and gives it back at its end. */
static void threads_of_the_program_share_the_cpus(void)
{
	unsigned int before = attached, gone = detached;
	pthread_t threads[PROGRAM_THREADS];

	troubles = 0;
	for (unsigned int i = 0; i < PROGRAM_THREADS; i++)
		REQUIRE(!pthread_create(&threads[i], NULL, program_thread, NULL));
	host_release();
	for (unsigned int i = 0; i < PROGRAM_THREADS; i++)
		pthread_join(threads[i], NULL);
	CHECK_EQ(troubles, 0);
	CHECK_EQ(attached, before + PROGRAM_THREADS);
	CHECK_EQ(detached, gone + PROGRAM_THREADS);
	CHECK(interrupts > 0);
}

static void *end_at_once(void *arg)
{
	(void)km_port_self();
	return arg;
}

static void a_cpu_of_an_ended_thread_is_free_again(void)
{
	for (unsigned int i = 0; i < 4 * KM_MAX_CPUS; i++) {
		pthread_t thread;

		REQUIRE(!pthread_create(&thread, NULL, end_at_once, NULL));
		pthread_join(thread, NULL);
	}
	CHECK(km_port_cpu() < km_port_cpus());
}

static void release_does_nothing_while_something_is_held(void)
{
	struct km_port_thread *self = km_port_self();
	unsigned int cpu = km_port_cpu();

	self->preempt_count++;
	host_release();
	CHECK(km_port_self() == self);
	CHECK_EQ(km_port_cpu(), cpu);
	self->preempt_count--;
}

static void *wait_for_stop(void *arg)
{
	(void)km_port_self();
	while (!__atomic_load_n((unsigned int *)arg, __ATOMIC_SEQ_CST))
		km_port_relax();
	return NULL;
}

/* All CPUs have an owner that waits busily: one more thread must still get in. */
static void busy_waiters_hand_their_cpu_over(void)
{
	pthread_t threads[KM_MAX_CPUS];
	unsigned int stop = 0, count = km_port_cpus();
	unsigned int before = attached;

	for (unsigned int i = 0; i < count; i++)
		REQUIRE(!pthread_create(&threads[i], NULL, wait_for_stop, &stop));
	while (__atomic_load_n(&attached, __ATOMIC_SEQ_CST) < before + count)
		km_port_relax();
	__atomic_store_n(&stop, 1, __ATOMIC_SEQ_CST);
	for (unsigned int i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	CHECK_EQ(attached, before + count);
}

static void interrupts_leave_errno_and_system_calls_alone(void)
{
	struct km_port_thread *self = km_port_self();
	unsigned int before = interrupts;
	int ends[2];
	char byte = 'x', got = 0;

	REQUIRE(!pipe(ends));
	self->preempt_count++;
	km_port_timer_set(km_port_clock_ns() + 2000000);
	km_port_delay_ns(10000000);
	CHECK(interrupts > before);
	self->preempt_count--;
	CHECK_EQ(write(ends[1], &byte, 1), 1);
	CHECK_EQ(read(ends[0], &got, 1), 1);
	CHECK_EQ(got, 'x');
	close(ends[0]);
	close(ends[1]);
}

static int status_of_child(void (*act)(void))
{
	pid_t child = fork();
	int status = 0;

	if (!child) {
		act();
		_exit(0);
	}
	waitpid(child, &status, 0);
	return status;
}

static void write_nowhere(void)
{
	*(volatile char *)0x1234 = 1;
}

static void faults_of_known_threads_reach_the_hook(void)
{
	int status = status_of_child(write_nowhere);

	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 42);
}

static void fault_after_release(void)
{
	host_release();
	write_nowhere();
}

static void faults_of_others_stay_the_programs(void)
{
	int status;

	signal(SIGSEGV, SIG_DFL);	/* before boot: what the port hands such faults to */
	km_port_shutdown();
	signal(SIGSEGV, SIG_DFL);
	REQUIRE(km_port_boot(&hooks) == 0);
	status = status_of_child(fault_after_release);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

static void touch_ram(void)
{
	struct km_port_region region;

	km_port_regions(&region, 1);
	*(volatile char *)region.base = 1;
}

static void a_forked_child_does_not_share_ram(void)
{
	int status;

	touch_ram();
	status = status_of_child(touch_ram);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 43);
}

KM_TESTS(setup,
	 T(threads_of_the_program_share_the_cpus),
	 T(a_cpu_of_an_ended_thread_is_free_again),
	 T(release_does_nothing_while_something_is_held),
	 T(busy_waiters_hand_their_cpu_over),
	 T(interrupts_leave_errno_and_system_calls_alone),
	 T(faults_of_known_threads_reach_the_hook),
	 T(faults_of_others_stay_the_programs),
	 T(a_forked_child_does_not_share_ram));
