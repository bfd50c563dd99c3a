/* SPDX-License-Identifier: MIT */
/*
 * check_schedule.c - which orders of events are tried, and how many
 *
 * S1  Schedule 1 of a seed is that seed itself, so `--seed S --schedules 1` shows schedule S again.
 * S2  Successive schedules use the machine's strategies in turn (seed modulo their number).
 * S3  How many fit is told by what the base run did, never by a clock.
 */
#include "check_plan.h"

#define STRATEGIES 6 /* SIM_STRATEGIES of the simulated machine */
/* Steps that all schedules together may take, as long as nobody asks for more. */
#define MAX_POINTS 20000000ull
#define SHORT_SEED 1000000000ull /* nine digits can be typed */

static uint64_t scramble(uint64_t z)
{
	z += 0x9e3779b97f4a7c15ull;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

uint64_t schedule_seed(uint64_t seed, uint64_t number)
{
	uint64_t strategy = (seed + number - 1) % STRATEGIES, chosen;

	if (number <= 1)
		return seed;
	chosen = scramble(scramble(seed) + number) % SHORT_SEED;
	return chosen - chosen % STRATEGIES + strategy;
}

static uint64_t schedules_wanted(const struct request *request, uint64_t points)
{
	uint64_t fit = MAX_POINTS / (points ? points : 1);

	if (request->has_schedules)
		return request->schedules;
	if (request->only.count || request->sweep_mode == SWEEP_NONE)
		return 0;
	return fit < DEFAULT_SCHEDULES ? fit : DEFAULT_SCHEDULES;
}

void schedules_plan(struct queue *queue, const struct request *request, uint64_t points)
{
	uint64_t wanted = schedules_wanted(request, points);

	/* --fail: in the first order of events, or in each one that was asked for. */
	if (request->only.count && !request->has_schedules)
		queue_plan(queue, &request->only);
	for (uint64_t number = 1; number <= wanted; number++) {
		struct plan plan = request->only;

		plan.schedule = number;
		queue_plan(queue, &plan);
	}
}
