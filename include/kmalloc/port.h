/* SPDX-License-Identifier: MIT */
/*
 * port.h - what the engine asks of the machine under it
 *
 * Exactly one port is built in: sim (virtual CPUs, virtual time, one host thread), host (threads,
 * signals) or a bare one. The engine calls the functions below; the port calls back through struct
 * km_port_hooks. Freestanding.
 *
 * P1  struct km_port_thread is the first member of the engine's task; the port allocates
 *     hooks->thread_bytes for each.
 * P2  A thread keeps its CPU while preempt_count or irq_off is not zero.
 * P3  An interrupt runs on the stack of the interrupted thread, entered with irq_off raised; never
 *     while irq_off != 0.
 * P4  Parking has one token: unpark before park makes the next park return at once.
 */
#ifndef KMALLOC_PORT_H
#define KMALLOC_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KM_MAX_CPUS	64	/* CPUs a machine may have; a port may offer fewer */

/*
 * One thread of execution. The two context words are written by the engine (preempt_disable,
 * local_irq_disable) and read by the port before it preempts or interrupts; all else belongs to the
 * port.
 */
struct km_port_thread {
	/* Linux layout: 0-7 preempt, 8-15 softirq, 16-19 hardirq, 20-23 NMI */
	uint32_t preempt_count;
	uint32_t irq_off;	/* not 0: interrupts are held back */
	uint32_t cpu;		/* the CPU it runs on, 0 .. km_port_cpus() - 1 */
	uint32_t irq_held;	/* port: bit set of vectors that wait for irq_off == 0 */
	/* watch: inside a watched call; saved and cleared around interrupts by the engine */
	uint32_t watch_depth;
	uint32_t port_flags;	/* KM_PORT_OFF_CPU */
	void *stack_low, *stack_high;	/* bounds for backtraces; NULL if not known */
	/*
	 * engine: where on the stack began what runs now; 0: at stack_high.  An interrupt has a
	 * stack of its own in a kernel
	 */
	uintptr_t stack_base;
	void *port_data;		/* the port's own record */
	/* engine: it waits until that one is done, so where that one hangs it hangs; NULL: none */
	const struct km_port_thread *waits_for;
};

/*
 * port_flags: the thread has given its CPU up, and irq_off only says that the port keeps interrupts
 * from it. A port that leaves irq_off alone meanwhile need not set it.
 */
#define KM_PORT_OFF_CPU	1u

/* Interrupt vectors handed to hooks->interrupt. */
enum km_vector {
	KM_VECTOR_TIMER = 0,	/* this CPU's one-shot timer (km_port_timer_set) has passed */
	/* another CPU, or this one, asked by km_port_interrupt(): irq_work, softirq kick */
	KM_VECTOR_IPI = 1,
	KM_VECTOR_DEVICE = 2,	/* KM_VECTOR_DEVICE + n: device line n, n < KM_DEVICE_LINES */
};
#define KM_DEVICE_LINES	24

/* Something the thread cannot go on from, or a machine that cannot. */
enum km_fault_kind {
	KM_FAULT_MEMORY,	/* bad access: address and is_write are set */
	/* illegal instruction (also what BUG() compiles to), bus error */
	KM_FAULT_ILLEGAL,
	KM_FAULT_DIVIDE,	/* by zero, or the smallest number by -1 */
	KM_FAULT_DEADLOCK,	/* no thread can ever run again, and none is idle on purpose */
	KM_FAULT_LOCKUP,	/* a CPU span longer than the lockup limit without progress */
	KM_FAULT_TIMEOUT,	/* wall-clock limit of the run */
};
struct km_port_fault {
	enum km_fault_kind kind;
	uintptr_t address;	/* of the access, for KM_FAULT_MEMORY */
	bool is_write;
	/* the access was a call or jump to @address; pc is then the caller's */
	bool is_call;
	uintptr_t pc, frame;	/* where; frame pointer to start a backtrace from */
	/* word on top of the stack: who called, if the function at pc has no frame; 0: unknown */
	uintptr_t caller;
	struct km_port_thread *thread;	/* the thread concerned */
};

struct km_port_hooks {
	size_t thread_bytes;	/* sizeof(the struct that starts with struct km_port_thread) */
	/* a thread the engine did not start is seen first (boot, idle, host threads) */
	void (*attach)(struct km_port_thread *self);
	void (*detach)(struct km_port_thread *self);	/* such a thread ends */
	/* hard interrupt entry; irq_off is raised; the port lowers it after */
	void (*interrupt)(unsigned int vector);
	/*
	 * may time jump to the deadline that @cpu gave km_port_timer_set()? It may where a timer
	 * or a plain sleep ends then, not where somebody would only lose patience. NULL: never
	 */
	bool (*may_hasten)(unsigned int cpu);
	/* may not return; if it does the port stops with status 70 */
	void (*fault)(const struct km_port_fault *fault);
};

/* Ranges the port offers. RAM is one linear map: virt - phys is the same for every region. */
struct km_port_region {
	void *base;		/* virtual address, page aligned */
	uint64_t phys;		/* physical address of base */
	size_t bytes;
};

/**
 * km_port_boot() - start the port; the caller becomes the boot thread on CPU 0
 * @hooks: kept by reference, must stay valid
 * Return: 0, or a negative errno.
 */
int km_port_boot(const struct km_port_hooks *hooks);
/* stop all CPUs but the caller's, release what km_port_boot() took */
void km_port_shutdown(void);

