/* SPDX-License-Identifier: MIT */
/*
 * sim.h - the simulated machine's own controls, for the runner and the test harness (not for engine
 * rooms)
 */
#ifndef PORT_SIM_SIM_H
#define PORT_SIM_SIM_H

#include <kmalloc/port.h>

#define SIM_NEVER	(~0U)	/* for switch_one_in and device_fires, where 0 means the default */
#define SIM_MEM_MIN	((size_t)8 << 20)
#define SIM_MEM_MAX	((size_t)16 << 30)

struct sim_config {
	uint64_t seed;			/* default 1 */
	unsigned int cpus;		/* default 2 */
	/* default 64 MiB; split: part below 16 MiB, part below 4 GiB, the larger part above */
	size_t mem_bytes;
	uint64_t point_ns;		/* virtual time one km_port_point() takes; default 100 */
	/* virtual time a thread may run without ever sleeping, or a CPU spin: default 20 s */
	uint64_t lockup_ns;
	/*
	 * a point lets another CPU or thread run once in so many; default 8; SIM_NEVER: only where
	 * one waits
	 */
	unsigned int switch_one_in;
	/*
	 * KM_FAULT_TIMEOUT after so much virtual time, and after so much effort: what
	 * km_port_effort() was told and point_effort_ns for each point.  Both strike at the same
	 * place on every computer.  0: none
	 */
	uint64_t clock_limit_ns, effort_limit_ns, point_effort_ns;
	/* the same in seconds of processor time, for what neither of them counts; 0: none */
	unsigned int cpu_limit_s;
	/* look for races: the seed chooses one of many ways to take turns, see explore.c */
	bool explore;
	/* how often each enabled device line interrupts; default 8; SIM_NEVER: not at all */
	unsigned int device_fires;
	void (*console)(const char *text, size_t bytes);	/* NULL: standard output */
	/* called by km_port_stop() before the process ends; NULL: nothing */
	void (*stopping)(int status);
};

/* What a seed explores with: seed % SIM_STRATEGIES. */
enum sim_strategy {
	SIM_DENSE,		/* a random walk that switches every few points */
	SIM_SPARSE,		/* one that leaves a thread for long at a few places */
	SIM_PRIORITIES,		/* random priorities, lowered at random points */
	SIM_PRIORITY_SEAMS,	/* ... lowered at seams */
	SIM_SEAMS,		/* a walk that switches at seams */
	SIM_INTERRUPTS,		/* a walk with many interrupts and jumps of time */
	SIM_STRATEGIES,
};
/* before km_port_boot(); zero fields take the default */
void sim_configure(const struct sim_config *config);

/*
 * Run entry(arg) on a stack at a fixed address, so that a machine booted inside sees the same
 * addresses in each run. Return: what @entry returned.
 */
int sim_run(int (*entry)(void *arg), void *arg);

/*
 * Wait until the machine is quiet: no other thread can run, no timer is armed, no interrupt pends,
 * every enabled device line has fired its times; or until the virtual clock has advanced by
 * @limit_ns. Context: task, nothing held, one caller at a time. Return: true if quiet.
 */
bool sim_settle(uint64_t limit_ns);

/* @thread waits, and nothing will end that: it is a fault (KM_FAULT_DEADLOCK) of that thread's */
void sim_stuck(struct km_port_thread *thread);
/* the calling thread is not stuck: its lockup span starts anew (between unit tests) */
void sim_progress(void);
uint64_t sim_points_passed(void);
/* a new phase of the run: time may jump again, devices may interrupt more often than planned */
void sim_explore_phase(void);
/* how long to let things run before they are stopped: @limit_ns, or when exploring also less */
uint64_t sim_explore_patience(uint64_t limit_ns);
enum sim_strategy sim_explore_strategy(void);
uint64_t sim_trace_hash(void);	/* of all switches and interrupts so far: equal for equal runs */

#endif
