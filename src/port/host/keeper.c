// SPDX-License-Identifier: MIT
/*
 * keeper.c - the housekeeper: clock, timers, and interrupts for CPUs that nobody owns
 *
 * K1  keeper_wakes_ns is never later than any armed timer once km_port_timer_set() has returned.
 * K2  The housekeeper owns a CPU only while it runs that CPU's vectors; it is the machine's idle
 *     thread.
 */
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "state.h"

uint64_t km_port_clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void host_keeper_kick(void)
{
	__atomic_fetch_add(&host.keeper_seq, 1, __ATOMIC_SEQ_CST);
	host_futex_wake(&host.keeper_seq, 1);
}

void km_port_timer_set(uint64_t deadline_ns)
{
	struct km_port_thread *self = port_self_inline();
	uint32_t word;

	if (!host.is_up)
		return;
	word = host_enter(self->port_data);
	if (deadline_ns <= km_port_clock_ns()) {
		__atomic_store_n(&host.cpu[self->cpu].timer, HOST_FOREVER, __ATOMIC_SEQ_CST);
		host_pend(self->cpu, KM_VECTOR_TIMER);
		self->irq_held = 1;
	} else {
		__atomic_store_n(&host.cpu[self->cpu].timer, deadline_ns, __ATOMIC_SEQ_CST);
		if (deadline_ns < __atomic_load_n(&host.keeper_wakes_ns, __ATOMIC_SEQ_CST))
			host_keeper_kick();
	}
	host_leave(self->port_data, word);
}

/* Raise the timers that are due; returns the earliest that is not. */
static uint64_t timers_run(void)
{
	uint64_t now = km_port_clock_ns(), earliest = HOST_FOREVER;

	for (unsigned int i = 0; i < host.config.cpus; i++) {
		uint64_t deadline = __atomic_load_n(&host.cpu[i].timer, __ATOMIC_SEQ_CST);

		if (deadline > now) {
			if (deadline < earliest)
				earliest = deadline;
			continue;
		}
		/* Lost to a newer deadline: that one kicked, so we look again. */
		if (__atomic_compare_exchange_n(&host.cpu[i].timer, &deadline, HOST_FOREVER, false,
						__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			km_port_interrupt(i, KM_VECTOR_TIMER);
	}
	return earliest;
}

static void idle_cpus_run(struct host_thread *self)
{
	for (unsigned int i = 0; i < host.config.cpus; i++) {
		struct host_cpu *cpu = &host.cpu[i];

		if (!__atomic_load_n(&cpu->pending, __ATOMIC_SEQ_CST) ||
		    !host_cpu_take_this(self, i))
			continue;
		km_port_current = self->port;
		host_leave(self, 0);
		host_enter(self);
		host_cpu_leave(self);
		km_port_current = NULL;
	}
}

static void limit_check(struct host_thread *self, uint64_t end)
{
	struct km_port_fault fault = { .kind = KM_FAULT_TIMEOUT, .thread = host.boot->port };

	if (km_port_clock_ns() < end)
		return;
	km_port_current = self->port;	/* no CPU: there may never be a free one */
	host_fault_raise(&fault);
}

static void *keeper_begin(void *record)
{
	struct host_thread *self = record;
	uint64_t end = HOST_FOREVER;

	if (host.config.wall_limit_s)
		end = km_port_clock_ns() + host.config.wall_limit_s * UINT64_C(1000000000);
	host_attach_as(self);
	if (host.hooks->attach)
		host.hooks->attach(self->port);
	host_cpu_leave(self);
	km_port_current = NULL;
	__atomic_store_n(&host.keeper_is_up, true, __ATOMIC_SEQ_CST);
	while (!__atomic_load_n(&host.keeper_stops, __ATOMIC_SEQ_CST)) {
		uint32_t seen = __atomic_load_n(&host.keeper_seq, __ATOMIC_SEQ_CST);
		uint64_t wake;

		/* K1: until the new time is known every timer kicks. */
		__atomic_store_n(&host.keeper_wakes_ns, HOST_FOREVER, __ATOMIC_SEQ_CST);
		wake = timers_run();
		idle_cpus_run(self);
		limit_check(self, end);
		if (end < wake)
			wake = end;
		__atomic_store_n(&host.keeper_wakes_ns, wake, __ATOMIC_SEQ_CST);
		host_futex_wait(&host.keeper_seq, seen, wake);
	}
	host_cpu_take(self);
	km_port_current = self->port;
	if (host.hooks->detach)
		host.hooks->detach(self->port);
	host_cpu_leave(self);
	host_forget_self();
	host_thread_free(self);
	return NULL;
}

/* The caller's CPU may be the only one: it is left while the housekeeper comes and goes. */
int host_keeper_start(void)
{
	struct host_thread *thread = host_thread_make();

	if (!thread)
		return -ENOMEM;
	if (pthread_create(&host.keeper, NULL, keeper_begin, thread)) {
		host_thread_free(thread);
		return -EAGAIN;
	}
	host_cpu_leave(host_self());
	while (!__atomic_load_n(&host.keeper_is_up, __ATOMIC_SEQ_CST))
		sched_yield();
	host_cpu_take(host_self());
	return 0;
}

void host_keeper_stop(void)
{
	struct host_thread *self = host_self();
	uint32_t word = host_enter(self);

	__atomic_store_n(&host.keeper_stops, true, __ATOMIC_SEQ_CST);
	host_keeper_kick();
	host_cpu_leave(self);
	pthread_join(host.keeper, NULL);
	host_cpu_take(self);
	host_leave(self, word);
}

void km_port_delay_ns(uint64_t ns)
{
	uint64_t end = km_port_clock_ns() + ns, nap;
	struct timespec until;

	/* A long one sleeps for most of it, with the CPU kept and signals let in. */
	if (ns > 200000) {
		nap = end - 100000;
		until.tv_sec = (time_t)(nap / 1000000000);
		until.tv_nsec = (long)(nap % 1000000000);
		while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
			;
	}
	while (km_port_clock_ns() < end)
		;
}

void km_port_device(unsigned int line, bool enabled)
{
	/* No device is simulated here: km_port_interrupt() is how a program plays one. */
	(void)line;
	(void)enabled;
}

uint64_t km_port_entropy(void)
{
	uint64_t value;

	if (getrandom(&value, sizeof(value), 0) != sizeof(value))
		value = km_port_clock_ns() * 0x9e3779b97f4a7c15UL;
	return value;
}
