/* SPDX-License-Identifier: MIT */
/*
 * check_run.c - one run of the checked program: start, collect its records, end it in time
 *
 * R1  A run is a process; whatever it does to itself is a result, never the end of the check.
 * R2  Records come through descriptor 3; a run that floods or outlives its limit is killed.
 * R3  Results depend on the program, the seed and the failed site only: address randomisation is
 * off.
 */
#include "check_plan.h"
#include "drive.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RAW_LIMIT (64u << 20)
#define RECORD_FD 3
/* The program's own limit comes first, on a busy computer too: its report knows more. */
#define GRACE_TIMES 8
#define GRACE_SECONDS 2
/* What a computer does in a second; a run ends after as many, on a faster or busier one too. */
#define POINTS_A_SECOND 40000000ull
#define TREE_POINTS_A_SECOND 100000000ull
#define INIT_POINTS_A_SECOND 15000000ull
/* A CPU that is stuck is told as that (LOCKUP_NS in runner.c), also within a few seconds. */
#define POINTS_AT_LEAST 250000000ull
#define STATUS_REFUSED 71
#define STATUS_USAGE 64

volatile sig_atomic_t check_signal;

static double now_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* In the child: standard streams away from the user's, no core files, same addresses in every run.
 */
static void child_settle(const char *output_file)
{
	struct rlimit none = { 0, 0 };
	int null = open("/dev/null", O_RDONLY);
	int out = open(output_file ? output_file : "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0600);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &none);
	dup2(null, 0);
	dup2(out, 1);
	dup2(out, 2);
}

/* In the child: a source file may make the compiler read or loop without end. */
static void child_limit(void)
{
	struct rlimit cpu = { 120, 130 }, memory = { 4ull << 30, 4ull << 30 };
	int null = open("/dev/null", O_RDONLY);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_AS, &memory);
	dup2(null, 0);
}

int command_run(char *const *argv, const char *output_file)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return 127;
	if (pid == 0) {
		if (output_file)
			child_settle(output_file);
		child_limit();
		execvp(argv[0], argv);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return 127;
		if (check_signal)
			kill(pid, SIGTERM);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static uint64_t points_of(const struct request *request, const struct build *build)
{
	uint64_t points = request->limit_seconds *
			  (build->tree ? TREE_POINTS_A_SECOND : POINTS_A_SECOND);

	if (build->is_init)
		return request->limit_seconds * INIT_POINTS_A_SECOND;
	return points < POINTS_AT_LEAST ? POINTS_AT_LEAST : points;
}

uint64_t run_patience(const struct request *request)
{
	return request->limit_seconds * GRACE_TIMES + GRACE_SECONDS;
}

void run_words(struct words *words, const struct request *request, const struct build *build,
	       const struct plan *plan)
{
	const struct {
		const char *name;
		uint64_t value;
	} numbers[] = {
		{ "--seed", schedule_seed(request->seed, plan->schedule) },
		{ "--explore", plan->schedule != 0 },
		{ "--cpus", request->cpus },
		{ "--mem", request->mem_mib },
		{ "--limit", request->limit_seconds },
		{ "--stack", request->stack_bytes },
		{ "--points", points_of(request, build) },
	};

	words_add(words, build->program);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		char *value = text_format("%llu", (unsigned long long)numbers[i].value);

		words_add(words, numbers[i].name);
		words_add(words, value);
		free(value);
	}
	if (plan->count) {
		struct plan sites = *plan;
		char *value;

		sites.schedule = 0;
		value = plan_text(&sites);

		words_add(words, "--fail");
		words_add(words, value);
		free(value);
	}
	if (request->boot) {
		words_add(words, "--boot");
		words_add(words, request->boot);
	}
	if (request->drive_steps) {
		words_add(words, "--drive");
		words_add(words, request->drive_steps);
	}
	if (request->reclaim_always) {
		words_add(words, "--reclaim-always");
		words_add(words, "1");
	}
	if (request->guard) {
		words_add(words, "--guard");
		words_add(words, "1");
	}
	if (request->quarantine) {
		words_add(words, "--quarantine");
		words_add(words, request->quarantine);
	}
	for (size_t i = 0; i < request->params.count; i++) {
		words_add(words, "--param");
		words_add(words, request->params.at[i]);
	}
}

static void child_become(const struct words *words, int fd, const char *console)
{
	child_settle(console);
	personality(ADDR_NO_RANDOMIZE);
	if (fd == RECORD_FD)
		fcntl(fd, F_SETFD, 0);
	else
		dup2(fd, RECORD_FD);
	execv(words->at[0], words->at);
	_exit(127);
}

