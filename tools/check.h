/* SPDX-License-Identifier: MIT */
/*
 * check.h - what the parts of `kmalloc check` share: the request, the built program, its runs
 */
#ifndef CHECK_H
#define CHECK_H

#include "record.h"
#include "text.h"

#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>

#define DEFAULT_CPUS 2
#define DEFAULT_MEM_MIB 64
#define DEFAULT_SECONDS 10
#define DEFAULT_SCHEDULES 64
#define DEFAULT_STACK 16384
/* Tests of a kernel expect a computer, and run for a while. */
#define TREE_MEM_MIB 512
#define TREE_SECONDS 600

/* Sites that one run makes fail: each at its first call after the one before has failed. */
#define PLAN_MAX 4
struct plan {
	unsigned int count;
	uint64_t at[PLAN_MAX];
	uint64_t schedule; /* number of the order of events; 0: the first, no exploration */
};

enum sweep_mode { SWEEP_SINGLE, SWEEP_PAIRS, SWEEP_ORDERS, SWEEP_NONE };

/* What a check comes to, for who checks several (check_dir.c). */
struct outcome {
	unsigned int errors, advice;
	uint64_t params_taken; /* one bit for each --param, in their order */
	bool is_built;
};

struct sarif;
struct kbuild;

/* What the user asked for. */
struct request {
	struct words files, cflags, params;
	const char *directory; /* -C; NULL: files */
	struct words variables, targets; /* of -C: for make; the modules wanted, none: all */
	const struct kbuild *kbuild; /* of -C: all its modules; NULL: none */
	struct beside {
		struct words modules, files;
	} beside; /* modules loaded with this one, and all their files */
	const char *module; /* name of the module when it is not the first file's */
	struct words *file_flags; /* of each file; NULL: none has its own */
	struct outcome *outcome; /* NULL: nobody asks */
	const char *told; /* file of what the checks of the tree have told; NULL: none */
	const char *cc; /* NULL: $CC, then clang, then cc */
	const char *ktree; /* --ktree; NULL: looked for */
	bool reclaim_always;
	const char *boot; /* Linux's boot options; NULL: none */
	uint64_t stack_bytes; /* --stack */
	bool is_static; /* ask the analyzers too */
	bool guard; /* guard pages, for parts that are not instrumented */
	const char *quarantine; /* MiB of freed memory that is kept; NULL: the default */
	const char *drive; /* --drive, as given; NULL: it was not */
	const char *drive_steps; /* its plain form, "auto"; NULL: none */
	const char *sweep_state; /* file a sweep is kept in; NULL: none */
	uint64_t seed, cpus, mem_mib, limit_seconds;
	struct plan only; /* --fail */
	enum sweep_mode sweep_mode;
	int64_t init_returns; /* what init is meant to return */
	unsigned int jobs;
	uint64_t schedules; /* how many orders of events are tried beside the first */
	bool has_schedules; /* asked for, not the default */
	const char *sarif_path; /* --sarif; NULL: none */
	struct sarif *sarif; /* it, open; NULL: none */
	bool as_json, as_github, keep, verbose, has_init_returns;
	bool wants_tree_kunit; /* --kunit-core tree */
};

/* Where the headers and the archive lie; found from the place of this executable. */
struct places {
	struct words include_dirs;
	char *archive;
};
/* @keep: somebody may debug the program, so with the library's debug information. */
bool places_find(struct places *ret_places, bool keep);

struct compiler;

/* The checked program. */
struct build {
	const struct compiler *compiler;
	char *directory; /* temporary, removed at the end unless kept */
	char *program;
	char *working_directory;
	struct words include_dirs; /* absolute: what lies under them is not the user's */
	char *tree; /* kernel tree that lends headers; NULL: none */
	bool uses_kunit; /* a file includes a header of KUnit; once linked: there are suites */
	bool has_tree_kunit; /* the core is that of the tree */
	bool is_init; /* program is the one below */
	char *init_program; /* built to look for memory nobody wrote; NULL: there is none */
	/* How this one is instrumented: for addresses, or for writes with or without optimiser. */
	enum { BUILD_ADDRESS, BUILD_INIT, BUILD_INIT_OPTIMISED } kind;
};

