/* SPDX-License-Identifier: MIT */
/*
 * check.c - kmalloc check: understand the request, build, sweep, report
 *
 * Exit status: 0 clean (advice allowed), 1 a rule was broken, 2 not compilable or unusable, 128 + n
 * ended by signal n.
 */
#include "check_dir.h"
#include "check_init.h"
#include "check_plan.h"
#include "drive.h"
#include "check_report.h"
#include "paint.h"
#include "static.h"
#include "verb.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum option_id {
	OPT_JSON = 256,
	OPT_SEED,
	OPT_CPUS,
	OPT_MEM,
	OPT_TIME,
	OPT_NO_SWEEP,
	OPT_SWEEP,
	OPT_SWEEP_STATE,
	OPT_LIST,
	OPT_HELP,
	OPT_KEEP,
	OPT_PARAM,
	OPT_CC,
	OPT_VERBOSE,
	OPT_JOBS,
	OPT_FAIL,
	OPT_KTREE,
	OPT_KUNIT,
	OPT_KUNIT_CORE,
	OPT_RECLAIM_ALWAYS,
	OPT_BOOT,
	OPT_DRIVE,
	OPT_QUARANTINE,
	OPT_GUARD,
	OPT_INIT_RETURNS,
	OPT_STACK,
	OPT_SCHEDULES,
	OPT_SARIF,
	OPT_STATIC,
	OPT_GITHUB
};

static const struct option options[] = {
	{ "directory", required_argument, NULL, 'C' },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ "cpus", required_argument, NULL, OPT_CPUS },
	{ "mem", required_argument, NULL, OPT_MEM },
	{ "time-limit", required_argument, NULL, OPT_TIME },
	{ "no-sweep", no_argument, NULL, OPT_NO_SWEEP },
	{ "sweep", required_argument, NULL, OPT_SWEEP },
	{ "sweep-state", required_argument, NULL, OPT_SWEEP_STATE },
	{ "list-rules", no_argument, NULL, OPT_LIST },
	{ "help", no_argument, NULL, OPT_HELP },
	{ "keep", no_argument, NULL, OPT_KEEP },
	{ "param", required_argument, NULL, OPT_PARAM },
	{ "cc", required_argument, NULL, OPT_CC },
	{ "verbose", no_argument, NULL, OPT_VERBOSE },
	{ "jobs", required_argument, NULL, OPT_JOBS },
	{ "fail", required_argument, NULL, OPT_FAIL },
	{ "ktree", required_argument, NULL, OPT_KTREE },
	{ "kunit", required_argument, NULL, OPT_KUNIT },
	{ "kunit-core", required_argument, NULL, OPT_KUNIT_CORE },
	{ "boot", required_argument, NULL, OPT_BOOT },
	{ "drive", required_argument, NULL, OPT_DRIVE },
	{ "reclaim-always", no_argument, NULL, OPT_RECLAIM_ALWAYS },
	{ "quarantine", required_argument, NULL, OPT_QUARANTINE },
	{ "stack", required_argument, NULL, OPT_STACK },
	{ "guard", no_argument, NULL, OPT_GUARD },
	{ "init-returns", required_argument, NULL, OPT_INIT_RETURNS },
	{ "schedules", required_argument, NULL, OPT_SCHEDULES },
	{ "static", no_argument, NULL, OPT_STATIC },
	{ "sarif", required_argument, NULL, OPT_SARIF },
	{ "github", no_argument, NULL, OPT_GITHUB },
	{ NULL, 0, NULL, 0 },
};