bool run_start(struct run *run, const struct request *request, const struct build *build,
	       const struct plan *plan)
{
	struct words words = { 0 };
	char *name = plan_text(plan);
	int ends[2];

	run->plan = *plan;
	run->is_kept = request->sweep_state != NULL;
	run->console = text_format("%s/console-%s", build->directory, name);
	free(name);
	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	run_words(&words, request, build, plan);
	run->pid = fork();
	if (run->pid == 0)
		child_become(&words, ends[1], run->console);
	close(ends[1]);
	run->fd = ends[0];
	run->deadline = now_seconds() + (double)run_patience(request);
	for (size_t i = 0; i < words.count; i++)
		free(words.at[i]);
	free(words.at);
	return run->pid > 0;
}

void run_stop(struct run *run)
{
	if (run->is_done || run->pid <= 0)
		return;
	kill(run->pid, SIGKILL);
	while (waitpid(run->pid, &run->wait_status, 0) < 0 && errno == EINTR)
		;
	close(run->fd);
	run->is_done = true;
}

/* -- records -- */

/* Totals come in the order of the sites, so the search starts where the last one ended. */
static struct run_site *run_site_of(struct run *run, uint64_t hash)
{
	for (size_t i = 0; i < run->site_count; i++) {
		struct run_site *site = &run->sites[(run->site_hint + i) % run->site_count];

		if (site->hash == hash) {
			run->site_hint = (run->site_hint + i + 1) % run->site_count;
			return site;
		}
	}
	return NULL;
}

static struct plan injected_of(const struct record *record)
{
	const char *list = record_get(record, "injected");
	struct plan plan = { 0 };

	if (list && !plan_parse(list, &plan))
		plan.count = 0;
	return plan;
}

static void take_site(struct run *run, const struct record *record)
{
	uint64_t hash = record_hex(record, "hash");

	if (!hash)
		return;
	if (run->site_count == run->site_room) {
		run->site_room = run->site_room ? run->site_room * 2 : 64;
		run->sites = need_more(run->sites, run->site_room * sizeof(*run->sites));
	}
	run->sites[run->site_count++] = (struct run_site){
		.hash = hash,
		.what = record_get(record, "what"),
		.stack = record_stack(record, "pcs"),
		.bytes = record_number(record, "bytes"),
		.gfp = (uint32_t)record_hex(record, "gfp"),
		.may_fail = record_number(record, "mayfail") != 0,
	};
}

static void take_site_end(struct run *run, const struct record *record)
{
	struct run_site *site = run_site_of(run, record_hex(record, "hash"));

	if (!site)
		return;
	site->calls = record_number(record, "calls");
	site->sleepable = record_number(record, "sleepable");
	site->atomic = record_number(record, "atomic");
	site->was_failed = record_number(record, "failed") != 0;
	site->after = record_number(record, "after");
}

static const char *or_else(const char *value, const char *other)
{
	return value ? value : other;
}

static void take_also(struct run_finding *finding, const struct record *record)
{
	for (unsigned int i = 0; i < FINDING_ALSO; i++) {
		const char keys[][8] = { { 'r', 'o', 'l', 'e', (char)('0' + i) },
					 { 'b', 'y', (char)('0' + i) },
					 { 'p', 'c', 's', (char)('0' + i) } };

		finding->also[i] = (struct run_also){
			.role = record_get(record, keys[0]),
			.by = record_get(record, keys[1]),
			.stack = record_stack(record, keys[2]),
		};
	}
}

static void take_finding(struct run *run, const struct record *record)
{
	if (run->finding_count == run->finding_room) {
		run->finding_room = run->finding_room ? run->finding_room * 2 : 16;
		run->findings = need_more(run->findings,
					  run->finding_room * sizeof(*run->findings));
	}
	run->findings[run->finding_count++] = (struct run_finding){
		.rule = or_else(record_get(record, "rule"), "crash"),
		.message = or_else(record_get(record, "message"), ""),
		.help = or_else(record_get(record, "help"), ""),
		.is_error = strcmp(or_else(record_get(record, "severity"), "error"), "advice") != 0,
		.context = or_else(record_get(record, "context"), "task"),
		.scope = record_get(record, "scope"),
		.comm = record_get(record, "comm"),
		.deed = record_get(record, "deed"),
		.locks = record_get(record, "locks"),
		.cache = record_get(record, "cache"),
		.alloc_by = record_get(record, "allocby"),
		.free_by = record_get(record, "freeby"),
		.cpu = record_number(record, "cpu"),
		.preempt = record_hex(record, "preempt"),
		.irqs_off = record_number(record, "irqsoff"),
		.rcu = record_number(record, "rcu"),
		.pid = (int64_t)record_number(record, "pid"),
		.stack = record_stack(record, "pcs"),
		.alloc_stack = record_stack(record, "allocpcs"),
		.free_stack = record_stack(record, "freepcs"),
		.frames = record_get(record, "frames"),
		.object = record_get(record, "object"),
		.bytes = record_number(record, "bytes"),
		.injected = injected_of(record),
	};
	take_also(&run->findings[run->finding_count - 1], record);
}

