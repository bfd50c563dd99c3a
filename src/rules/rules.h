/* SPDX-License-Identifier: MIT */
/*
 * rules.h - what the files of this room share, and what machine calls
 *
 * R1  Rules take memory only from km_port_grab() (memory.c), never from the allocators they watch.
 * R2  A rule's shared state is guarded by rules_lock; no finding is handed over while it is held.
 * R3  Nothing here sleeps.  An event may come from any context but NMI.
 */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include <kmalloc/report.h>
#include <kmalloc/rule.h>
#include "kern/spin.h"

#define POINT_BIT(name)	(1u << KM_POINT_##name)

/* -- table.c: which rules are armed -- */
/* "all" or a comma list of ids; arms the door. -EINVAL: unknown id */
int rules_boot(const char *list);
void rules_shutdown(void);		/* disarms, gives back what rules keep */
unsigned int rules_armed(void);		/* how many of the catalogue's rules are enforced now */
bool rules_enforced(const char *id);	/* was it asked for? */
extern struct km_spin rules_lock;

/* -- catalog.c -- */
struct catalog_entry {
	const char *id;
	enum km_severity severity;
	bool is_built;			/* this build enforces it */
	const char *text, *source, *help;
};
extern const struct catalog_entry catalog[];
extern const unsigned int catalog_count;
/* NULL if unknown */
const struct catalog_entry *catalog_find(const char *id, size_t length);

/* -- memory.c: never given back; zeroed; NULL when the port has none -- */
void *memory_carve(size_t bytes);
void memory_limit(size_t bytes);		/* no more than these from now on; for tests */
void memory_forget(void);		/* at boot: what an earlier machine carved is gone */

/* -- stack.c -- */
bool pc_is_library(uintptr_t pc);	/* code of the engine in a checked program */
bool pc_is_checked(uintptr_t pc);	/* surely not the engine's; false where nobody knows */
bool pc_is_program(uintptr_t pc);	/* any code of the program */
void stack_take(uintptr_t frame, uintptr_t caller, struct km_stack *ret_stack);
uint64_t stack_hash(const struct km_stack *stack);
/* its number, the same for equal stacks; 0: empty or no memory */
uint32_t stack_keep(const struct km_stack *stack);
/* The number of what stack_take() would take. */
uint32_t stack_number(uintptr_t frame, uintptr_t caller);
/* The same of an event ALLOC_ASK, and of the ALLOC_DONE that may follow. */
uint32_t stack_ask(uintptr_t frame, uintptr_t caller);
uint32_t stack_asked(uintptr_t frame, uintptr_t caller);
void stack_read(uint32_t number, struct km_stack *ret_stack);
uint32_t stack_count(void);		/* numbers 1 .. count are in use */
void stack_forget(void);
void stack_break_lock(void);		/* crash.c: the holder will not run again */
void memory_break_lock(void);

/* -- record.c -- */
/* An empty finding of rule @id: severity and help from the catalogue, the caller's context. */
void record_start(struct km_finding *ret_finding, const char *id);
/*
 * Hand a finding over: once per rule and stack, and only if its rule is enforced.  Return: true if
 * it was new.
 */
bool record_finding(struct km_finding *finding);
/* The same without judgement: not counted, told each time; finding->frames says why. */
void record_candidate(struct km_finding *finding);
void record_site(const struct km_site *site, bool at_end);
void record_end(int status) __attribute__((noreturn));	/* the machine cannot go on */
unsigned long record_count(void);	/* findings handed over */
void record_boot(void);			/* memory is forgotten: nothing was told */
void record_forget(void);		/* tests: all may be told again */
/* used while km_report_sink() has set none */
void record_fallback(const struct km_sink *sink);

/* -- fault.c -- */
/*
 * Hash of the site failed last in this run, 0: none yet; then also its stack and function (either
 * may be NULL).
 */
uint64_t fault_injected(struct km_stack *ret_stack, const char **ret_what);
void fault_sites_end(void);		/* hand all sites over with their totals */
unsigned long fault_calls(void), fault_site_count(void);

/* -- leak.c -- */
/* the module's life starts: what comes from now on is its own */
void leak_begin(void);
bool leak_has_begun(void);
/* right after exit: what of timers, work and interrupts still goes on */
void leak_check_running(bool with_threads);
/* after the machine came to rest: what was not given back */
void leak_check(void);
/* while the module lives and the machine is quiet: find what nothing refers to any more */
void leak_scan(void);
/* no exit will come that could still free it: tell what the scans found */
void leak_check_lost(void);
/* module_init() returned @ret, so module_exit() is not to come; 0: it is */
void leak_init_failed(int ret);
/* what devices may use: bus addresses, arrays of lists */
void leak_each_mapping(void (*see)(const void *mapping));

/* timers, threads, caches... that were made in the case @test are no leaks */
void leak_excuse_resources(const char *test);

/* -- test_case.c: leak.c hands it KM_POINT_TEST -- */
void test_case_boot(void);
void test_case_see(const struct km_event *event);
const char *test_case_now(void);	/* "suite.case", one pointer a name; NULL: none runs */

/* -- sleep.c: @thread waits in an interrupt, and was told of it -- */
bool sleep_explains_hang(const struct km_port_thread *thread);

/* -- crash.c -- */
void crash_fault(const struct km_port_fault *fault);	/* for kern_fault_handler */
/*
 * Near NULL, ZERO_SIZE_PTR or an ERR_PTR, or an address that no machine has: the access will fault.
 */
bool crash_is_hopeless(uintptr_t address);
/* Checked code is about to touch such an address: told here because the stack is still whole. */
void crash_access(uintptr_t address, bool is_write, const struct km_stack *stack)
	__attribute__((noreturn));
/* access.c has told of it: the fault that follows is no news */
void crash_told(uintptr_t address);

/* -- reclaim.c -- */
/* before rules_boot(): each request that may enter reclaim does, and runs the shrinkers */
extern bool reclaim_always;
/* the module rests: what shrinkers take is found out, if that is still open; true: they ran */
bool reclaim_rest(void);
/* LOCK_BAD that reclaim-deadlock tells better */
bool reclaim_is_recursion(const struct km_event *event);

extern const struct km_rule reclaim_rule, dma_rule;
extern const struct km_rule user_rule;
extern const struct km_rule crash_rule, gfp_rule, sleep_rule, lifetime_rule, shadow_rule, leak_rule,
	fault_rule, profile_rule, quarantine_rule, size_rule, depth_rule, uninit_rule;

/* -- profile.c -- */
struct alloc_tag;
extern bool profile_wanted;		/* before rules_boot() */
void profile_each(void (*see)(const struct alloc_tag *tag, void *arg), void *arg);

#define RULES_TEXT	320	/* longest message put together here */

#endif
