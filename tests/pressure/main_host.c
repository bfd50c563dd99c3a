/* SPDX-License-Identifier: MIT */
/*
 * main_host.c - the pressure test on real threads
 *
 *	pressure-host [ROUNDS [STEPS [SEED]]]
 *
 * Each round is a machine of 64 MiB with eight CPUs, brought up and taken down.  TAP out.
 */
#include <kmalloc/machine.h>

#include <stdio.h>
#include <stdlib.h>

#include <port/host/host.h>

#include "pressure.h"

static unsigned int round_run(unsigned long long seed, unsigned int steps)
{
	struct host_config host = { .cpus = 8, .mem_bytes = (size_t)64 << 20, .wall_limit_s = 60 };
	struct km_config config = { .command_line = seed % 3 ? "" : "numa=fake=2" };
	struct load_totals t;
	unsigned int faults;

	host_configure(&host);
	if (km_machine_boot(&config))
		return 1;
	faults = load_run(seed, steps);
	load_totals(&t);
	faults += km_machine_shutdown();
	printf("# seed %llu: %lu requests that may wait, %lu failed;", seed, t.requests, t.failed);
	printf(" %lu that may not, %lu failed\n", t.atomics, t.atomics_failed);
	printf("# %lu runs of direct reclaim, %lu of kswapd, %lu objects given, %lu last resorts\n",
	       t.reclaims, t.woken, t.given, t.oom);
	return faults;
}

int main(int argc, char **argv)
{
	unsigned int rounds = argc > 1 ? strtoul(argv[1], NULL, 0) : 6;
	unsigned int steps = argc > 2 ? strtoul(argv[2], NULL, 0) : 3000;
	unsigned long long seed = argc > 3 ? strtoull(argv[3], NULL, 0) : 1;
	int failed = 0;

	printf("1..%u\n", rounds);
	for (unsigned int i = 1; i <= rounds; i++, seed++) {
		unsigned int faults = round_run(seed, steps);

		printf("%sok %u - memory at the limit on threads, seed %llu\n",
		       faults ? "not " : "", i, seed);
		if (faults)
			printf("# again: %s 1 %u %llu\n", argv[0], steps, seed);
		fflush(stdout);
		failed |= faults != 0;
	}
	return failed;
}
