/* SPDX-License-Identifier: MIT */
/*
 * runner.c - main() of every checked program: boot a simulated machine, run the module, write
 * records
 *
 * Owns: the options, and the sink of the rules.  The protocol is docs/records.md.
 * N1  Every way out writes `end`: the orderly one, the fault handler's (sink.end), and a port that
 *     stops (stopping).
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kmalloc/kunit.h>
#include <kmalloc/machine.h>
#include <kmalloc/report.h>

#include "machine/module_run.h"
#include "port/sim/sim.h"
#include "writer.h"

#define STATUS_USAGE	64
#define STATUS_SETUP	71
#define MAX_PARAMS	64
#define SETTLE_NS	10000000000ull
#define CLOCK_LIMIT_NS	3600000000000ull
#define POINT_NS	100ull
#define CPU_LIMIT_TIMES	4	/* this processor may be slow, and effort may miss something */
#define LOCKUP_NS	20000000000ull

/*
 * The module's, from module_init() and module_exit(); hidden, so that a function of libc is never
 * taken for them.
 */
extern int init_module(void) __attribute__((weak, visibility("hidden")));
extern void cleanup_module(void) __attribute__((weak, visibility("hidden")));
/* Those of a kernel tree's KUnit, where it was asked for; else our own runs the suites. */
extern int kunit_run_all_tests(void) __attribute__((weak, visibility("hidden")));
extern void kunit_free_boot_suites(void) __attribute__((weak, visibility("hidden")));
/* In the program that is built to look for memory nobody wrote: it judges nothing else. */
extern const char km_init_program[] __attribute__((weak));
/* The modules of its tree that the checked one needs (tools/check_modules.c). */
extern const struct module_loaded km_module_table[] __attribute__((weak));
/* Linux calls these at boot; a program that checks such a library's own file has them. */
extern void radix_tree_init(void) __attribute__((weak, visibility("hidden")));
extern void maple_tree_init(void) __attribute__((weak, visibility("hidden")));

static struct {
	uint64_t seed, cpus, mem_mib, limit_s, points, settle_ns, fail[KM_FAIL_MAX],
		 quarantine_mib, reclaim_always, explore, stack_bytes,
		 guard;
	const char *params[MAX_PARAMS], *boot, *drive;
	bool is_bare;	/* no rule armed: what bench/check_cost.py compares with */
	unsigned int param_count, fail_count;
} options = { .seed = 1, .cpus = 2, .mem_mib = 64, .settle_ns = SETTLE_NS,
	      .quarantine_mib = UINT64_MAX };

static bool machine_is_up, is_ended;

/* -- the sink -- */

static void write_locks(const struct km_context *context)
{
	char at[24];

	for (uint32_t i = 0; i < context->lock_count && i < KM_HELD_LOCKS; i++) {
		snprintf(at, sizeof(at), "@%llx", (unsigned long long)context->locks[i].taken_at);
		if (i)
			record_piece(",");
		else
			record_text("locks", context->locks[i].name);
		if (i)
			record_piece(context->locks[i].name);
		record_piece(at);
	}
}

static void write_context(const struct km_context *context)
{
	record_text("context", context->kind);
	record_number("cpu", context->cpu);
	record_hex("preempt", context->preempt_count, 1);
	record_number("irqsoff", context->irqs_off);
	record_number("rcu", context->rcu_depth);
	record_hex("scope", context->gfp_scope, 1);
	record_text("comm", context->comm);
	record_text("deed", context->deed);
	record_signed("pid", context->pid);
	write_locks(context);
}

static void write_also(const struct km_also *also)
{
	for (unsigned int i = 0; i < KM_ALSO && also[i].role; i++) {
		char key[16];

		snprintf(key, sizeof(key), "role%u", i);
		record_text(key, also[i].role);
		snprintf(key, sizeof(key), "by%u", i);
		record_text(key, also[i].by);
		snprintf(key, sizeof(key), "pcs%u", i);
		record_stack(key, &also[i].stack);
	}
}

