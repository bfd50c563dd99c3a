// SPDX-License-Identifier: MIT
/* main_host.c - the harness on the host port: real threads, real time */
#include <stdio.h>

#include <port/host/host.h>

#include "harness.h"

#define DEFAULT_BYTES	((size_t)256 << 20)	/* less to set up than the port's own default */

int harness_run(const struct harness_options *options, int (*entry)(void *), void *arg)
{
	const struct host_config config = {
		.cpus = options->cpus,
		.mem_bytes = options->mem_bytes ? options->mem_bytes : DEFAULT_BYTES,
		.wall_limit_s = 100,
		.console = harness_console,
		.stopping = harness_stopping,
	};

	if (options->explore) {
		fputs("--explore: only the simulated machine chooses what runs\n", stderr);
		return 2;
	}
	host_configure(&config);
	return entry(arg);
}

void harness_between_tests(void)
{
}