static void print_check_help(void)
{
	puts("usage: kmalloc check [OPTIONS] FILE.c... [-- CFLAGS]\n"
	     "       kmalloc check -C DIR [OPTIONS] [NAME=VALUE...] [MODULE...] [-- CFLAGS]\n\n"
	     "Compiles the files as one kernel module or KUnit suites, boots a simulated "
	     "machine, runs module_init, lets virtual time pass\n"
	     "until nothing is pending, runs module_exit and looks for what is left.  Then does "
	     "it again once for each\n"
	     "allocation site, with that allocation failing.\n\n"
	     "  -C DIR              each module that the Kbuild or Makefile in DIR lists; "
	     "NAME=VALUE is for make\n"
	     "  --json              findings as JSON, one object a line\n"
	     "  --sarif FILE        findings into FILE too, as SARIF 2.1.0, for editors and code "
	     "hosts\n"
	     "  --github            findings as ::error and ::warning lines too, which GitHub "
	     "Actions shows in the diff\n"
	     "  --seed N            another order of events (default 1); the same seed gives the "
	     "same output\n"
	     "  --cpus N            virtual CPUs, 1 to 64 (default 2)\n"
	     "  --mem MIB           memory of the machine, 8 to 16384 MiB (default 64; with a "
	     "kernel tree 512)\n"
	     "  --time-limit SEC    work one run may do, in seconds, 1 to 3600 (default 10; with a "
	     "kernel tree 600)\n"
	     "  --schedules N       try N more orders of events, to find races (default 64, fewer "
	     "where a run takes long;\n"
	     "                      none with --no-sweep or --fail)\n"
	     "  --sweep MODE        single: each allocation site fails once (default); pairs: "
	     "two sites at a time\n"
	     "                      too; orders: each in all schedules too; none: --no-sweep\n"
	     "  --sweep-state FILE  keep the sweep in FILE, also when it is interrupted, and go on "
	     "from there\n"
	     "  --no-sweep          one run, no allocation is failed\n"
	     "  --fail SITE[,SITE]  one run and one more with that site failing, then the second "
	     "(a finding tells\n"
	     "                      its sites)\n"
	     "  --param NAME=VALUE  set a module parameter; MODULE.NAME=VALUE of one module\n"
	     "  --drive FILE        a script that uses the module's files; auto (default); none\n"
	     "  --boot OPTIONS      Linux's boot options for the machine, e.g. "
	     "'init_on_alloc=1'\n"
	     "  --guard             guard pages around every object, for parts built without "
	     "instrumentation (default --mem 512)\n"
	     "  --quarantine MIB    freed memory kept from being handed out again, 0 to 16384 "
	     "(default: an eighth of --mem)\n"
	     "  --reclaim-always    every allocation that may reclaim memory runs all "
	     "shrinkers\n"
	     "  --static            ask gcc -fanalyzer and clang's analyzer too\n"
	     "  --stack 16k|8k|4k   the kernel's stack (default 16k)\n"
	     "  --kunit GLOB        run the KUnit suites of this name, or SUITE.CASE\n"
	     "  --ktree DIR         take headers that are not ours from this kernel tree (default: "
	     "the tree the files lie in)\n"
	     "  --kunit-core tree   run the suites on the KUnit core of the kernel tree (default: "
	     "own)\n"
	     "  --init-returns N    what module_init() is meant to return, e.g. -22 or EINVAL "
	     "(default: 0, or EAGAIN)\n"
	     "  --cc COMPILER       clang or gcc (default $CC, then clang, then cc)\n"
	     "  --jobs N            runs at a time (default: CPUs of this computer, at most 4)\n"
	     "  --verbose           the kernel log of the first run too, on standard error\n"
	     "  --keep              keep the directory with the compiled program\n"
	     "  --list-rules        name every rule\n"
	     "  --help              this text\n\n"
	     "exit status: 0 clean (advice allowed), 1 a rule was broken, 2 not compilable or "
	     "unusable");
}

static int number_option(const char *name, const char *text, uint64_t low, uint64_t high,
			 uint64_t *ret_value)
{
	uint64_t value;

	if (!parse_u64(text, &value) || value < low || value > high)
		return unusable("--%s takes a number from %llu to %llu, not '%s'", name,
				(unsigned long long)low, (unsigned long long)high, text);
	*ret_value = value;
	return 0;
}

static int fail_option(struct request *request, const char *text)
{
	if (strchr(text, '@') || !plan_parse(text, &request->only))
		return unusable("--fail takes the 16 hexadecimal digits of a site, or of up to %d "
				"with commas between, not '%s'",
				PLAN_MAX, text);
	return 0;
}

static int sweep_option(struct request *request, const char *text)
{
	static const char *const modes[] = {
		[SWEEP_SINGLE] = "single",
		[SWEEP_PAIRS] = "pairs",
		[SWEEP_ORDERS] = "orders",
		[SWEEP_NONE] = "none",
	};

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (strcmp(text, modes[i]) == 0) {
			request->sweep_mode = (enum sweep_mode)i;
			return 0;
		}
	}
	return unusable("--sweep takes single, pairs, orders or none, not '%s'", text);
}

