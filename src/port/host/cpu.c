// SPDX-License-Identifier: MIT
/*
 * cpu.c - who owns which CPU, and interrupts
 *
 * Lock: host.lock for ownership (H1); pending bits are atomic.  Nothing here allocates.
 */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "state.h"

struct host_machine host;

void host_lock(void)
{
	uint32_t seen = 0;

	if (__atomic_compare_exchange_n(&host.lock, &seen, 1, false, __ATOMIC_ACQUIRE,
					__ATOMIC_RELAXED))
		return;
	while (__atomic_exchange_n(&host.lock, 2, __ATOMIC_ACQUIRE))
		host_futex_wait(&host.lock, 2, HOST_FOREVER);
}

void host_unlock(void)
{
	if (__atomic_exchange_n(&host.lock, 0, __ATOMIC_RELEASE) == 2)
		host_futex_wake(&host.lock, 1);
}

static bool is_free(unsigned int cpu)
{
	return cpu < host.config.cpus && !host.cpu[cpu].thread;
}

static void own(struct host_thread *thread, unsigned int cpu)
{
	thread->port->cpu = cpu;
	PORT_BARRIER();
	thread->owns_cpu = true;
	host.running += thread->is_ours;
	__atomic_store_n(&host.cpu[cpu].thread, thread, __ATOMIC_SEQ_CST);
	/* H2 */
	if (__atomic_load_n(&host.cpu[cpu].pending, __ATOMIC_SEQ_CST))
		thread->port->irq_held = 1;
	/* Full: what it does on the CPU comes after it is seen to have one. */
	__atomic_fetch_and(&thread->port->port_flags, ~KM_PORT_OFF_CPU, __ATOMIC_SEQ_CST);
}

void host_cpu_take(struct host_thread *thread)
{
	/* the one it had: its lists may still be in the cache */
	unsigned int cpu = thread->port->cpu;

	host_lock();
	for (;;) {
		uint32_t seen = __atomic_load_n(&host.freed, __ATOMIC_RELAXED);

		if (!is_free(cpu))
			for (cpu = 0; cpu < host.config.cpus && !is_free(cpu); cpu++)
				;
		if (is_free(cpu))
			break;
		__atomic_fetch_add(&host.waiters, 1, __ATOMIC_RELAXED);
		host_unlock();
		host_futex_wait(&host.freed, seen, HOST_FOREVER);
		host_lock();
		__atomic_fetch_sub(&host.waiters, 1, __ATOMIC_RELAXED);
	}
	own(thread, cpu);
	host_unlock();
}

bool host_cpu_take_this(struct host_thread *thread, unsigned int cpu)
{
	bool may_take;

	host_lock();
	may_take = is_free(cpu);
	if (may_take)
		own(thread, cpu);
	host_unlock();
	return may_take;
}

void host_cpu_leave(struct host_thread *thread)
{
	struct host_cpu *cpu = &host.cpu[thread->port->cpu];

	host_lock();
	thread->owns_cpu = false;
	__atomic_fetch_or(&thread->port->port_flags, KM_PORT_OFF_CPU, __ATOMIC_SEQ_CST);
	PORT_BARRIER();
	host.running -= thread->is_ours;
	__atomic_store_n(&cpu->thread, NULL, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&host.freed, 1, __ATOMIC_RELAXED);
	host_unlock();
	thread->port->irq_held = 0;
	if (__atomic_load_n(&host.waiters, __ATOMIC_RELAXED))
		host_futex_wake(&host.freed, 1);
	/* H2 */
	if (__atomic_load_n(&cpu->pending, __ATOMIC_SEQ_CST))
		host_keeper_kick();
}

void host_leave(struct host_thread *thread, uint32_t word)
{
	PORT_BARRIER();
	thread->port->irq_off = word;
	PORT_BARRIER();
	if (*(volatile uint32_t *)&thread->port->irq_held && !word)
		host_deliver();
}

/* -- interrupts -------------------------------------------------------------------------------- */

void host_deliver(void)
{
	struct km_port_thread *self = km_port_current;
	struct host_cpu *cpu = &host.cpu[self->cpu];

	do {
		uint32_t bits;

		self->irq_off = 1;
		self->irq_held = 0;
		PORT_BARRIER();
		bits = __atomic_exchange_n(&cpu->pending, 0, __ATOMIC_SEQ_CST);
		while (bits) {
			host.hooks->interrupt((unsigned int)__builtin_ctz(bits));
			self->irq_off = 1;
			bits &= bits - 1;
		}
		PORT_BARRIER();
		self->irq_off = 0;
		PORT_BARRIER();
	} while (*(volatile uint32_t *)&self->irq_held);
}

void km_host_irq_held(void)
{
	if (!km_port_current->irq_off)
		host_deliver();
}

void host_on_interrupt(int number)
{
	struct km_port_thread *self = km_port_current;
	int error = errno;

	(void)number;
	/* Meant for the CPU this thread had; who has it now sees the bit (H2). */
	if (!self || !host_self()->owns_cpu)
		return;
	if (self->irq_off)
		self->irq_held = 1;
	else
		host_deliver();
	errno = error;
}

bool host_pend(unsigned int cpu, unsigned int vector)
{
	return !__atomic_fetch_or(&host.cpu[cpu].pending, UINT32_C(1) << vector, __ATOMIC_SEQ_CST);
}

/* The CPU has a bit pending: make somebody look. */
static void notify(unsigned int cpu)
{
	struct host_thread *owner = __atomic_load_n(&host.cpu[cpu].thread, __ATOMIC_SEQ_CST);
	int error = errno;

	if (owner)
		syscall(SYS_tgkill, getpid(), owner->tid, HOST_SIGNAL);
	else
		host_keeper_kick();
	errno = error;
}

void km_port_interrupt(unsigned int cpu, unsigned int vector)
{
	struct km_port_thread *self = km_port_current;
	bool is_first;

	if (!host.is_up || cpu >= host.config.cpus)
		return;
	is_first = host_pend(cpu, vector);
	if (!self || !host_self()->owns_cpu || self->cpu != cpu) {
		/*
		 * One signal at a time: more would pile up on the stack of a thread that is not
		 * running just now.
		 */
		if (is_first)
			notify(cpu);
	} else if (self->irq_off) {
		self->irq_held = 1;
	} else {
		host_deliver();
	}
}
