// SPDX-License-Identifier: MIT
/*
 * fault.c - what goes wrong, text, backtraces and the end of the process
 *
 * F1  A fault of a thread that the machine does not know is the program's: the handler before ours
 *     gets it.
 * F2  A fault inside hooks->fault ends the process with status 70 after one line.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <port/common/trap.h>

#include "state.h"

#define STATUS_FAULT	70
#define SIGNAL_STACK	(64UL << 10)

static const int caught[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP };
#define CAUGHT	(sizeof(caught) / sizeof(caught[0]))
static struct sigaction before[CAUGHT], before_interrupt;

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

void host_complain(const char *text)
{
	write_all(2, text, strlen(text));
	write_all(2, "\n", 1);
}

void km_port_write(const char *text, size_t bytes)
{
	if (host.config.console)
		host.config.console(text, bytes);
	else
		write_all(1, text, bytes);
}

void km_port_stop(int status)
{
	if (km_port_current)
		km_port_current->irq_off = 1;
	if (host.config.stopping)
		host.config.stopping(status);
	/* Another thread may hold a stream's lock for good: no flush, no exit handlers. */
	_exit(status);
}

void host_fault_raise(const struct km_port_fault *fault)
{
	if (__atomic_fetch_add(&host.fault_depth, 1, __ATOMIC_SEQ_CST)) {
		host_complain("kmalloc: fault while a fault was being told");
		_exit(STATUS_FAULT);
	}
	if (km_port_current)
		km_port_current->irq_off = 1;
	if (host.hooks->fault)
		host.hooks->fault(fault);
	km_port_stop(STATUS_FAULT);
}

static void on_signal(int number, siginfo_t *info, void *context)
{
	struct km_port_fault fault;

	if (!km_port_current) {
		/* F1: returning repeats the access, now with the handler that was there. */
		for (unsigned int i = 0; i < CAUGHT; i++)
			if (caught[i] == number)
				sigaction(number, &before[i], NULL);
		return;
	}
	fault = trap_fault(number, info, context, km_port_current);
	host_fault_raise(&fault);
}

void host_fault_open(void)
{
	struct sigaction action = { .sa_sigaction = on_signal,
				    .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
	struct sigaction interrupt = { .sa_handler = host_on_interrupt,
				       .sa_flags = SA_RESTART | SA_NODEFER };

	host.fault_depth = 0;
	sigemptyset(&action.sa_mask);
	sigaddset(&action.sa_mask, HOST_SIGNAL);
	sigemptyset(&interrupt.sa_mask);
	sigaction(HOST_SIGNAL, &interrupt, &before_interrupt);
	if (host.config.keep_faults)
		return;
	for (unsigned int i = 0; i < CAUGHT; i++)
		sigaction(caught[i], &action, &before[i]);
}

void host_fault_close(void)
{
	if (!host.config.keep_faults)
		for (unsigned int i = 0; i < CAUGHT; i++)
			sigaction(caught[i], &before[i], NULL);
	/* A late interrupt of a machine that is gone must not kill the program. */
	before_interrupt.sa_handler = SIG_IGN;
	sigaction(HOST_SIGNAL, &before_interrupt, NULL);
}

void host_fault_stack(struct host_thread *thread)
{
	stack_t now, stack = { .ss_size = SIGNAL_STACK };

	if (host.config.keep_faults || sigaltstack(NULL, &now) || !(now.ss_flags & SS_DISABLE))
		return;
	if (!thread->signal_stack) {
		thread->signal_stack = mmap(NULL, SIGNAL_STACK, PROT_READ | PROT_WRITE,
					    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (thread->signal_stack == MAP_FAILED) {
			/* a handler works without, except for a stack overflow */
			thread->signal_stack = NULL;
			return;
		}
	}
	stack.ss_sp = thread->signal_stack;
	sigaltstack(&stack, NULL);
}

unsigned int km_port_backtrace(uintptr_t frame, uintptr_t *ret_pcs, unsigned int max)
{
	if (!frame)
		frame = (uintptr_t)__builtin_frame_address(0);
	return trap_backtrace(frame, ret_pcs, max, host_stack_of);
}
