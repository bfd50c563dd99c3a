/* SPDX-License-Identifier: MIT */
/* check_plan.h - the plans of a fault sweep, and where it stands */
#ifndef CHECK_PLAN_H
#define CHECK_PLAN_H

#include "check.h"

/* check_pairs.c */
bool plan_equal(const struct plan *a, const struct plan *b);
/* 16 hexadecimal digits a site, commas between */
bool plan_parse(const char *text, struct plan *ret_plan);
char *plan_text(const struct plan *plan);
/* @run showed @site; @is_new: no run before it did */
void queue_site(struct queue *queue, const struct run *run, const struct run_site *site,
		bool is_new);
/* check_schedule.c: the seed of plan.schedule, and what is to be tried after the base run */
uint64_t schedule_seed(uint64_t seed, uint64_t number);
void schedules_plan(struct queue *queue, const struct request *request, uint64_t points);
void queue_plan(struct queue *queue, const struct plan *plan);
/* NULL: none now.  @is_idle: no run is under way that could still add some */
const struct plan *queue_next(struct queue *queue, bool is_idle);

/* check_state.c: the same between two checks */
/* 0; 2 after a message: it cannot be read, or is not of this program and these options */
int state_load(struct sweep *sweep, const struct request *request, const struct build *build);
/* The last @under_way plans that were begun are to be made again.  False after a message. */
bool state_save(const struct sweep *sweep, const struct request *request,
		const struct build *build, unsigned int under_way);

/* check_sweep.c: what a state puts back */
struct run_site *sweep_add_site(struct sweep *sweep, const struct run_site *site);
struct run *sweep_add_run(struct sweep *sweep, struct run *run);

/* check_run.c: the command line of the program */
void run_words(struct words *words, const struct request *request, const struct build *build,
	       const struct plan *plan);

#endif