static void write_injected(const uint64_t *hashes, uint32_t count)
{
	char list[KM_FAIL_MAX * 17 + 1];

	for (uint32_t i = 0; i < count; i++)
		snprintf(list + 17 * i, sizeof(list) - 17 * i, "%016llx,",
			 (unsigned long long)hashes[i]);
	if (!count)
		return;
	list[17 * count - 1] = 0;
	record_text("injected", list);
}

static void on_finding(const struct km_finding *finding)
{
	record_begin("finding");
	record_text("rule", finding->rule);
	record_text("severity", finding->severity == KM_ERROR ? "error" : "advice");
	record_text("message", finding->message);
	record_text("help", finding->help);
	write_context(&finding->context);
	record_stack("pcs", &finding->stack);
	if (finding->object) {
		record_hex("object", (uintptr_t)finding->object, 1);
		record_number("bytes", finding->object_bytes);
	}
	record_text("frames", finding->frames);
	record_text("cache", finding->cache);
	record_stack("allocpcs", &finding->alloc_stack);
	record_text("allocby", finding->alloc_comm);
	record_stack("freepcs", &finding->free_stack);
	record_text("freeby", finding->free_comm);
	write_also(finding->also);
	write_injected(finding->injected, finding->injected_count);
	record_done();
}

static void on_site(const struct km_site *site, bool at_end)
{
	record_begin(at_end ? "siteend" : "site");
	record_hex("hash", site->hash, 16);
	if (at_end) {
		record_number("calls", site->calls);
		record_number("sleepable", site->calls_could_sleep);
		record_number("atomic", site->calls_atomic_gfp);
		record_number("failed", site->was_failed);
		record_number("after", site->calls_after);
	} else {
		record_text("what", site->what);
		record_stack("pcs", &site->stack);
		record_number("bytes", site->bytes);
		record_hex("gfp", site->gfp, 1);
		record_number("mayfail", site->may_fail);
	}
	record_done();
}

static void write_end(int status)
{
	struct module_totals totals;
	uint64_t failed[KM_FAIL_MAX];

	if (is_ended)
		return;
	is_ended = true;
	writer_flush();	/* what is known so far is safe before the sites are walked */
	if (machine_is_up)
		module_sites_end();
	module_totals(&totals);
	record_begin("end");
	record_number("allocs", totals.allocations);
	record_number("sites", totals.sites);
	record_number("findings", totals.findings);
	record_number("points", machine_is_up ? sim_points_passed() : 0);
	record_number("virtualns", machine_is_up ? km_port_clock_ns() : 0);
	record_signed("status", status);
	write_injected(failed, km_fault_injected(failed));
	record_done();
	writer_flush();
}

static const struct km_sink sink = { .finding = on_finding, .site = on_site, .end = write_end };

/* -- the console: whole lines become records -- */

static char console_line[4096];
static size_t console_used;

static void console_flush(void)
{
	if (!console_used)
		return;
	console_line[console_used] = 0;
	console_used = 0;
	record_begin("log");
	record_text("text", console_line);
	record_done();
}

static void on_console(const char *text, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		if (text[i] == '\n' || console_used == sizeof(console_line) - 1)
			console_flush();
		if (text[i] != '\n')
			console_line[console_used++] = text[i] ? text[i] : ' ';
	}
}

static void on_stopping(int status)
{
	console_flush();
	write_end(status);
}

/* -- options -- */

static int refuse(const char *text, const char *about)
{
	fprintf(stderr, "runner: %s%s\n", text, about);
	return STATUS_USAGE;
}

static bool read_number(const char *text, int base, uint64_t least, uint64_t most,
			uint64_t *ret_value)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, base);
	if (errno || end == text || *end || *text == '-' || value < least || value > most)
		return false;
	*ret_value = value;
	return true;
}

