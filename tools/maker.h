/* SPDX-License-Identifier: MIT */
/* maker.h - what the parts that make findings of runs share; finding.c is the first of them */
#ifndef MAKER_H
#define MAKER_H

#include "finding.h"

struct maker {
	struct reports *reports;
	const struct sweep *sweep;
	struct symbols *symbols;
	const struct request *request;
	bool has_tree_kunit;
	struct stack_use *stack_use;
	bool is_damaged; /* F5, in the run under way */
};

/* involved.c: the places a finding names */
bool place_find(struct maker *maker, const struct stack *stack, struct place *ret_place);
struct place place_unknown(const struct maker *maker);
bool place_equal(const struct place *a, const struct place *b);
void stack_fill(struct maker *maker, struct report *report, const struct stack *stack);
void add_involved(struct maker *maker, struct report *report, const char *role,
		  const struct stack *stack, const char *by);
void locks_fill(struct maker *maker, struct report *report, const char *locks);
/* What had failed when it happened: @injected of the run's plan, in that order. */
void fail_fill(struct maker *maker, struct report *report, const struct run *run,
	       const struct plan *injected);

/* same.c: which findings are one */
/* The one that tells the same as @report; NULL: there is none yet. */
struct report *report_of(struct maker *maker, const struct report *report);
/* The report if it is to be filled; NULL: it was there already. */
struct report *report_add(struct maker *maker, const struct report *report);

/* waste.c: atomic-waste, of all runs together */
void take_waste(struct maker *maker);

#endif
