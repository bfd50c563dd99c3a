/* SPDX-License-Identifier: MIT */
/*
 * check_sweep.c - the base run, then one run for each plan of the queue
 *
 * S1  Sites are queued in the order in which runs are taken, and runs are taken in queue order, so
 * that the result does not depend on how many run at once. S2  The sweep ends when no run showed a
 * new site (check_pairs.c tells what is planned for it). S3  Runs under way when a check is
 * interrupted are made again: what is saved is what was taken.
 */
#include "check_plan.h"
#include "paint.h"

#include <stdlib.h>
#include <string.h>

#define MAX_SITES 20000
#define MAX_HUNG 3 /* each costs the whole time limit */
#define MAX_HELD ((size_t)32 << 20) /* bytes of records with findings, of all runs */
#define SAVE_EVERY 64 /* runs; a check that is killed loses no more than these */

static uint32_t *index_slot(struct sweep *sweep, uint64_t hash)
{
	size_t at = hash & (sweep->index_size - 1);

	while (sweep->index[at] && sweep->sites[sweep->index[at] - 1].hash != hash)
		at = (at + 1) & (sweep->index_size - 1);
	return &sweep->index[at];
}

static void index_grow(struct sweep *sweep)
{
	if (sweep->site_count * 2 < sweep->index_size)
		return;
	free(sweep->index);
	sweep->index_size = sweep->index_size ? sweep->index_size * 2 : 256;
	sweep->index = need(sweep->index_size * sizeof(*sweep->index));
	for (size_t i = 0; i < sweep->site_count; i++)
		*index_slot(sweep, sweep->sites[i].hash) = (uint32_t)i + 1;
}

struct run_site *sweep_add_site(struct sweep *sweep, const struct run_site *site)
{
	struct run_site *added;

	if (sweep->site_count == sweep->site_room) {
		sweep->site_room = sweep->site_room ? sweep->site_room * 2 : 64;
		sweep->sites = need_more(sweep->sites, sweep->site_room * sizeof(*sweep->sites));
	}
	index_grow(sweep);
	added = &sweep->sites[sweep->site_count++];
	*added = *site;
	added->what = need_copy(site->what ? site->what : "allocation");
	added->calls = added->sleepable = added->atomic = 0;
	*index_slot(sweep, site->hash) = (uint32_t)sweep->site_count;
	return added;
}

static void sweep_add_totals(struct sweep *sweep, const struct run *run)
{
	for (size_t i = 0; i < run->site_count; i++) {
		const struct run_site *site = &run->sites[i];
		uint32_t place;
		struct run_site *total;

		index_grow(sweep);
		place = *index_slot(sweep, site->hash);
		if (!place && sweep->site_count == MAX_SITES) {
			sweep->was_cut = true;
			continue;
		}
		queue_site(&sweep->queue, run, site, !place);
		total = place ? &sweep->sites[place - 1] : sweep_add_site(sweep, site);
		total->calls += site->calls;
		total->sleepable += site->sleepable;
		total->atomic += site->atomic;
	}
}

struct run *sweep_add_run(struct sweep *sweep, struct run *run)
{
	if (sweep->count == sweep->room) {
		sweep->room = sweep->room ? sweep->room * 2 : 64;
		sweep->runs = need_more(sweep->runs, sweep->room * sizeof(*sweep->runs));
	}
	sweep->runs[sweep->count++] = run;
	sweep->held += run->raw.bytes;
	return run;
}

/* How far the check is, for who waits: the queue may still grow. */
static void show_progress(const struct sweep *sweep)
{
	size_t findings = 0;

	for (size_t i = 0; i < sweep->count; i++)
		findings += sweep->runs[i]->finding_count;
	progress_set("%zu run%s done, %zu allocation site%s known, findings in all runs: %zu",
		     sweep->count, sweep->count == 1 ? "" : "s", sweep->site_count,
		     sweep->site_count == 1 ? "" : "s", findings);
}

static void sweep_take(struct sweep *sweep, struct run *run)
{
	sweep_add_totals(sweep, run);
	free(run->sites);
	run->sites = NULL;
	run->site_count = 0;
	/* Findings point into the records; a silent run needs them no more, but for the base. */
	if (!run_is_base(run) && !run->finding_count && run->end == RUN_ORDERLY)
		text_drop(&run->raw);
	sweep_add_run(sweep, run);
	show_progress(sweep);
}

