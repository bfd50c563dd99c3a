/* SPDX-License-Identifier: MIT */
/*
 * main_sim.c - the pressure test on simulated machines, one for each seed
 *
 *	pressure-sim [--from SEED] [--count SEEDS] [--steps STEPS] [--seed SEED]
 *
 * Each seed runs in a process of its own, so that any of them replays alone; the seed also chooses
 * how many CPUs and memory nodes the machine has.  --seed runs one of them here and shows the
 * machine's console.  TAP out.
 */
#include <kmalloc/machine.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <port/sim/sim.h>

#include "pressure.h"

#define CONSOLE_BYTES	4096

static unsigned long long steps = 300;

/* What a seed's process leaves for the one that counts. */
struct answer {
	unsigned int is_done, faults;
	unsigned long left;
	unsigned long long hash;
	struct load_totals totals;
	size_t console_bytes;
	char console[CONSOLE_BYTES];
};
static struct answer *answer;
static bool shows_console;

static void console(const char *text, size_t bytes)
{
	size_t room = CONSOLE_BYTES - 1 - answer->console_bytes;

	if (shows_console)
		fwrite(text, 1, bytes, stdout);
	if (bytes > room)
		bytes = room;
	memcpy(answer->console + answer->console_bytes, text, bytes);
	answer->console_bytes += bytes;
}

static int machine_run(void *arg)
{
	unsigned long long seed = *(unsigned long long *)arg;
	struct km_config config = { .command_line = seed / 4 % 3 ? "" : "numa=fake=2" };

	if (km_machine_boot(&config)) {
		answer->faults = 1;
		return 1;
	}
	answer->faults = load_run(seed, steps);
	load_totals(&answer->totals);
	answer->left = km_machine_shutdown();
	answer->is_done = 1;
	return 0;
}

static void seed_run(unsigned long long seed)
{
	struct sim_config config = {
		.seed = seed, .cpus = seed % 4 + 1, .mem_bytes = (size_t)64 << 20,
		.cpu_limit_s = 60, .console = console,
	};

	memset(answer, 0, sizeof(*answer));
	sim_configure(&config);
	sim_run(machine_run, &seed);
	answer->hash = sim_trace_hash();
}

static bool answer_is_good(void)
{
	return answer->is_done && !answer->faults && !answer->left;
}

static bool seed_fork(unsigned long long seed)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		return false;
	if (!pid) {
		seed_run(seed);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && !WEXITSTATUS(status) && answer_is_good();
}

static void failure_print(const char *program, unsigned long long seed)
{
	const char *line = strtok(answer->console, "\n");

	printf("# seed %llu: %u faults, %lu things left%s\n", seed, answer->faults, answer->left,
	       answer->is_done ? "" : ", stopped early");
	for (; line; line = strtok(NULL, "\n"))
		printf("# | %s\n", line);
	printf("# replay: %s --steps %llu --seed %llu\n", program, steps, seed);
}

static void totals_add(struct load_totals *sum)
{
	const struct load_totals *one = &answer->totals;

	sum->requests += one->requests;
	sum->failed += one->failed;
	sum->atomics += one->atomics;
	sum->atomics_failed += one->atomics_failed;
	sum->reclaims += one->reclaims;
	sum->woken += one->woken;
	sum->given += one->given;
	sum->oom += one->oom;
}

static void totals_print(const struct load_totals *t)
{
	printf("# %lu requests that may wait, %lu failed; %lu that may not, %lu failed\n",
	       t->requests, t->failed, t->atomics, t->atomics_failed);
	printf("# %lu runs of direct reclaim, %lu of kswapd, %lu objects given, %lu last resorts\n",
	       t->reclaims, t->woken, t->given, t->oom);
}

static unsigned long long number(char **argv, int *at)
{
	char *end, *text = argv[++*at];
	unsigned long long value = text ? strtoull(text, &end, 0) : 0;

	if (!text || !*text || *end) {
		fprintf(stderr, "%s needs a number\n", argv[*at - 1]);
		exit(2);
	}
	return value;
}

static int one(unsigned long long seed)
{
	shows_console = true;
	seed_run(seed);
	totals_print(&answer->totals);
	printf("# seed %llu: %u faults, %lu things left, trace %016llx\n", seed, answer->faults,
	       answer->left, answer->hash);
	return answer_is_good() ? 0 : 1;
}

int main(int argc, char **argv)
{
	unsigned long long from = 1, count = 200, failed = 0, seed = 0;
	struct load_totals sum = { 0 };

	for (int at = 1; at < argc; at++) {
		if (!strcmp(argv[at], "--from"))
			from = number(argv, &at);
		else if (!strcmp(argv[at], "--count"))
			count = number(argv, &at);
		else if (!strcmp(argv[at], "--steps"))
			steps = number(argv, &at);
		else if (!strcmp(argv[at], "--seed"))
			seed = number(argv, &at);
		else
			return fprintf(stderr, "%s: no option '%s'\n", argv[0], argv[at]), 2;
	}
	answer = mmap(NULL, sizeof(*answer), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (answer == MAP_FAILED)
		return 2;
	if (seed)
		return one(seed);
	puts("1..2");
	for (unsigned long long i = 0; i < count; i++) {
		if (!seed_fork(from + i)) {
			failed++;
			failure_print(argv[0], from + i);
		}
		totals_add(&sum);
	}
	totals_print(&sum);
	printf("%sok 1 - memory at the limit, %llu seeds from %llu, %llu failed\n",
	       failed ? "not " : "", count, from, failed);
	/* A load that nobody felt would prove nothing. */
	printf("%sok 2 - memory was short: both ways of reclaim worked, atomic requests failed\n",
	       sum.reclaims && sum.woken && sum.given && sum.atomics_failed ? "" : "not ");
	return failed ? 1 : 0;
}
