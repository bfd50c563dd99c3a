/* SPDX-License-Identifier: MIT */
/*
 * check_sweep.c - the base run, then one run for each allocation site with that site made to fail
 *
 * S1  Sites are queued in the order in which runs are taken, and runs are taken in queue order, so
 * that the result does not depend on how many run at once. S2  The sweep ends when no run showed a
 * new site.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#define MAX_SITES 20000
#define MAX_HUNG 3 /* each costs the whole time limit */
#define MAX_HELD ((size_t)32 << 20) /* bytes of records with findings, of all runs */

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

static struct run_site *sweep_add_site(struct sweep *sweep, const struct run_site *site)
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
		total = place ? &sweep->sites[place - 1] : sweep_add_site(sweep, site);
		total->calls += site->calls;
		total->sleepable += site->sleepable;
		total->atomic += site->atomic;
	}
}

static void sweep_take(struct sweep *sweep, struct run *run)
{
	if (sweep->count == sweep->room) {
		sweep->room = sweep->room ? sweep->room * 2 : 64;
		sweep->runs = need_more(sweep->runs, sweep->room * sizeof(*sweep->runs));
	}
	sweep->runs[sweep->count++] = run;
	sweep_add_totals(sweep, run);
	free(run->sites);
	run->sites = NULL;
	run->site_count = 0;
	/* Findings point into the records; a silent run of the sweep needs them no more. */
	if (run->fail && !run->finding_count && run->end == RUN_ORDERLY)
		text_drop(&run->raw);
	sweep->held += run->raw.bytes;
}

static struct run *start(const struct request *request, const struct build *build, uint64_t fail)
{
	struct run *run = need(sizeof(*run));

	return run_start(run, request, build, fail) ? run : NULL;
}

static int run_one(struct sweep *sweep, const struct request *request, const struct build *build,
		   uint64_t fail)
{
	struct run *run = start(request, build, fail);

	if (!run)
		return unusable("cannot start the checked program");
	run_wait(&run, 1);
	if (check_signal) {
		run_stop(run);
		return 128 + check_signal;
	}
	sweep_take(sweep, run);
	return 0;
}

static int fail_each(struct sweep *sweep, const struct request *request, const struct build *build)
{
	struct run **active = need(request->jobs * sizeof(*active));
	unsigned int active_count = 0, hung = 0;
	size_t next = 0;
	int status = 0;

	while (!status && (next < sweep->site_count || active_count)) {
		while (active_count < request->jobs && next < sweep->site_count) {
			struct run *run;

			if (!sweep->sites[next].may_fail) {
				next++;
				continue;
			}
			run = start(request, build, sweep->sites[next].hash);
			if (!run && !active_count) {
				status = unusable("cannot start the checked program");
				break;
			}
			if (!run)
				break;
			next++;
			active[active_count++] = run;
		}
		if (status || !active_count)
			continue;
		run_wait(active, active_count);
		if (check_signal) {
			status = 128 + check_signal;
			break;
		}
		sweep_take(sweep, active[0]);
		sweep->failed_sites++;
		hung += active[0]->end == RUN_HUNG;
		memmove(active, active + 1, --active_count * sizeof(*active));
		if (hung == MAX_HUNG || sweep->held > MAX_HELD) {
			sweep->was_cut = true;
			break;
		}
	}
	for (unsigned int i = 0; i < active_count; i++)
		run_stop(active[i]);
	free(active);
	return status;
}

int sweep_make(struct sweep *ret_sweep, const struct request *request, const struct build *build)
{
	struct sweep sweep = { 0 };
	int status = run_one(&sweep, request, build, 0);
	struct run *base = sweep.count ? sweep.runs[0] : NULL;

	if (!status && base->end != RUN_REFUSED && request->has_only_fail) {
		status = run_one(&sweep, request, build, request->only_fail);
		sweep.failed_sites = 1;
	} else if (!status && base->end != RUN_REFUSED && !request->no_sweep) {
		status = fail_each(&sweep, request, build);
	}
	*ret_sweep = sweep;
	return status;
}