/* -- memory ------------------------------------------------------------------------------------ */
/* RAM, ascending phys; count */
unsigned int km_port_regions(struct km_port_region *ret_regions, unsigned int max);
/* zeroed pages outside managed RAM for checkers and metadata; NULL if none */
void *km_port_grab(size_t bytes);
/*
 * For checkers: one byte for each 8 bytes of every address below @limit, at (address >> 3) +
 * @offset; 0 until written, and 0 again for the stack of a new thread. Taken at the first call,
 * until shutdown. false: none here, or not to be had. A port that has it tells @offset to the
 * engine as KM_PORT_SHADOW_OFFSET in asm/port_inline.h, so that a look at it is one instruction.
 * @asks: each access of checked code is to be a km_port_point(): code that looks at the bytes
 * itself must find none that is 0.
 */
struct km_port_shadow {
	uintptr_t offset, limit;
	bool asks;
};
bool km_port_shadow_map(struct km_port_shadow *ret_shadow);
/* ranges that hold all stacks of the engine's threads, at most 4; 0: not known */
unsigned int km_port_stacks(struct km_port_region *ret_ranges, unsigned int max);
/* address range for vmalloc; false: no paging here */
bool km_port_vmap_range(uintptr_t *ret_base, size_t *ret_bytes);
/*
 * The start of the vmap range may be windows on RAM: mapping the frame at physical address p at
 * base + w * stride + p, for a w < count, costs no mapping of the host, so any number of such areas
 * can be had. Each w is another address for the same frame. count 0: no windows.
 */
struct km_port_windows { unsigned int count; size_t stride; };
struct km_port_windows km_port_vmap_windows(void);
/*
 * Map @pages pages at @virt to the frames phys[0..pages-1]; -ENOMEM when the host has no more
 * mappings, -EINVAL outside the range or for another frame than a window's own.
 */
int km_port_map(void *virt, const uint64_t *phys, size_t pages);
void km_port_unmap(void *virt, size_t pages);	/* back to no access */
/*
 * Close pages of RAM, or open them again: while closed an access through the linear map is a fault
 * (KM_FAULT_MEMORY) at its address; what lies in them stays. All pages are open at boot, and
 * opening what is open changes nothing. 0; -EINVAL: not in RAM; -ENOMEM: the host has no more
 * mappings, and nothing is changed.
 */
int km_port_guard(void *virt, size_t pages, bool is_closed);

/* -- CPUs and interrupts ----------------------------------------------------------------------- */
unsigned int km_port_cpus(void);
unsigned int km_port_cpu(void);			/* stable only while P2 holds the thread */
unsigned long km_port_irq_save(void);		/* raise irq_off; returns the word for restore */
/* back to @word; runs held vectors when it reaches 0 */
void km_port_irq_restore(unsigned long word);
/* raise @vector on @cpu; any context */
void km_port_interrupt(unsigned int cpu, unsigned int vector);
/* this CPU's one-shot timer on km_port_clock_ns(); UINT64_MAX: off */
void km_port_timer_set(uint64_t deadline_ns);
uint64_t km_port_clock_ns(void);		/* monotonic */
/*
 * A driver listens on device line @line (request_irq) or no longer does: a simulated device may
 * then interrupt.
 */
void km_port_device(unsigned int line, bool enabled);
/* one step of a busy wait; in sim another CPU runs */
void km_port_relax(void);
/* busy wait; in sim virtual time passes on this CPU */
void km_port_delay_ns(uint64_t ns);
uint64_t km_port_entropy(void);			/* in sim: from the seed */

/*
 * A place where another CPU or thread may run or an interrupt may arrive. In sim the seeded
 * scheduler decides; on other ports nothing needs to happen. Called at lock take and release, at
 * allocator entries, at memory accesses of checked code.
 */
void km_port_point(void);
/*
 * The same in two halves, for code that does little else: the first counts, and true means that the
 * second must be called before it counts again.
 */
bool km_port_point_is_due(void);
void km_port_point_run(void);
/*
 * The same where a race begins that is easily missed: right after a lock was released, a timer
 * armed or disarmed, somebody woken, work queued, something put off. In sim a seeded exploration
 * looks at such places first.
 */
void km_port_seam(void);

/*
 * What the caller does now takes about @ns nanoseconds of a computer. A port that stops runs which
 * go on for ever counts with it, so that they stop at the same place each time; others do nothing.
 * Any context; a run may end at the next point.
 */
void km_port_effort(unsigned long ns);

/* -- threads ----------------------------------------------------------------------------------- */
struct km_port_thread *km_port_self(void);
/* New thread, not running yet; NULL if none can be had.  km_port_unpark() starts it. */
struct km_port_thread *km_port_thread_new(void (*entry)(void *), void *arg, const char *name);
/* the calling thread ends; its memory goes when the port is done */
void km_port_thread_exit(void) __attribute__((noreturn));
/* sleep until the token comes; takes it (P4). preempt_count and irq_off must be 0 */
void km_port_park(void);
void km_port_unpark(struct km_port_thread *thread);	/* any context, any CPU */
/* where the stack of a thread that does not run ends; 0: it runs, or that is not known */
uintptr_t km_port_stack_pointer(const struct km_port_thread *thread);
void km_port_yield(void);			/* let others of this CPU run */

/* -- text and end ------------------------------------------------------------------------------ */
void km_port_write(const char *text, size_t bytes);	/* console */
void km_port_stop(int status) __attribute__((noreturn));
/*
 * Return addresses from frame pointer @frame (0: the caller's) up to the thread's first function;
 * returns how many.
 */
unsigned int km_port_backtrace(uintptr_t frame, uintptr_t *ret_pcs, unsigned int max);

#ifdef __cplusplus
}
#endif

/*
 * The engine's own files are compiled for one port, which may offer the shortest functions inline.
 */
#ifdef KMALLOC_ENGINE
#include <asm/port_inline.h>
#endif
#endif
