/* SPDX-License-Identifier: MIT */
/*
 * state.h - what the files of the simulated machine share; nobody else includes it
 *
 * S1  Exactly one virtual CPU executes at a time: sim.running, and its current thread is
 *     km_port_current.
 * S2  A thread is the current of one CPU, or on the ready list, or neither (parked, settling,
 *     dead); idle threads are never on the ready list.
 * S3  A thread that holds its CPU (preempt_count or irq_off) is the current of that CPU: only
 *     preemptible threads are ever moved to the ready list.
 * S4  Every choice comes from sim.chance, every address is fixed, the clock counts points: a seed
 *     is a run.
 * S5  km_sim_budget counts down to the next moment at which anything can happen; sim_sync() turns
 *     what was used of it into time before anybody reads sim.clock.
 * No lock: one host thread.
 */
#ifndef SIM_STATE_H
#define SIM_STATE_H

#include <kmalloc/port.h>
#include <asm/port_inline.h>
#include <port/common/ram.h>

#include "sim.h"

#define SIM_PAGE		4096UL
#define SIM_RAM_BASE		0x200000000000UL	/* + physical address */
#define SIM_GRAB_BASE		0x210000000000UL
#define SIM_GRAB_BYTES		(1UL << 38)
#define SIM_VMAP_BASE		0x220000000000UL
#define SIM_VMAP_BYTES		(16UL << 30)	/* and the windows before them */
#define SIM_SLOT_BASE		0x230000000000UL	/* one slot a thread: gap, stack, record */
#define SIM_SLOT_BYTES		(256UL << 10)
#define SIM_SLOT_STACK		(64UL << 10)		/* the stack begins here, above the gap */
/* the thread's record begins here, above the stack */
#define SIM_SLOT_RECORD		(192UL << 10)
#define SIM_MAX_THREADS		4096U
#define SIM_MAIN_STACK_BASE	0x240000000000UL	/* where sim_run() runs the boot thread */
#define SIM_MAIN_STACK_BYTES	(1UL << 20)
#define SIM_SIGNAL_STACK_BASE	0x240010000000UL
#define SIM_SIGNAL_STACK_BYTES	(512UL << 10)

#define SIM_SHADOW_BASE		KM_PORT_SHADOW_OFFSET	/* of address 0 */
#define SIM_SHADOW_BYTES	(KM_PORT_SHADOW_LIMIT / 8)

#define SIM_FOREVER		UINT64_MAX

enum sim_thread_state {
	SIM_RUNNING,	/* the current of a CPU */
	SIM_READY,
	SIM_PARKED,	/* also: new */
	SIM_SETTLING,
	SIM_DEAD,
};

struct sim_thread {
	void *sp;		/* saved stack pointer while it does not run */
	enum sim_thread_state state;
	bool has_token;		/* P4 */
	bool is_idle;
	uint32_t slot;
	uint64_t busy_ns;	/* virtual time it ran since it last parked */
	uint64_t priority;	/* when exploring by priorities; larger goes first */
	struct sim_thread *next_ready;
	struct sim_thread *next_free;
	void (*entry)(void *);
	void *arg;
	struct km_port_thread *port;
};

struct sim_cpu {
	uint32_t index;
	uint32_t pending;	/* bit set of vectors */
	uint64_t timer;		/* deadline, SIM_FOREVER: off */
	struct sim_thread *current;
	struct sim_thread *idle;
};

struct sim_device {
	bool is_enabled;
	unsigned int fires_left;
	uint64_t next_ns;
};

#define SIM_PRIORITY_LOW	(UINT64_C(1) << 32)	/* below: threads that were put last */

struct sim_explore {
	bool is_on, by_priority;
	enum sim_strategy strategy;
	uint64_t one_in;		/* points between two switches, on average */
	uint64_t seam_one_in;		/* seams that are one; 0: seams are points */
	uint64_t hasten_one_in, hasten_seam_one_in;	/* 0: never */
	uint64_t hasten_at;		/* number of the point */
	unsigned int hasten_each, hasten_left;	/* in a phase */
	uint64_t reach_ns;		/* how far time may jump */
	uint64_t change_at;		/* number of the point where a priority is lowered */
	uint64_t lowest;
	uint64_t next_stretch;		/* points to the switch after the next; 0: any */
};

struct sim_machine {
	bool is_up;
	struct sim_config config;
	const struct km_port_hooks *hooks;

	uint64_t clock;			/* ns, as of the last sim_sync() */
	uint64_t points;		/* passed, as of the last sim_sync() */
	int64_t budget_start;		/* km_sim_budget at the last sim_sync() */
	/* number of the point at which the scheduler chooses; SIM_FOREVER: nothing to choose */
	uint64_t decide_at;
	uint64_t next_source;		/* earliest of all timers and devices */
	uint64_t next_event;		/* the same with the settle deadline */
	uint64_t chance, entropy;	/* generator states */
	uint64_t trace;			/* hash of all switches and interrupts */