char *module_name(const char *path); /* of the module that the file makes */
/* 0, or the exit status after a message; what was not asked for is decided in @request. */
int build_make(struct request *request, const struct places *places, struct build *ret_build);
void build_remove(struct build *build);

struct run_site {
	uint64_t hash;
	const char *what;
	struct stack stack;
	uint64_t bytes;
	uint32_t gfp;
	bool may_fail, was_failed;
	uint64_t calls, sleepable, atomic;
	uint64_t after; /* calls after the last failure of the run's plan */
};

#define FINDING_ALSO 4

struct run_also {
	const char *role, *by; /* role NULL: no more */
	struct stack stack;
};

struct run_finding {
	const char *rule, *message, *help;
	bool is_error, is_judged;
	const char *context, *scope, *comm, *deed, *locks, *cache, *alloc_by, *free_by;
	uint64_t cpu, preempt, irqs_off, rcu;
	int64_t pid;
	struct stack stack, alloc_stack, free_stack;
	const char *frames; /* a candidate: docs/records.md */
	const char *object;
	uint64_t bytes;
	struct plan injected; /* what of the plan had failed by then */
	struct run_also also[FINDING_ALSO];
};

enum run_end { RUN_ORDERLY, RUN_DIED, RUN_HUNG, RUN_FLOODED, RUN_REFUSED };

/* What a step of a drive script came to; of the base run. */
struct drive_note {
	const char *kind, *text;
	int line;
};

/* One run of the program, from its start to its last record. */
struct run {
	struct plan plan, injected; /* what is to fail; what of it did */
	pid_t pid;
	int fd;
	double deadline;
	struct text raw, kept; /* kept: what a saved state holds of it */
	char *console; /* file that took its standard output and error */
	bool is_done, is_kept;
	int wait_status;
	enum run_end end;

	struct run_site *sites;
	size_t site_count, site_room, site_hint;
	struct run_finding *findings;
	size_t finding_count, finding_room;
	struct words log;
	struct drive_note *notes;
	size_t note_count;
	const char *phase;
	bool has_ret;
	int64_t ret;
	uint64_t virtual_ns;
	uint64_t points; /* steps of the machine */
};

static inline bool run_is_base(const struct run *run)
{
	return !run->plan.count && !run->plan.schedule;
}

extern volatile sig_atomic_t check_signal; /* the signal that asked us to stop; 0: none */

/* real seconds after which a run that did not end by itself is killed */
uint64_t run_patience(const struct request *request);
bool run_start(struct run *run, const struct request *request, const struct build *build,
	       const struct plan *plan);
/* Of a run whose records are not read from a program: take them from run->raw. */
bool run_take_records(struct run *run);
/* Waits until @runs[0] is done; reads what the others say meanwhile.  Its records are then parsed.
 */
void run_wait(struct run **runs, unsigned int count);
void run_stop(struct run *run);
/* Starts argv with standard input closed, waits; its exit status, or 128 + signal. */
int command_run(char *const *argv, const char *output_file);

struct plans {
	struct plan *at;
	size_t count, room;
};

/* check_pairs.c: runs to be made. */
struct queue {
	struct plans plans, pairs; /* pairs: after all of plans */
	size_t next; /* of plans: the first that was not taken yet */
	bool with_pairs, without_sites, was_cut;
	uint64_t orders; /* in how many more each site fails; 0: --sweep is not orders */
};

/* All runs of one check. */
struct sweep {
	struct run **runs; /* [0] is the base run; the rest in order of discovery */
	size_t count, room;
	struct run_site
		*sites; /* every site with its totals over all runs, in order of discovery */
	size_t site_count, site_room;
	uint32_t *index; /* open addressing: place in sites + 1, by hash */
	size_t index_size;
	struct queue queue;
	size_t failed_sites; /* how many were failed once each */
	size_t failed_pairs; /* and how many two at a time */
	size_t schedules; /* how many orders of events were tried beside the first */
	unsigned int hung; /* runs that were */
	size_t held; /* bytes of the records that findings point into */
	bool was_cut; /* too many hung runs, sites or findings: not all were tried */
};
int sweep_make(struct sweep *ret_sweep, const struct request *request, const struct build *build);

#endif
