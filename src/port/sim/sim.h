/* SPDX-License-Identifier: MIT */
/*
 * sim.h - the simulated machine's own controls, for the runner and the test harness (not for engine rooms)
 */
#ifndef PORT_SIM_SIM_H
#define PORT_SIM_SIM_H

#include <kmalloc/port.h>

struct sim_config {
	uint64_t seed;			/* default 1 */
	unsigned int cpus;		/* default 2 */
	size_t mem_bytes;		/* default 64 MiB; split: part below 16 MiB, part below 4 GiB, the larger part above */
	uint64_t point_ns;		/* virtual time one km_port_point() takes; default 100 */
	uint64_t lockup_ns;		/* virtual time a CPU may run one thread with nothing else able to run there, or spin: default 20 s */
	unsigned int switch_one_in;	/* a point lets another CPU run once in so many; default 8; 0: never (unit tests) */
	unsigned int wall_limit_s;	/* real seconds before KM_FAULT_TIMEOUT; 0: none */
	unsigned int device_fires;	/* how often each enabled device line interrupts in a run; default 8 */
	void (*console)(const char *text, size_t bytes);	/* NULL: standard output */
};
void sim_configure(const struct sim_config *config);	/* before km_port_boot(); zero fields take the default */

/*
 * Wait until the machine is quiet: no other thread can run, no timer is armed, no interrupt pends, every enabled device
 * line has fired its times; or until the virtual clock has advanced by @limit_ns.  Context: task, nothing held.
 * Return: true if quiet.
 */
bool sim_settle(uint64_t limit_ns);

/* request_irq()/free_irq() tell the simulated device: an enabled line interrupts device_fires times at random virtual times. */
uint64_t sim_points_passed(void);

#endif
