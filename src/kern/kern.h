/* SPDX-License-Identifier: MIT */
/*
 * kern.h - what other rooms call in kern beyond the Linux names of include/kernel
 */
#ifndef KERN_KERN_H
#define KERN_KERN_H

#include <kmalloc/port.h>
#include <kmalloc/report.h>

/* after km_port_boot(&kern_port_hooks): current, timers, softirqs, RCU, system workqueues */
int kern_boot(void);
void kern_shutdown(void);		/* stops kern's own threads */
extern const struct km_port_hooks kern_port_hooks;

/*
 * percpu_static.c: CPU n's unit begins at base + n * unit_bytes; its first static_bytes are that
 * CPU's copy of the static per-CPU variables.
 */
struct percpu_units { uintptr_t base; size_t unit_bytes, static_bytes; };
extern struct percpu_units percpu_units;

/* A fault the port saw; machine sets it so that the crash rule reports. NULL: print and stop. */
extern void (*kern_fault_handler)(const struct km_port_fault *fault);

const char *kern_context_kind(void);	/* "task", "softirq", "hardirq" or "nmi" */
/* the same as a number above 0, which takes less room; of 0: NULL */
unsigned int kern_context_number(void);
const char *kern_context_name(unsigned int number);
void kern_context(struct km_context *ret_context);	/* the caller's context, for reports */
/* task context, nothing held, irqs on, outside RCU readers */
bool kern_may_sleep(void);
/*
 * gfp after the task's memalloc_*_save scopes (Linux: current_gfp_context()) is in
 * linux/sched/mm.h.
 */

/*
 * What kern itself still has; for the exit ledger.  Each calls @see(kind, object, function or name
 * pc/text) per item.
 */
typedef void (*kern_left_fn)(const char *kind, const void *object, uintptr_t pc, const char *name,
			     void *arg);
/* pending timers, hrtimers, work, irqs, kthreads, tasklets */
unsigned int kern_left(kern_left_fn see, void *arg);
/* of these, what lives in users' memory and waits to run: timers, hrtimers, work, tasklets */
void kern_armed(kern_left_fn see, void *arg);
/* Can any of that lie in [start, end), which is not empty?  false: surely not. */
bool kern_may_be_armed(uintptr_t start, uintptr_t end);

#endif