static struct run *start(const struct request *request, const struct build *build,
			 const struct plan *plan)
{
	struct run *run = need(sizeof(*run));

	return run_start(run, request, build, plan) ? run : NULL;
}

static int run_one(struct sweep *sweep, const struct request *request, const struct build *build,
		   const struct plan *plan)
{
	struct run *run = start(request, build, plan);

	if (!run)
		return unusable("cannot start the checked program");
	progress_set("the first run goes on");
	run_wait(&run, 1);
	if (check_signal) {
		run_stop(run);
		return 128 + check_signal;
	}
	sweep_take(sweep, run);
	return 0;
}

/* Starts what may go on beside the @count runs under way; false: nothing can be started at all. */
static bool fill(struct sweep *sweep, const struct request *request, const struct build *build,
		 struct run **active, unsigned int *count)
{
	const struct plan *plan;

	while (*count < request->jobs && (plan = queue_next(&sweep->queue, !*count))) {
		struct run *run = start(request, build, plan);

		if (!run)
			return *count != 0;
		sweep->queue.next++;
		active[(*count)++] = run;
	}
	return true;
}

/* The text is src/rules/crash.c's. */
static bool took_all_its_time(const struct run *run)
{
	static const char text[] = "watchdog: the run exceeded its time limit";

	for (size_t i = 0; i < run->finding_count; i++)
		if (!strncmp(run->findings[i].message, text, sizeof(text) - 1))
			return true;
	return run->end == RUN_HUNG;
}

static void count_failed(struct sweep *sweep, const struct run *run)
{
	/* A pair of Q2, an order of Q4; what Q1 plans behind another is one more site. */
	if (!run->plan.count)
		sweep->schedules++;
	else if ((sweep->queue.with_pairs && run->plan.count > 1) ||
		 (sweep->queue.orders && run->plan.schedule))
		sweep->failed_pairs++;
	else
		sweep->failed_sites++;
	sweep->hung += took_all_its_time(run);
	sweep->was_cut |= sweep->hung == MAX_HUNG || sweep->held > MAX_HELD;
}

static int fail_each(struct sweep *sweep, const struct request *request, const struct build *build)
{
	struct run **active = need(request->jobs * sizeof(*active));
	unsigned int active_count = 0;
	size_t unsaved = 0;
	int status = 0;

	while (!sweep->was_cut) {
		if (!fill(sweep, request, build, active, &active_count)) {
			status = unusable("cannot start the checked program");
			break;
		}
		if (!active_count)
			break;
		run_wait(active, active_count);
		if (check_signal) {
			status = 128 + check_signal;
			break;
		}
		sweep_take(sweep, active[0]);
		count_failed(sweep, active[0]);
		memmove(active, active + 1, --active_count * sizeof(*active));
		if (request->sweep_state && ++unsaved == SAVE_EVERY) {
			state_save(sweep, request, build, active_count);
			unsaved = 0;
		}
	}
	for (unsigned int i = 0; i < active_count; i++)
		run_stop(active[i]);
	if (request->sweep_state && !state_save(sweep, request, build, active_count) && !status)
		status = 2;
	free(active);
	return status;
}

/* The base run and what is planned after it, unless a state brought both along. */
static int begin(struct sweep *sweep, const struct request *request, const struct build *build)
{
	int status = request->sweep_state ? state_load(sweep, request, build) : 0;

	if (status || sweep->count)
		return status;
	sweep->queue.without_sites = request->only.count || request->sweep_mode == SWEEP_NONE;
	status = run_one(sweep, request, build, &(struct plan){ 0 });
	if (!status && sweep->runs[0]->end != RUN_REFUSED)
		schedules_plan(&sweep->queue, request, sweep->runs[0]->points);
	return status;
}

int sweep_make(struct sweep *ret_sweep, const struct request *request, const struct build *build)
{
	struct sweep sweep = {
		.queue.with_pairs = request->sweep_mode == SWEEP_PAIRS,
		.queue.orders = request->sweep_mode != SWEEP_ORDERS ? 0
				: request->has_schedules	    ? request->schedules
								    : DEFAULT_SCHEDULES,
	};
	int status = begin(&sweep, request, build);

	if (!status && sweep.runs[0]->end != RUN_REFUSED)
		status = fail_each(&sweep, request, build);
	sweep.was_cut |= sweep.queue.was_cut;
	*ret_sweep = sweep;
	return status;
}
