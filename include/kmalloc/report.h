/* SPDX-License-Identifier: MIT */
/*
 * report.h - findings and allocation sites, as the rules hand them to whoever runs the machine
 *
 * Addresses are program counters; turning them into file:line is the reader's job (the `kmalloc`
 * command does it with the debug information of the checked program).
 */
#ifndef KMALLOC_REPORT_H
#define KMALLOC_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KM_STACK_DEPTH	24
/* after so many, one line on the console and no more are handed over */
#define KM_FINDING_LIMIT	10000
#define KM_HELD_LOCKS	16
#define KM_ALSO		4	/* further places of one finding */
/* allocations that one run can be made to fail */
#define KM_FAIL_MAX	4

struct km_stack {
	uint32_t count;
	uintptr_t pc[KM_STACK_DEPTH];	/* return addresses, innermost first */
};

enum km_severity { KM_ADVICE, KM_ERROR };

/* The context a call was made in. */
struct km_context {
	uint32_t cpu, preempt_count, irqs_off, rcu_depth, gfp_scope;
	int pid;
	const char *comm;
	const char *deed;	/* what user space called, with the place; NULL: nothing */
	const char *kind;	/* "task", "softirq", "hardirq", "nmi" */
	uint32_t lock_count;
	/* may_sleep: its holder may (mutex, rwsem) */
	struct { const char *name; uintptr_t taken_at; bool may_sleep; } locks[KM_HELD_LOCKS];
};

/* Another place that has to do with a finding: where a lock was taken, a number wrapped, ... */
struct km_also {
	const char *role;	/* "mapped": "at FILE:LINE in F()" follows; NULL: unused */
	const char *by;		/* task that did it; NULL: not known, or no matter */
	struct km_stack stack;
};

struct km_finding {
	const char *rule;		/* id of the catalogue */
	enum km_severity severity;
	const char *message;		/* one sentence: what is wrong, in the kernel's wording */
	const char *help;		/* one sentence: what to do instead */
	struct km_context context;
	/* of the offending call or access; empty when no code of the user was involved */
	struct km_stack stack;
	const void *object;		/* NULL if no object is involved */
	size_t object_bytes;
	const char *cache;
	struct km_stack alloc_stack, free_stack;
	const char *alloc_comm, *free_comm;
	/*
	 * stack-overflow, a candidate: functions on the stack as "pc:frames:bytes", with commas;
	 * pc 0: all of the library. NULL: certain
	 */
	const char *frames;
	struct km_also also[KM_ALSO];	/* the first without a role ends them */
	/*
	 * hashes of the sites that the fault plan had failed before, in that order. If alloc_stack
	 * has no other meaning it is the last one's.
	 */
	uint32_t injected_count;
	uint64_t injected[KM_FAIL_MAX];
};

/*
 * One unique allocation call stack, reported when first seen and again at the end of the run with
 * its totals.
 */
struct km_site {
	/* of the stack's pcs: the same in every run of one program */
	uint64_t hash;
	const char *what;		/* API function */
	struct km_stack stack;
	size_t bytes;
	uint32_t gfp;
	bool may_fail;			/* __GFP_NOFAIL sites cannot be failed */
	bool was_failed;		/* the fault plan failed it in this run */
	uint64_t calls, calls_could_sleep, calls_atomic_gfp;
	/* made after the last failure of the plan; all calls if there was none to wait for */
	uint64_t calls_after;
};

struct km_sink {
	void (*finding)(const struct km_finding *finding);
	void (*site)(const struct km_site *site, bool at_end);
	/* the machine cannot go on: the last call before the port stops with @status */
	void (*end)(int status);
};

/* NULL: findings go to the console as text */
void km_report_sink(const struct km_sink *sink);

/*
 * How many bytes of freed memory the rules keep away from those who allocate, so that a late access
 * is seen; 0: none, a freed block may be handed out at once. Before km_machine_boot().
 */
#define KM_QUARANTINE_DEFAULT	SIZE_MAX	/* an eighth of RAM */
void km_quarantine(size_t bytes);

/* Stacks are taken to have so many bytes; 0: nobody asks.  Before km_machine_boot(). */
void km_stack_limit(size_t bytes);

/* Fail the allocation whose stack hash is @hash, once; 0: none.  Before km_machine_boot(). */
void km_fault_plan(uint64_t hash);
/*
 * Then fail @hash too: at its first call after the one planned before has failed.
 * Return: false when KM_FAIL_MAX are planned.
 */
bool km_fault_plan_then(uint64_t hash);
/* How many of the plan have failed; their hashes in that order. */
uint32_t km_fault_injected(uint64_t ret_hashes[KM_FAIL_MAX]);

#ifdef __cplusplus
}
#endif
#endif
