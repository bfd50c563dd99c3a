// SPDX-License-Identifier: MIT
/*
 * boot.c - kern comes up and goes down; what it still has; faults the port saw
 *
 * Context: the boot thread, nothing held.
 */
#include <linux/array_size.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <base/assert.h>
#include <kern/armed.h>
#include <kern/core.h>

void (*kern_fault_handler)(const struct km_port_fault *fault);

#define STATUS_BROKEN	70	/* an internal error, as sysexits has it */

/* An invariant of ours is broken: nothing that takes a lock may be called any more. */
static void stop_machine_broken(const char *text, size_t bytes)
{
	uintptr_t pcs[16];
	unsigned int count = km_port_backtrace(0, pcs, ARRAY_SIZE(pcs));
	char line[64];

	km_port_write(text, bytes);
	for (unsigned int i = 0; i < count; i++)
		km_port_write(line,
			      (size_t)scnprintf(line, sizeof(line), "  %pS\n", (void *)pcs[i]));
	km_port_stop(STATUS_BROKEN);
}

/**
 * kern_boot() - time, interrupts, threads, RCU and workqueues work from here on
 * Context: the boot thread, after km_port_boot(&kern_port_hooks).  Return: 0 or a negative errno.
 */
int kern_boot(void)
{
	int error = percpu_static_boot();

	assert_stop = stop_machine_broken;
	if (error)
		return error;
	time_boot();
	random_boot();
	tick_boot();
	softirq_boot();
	tasklet_boot();
	armed_boot();
	timer_boot();
	hrtimer_boot();
	tasklet_boot();
	irq_boot();
	irq_work_boot();
	wait_boot();
	error = rcu_boot();
	if (error)
		return error;
	error = ksoftirqd_boot();
	if (error)
		return error;
	return workqueue_boot();
}

void kern_shutdown(void)
{
	workqueue_shutdown();
	rcu_shutdown();
	ksoftirqd_shutdown();
	irq_shutdown();
	printk_flush();
}

/**
 * kern_left() - count what users of kern did not give back
 * @see: called for each; must not call kern
 * Context: the boot thread, before kern_shutdown().  Return: how many there are.
 */
unsigned int kern_left(kern_left_fn see, void *arg)
{
	return timer_left(see, arg) + hrtimer_left(see, arg) + tasklet_left(see, arg) +
	       workqueue_left(see, arg) + irq_left(see, arg) + thread_left(see, arg);
}

static const char *fault_name(enum km_fault_kind kind)
{
	static const char *const names[] = {
		[KM_FAULT_MEMORY] = "unable to handle page fault",
		[KM_FAULT_ILLEGAL] = "invalid opcode",
		[KM_FAULT_DIVIDE] = "divide error",
		[KM_FAULT_DEADLOCK] = "no task can ever run again",
		[KM_FAULT_LOCKUP] = "soft lockup",
		[KM_FAULT_TIMEOUT] = "out of time",
	};

	return (unsigned int)kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "fault";
}

void kern_fault(const struct km_port_fault *fault)
{
	if (kern_fault_handler) {
		kern_fault_handler(fault);
		return;
	}
	if (fault->kind == KM_FAULT_MEMORY)
		pr_emerg("BUG: %s, %s at %#lx\n", fault_name(fault->kind),
			 fault->is_write ? "write" : "read", (unsigned long)fault->address);
	else
		pr_emerg("BUG: %s\n", fault_name(fault->kind));
	pr_emerg("RIP: %pS\n", (void *)fault->pc);
}
