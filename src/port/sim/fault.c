// SPDX-License-Identifier: MIT
/*
 * fault.c - what goes wrong, text, backtraces and the end of the process
 *
 * Owns: the handlers of SIGSEGV SIGBUS SIGILL SIGFPE SIGTRAP SIGALRM, on their own stack at SIM_SIGNAL_STACK_BASE.
 * F1  While hooks->fault runs nothing is scheduled and no interrupt arrives: points do nothing.
 * F2  A fault inside hooks->fault ends the process with status 70 after one line.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include "state.h"

#define STATUS_FAULT	70

static const int caught[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGALRM };
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
	if (sim.config.console)
		sim.config.console(text, bytes);
	else
		write_all(1, text, bytes);
}

void km_port_stop(int status)
{
	sim.fault_depth++;	/* F1 holds from here on */
	km_sim_budget = INT64_MAX;
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
	km_sim_budget = INT64_MAX;
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

/* -- signals ----------------------------------------------------------------------------------------------- */

#if defined(__x86_64__)
static void context_read(const ucontext_t *context, struct km_port_fault *fault)
{
	const greg_t *regs = context->uc_mcontext.gregs;

	fault->pc = (uintptr_t)regs[REG_RIP];
	fault->frame = (uintptr_t)regs[REG_RBP];
	fault->is_write = regs[REG_ERR] & 2;	/* page fault error code: bit 1 is set by writes */
}
#elif defined(__aarch64__)
static void context_read(const ucontext_t *context, struct km_port_fault *fault)
{
	const struct _aarch64_ctx *record = (const void *)context->uc_mcontext.__reserved;

	fault->pc = context->uc_mcontext.pc;
	fault->frame = context->uc_mcontext.regs[29];
	while (record->magic && record->magic != ESR_MAGIC)
		record = (const void *)((const char *)record + record->size);
	if (record->magic == ESR_MAGIC)	/* syndrome bit 6: write, not read */
		fault->is_write = ((const struct esr_context *)record)->esr >> 6 & 1;
}
#endif

static void on_signal(int number, siginfo_t *info, void *context)
{
	struct km_port_fault fault = { .kind = KM_FAULT_ILLEGAL, .thread = km_port_current };

	context_read(context, &fault);
	if (number == SIGSEGV) {
		fault.kind = KM_FAULT_MEMORY;
		fault.address = (uintptr_t)info->si_addr;
	} else if (number == SIGALRM) {
		fault.kind = KM_FAULT_TIMEOUT;
	}
	if (number != SIGSEGV)
		fault.is_write = false;
	sim_fault_raise(&fault);
}

static void wall_limit_set(unsigned int seconds)
{
	struct itimerval limit = { .it_value = { .tv_sec = seconds } };

	setitimer(ITIMER_REAL, &limit, NULL);
}

void sim_fault_open(void)
{
	struct sigaction action = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
	stack_t stack = { .ss_sp = (void *)SIM_SIGNAL_STACK_BASE, .ss_size = SIM_SIGNAL_STACK_BYTES };
	void *got = mmap(stack.ss_sp, stack.ss_size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	sim.fault_depth = 0;
	/* Without its own stack a handler still works, except for a stack overflow. */
	if (got != MAP_FAILED && sigaltstack(&stack, &before_stack))
		munmap(got, stack.ss_size);
	sigfillset(&action.sa_mask);
	for (unsigned int i = 0; i < CAUGHT; i++)
		sigdelset(&action.sa_mask, caught[i]);	/* F2: a second fault must reach us */
	sigaddset(&action.sa_mask, SIGALRM);
	for (unsigned int i = 0; i < CAUGHT; i++)
		sigaction(caught[i], &action, &before[i]);
	if (sim.config.wall_limit_s)
		wall_limit_set(sim.config.wall_limit_s);
}

void sim_fault_close(void)
{
	if (sim.config.wall_limit_s)
		wall_limit_set(0);
	for (unsigned int i = 0; i < CAUGHT; i++)
		sigaction(caught[i], &before[i], NULL);
	sigaltstack(&before_stack, NULL);
	munmap((void *)SIM_SIGNAL_STACK_BASE, SIM_SIGNAL_STACK_BYTES);
}

/* -- backtraces -------------------------------------------------------------------------------------------- */

unsigned int km_port_backtrace(uintptr_t frame, uintptr_t *ret_pcs, unsigned int max)
{
	uintptr_t low, high;
	unsigned int count = 0;

	if (!frame)
		frame = (uintptr_t)__builtin_frame_address(0);
	if (!sim_stack_of(frame, &low, &high))
		return 0;
	while (count < max && frame % sizeof(void *) == 0 && frame >= low && frame <= high - 2 * sizeof(void *)) {
		const uintptr_t *words = (const uintptr_t *)frame;

		if (!words[1])
			break;
		ret_pcs[count++] = words[1];
		/* A signal's frames continue on the stack that was interrupted; else callers lie higher. */
		if (words[0] > frame && words[0] < high)
			low = words[0];
		else if (low != SIM_SIGNAL_STACK_BASE || !sim_stack_of(words[0], &low, &high))
			break;
		frame = words[0];
	}
	return count;
}
