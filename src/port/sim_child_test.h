/* SPDX-License-Identifier: MIT */
/*
 * sim_child_test.h - a simulated machine of its own for each case, in a child process: many of them
 * end in a fault. The child tells what happened through a pipe.
 */
#ifndef PORT_SIM_CHILD_TEST_H
#define PORT_SIM_CHILD_TEST_H

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <kmalloc/port.h>
#include <port/sim/sim.h>
#include <test.h>

struct outcome {
	int status;		/* exit status; -1: a signal */
	bool has_fault;
	struct km_port_fault fault;
	uint64_t trace, clock, value;
};

static struct outcome told;	/* of the machine in this process */
static int pipe_end;

static void tell(void)
{
	if (write(pipe_end, &told, sizeof(told)) != sizeof(told))
		_exit(99);
}

static unsigned int interrupts;

static void on_interrupt(unsigned int vector)
{
	interrupts++;
	told.value = told.value * 31 + vector * 7 + km_port_cpu();
}

static struct km_port_hooks hooks = { .thread_bytes = sizeof(struct km_port_thread),
				      .interrupt = on_interrupt };

/* Run @machine as the boot thread of a machine made by @config, in a child. */
static struct outcome run(const struct sim_config *config, void (*machine)(void))
{
	struct outcome outcome = { .status = -1 };
	int ends[2], status;
	pid_t child;

	if (pipe(ends))
		return outcome;
	child = fork();
	if (!child) {
		pipe_end = ends[1];
		sim_configure(config);
		if (km_port_boot(&hooks))
			_exit(3);
		machine();
		told.trace = sim_trace_hash();
		told.clock = km_port_clock_ns();
		tell();
		_exit(0);
	}
	close(ends[1]);
	if (read(ends[0], &outcome, sizeof(outcome)) != sizeof(outcome))
		memset(&outcome, 0, sizeof(outcome));
	close(ends[0]);
	if (waitpid(child, &status, 0) == child)
		outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return outcome;
}

#endif