/* "HASH,HASH": each fails after the one before. */
static bool read_fail(const char *text)
{
	while (*text && options.fail_count < KM_FAIL_MAX) {
		char word[20];
		size_t bytes = strcspn(text, ",");

		if (bytes >= sizeof(word))
			return false;
		memcpy(word, text, bytes);
		word[bytes] = 0;
		if (!read_number(word, 16, 1, UINT64_MAX, &options.fail[options.fail_count++]))
			return false;
		text += bytes + (text[bytes] == ',');
	}
	return !*text;
}

static bool take_option(const char *name, const char *value)
{
	if (!strcmp(name, "--seed"))
		return read_number(value, 0, 0, UINT64_MAX, &options.seed);
	if (!strcmp(name, "--cpus"))
		return read_number(value, 10, 1, KM_MAX_CPUS, &options.cpus);
	if (!strcmp(name, "--mem"))
		return read_number(value, 10, 8, 16384, &options.mem_mib);
	if (!strcmp(name, "--fail"))
		return read_fail(value);
	if (!strcmp(name, "--limit"))
		return read_number(value, 10, 0, 86400, &options.limit_s);
	if (!strcmp(name, "--points"))
		return read_number(value, 10, 0, UINT64_MAX / POINT_NS, &options.points);
	if (!strcmp(name, "--settle-ns"))
		return read_number(value, 10, 0, UINT64_MAX / 2, &options.settle_ns);
	if (!strcmp(name, "--reclaim-always"))
		return read_number(value, 10, 0, 1, &options.reclaim_always);
	if (!strcmp(name, "--guard"))
		return read_number(value, 10, 0, 1, &options.guard);
	if (!strcmp(name, "--quarantine"))
		return read_number(value, 10, 0, 16384, &options.quarantine_mib);
	if (!strcmp(name, "--stack"))
		return read_number(value, 10, 0, 1 << 20, &options.stack_bytes);
	if (!strcmp(name, "--rules")) {
		options.is_bare = !strcmp(value, "none");
		return options.is_bare || !strcmp(value, "all");
	}
	if (!strcmp(name, "--explore"))
		return read_number(value, 10, 0, 1, &options.explore);
	if (!strcmp(name, "--drive")) {
		options.drive = value;
		return true;
	}
	if (!strcmp(name, "--boot")) {
		options.boot = value;
		return true;
	}
	if (!strcmp(name, "--param") && strchr(value, '=') && options.param_count < MAX_PARAMS) {
		options.params[options.param_count++] = value;
		return true;
	}
	return false;
}

static int read_options(int argc, char **argv)
{
	for (int i = 1; i < argc; i += 2) {
		if (i + 1 == argc)
			return refuse("no value for ", argv[i]);
		if (!take_option(argv[i], argv[i + 1]))
			return refuse("not understood: ", argv[i]);
	}
	return 0;
}

/* -- the run -- */

static void on_phase(const char *phase, const int *ret)
{
	console_flush();
	record_begin("state");
	record_text("phase", phase);
	if (ret)
		record_signed("ret", *ret);
	record_done();
	writer_flush();
	sim_explore_phase();
}

static void on_note(const char *kind, unsigned int line, const char *text)
{
	console_flush();
	record_begin("drive");
	record_text("kind", kind);
	record_number("line", line);
	record_text("text", text);
	record_done();
}

static bool settle(uint64_t ns)
{
	return sim_settle(ns);
}

static bool set_param(const char *name, const char *value)
{
	const char *dot = strchr(name, '.');
	int error = -ENOENT;

	for (const struct module_loaded *at = km_module_table; dot && at && at->name; at++)
		if (strlen(at->name) == (size_t)(dot - name) &&
		    !strncmp(at->name, name, (size_t)(dot - name)))
			error = module_set_of(at, dot + 1, value);
	if (error == -ENOENT)
		error = module_set(name, value);
	if (!error)
		return true;
	console_flush();
	writer_flush();
	fprintf(stderr, "`%s' %s for parameter `%s'\n", value,
		error == -ENOSPC ? "too large" : "invalid", name);
	return false;
}

static bool has_suites(void)
{
	return kunit_run_all_tests || km_kunit_has_suites();
}

