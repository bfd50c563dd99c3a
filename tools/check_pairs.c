/* SPDX-License-Identifier: MIT */
/*
 * check_pairs.c - which runs of the fault sweep are still to be made
 *
 * Owns: the queue of plans.  A plan is one run's list of sites that fail, each at its first call
 * after the one before has failed.
 * Q1  A site of the base run, or of another order of events, is planned alone in that order.  One
 *     that only shows after a failure is planned behind it: alone it would never be reached.
 * Q2  With --sweep=pairs each site that is called after the failure of a single one is planned
 *     behind it too, when all that Q1 asks for is done.
 * Q3  No plan is queued twice, and the order depends on the order of the runs taken alone.
 * Q4  With --sweep=orders a site of the base run is planned alone in each other order of events
 *     too, then.
 */
#include "check_plan.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PAIRS 2000

bool plan_equal(const struct plan *a, const struct plan *b)
{
	return a->count == b->count && a->schedule == b->schedule &&
	       memcmp(a->at, b->at, a->count * sizeof(a->at[0])) == 0;
}

bool plan_parse(const char *text, struct plan *ret_plan)
{
	struct plan plan = { 0 };
	const char *schedule = strchr(text, '@');

	if (schedule && !parse_u64(schedule + 1, &plan.schedule))
		return false;
	while (text != schedule) {
		if (plan.count == PLAN_MAX || strspn(text, "0123456789abcdef") != 16 ||
		    (text[16] && text[16] != ',' && text[16] != '@'))
			return false;
		plan.at[plan.count++] = strtoull(text, NULL, 16);
		if (!plan.at[plan.count - 1])
			return false;
		if (!text[16] || text[16] == '@')
			break;
		text += 17;
	}
	*ret_plan = plan;
	return true;
}

char *plan_text(const struct plan *plan)
{
	struct text text = { 0 };

	for (unsigned int i = 0; i < plan->count; i++)
		text_add(&text, "%s%016llx", i ? "," : "", (unsigned long long)plan->at[i]);
	if (plan->schedule)
		text_add(&text, "@%llu", (unsigned long long)plan->schedule);
	return text.data ? text.data : need_copy("");
}

static void plans_add(struct plans *plans, const struct plan *plan)
{
	if (plans->count == plans->room) {
		plans->room = plans->room ? plans->room * 2 : 64;
		plans->at = need_more(plans->at, plans->room * sizeof(*plans->at));
	}
	plans->at[plans->count++] = *plan;
}

static bool plans_have(const struct plans *plans, const struct plan *plan)
{
	for (size_t i = 0; i < plans->count; i++)
		if (plan_equal(&plans->at[i], plan))
			return true;
	return false;
}

static bool plan_behind(const struct plan *plan, uint64_t hash, struct plan *ret_plan)
{
	struct plan longer = *plan;

	if (longer.count == PLAN_MAX)
		return false;
	longer.at[longer.count++] = hash;
	*ret_plan = longer;
	return true;
}

void queue_plan(struct queue *queue, const struct plan *plan)
{
	plans_add(&queue->plans, plan);
}

/* Q4 */
static void queue_orders(struct queue *queue, uint64_t hash)
{
	for (uint64_t number = 1; number <= queue->orders; number++) {
		struct plan plan = { 1, { hash }, number };

		if (queue->pairs.count == MAX_PAIRS) {
			queue->was_cut = true;
			return;
		}
		plans_add(&queue->pairs, &plan);
	}
}

void queue_site(struct queue *queue, const struct run *run, const struct run_site *site,
		bool is_new)
{
	bool is_behind = run->plan.count && site->after;
	struct plan plan;

	if (!site->may_fail || queue->without_sites)
		return;
	if (is_new && !is_behind) {
		plan = (struct plan){ 1, { site->hash }, run->plan.schedule };
		plans_add(&queue->plans, &plan);
		if (!plan.schedule)
			queue_orders(queue, site->hash);
	} else if (is_new) {
		if (plan_behind(&run->plan, site->hash, &plan))
			plans_add(&queue->plans, &plan);
		else
			queue->was_cut = true;
	} else if (queue->with_pairs && is_behind && run->plan.count == 1) {
		if (queue->pairs.count == MAX_PAIRS)
			queue->was_cut = true;
		else if (plan_behind(&run->plan, site->hash, &plan))
			plans_add(&queue->pairs, &plan);
	}
}

const struct plan *queue_next(struct queue *queue, bool is_idle)
{
	if (queue->next == queue->plans.count && is_idle) {
		for (size_t i = 0; i < queue->pairs.count; i++)
			if (!plans_have(&queue->plans, &queue->pairs.at[i]))
				plans_add(&queue->plans, &queue->pairs.at[i]);
		queue->pairs.count = 0;
	}
	return queue->next < queue->plans.count ? &queue->plans.at[queue->next] : NULL;
}
