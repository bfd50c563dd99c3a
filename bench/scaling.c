/* SPDX-License-Identifier: MIT */
/*
 * scaling.c - the price of one operation while many things of its kind live
 *
 *	scaling --list			names of the operations, and what each is
 *	scaling NAME LIVE OPERATIONS [MIB]	nanoseconds of an operation; MIB of memory
 *
 * The things an operation meets are chosen at random, so that caches of the computer help little.
 */
#include <kmalloc/machine.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <port/host/host.h>

#include "scaling.h"

static uint64_t random_word = 88172645463325252u;

static uint64_t random_next(void)
{
	random_word ^= random_word << 13;
	random_word ^= random_word >> 7;
	random_word ^= random_word << 17;
	return random_word;
}

static double now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void operate(const struct scaling_kind *kind, void **things, unsigned long live,
		    unsigned long operations)
{
	for (unsigned long i = 0; i < operations; i++) {
		unsigned long at = random_next() % live;

		if (kind->look) {
			kind->look(things[at]);
			continue;
		}
		kind->unmake(things[at]);
		things[at] = kind->make(i);
		if (!things[at])
			abort();
	}
}

static int run(const struct scaling_kind *kind, unsigned long live, unsigned long operations)
{
	void **things = calloc(live, sizeof(*things));
	double start;

	if (!things || (kind->open && kind->open()))
		return 1;
	for (unsigned long i = 0; i < live; i++) {
		things[i] = kind->make(i);
		if (!things[i]) {
			printf("out of memory with %lu\n", i);
			return 1;
		}
	}
	/* What is put off until later comes due before the clock runs. */
	operate(kind, things, live, operations / 4);
	start = now_ns();
	operate(kind, things, live, operations);
	if (operations)
		printf("%.1f\n", (now_ns() - start) / (double)operations);
	return 0;
}

int main(int argc, char **argv)
{
	const struct scaling_kind *kind = scaling_kinds;
	const struct host_config host = {
		.cpus = 2, .mem_bytes = argc > 4 ? strtoull(argv[4], NULL, 0) << 20 : 8ull << 30,
	};

	if (argc == 2 && !strcmp(argv[1], "--list")) {
		for (; kind->name; kind++)
			printf("%s\t%s\n", kind->name, kind->what);
		return 0;
	}
	while (argc > 3 && kind->name && strcmp(kind->name, argv[1]))
		kind++;
	if (argc < 4 || !kind->name) {
		fprintf(stderr, "usage: scaling NAME LIVE OPERATIONS [MIB]\n");
		return 2;
	}
	host_configure(&host);
	if (km_machine_boot(NULL))
		return 1;
	argc = run(kind, strtoul(argv[2], NULL, 0), strtoul(argv[3], NULL, 0));
	fflush(stdout);
	_Exit(argc);	/* nothing is given back: that would take longer than the measurement */
}