static int stack_option(struct request *request, const char *text)
{
	static const char *const names[] = { "4k", "8k", "16k" };

	for (unsigned int i = 0; i < 3; i++) {
		if (strcmp(text, names[i]) == 0) {
			request->stack_bytes = 4096u << i;
			return 0;
		}
	}
	return unusable("--stack takes 16k, 8k or 4k, the stacks that kernels have, not '%s'",
			text);
}

/* "-22", "22", "EINVAL" or "-EINVAL"; an error, or 0 and more. */
static int init_returns_option(struct request *request, const char *text)
{
	const char *name = text[0] == '-' ? text + 1 : text;
	uint64_t number;

	request->has_init_returns = true;
	for (int error = 1; error < 4096; error++) {
		const char *known = strerrorname_np(error);

		if (known && !strcmp(known, name)) {
			request->init_returns = -error;
			return 0;
		}
	}
	if (!parse_u64(name, &number) || number > INT32_MAX)
		return unusable("--init-returns takes a number or the name of an error, not '%s'",
				text);
	request->init_returns = text[0] == '-' ? -(int64_t)number : (int64_t)number;
	return 0;
}

static int kunit_core_option(struct request *request, const char *text)
{
	request->wants_tree_kunit = !strcmp(text, "tree");
	if (!request->wants_tree_kunit && strcmp(text, "own"))
		return unusable("--kunit-core takes own or tree, not '%s'", text);
	return 0;
}

/* What takes no word. */
static int take_switch(struct request *request, int id)
{
	switch (id) {
	case OPT_KEEP:
		request->keep = true;
		return 0;
	case OPT_VERBOSE:
		request->verbose = true;
		return 0;
	case OPT_GITHUB:
		request->as_github = true;
		return 0;
	case OPT_RECLAIM_ALWAYS:
		request->reclaim_always = true;
		return 0;
	case OPT_STATIC:
		request->is_static = true;
		return 0;
	default:
		return unusable("kmalloc check --help tells the options");
	}
}

/* What takes any word. */
static int take_word(struct request *request, int id)
{
	switch (id) {
	case OPT_SWEEP_STATE:
		request->sweep_state = optarg;
		return 0;
	case OPT_CC:
		request->cc = optarg;
		return 0;
	case OPT_KTREE:
		request->ktree = optarg;
		return 0;
	case OPT_BOOT:
		request->boot = optarg;
		return 0;
	case OPT_KUNIT:
		words_add(&request->params, text_format("kunit.filter_glob=%s", optarg));
		return 0;
	case OPT_KUNIT_CORE:
		return kunit_core_option(request, optarg);
	case OPT_SARIF:
		request->sarif_path = optarg;
		return 0;
	case OPT_DRIVE:
		return drive_option(request, optarg);
	default:
		return take_switch(request, id);
	}
}

static int take_option(struct request *request, int id)
{
	uint64_t jobs = 1, unused;
	int status = 0;

	switch (id) {
	case OPT_JSON:
		request->as_json = true;
		break;
	case OPT_SEED:
		return number_option("seed", optarg, 0, UINT64_MAX, &request->seed);
	case OPT_CPUS:
		return number_option("cpus", optarg, 1, 64, &request->cpus);
	case OPT_MEM:
		return number_option("mem", optarg, 8, 16384, &request->mem_mib);
	case OPT_TIME:
		return number_option("time-limit", optarg, 1, 3600, &request->limit_seconds);
	case OPT_NO_SWEEP:
		request->sweep_mode = SWEEP_NONE;
		break;
	case OPT_SWEEP:
		return sweep_option(request, optarg);
	case OPT_PARAM:
		if (!strchr(optarg, '=') || optarg[0] == '=')
			return unusable("--param takes NAME=VALUE, not '%s'", optarg);
		words_add(&request->params, optarg);
		break;
	case OPT_JOBS:
		status = number_option("jobs", optarg, 1, 256, &jobs);
		request->jobs = (unsigned int)jobs;
		return status;
	case OPT_FAIL:
		return fail_option(request, optarg);
	case OPT_GUARD:
		request->guard = true;
		break;
	case OPT_QUARANTINE:
		request->quarantine = optarg;
		return number_option("quarantine", optarg, 0, 16384, &unused);
	case OPT_STACK:
		return stack_option(request, optarg);
	case OPT_SCHEDULES:
		request->has_schedules = true;
		return number_option("schedules", optarg, 0, 1000000, &request->schedules);
	case OPT_INIT_RETURNS:
		return init_returns_option(request, optarg);
	default:
		return take_word(request, id);
	}
	return 0;
}