	struct sim_explore explore;

	uint64_t relax_streak;		/* busy-wait steps without anything done between them */
	uint64_t relax_points;		/* points when the last one was taken */
	unsigned int relax_turn;

	struct sim_cpu cpu[KM_MAX_CPUS];
	struct sim_cpu *running;
	struct sim_thread *ready_first, *ready_last;
	unsigned int ready_count;
	struct sim_thread *dead;	/* ended, but its stack may still be the one in use */
	struct sim_thread *free_first, *free_last;
	unsigned int slots_used;
	struct sim_thread *boot;

	struct sim_thread *settler;
	uint64_t settle_deadline;
	bool is_quiet;

	struct sim_device device[KM_DEVICE_LINES];

	struct km_port_region region[RAM_REGIONS];
	unsigned int region_count;
	size_t vmap_bytes;
	int ram_fd;
	uintptr_t grab_next;
	bool has_shadow;

	unsigned int fault_depth;
};
extern struct sim_machine sim;

static inline struct sim_thread *sim_self(void)
{
	return km_port_current->port_data;
}

static inline uint64_t sim_mix(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15UL);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
	return z ^ (z >> 31);
}

/* One of 0 .. @limit - 1. */
static inline uint64_t sim_chance(uint64_t limit)
{
	return sim_mix(&sim.chance) % limit;
}

static inline void sim_trace(uint64_t what)
{
	sim.trace = (sim.trace ^ what) * 0x100000001b3UL;
	sim.trace ^= sim.trace >> 29;
}

/* context.c: stacks, records and the switch between them */
void sim_context_switch(void **ret_save_sp, void *next_sp);
/* reserve the slots; false: address range taken */
bool sim_context_open(void);
void sim_context_close(void);
/* zeroed record in a fresh slot; NULL: none left */
struct sim_thread *sim_thread_make(bool with_stack);
void sim_thread_free(struct sim_thread *thread);
void sim_thread_start_at(struct sim_thread *thread, void (*begin)(void));
/* Bounds of the stack that holds @address; false: none of ours. */
bool sim_stack_of(uintptr_t address, uintptr_t *ret_low, uintptr_t *ret_high);
/* Where a thread that does not run stopped. */
void sim_thread_where(const struct sim_thread *thread, uintptr_t *ret_pc, uintptr_t *ret_frame);

/* ready.c: who could run */
void sim_ready_append(struct sim_thread *thread);
struct sim_thread *sim_ready_take(uint64_t position);
void sim_ready(struct sim_thread *thread);	/* ... and have the scheduler look */

/* limits.c: for how long */
void sim_limits_open(void);
void sim_lockup_check(void);		/* one thread was busy for too long */
void sim_limits_check(void);		/* the run was */

/* schedule.c: who runs */
void sim_sync(void);			/* S5 */
void sim_points_stop(void);		/* a fault: nothing more is to happen at points */
void sim_rebudget(void);
void sim_reconsider(void);		/* something new can run: choose soon */
void sim_advance(uint64_t ns);		/* let time pass on the running thread */
bool sim_schedule_open(void);		/* idle threads */
void sim_schedule_close(void);		/* the caller is nobody's thread again */

/* explore.c: which choices a seed stands for */
void sim_explore_open(void);
uint64_t sim_priority_new(void);
void sim_priority_drop(struct sim_thread *thread);
/* position on the ready list; one of @cpus */
uint64_t sim_explore_ready(void);
unsigned int sim_explore_cpu(struct sim_cpu *const *cpus, unsigned int count);
int sim_explore_best(struct sim_cpu *const *cpus, unsigned int count, bool may_preempt,
		     uint64_t *ret_position);
/* points until the next choice */
uint64_t sim_explore_stretch(void);
/* let an event come early; the CPU that is to run at once, or NULL */
struct sim_cpu *sim_explore_hasten(void);
bool sim_explore_seam(void);		/* true: this one is to be looked at */

/* events.c: what time brings */
void sim_events_open(void);
void sim_events_find(void);		/* recompute sim.next_event */
void sim_events_run(void);		/* raise what is due at sim.clock */
void sim_pend(struct sim_cpu *cpu, unsigned int vector);
/* run pending vectors of the running CPU, if its thread lets them in */
void sim_deliver(void);

/* memory.c */
int sim_memory_open(void);
void sim_memory_close(void);
/* what checkers noted of this memory is forgotten: it is a new thread's */
void sim_shadow_clear(uintptr_t start, size_t bytes);

/* fault.c */
void sim_fault_open(void);
void sim_fault_close(void);
void sim_fault_raise(const struct km_port_fault *fault) __attribute__((noreturn));
void sim_lockup(void) __attribute__((noreturn));
void sim_complain(const char *text);	/* one line on standard error */

/* look.c: a fault that was checked code's look at a shadow that cannot be; true: carried out */
struct ucontext_t;
bool sim_look_refused(struct ucontext_t *context);

#endif
