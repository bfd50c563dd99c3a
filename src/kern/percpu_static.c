// SPDX-License-Identifier: MIT
/*
 * percpu_static.c - static per-CPU variables, and the set of CPUs
 *
 * Owns: __per_cpu_offset, each CPU's unit and the copy of the section km_percpu at its start,
 * nr_cpu_ids.
 * V1  The section itself is the template; nobody writes it, so that each boot starts from the
 *     initial values.
 * V2  A unit begins at a page, and so does the section.
 * V3  All units are equally far apart; what lies behind the copy in a unit is the percpu room's to
 *     hand out, and so are later units with the same distance: one offset per CPU fits all.
 * Boot only; nothing here sleeps.
 */
#include <linux/cache.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/percpu.h>
#include <linux/string.h>
#include <kern/core.h>

#define UNIT_LEAST	32768UL		/* Linux: PCPU_MIN_UNIT_SIZE */
#define DYNAMIC_LEAST	20480UL		/* of a unit, behind the copy */

/* The linker defines both because the section's name is a C identifier. */
extern char __start_km_percpu[], __stop_km_percpu[];

/* Keeps the section from being empty, and is what every CPU can look itself up with. */
static DEFINE_PER_CPU_PAGE_ALIGNED(unsigned int, cpu_number);

struct percpu_units percpu_units;
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
	size_t stride = UNIT_LEAST;
	unsigned int cpus = km_port_cpus();
	char *copies;

	while (stride < bytes + DYNAMIC_LEAST)
		stride *= 2;
	copies = km_port_grab(stride * cpus);
	if (!copies)
		return -ENOMEM;
	percpu_units = (struct percpu_units) {
		.base = (uintptr_t)copies, .unit_bytes = stride, .static_bytes = bytes,
	};
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