static unsigned int default_jobs(void)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	return cpus < 1 ? 1 : cpus > 4 ? 4 : (unsigned int)cpus;
}

/* 0: go on; 2: refused; -1: done (help was asked for). */
static int parse_request(int argc, char **argv, struct request *request)
{
	int own = argc, id;
	char **words = need((size_t)(argc + 2) * sizeof(*words));

	for (int i = 0; i < argc && own == argc; i++)
		if (strcmp(argv[i], "--") == 0)
			own = i;
	for (int i = own + 1; i < argc; i++)
		words_add(&request->cflags, argv[i]);
	words[0] = "kmalloc";
	for (int i = 0; i < own; i++)
		words[i + 1] = argv[i];
	optind = 1;
	while ((id = getopt_long(own + 1, words, "C:", options, NULL)) != -1) {
		int status;

		if (id == OPT_HELP || id == OPT_LIST) {
			if (id == OPT_HELP)
				print_check_help();
			else
				explain_list_rules();
			return -1;
		}
		if (id == 'C')
			request->directory = optarg;
		else if ((status = take_option(request, id)))
			return status;
	}
	for (int i = optind; i < own + 1; i++)
		words_add(&request->files, words[i]);
	free(words);
	if (!request->files.count && !request->directory)
		return unusable("check needs a C file: kmalloc check driver.c");
	if (request->sweep_state && (request->only.count || request->sweep_mode == SWEEP_NONE))
		return unusable("--sweep-state goes with a sweep, not with --fail or --no-sweep");
	return request->directory ? directory_words(request) : 0;
}

static void note_signal(int number)
{
	check_signal = number;
}

