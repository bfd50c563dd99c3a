// SPDX-License-Identifier: MIT
/*
 * fault.c - what goes wrong, text, backtraces and the end of the process
 *
 * Owns: the handlers of SIGSEGV SIGBUS SIGILL SIGFPE SIGTRAP SIGPROF, on their own stack at
 * SIM_SIGNAL_STACK_BASE.
 * F1  While hooks->fault runs nothing is scheduled and no interrupt arrives: points do nothing.
 * F2  A fault inside hooks->fault ends the process with status 70 after one line.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include <port/common/trap.h>

#include "state.h"

#define STATUS_FAULT	70

/* km_port_effort() of a line on the console, of each byte in it, of a backtrace */
#define LINE_NS		100
#define WRITTEN_NS	20
#define BACKTRACE_NS	50

static const int caught[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGPROF };
#define CAUGHT	(sizeof(caught) / sizeof(caught[0]))
static struct sigaction before[CAUGHT];
static stack_t before_stack;

static void write_all(int fd, const char *text, size_t bytes)
{
	while (bytes) {
		ssize_t done = write(fd, text, bytes);

		if (done <= 0)
			return;
		text += done;
		bytes -= (size_t)done;
	}
}

void sim_complain(const char *text)
{
	write_all(2, text, strlen(text));
	write_all(2, "\n", 1);
}

void km_port_write(const char *text, size_t bytes)
{
	km_port_effort(LINE_NS + bytes * WRITTEN_NS);
	if (sim.config.console)
		sim.config.console(text, bytes);
	else
		write_all(1, text, bytes);
}

void km_port_stop(int status)
{
	sim.fault_depth++;	/* F1 holds from here on */
	sim_points_stop();
	if (sim.config.stopping && sim.fault_depth < 3)
		sim.config.stopping(status);
	fflush(NULL);
	_exit(status);
}

void sim_fault_raise(const struct km_port_fault *fault)
{
	if (sim.fault_depth++) {
		sim_complain("sim: fault while a fault was being told");
		_exit(STATUS_FAULT);
	}
	sim_points_stop();
	if (sim.hooks && sim.hooks->fault)
		sim.hooks->fault(fault);
	km_port_stop(STATUS_FAULT);
}

void sim_lockup(void)
{
	struct km_port_fault fault = {
		.kind = KM_FAULT_LOCKUP,
		.thread = km_port_current,
		.pc = (uintptr_t)__builtin_return_address(0),
		.frame = (uintptr_t)__builtin_frame_address(0),
	};

	sim_fault_raise(&fault);
}

/* -- signals ----------------------------------------------------------------------------------- */

static void on_signal(int number, siginfo_t *info, void *context)
{
	struct km_port_fault fault;

	/* SI_KERNEL: no address at all; the others lie behind the shadow's end. */
	if (number == SIGSEGV &&
	    (info->si_code == SI_KERNEL ||
	     (uintptr_t)info->si_addr >= SIM_SHADOW_BASE + SIM_SHADOW_BYTES) &&
	    sim_look_refused(context))
		return;
	fault = trap_fault(number, info, context, km_port_current);
	sim_fault_raise(&fault);
}

static void cpu_limit_set(unsigned int seconds)
{
	struct itimerval limit = { .it_value = { .tv_sec = seconds } };

	setitimer(ITIMER_PROF, &limit, NULL);
}

void sim_fault_open(void)
{
	struct sigaction action = { .sa_sigaction = on_signal,
				    .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
	stack_t stack = { .ss_sp = (void *)SIM_SIGNAL_STACK_BASE,
			  .ss_size = SIM_SIGNAL_STACK_BYTES };
	void *got = mmap(stack.ss_sp, stack.ss_size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	sim.fault_depth = 0;
	/* Without its own stack a handler still works, except for a stack overflow. */
	if (got != MAP_FAILED && sigaltstack(&stack, &before_stack))
		munmap(got, stack.ss_size);
	sigfillset(&action.sa_mask);
	for (unsigned int i = 0; i < CAUGHT; i++)
		sigdelset(&action.sa_mask, caught[i]);	/* F2: a second fault must reach us */
	sigaddset(&action.sa_mask, SIGPROF);
	for (unsigned int i = 0; i < CAUGHT; i++)
		sigaction(caught[i], &action, &before[i]);
	if (sim.config.cpu_limit_s)
		cpu_limit_set(sim.config.cpu_limit_s);
}

void sim_fault_close(void)
{
	if (sim.config.cpu_limit_s)
		cpu_limit_set(0);
	for (unsigned int i = 0; i < CAUGHT; i++)
		sigaction(caught[i], &before[i], NULL);
	sigaltstack(&before_stack, NULL);
	munmap((void *)SIM_SIGNAL_STACK_BASE, SIM_SIGNAL_STACK_BYTES);
}

/* -- backtraces -------------------------------------------------------------------------------- */

unsigned int km_port_backtrace(uintptr_t frame, uintptr_t *ret_pcs, unsigned int max)
{
	km_port_effort(BACKTRACE_NS);
	if (!frame)
		frame = (uintptr_t)__builtin_frame_address(0);
	return trap_backtrace(frame, ret_pcs, max, sim_stack_of);
}
