/* SPDX-License-Identifier: MIT */
/*
 * host.h - the host port's own controls, for programs and the test harness (not for engine rooms)
 *
 * A machine's CPU is a number that one thread owns at a time. A thread gets one at its first call
 * into the library and keeps it until it ends, sleeps in km_port_park(), or calls host_release().
 * When all are owned, the next thread waits. So a program with more threads than CPUs calls
 * host_release() before a thread blocks elsewhere for long, or configures more CPUs (up to
 * KM_MAX_CPUS).
 */
#ifndef PORT_HOST_HOST_H
#define PORT_HOST_HOST_H

#include <kmalloc/port.h>

#define HOST_MEM_MIN	((size_t)8 << 20)

struct host_config {
	/* default: a quarter of the computer's memory, at most 1 GiB; taken when touched */
	size_t mem_bytes;
	unsigned int cpus;		/* default: twice the computer's, at least 8 */
	unsigned int wall_limit_s;	/* real seconds before KM_FAULT_TIMEOUT; 0: none */
	/* leave SIGSEGV and its like to the program: hooks->fault hears of none */
	bool keep_faults;
	/* NULL: standard output; called from any thread and from signal handlers */
	void (*console)(const char *text, size_t bytes);
	/* called by km_port_stop() before the process ends; NULL: nothing */
	void (*stopping)(int status);
};
/* before km_port_boot(); zero fields take the default */
void host_configure(const struct host_config *config);

/*
 * The calling thread gives its CPU to others until it next calls into the library. Context: task,
 * nothing held (preempt_count and irq_off 0); else, and for a thread without a CPU, nothing
 * happens.
 */
void host_release(void);

#endif
