/* SPDX-License-Identifier: MIT */
/*
 * main.c - the stress test of the host port: an ordinary program with many threads
 *
 *	host_stress [SECONDS [SEED]]
 *
 * Threads attach, work for a moment and end, more of them in all than a machine has CPUs and more
 * at a time than this one has.  TAP out.
 */
#include <kmalloc/machine.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <port/host/host.h>

#include "stress.h"

#define AT_A_TIME	12
#define CPUS		8
#define STEPS		400

static unsigned long long seed = 1;

static void *thread_run(void *number)
{
	churn_run(seed * 1000003 + (unsigned long)number, STEPS);
	return NULL;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Returns how many threads there were; 0: one could not be made. */
static unsigned long waves_run(double seconds)
{
	double end = now() + seconds;
	unsigned long count = 0;

	while (now() < end || count < 2 * KM_MAX_CPUS) {
		pthread_t threads[AT_A_TIME];

		for (unsigned int i = 0; i < AT_A_TIME; i++)
			if (pthread_create(&threads[i], NULL, thread_run, (void *)++count))
				return 0;
		host_release();
		for (unsigned int i = 0; i < AT_A_TIME; i++)
			pthread_join(threads[i], NULL);
	}
	return count;
}

static int check(int number, int is_good, const char *what)
{
	printf("%sok %d - %s\n", is_good ? "" : "not ", number, what);
	fflush(stdout);
	return is_good ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct host_config config = { .cpus = CPUS, .mem_bytes = (size_t)64 << 20 };
	double seconds = argc > 1 ? strtod(argv[1], NULL) : 3;
	unsigned long threads;
	int failed = 0;

	if (argc > 2)
		seed = strtoull(argv[2], NULL, 0);
	puts("1..3");
	fflush(stdout);
	host_configure(&config);
	if (km_machine_boot(NULL)) {
		puts("Bail out! the machine does not boot");
		return 1;
	}
	churn_begin();
	threads = waves_run(seconds);
	failed |= check(1, threads > KM_MAX_CPUS, "more threads came and went than there are CPUs");
	failed |= check(2, churn_end() == 0, "memory stayed whole and all came back");
	churn_print();
	failed |= check(3, km_machine_shutdown() == 0, "nothing is left at shutdown");
	printf("# %lu threads, seed %llu\n", threads, seed);
	return failed;
}