static bool set_params(void)
{
	for (unsigned int i = 0; i < options.param_count; i++) {
		const char *equals = strchr(options.params[i], '=');
		char name[128];

		if (equals - options.params[i] >= (long)sizeof(name))
			return false;
		memcpy(name, options.params[i], (size_t)(equals - options.params[i]));
		name[equals - options.params[i]] = 0;
		if (!set_param(name, equals + 1))
			return false;
	}
	return true;
}

static void boot_libraries(void)
{
	if (radix_tree_init)
		radix_tree_init();
	if (maple_tree_init)
		maple_tree_init();
}

/* A filter makes copies of the suites, which KUnit keeps for as long as it is loaded. */
static int run_suites_of_tree(void)
{
	int error = kunit_run_all_tests();

	if (kunit_free_boot_suites)
		kunit_free_boot_suites();
	return error;
}

static int run(void *unused)
{
	const struct km_config config = {
		.watch_all = !options.is_bare, .rules = options.is_bare ? NULL
			 : km_init_program ? "uninitialized-read" : "all",
		 .command_line = options.boot,
		.guard_pages = options.guard != 0,
	};
	const struct module_plan plan = {
		.boot = boot_libraries,
		.init = init_module,
		.loaded = km_module_table,
		.tests = kunit_run_all_tests	 ? run_suites_of_tree
			 : km_kunit_has_suites() ? km_kunit_run
						 : NULL,
		.exit = cleanup_module,
		.settle = settle,
		.settle_ns = options.settle_ns,
		.running_ns = sim_explore_patience,
		.drive = options.drive,
		.note = on_note,
		.stuck = sim_stuck,
		.phase = on_phase,
	};
	int error;

	(void)unused;
	km_report_sink(&sink);
	module_reclaim_always(options.reclaim_always);
	if (options.quarantine_mib != UINT64_MAX)
		km_quarantine((size_t)options.quarantine_mib << 20);
	km_stack_limit(options.stack_bytes);
	km_fault_plan(options.fail[0]);
	for (unsigned int i = 1; i < options.fail_count; i++)
		km_fault_plan_then(options.fail[i]);
	error = km_machine_boot(&config);
	if (error) {
		console_flush();
		writer_flush();
		fprintf(stderr, "runner: the machine did not boot: %s\n", strerror(-error));
		return STATUS_SETUP;
	}
	machine_is_up = true;
	record_begin("boot");
	record_number("cpus", options.cpus);
	record_number("mem", options.mem_mib << 20);
	record_number("rules", module_rules_armed());
	record_number("seed", options.seed);
	record_done();
	if (!set_params())
		return STATUS_USAGE;
	module_run(&plan);
	console_flush();
	write_end(0);
	return 0;
}

static uint64_t at_least(uint64_t value, uint64_t least)
{
	return value > least ? value : least;
}

int main(int argc, char **argv)
{
	struct sim_config config = { .console = on_console, .stopping = on_stopping };
	int status = read_options(argc, argv);

	if (status)
		return status;
	if (!init_module && !has_suites()) {
		fprintf(stderr, "runner: the program has no module_init(): nothing to run\n");
		return STATUS_SETUP;
	}
	config.seed = options.seed;
	config.explore = options.explore;
	config.cpus = (unsigned int)options.cpus;
	config.mem_bytes = (size_t)options.mem_mib << 20;
	config.cpu_limit_s = (unsigned int)options.limit_s * CPU_LIMIT_TIMES;
	config.effort_limit_ns = options.limit_s * 1000000000ull;
	if (options.points)
		config.point_effort_ns = config.effort_limit_ns / options.points;
	config.point_ns = POINT_NS;
	config.clock_limit_ns = at_least(options.points * POINT_NS, CLOCK_LIMIT_NS);
	/* Who may run for minutes is not stuck because it does: the limit of points tells. */
	config.lockup_ns = at_least(options.points / 2 * POINT_NS, LOCKUP_NS);
	writer_open();
	sim_configure(&config);
	status = sim_run(run, NULL);
	writer_flush();
	return status;
}