static void watch_signals(void)
{
	/* Without SA_RESTART: waiting calls return, so that the temporary directory is removed at
	 * once. */
	struct sigaction action = { .sa_handler = note_signal };
	const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sigaction(numbers[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void print_console_of(const struct run *run)
{
	char line[512];
	FILE *file = fopen(run->console, "r");

	for (int lines = 0; file && lines < 20 && fgets(line, sizeof(line), file); lines++)
		fputs(line, stderr);
	if (file)
		fclose(file);
}

static void print_log(const struct run *run, size_t first, size_t last, FILE *stream)
{
	for (size_t i = first; i < last; i++)
		fprintf(stream, "%s\n", run->log.at[i]);
}

/* The line where KUnit's results begin: what reads them wants nothing before it. */
static size_t first_of_ktap(const struct run *run)
{
	size_t first = 0;

	while (first < run->log.count && strcmp(run->log.at[first], "KTAP version 1") != 0)
		first++;
	return first < run->log.count ? first : 0;
}

/* "-22 (EINVAL)" */
static char *ret_text(int64_t ret)
{
	const char *name = ret < 0 ? strerrorname_np((int)-ret) : NULL;

	return name ? text_format("%lld (%s)", (long long)ret, name)
		    : text_format("%lld", (long long)ret);
}

/*
 * What init's answer means to the status: 0; 1 when it is not the one expected; 2 when nothing
 * could be checked.
 */
static int judge_base(const struct run *base, const struct request *request,
		      const struct reports *reports)
{
	char *ret = ret_text(base->ret);
	/* Of a tree's modules it says which. */
	const char *who = request->directory ? request->module : "";
	const char *colon = *who ? ": " : "";

	if (!base->has_ret || (request->has_init_returns && base->ret == request->init_returns))
		return 0;
	if (request->has_init_returns) {
		unusable("%s%smodule_init() returned %s, not %s", who, colon, ret,
			 ret_text(request->init_returns));
		return 1;
	}
	if (base->ret >= 0)
		return 0;
	/* Linux's own test modules answer so in order to be unloaded when they are done. */
	if (base->ret == -EAGAIN || reports->errors) {
		caution("%s%smodule_init() returned %s with no failure injected", who, colon, ret);
		return 0;
	}
	return unusable("%s%smodule_init() returned %s with no failure injected: the module did "
			"not run (--init-returns %lld says that this is what it should return)",
			who, colon, ret, (long long)base->ret);
}

/* What the first run printed: KUnit's results are what was asked for, a log is for --verbose. */
static void show_log(const struct run *base, const struct request *request, bool uses_kunit)
{
	size_t lines = base->log.count, first = lines;

	if (uses_kunit && !request->as_json)
		first = first_of_ktap(base);
	if (request->verbose)
		print_log(base, 0, first, stderr);
	print_log(base, first, lines, stdout);
}

static int report(const struct request *request, const struct build *build,
		  const struct sweep *sweep, const struct sweep *init)
{
	struct reports reports;
	struct symbols *symbols;
	const struct run *base = sweep->runs[0];
	int status;

	if (base->end == RUN_REFUSED) {
		if (params_refused(request, base))
			return 2;
		print_log(base, 0, base->log.count, stderr);
		print_console_of(base);
		return unusable("the machine could not be set up (status %d)",
				WEXITSTATUS(base->wait_status));
	}
	symbols = symbols_open(request, build);
	if (!symbols)
		return unusable("cannot read the debug information of the checked program");
	reports_make(&reports, sweep, symbols, request, build);
	if (build->init_program)
		init_reports(&reports, request, build, init);
	static_reports(&reports, sweep, symbols, request, build);
	reports_tell_once(&reports, request);
	show_log(base, request, build->uses_kunit);
	if (build->init_program)
		init_tell(&reports, init);
	status = drive_tell(request, base);
	if (!status)
		status = judge_base(base, request, &reports);
	if (status < 2 && request->as_json)
		json_reports(&reports, request);
	else if (status < 2)
		print_reports(&reports, sweep, request, build->uses_kunit);
	if (status < 2)
		outputs_take(request, &reports, sweep->was_cut);
	/* Standard output is for findings alone when it is JSON. */
	if (status < 2 && sweep->was_cut)
		fputs("The sweep was cut short: too many runs hung, or there are too many "
		      "allocation sites, pairs of them or findings.\n",
		      request->as_json ? stderr : stdout);
	symbols_close(symbols);
	if (request->outcome) {
		request->outcome->errors = reports.errors;
		request->outcome->advice = reports.advice;
	}
	if (status)
		return status;
	return reports.errors ? 1 : 0;
}

int unusable_places(void)
{
	return unusable("cannot find the headers and libkmalloc-check.a near this command; build "
			"or install it again");
}

int check_module(struct request *request)
{
	struct places places;
	struct build build = { 0 };
	struct sweep sweep = { 0 }, init = { 0 };
	int status;

	if (!places_find(&places, request->keep))
		return unusable_places();
	progress_begin();
	status = build_make(request, &places, &build);
	if (!status)
		status = params_take(request, &build);
	if (!status)
		ioctl_words_learn(request, &build);
	if (!status && check_signal)
		status = 128 + check_signal;
	if (!status && request->is_static)
		status = static_ready(&build);
	if (!status)
		status = sweep_make(&sweep, request, &build);
	if (!status && build.init_program && sweep.runs[0]->end != RUN_REFUSED)
		status = init_check(request, &build, &init);
	progress_end();
	if (!status)
		status = report(request, &build, &sweep, &init);
	if (request->keep && build.directory)
		fprintf(stderr, "kmalloc: kept %s\n", build.directory);
	else
		build_remove(&build);
	return check_signal ? 128 + check_signal : status;
}

int verb_check(int argc, char **argv)
{
	struct request request = {
		.seed = 1,
		.cpus = DEFAULT_CPUS,
		.stack_bytes = DEFAULT_STACK,
		.jobs = default_jobs(),
		.drive_steps = "auto",
	};
	int status = parse_request(argc, argv, &request);

	status = outputs_open(&request, argc, argv, status);
	if (status < 0)
		return 0;
	if (!status) {
		watch_signals();
		status = request.directory ? check_directory(&request) : check_module(&request);
	}
	return outputs_close(&request, status);
}