static void take_state(struct run *run, const struct record *record)
{
	run->phase = or_else(record_get(record, "phase"), run->phase);
	if (record_get(record, "ret") && !run->has_ret) {
		run->has_ret = true;
		run->ret = (int64_t)record_number(record, "ret");
	}
}

/* True: the program said goodbye. */
bool run_take_records(struct run *run)
{
	char *line = run->raw.data, *end;
	bool has_end = false;

	for (; line && (end = strchr(line, '\n')); line = end + 1) {
		struct record record;

		*end = 0;
		if (!record_parse(line, &record))
			continue;
		if (strcmp(record.type, "site") == 0)
			take_site(run, &record);
		else if (strcmp(record.type, "siteend") == 0)
			take_site_end(run, &record);
		else if (strcmp(record.type, "finding") == 0)
			take_finding(run, &record);
		else if (strcmp(record.type, "state") == 0)
			take_state(run, &record);
		else if (strcmp(record.type, "drive") == 0)
			drive_take(run, record_get(&record, "kind"),
				   record_number(&record, "line"), record_get(&record, "text"));
		else if (strcmp(record.type, "log") == 0)
			words_add(&run->log, or_else(record_get(&record, "text"), ""));
		else if (strcmp(record.type, "end") == 0) {
			has_end = true;
			run->virtual_ns = record_number(&record, "virtualns");
			run->points = record_number(&record, "points");
			run->injected = injected_of(&record);
		}
	}
	return has_end;
}

/*
 * For a saved state, before parsing takes the lines apart: all but the sites, which are summed up
 * elsewhere, and of the log only that of the base run, which is shown.
 */
static void run_keep(struct run *run)
{
	const char *line = run->raw.data, *end;

	for (; line && (end = strchr(line, '\n')); line = end + 1)
		if (strncmp(line, "site", 4) != 0 &&
		    (!run->plan.count || strncmp(line, "log\t", 4) != 0))
			text_put(&run->kept, line, (size_t)(end + 1 - line));
}

static void run_finish(struct run *run)
{
	bool has_end, was_killed = run->end == RUN_HUNG || run->end == RUN_FLOODED;

	while (waitpid(run->pid, &run->wait_status, 0) < 0 && errno == EINTR)
		;
	close(run->fd);
	run->is_done = true;
	/* Who cannot tell what failed is taken to have seen it all. */
	run->injected = run->plan;
	if (run->is_kept)
		run_keep(run);
	has_end = run_take_records(run);
	if (was_killed)
		return;
	if (WIFEXITED(run->wait_status) && (WEXITSTATUS(run->wait_status) == STATUS_REFUSED ||
					    WEXITSTATUS(run->wait_status) == STATUS_USAGE))
		run->end = RUN_REFUSED;
	else
		run->end = has_end ? RUN_ORDERLY : RUN_DIED;
}

static void run_read(struct run *run)
{
	char part[65536];
	ssize_t bytes = read(run->fd, part, sizeof(part));

	if (bytes > 0) {
		text_put(&run->raw, part, bytes);
		if (run->raw.bytes <= RAW_LIMIT)
			return;
		run->end = RUN_FLOODED;
		kill(run->pid, SIGKILL);
	} else if (bytes < 0 && (errno == EINTR || errno == EAGAIN)) {
		return;
	}
	run_finish(run);
}

void run_wait(struct run **runs, unsigned int count)
{
	struct pollfd *fds = need(count * sizeof(*fds));

	while (!runs[0]->is_done && !check_signal) {
		double now = now_seconds();

		for (unsigned int i = 0; i < count; i++) {
			fds[i] = (struct pollfd){ .fd = runs[i]->is_done ? -1 : runs[i]->fd,
						  .events = POLLIN };
			if (!runs[i]->is_done && now > runs[i]->deadline) {
				runs[i]->end = RUN_HUNG;
				kill(runs[i]->pid, SIGKILL);
			}
		}
		if (poll(fds, count, 200) <= 0)
			continue;
		for (unsigned int i = 0; i < count; i++)
			if (!runs[i]->is_done && fds[i].revents)
				run_read(runs[i]);
	}
	free(fds);
}
