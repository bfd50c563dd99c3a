/* SPDX-License-Identifier: MIT */
/* loops.h - the loops that bench programs run; kernel-side code, called from a hosted main() */
#ifndef BENCH_LOOPS_H
#define BENCH_LOOPS_H

#include <stddef.h>

struct bench_loop {
	const char *name;	/* as in docs/fast-road.md */
	void (*run)(unsigned long pairs);
};
extern const struct bench_loop bench_loops[];	/* ends with a NULL name */

/* One object taken and given back at a time, and BENCH_BURST taken before the first goes back. */
#define BENCH_BURST	64
void bench_pairs(size_t bytes, unsigned long pairs);
void bench_bursts(size_t bytes, unsigned long pairs);
int bench_boot(void);

#endif
