// SPDX-License-Identifier: MIT
/* main_sim.c - the harness on the simulated machine: the tests run on a stack at a fixed address */
#include <port/sim/sim.h>

#include "harness.h"

int harness_run(const struct harness_options *options, int (*entry)(void *), void *arg)
{
	const struct sim_config config = {
		.seed = options->seed,
		.cpus = options->cpus,
		.mem_bytes = options->mem_bytes,
		.explore = options->explore,
		.cpu_limit_s = 100,
		.console = harness_console,
		.stopping = harness_stopping,
	};

	sim_configure(&config);
	return sim_run(entry, arg);
}

void harness_between_tests(void)
{
	sim_progress();
}
