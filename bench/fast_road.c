/* SPDX-License-Identifier: MIT */
/*
 * fast_road.c - run one loop so many times (for callgrind), or time kmalloc beside other allocators
 *
 *	fast_road LOOP PAIRS	one loop of loops.c
 *	fast_road --list	their names
 *	fast_road --time	nanoseconds a pair, and the ratio to each other allocator found
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "loops.h"

#define ROUNDS	31
#define PAIRS	200000

struct rival {
	const char *name, *library;
	void *(*take)(size_t bytes);
	void (*give)(void *object);
};

static struct rival rivals[] = {
	{ "glibc", NULL, malloc, free },
	{ "jemalloc", "libjemalloc.so.2", NULL, NULL },
	{ "mimalloc", "libmimalloc.so.2.0", NULL, NULL },
	{ "mimalloc", "libmimalloc.so.2", NULL, NULL },
	{ "tcmalloc", "libtcmalloc_minimal.so.4", NULL, NULL },
};
#define RIVALS	(sizeof(rivals) / sizeof(rivals[0]))

static void rivals_find(void)
{
	for (size_t i = 0; i < RIVALS; i++) {
		struct rival *rival = &rivals[i];
		void *handle =
			rival->library ? dlopen(rival->library, RTLD_NOW | RTLD_LOCAL) : NULL;

		if (!handle)
			continue;
		*(void **)&rival->take = dlsym(handle, "malloc");
		*(void **)&rival->give = dlsym(handle, "free");
	}
}

static double now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static void rival_pairs(const struct rival *rival, size_t bytes, unsigned long pairs)
{
	while (pairs--) {
		void *object = rival->take(bytes);

		__asm__ volatile("" : : "r"(object) : "memory");
		rival->give(object);
	}
}

static void rival_bursts(const struct rival *rival, size_t bytes, unsigned long pairs)
{
	void *objects[BENCH_BURST];

	for (; pairs >= BENCH_BURST; pairs -= BENCH_BURST) {
		for (int i = 0; i < BENCH_BURST; i++)
			objects[i] = rival->take(bytes);
		for (int i = 0; i < BENCH_BURST; i++)
			rival->give(objects[i]);
	}
}

static double time_one(const struct rival *rival, bool in_bursts, size_t bytes)
{
	double start = now_ns();

	if (!rival && in_bursts)
		bench_bursts(bytes, PAIRS);
	else if (!rival)
		bench_pairs(bytes, PAIRS);
	else if (in_bursts)
		rival_bursts(rival, bytes, PAIRS);
	else
		rival_pairs(rival, bytes, PAIRS);
	return (now_ns() - start) / PAIRS;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* One round times both, one after the other, so that a slow moment of the machine hits both. */
static void compare(const struct rival *rival, bool in_bursts, size_t bytes)
{
	double ours[ROUNDS], theirs[ROUNDS], ratio[ROUNDS];

	for (int round = 0; round < ROUNDS; round++) {
		ours[round] = time_one(NULL, in_bursts, bytes);
		theirs[round] = time_one(rival, in_bursts, bytes);
		ratio[round] = ours[round] / theirs[round];
	}
	qsort(ours, ROUNDS, sizeof(*ours), by_value);
	qsort(theirs, ROUNDS, sizeof(*theirs), by_value);
	qsort(ratio, ROUNDS, sizeof(*ratio), by_value);
	printf("%-9s %-7s %6zu %10.2f %10.2f %8.2f   %.2f..%.2f\n", rival->name,
	       in_bursts ? "bursts" : "pairs", bytes, ours[ROUNDS / 2], theirs[ROUNDS / 2],
	       ratio[ROUNDS / 2], ratio[ROUNDS / 10], ratio[ROUNDS - 1 - ROUNDS / 10]);
}

static int compare_all(void)
{
	static const size_t sizes[] = { 16, 64, 200, 1024, 4096 };

	rivals_find();
	printf("%-9s %-7s %6s %10s %10s %8s   %s\n", "beside", "pattern", "bytes", "kmalloc ns",
	       "theirs ns", "ratio", "ratio, 10th..90th part");
	for (size_t i = 0; i < RIVALS; i++)
		for (size_t k = 0; rivals[i].take && k < sizeof(sizes) / sizeof(sizes[0]); k++) {
			compare(&rivals[i], false, sizes[k]);
			compare(&rivals[i], true, sizes[k]);
		}
	return 0;
}

static int list(void)
{
	for (const struct bench_loop *loop = bench_loops; loop->name; loop++)
		puts(loop->name);
	return 0;
}

static int run(const char *name, unsigned long pairs)
{
	for (const struct bench_loop *loop = bench_loops; loop->name; loop++)
		if (!strcmp(loop->name, name)) {
			loop->run(pairs);
			return 0;
		}
	fprintf(stderr, "fast_road: no loop is called %s\n", name);
	return 2;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--list"))
		return list();
	if (argc != 3 && !(argc == 2 && !strcmp(argv[1], "--time"))) {
		fprintf(stderr, "usage: fast_road LOOP PAIRS | --list | --time\n");
		return 2;
	}
	if (bench_boot()) {
		fprintf(stderr, "fast_road: the machine does not boot\n");
		return 1;
	}
	return argc == 2 ? compare_all() : run(argv[1], strtoul(argv[2], NULL, 10));
}
