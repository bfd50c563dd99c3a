/* SPDX-License-Identifier: MIT */
/*
 * state.h - what the files of the host port share; nobody else includes it
 *
 * H1  host_cpu.thread is the one thread that may touch that CPU's data; it changes under host.lock
 *     only.
 * H2  Who raises a vector first sets the bit in pending, then looks who owns the CPU; who takes or
 *     leaves a CPU first changes the owner, then looks at pending. So a bit is always seen: by the
 *     owner's signal, the new owner, or the housekeeper.
 * H3  Code between host_enter() and host_leave() is not interrupted, so host.lock is never wanted
 *     by a signal handler of the thread that has it.
 * H4  Records of ended threads are reused, never unmapped: a late km_port_unpark() meets a live
 *     word.
 */
#ifndef HOST_STATE_H
#define HOST_STATE_H

#include <kmalloc/port.h>
#include <asm/port_inline.h>
#include <port/common/ram.h>

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/types.h>

#include "host.h"

#define HOST_SIGNAL		(SIGRTMIN + 4)	/* an interrupt for the thread that gets it */
#define HOST_STACK_BYTES	(256UL << 10)
#define HOST_FOREVER		UINT64_MAX

enum host_token { TOKEN_NONE, TOKEN_THERE, TOKEN_AWAITED };

struct host_thread {
	struct km_port_thread *port;
	pid_t tid;
	uint32_t token;			/* enum host_token; a futex */
	bool owns_cpu;			/* written by the thread itself */
	bool is_dead;
	bool is_ours;			/* km_port_thread_new() made it */
	void *signal_stack;		/* of faults */
	void (*entry)(void *);
	void *arg;
	jmp_buf end;
	struct host_thread *next_free;
};

struct host_cpu {
	uint32_t pending;		/* bit set of vectors */
	struct host_thread *thread;	/* owner; NULL: free */
	uint64_t timer;			/* deadline; HOST_FOREVER: off */
} __attribute__((aligned(64)));

struct host_machine {
	bool is_up;
	struct host_config config;
	const struct km_port_hooks *hooks;
	struct host_cpu cpu[KM_MAX_CPUS];
	struct host_thread *boot;
	pthread_key_t key;		/* its destructor detaches threads */

	uint32_t lock;			/* futex: 0 free, 1 held, 2 held and wanted */
	uint32_t waiters;		/* threads that wait for a CPU */
	uint32_t freed;			/* counts CPUs given back; futex */
	struct host_thread *free_records;
	unsigned int running;		/* CPUs owned by threads of ours */

	uint32_t keeper_seq;		/* futex: something changed for the housekeeper */
	uint64_t keeper_wakes_ns;	/* when it looks at the timers by itself */
	bool keeper_is_up, keeper_stops;
	pthread_t keeper;

	struct km_port_region region[RAM_REGIONS];
	int ram_fd;
	void *linear, *vmap;
	size_t linear_bytes;
	uint32_t fault_depth;
};
extern struct host_machine host;

static inline struct host_thread *host_self(void)
{
	return km_port_current->port_data;
}

/* H3. The thread must have a record; returns the word for host_leave(). */
static inline uint32_t host_enter(struct host_thread *thread)
{
	uint32_t word = thread->port->irq_off;

	thread->port->irq_off = 1;
	PORT_BARRIER();
	return word;
}
void host_leave(struct host_thread *thread, uint32_t word);

/* cpu.c */
void host_lock(void);
void host_unlock(void);
void host_cpu_take(struct host_thread *thread);			/* waits for one; irq_off raised */
bool host_cpu_take_this(struct host_thread *thread, unsigned int cpu);	/* false: it has an owner */
void host_cpu_leave(struct host_thread *thread);		/* irq_off raised */
void host_on_interrupt(int number);
/* true: nothing pended before, so the CPU must be told */
bool host_pend(unsigned int cpu, unsigned int vector);
void host_deliver(void);		/* the caller's CPU; irq_off is 0 */

/* thread.c */
struct host_thread *host_thread_make(void);
void host_thread_free(struct host_thread *thread);
void host_attach_as(struct host_thread *thread);
void host_on_thread_end(void *record);
void host_forget_self(void);		/* the machine is gone: the caller is nobody's thread */
void host_handover(void);		/* let a waiting thread have this CPU for a while */
bool host_stack_of(uintptr_t address, uintptr_t *ret_low, uintptr_t *ret_high);

/* keeper.c */
int host_keeper_start(void);
void host_keeper_stop(void);
void host_keeper_kick(void);

/* memory.c */
int host_memory_open(void);
void host_memory_close(void);

/* fault.c */
void host_fault_open(void);
void host_fault_close(void);
/* faults of this thread get their own stack */
void host_fault_stack(struct host_thread *thread);
void host_fault_raise(const struct km_port_fault *fault) __attribute__((noreturn));
void host_complain(const char *text);

/* futex.c */
/* CLOCK_MONOTONIC; HOST_FOREVER: no limit */
void host_futex_wait(uint32_t *word, uint32_t seen, uint64_t until_ns);
void host_futex_wake(uint32_t *word, int count);

#endif
