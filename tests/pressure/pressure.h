/* SPDX-License-Identifier: MIT */
/* pressure.h - between the hosted half (main.c), which boots machines, and the other (load.c) */
#ifndef PRESSURE_H
#define PRESSURE_H

/*
 * One machine, up already: fill its memory, let callers of every kind fight for the rest, take
 * everything down.  @steps: of each task.  Returns how many promises did not hold; each was
 * printed.
 */
unsigned int load_run(unsigned long long seed, unsigned int steps);

struct load_totals {
	unsigned long requests, failed, atomics, atomics_failed, reclaims, woken, given, oom;
};
void load_totals(struct load_totals *ret_totals);		/* of the last load_run() */

#endif
