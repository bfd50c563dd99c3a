/* SPDX-License-Identifier: MIT */
/* stress.h - between the hosted half (main.c), which makes threads, and the other (churn.c) */
#ifndef STRESS_H
#define STRESS_H

/* the calling thread makes, changes, checks and frees random things */
void churn_run(unsigned long long seed, unsigned int steps);
void churn_begin(void);			/* the machine is up: caches, timers, interrupts */
unsigned int churn_end(void);		/* everything is given back and looked at; faults found */
void churn_print(void);

#endif
