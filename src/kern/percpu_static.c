// SPDX-License-Identifier: MIT
/*
 * percpu_static.c - static per-CPU variables, and the set of CPUs
 *
 * Owns: __per_cpu_offset, each CPU's copy of the section km_percpu, nr_cpu_ids.
 * V1  The section itself is the template; nobody writes it, so that each boot starts from the
 *     initial values.
 * V2  A copy is aligned as the section is (to a page).
 * Boot only; nothing here sleeps.
 */
#include <linux/cache.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/percpu.h>
#include <linux/string.h>
#include <kern/core.h>

#define COPY_ALIGN	4096UL

/* The linker defines both because the section's name is a C identifier. */
extern char __start_km_percpu[], __stop_km_percpu[];

/* Keeps the section from being empty, and is what every CPU can look itself up with. */
static DEFINE_PER_CPU_PAGE_ALIGNED(unsigned int, cpu_number);

unsigned long __per_cpu_offset[NR_CPUS];
unsigned int nr_cpu_ids = 1;
struct cpumask __cpu_possible_mask = { { 1 } };

#define ONE(n)		[n] = { { 1UL << (n) } }
#define EIGHT(n) \
	ONE(n), ONE(n + 1), ONE(n + 2), ONE(n + 3), ONE(n + 4), ONE(n + 5), ONE(n + 6), ONE(n + 7)
const struct cpumask km_cpu_masks[NR_CPUS] = {
	EIGHT(0), EIGHT(8), EIGHT(16), EIGHT(24), EIGHT(32), EIGHT(40), EIGHT(48), EIGHT(56),
};

int percpu_static_boot(void)
{
	size_t bytes = (size_t)(__stop_km_percpu - __start_km_percpu);
	size_t stride = (bytes + COPY_ALIGN - 1) & ~(COPY_ALIGN - 1);
	unsigned int cpus = km_port_cpus();
	char *copies = km_port_grab(stride * cpus);

	if (!copies)
		return -ENOMEM;
	nr_cpu_ids = cpus;
	cpumask_setall(&__cpu_possible_mask);
	for (unsigned int cpu = 0; cpu < cpus; cpu++) {
		char *copy = copies + cpu * stride;

		memcpy(copy, __start_km_percpu, bytes);
		__per_cpu_offset[cpu] = (unsigned long)copy - (unsigned long)__start_km_percpu;
		per_cpu(cpu_number, cpu) = cpu;
	}
	return 0;
}
