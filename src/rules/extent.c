/* SPDX-License-Identifier: MIT */
/*
 * extent.c - where the bytes of an object lie: once, or once for each CPU
 *
 * E1  A percpu object is known by the pointer alloc_percpu() returned, which is no address; its
 *     bytes lie at that pointer plus each possible CPU's offset, and are opened and closed there.
 * E2  Pointers of percpu objects are never addresses that another object is known by: they are
 *     addresses of CPU 0's unit, moved by that CPU's offset out of the machine's memory.
 * Lock: none here.  Nothing sleeps.
 */
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include "rules/extent.h"

void extent_open(enum km_family family, uintptr_t start, size_t bytes, size_t usable,
		 enum shadow_code code)
{
	unsigned int cpu;

	if (family != KM_FAMILY_PERCPU) {
		shadow_open_object(start, bytes, usable, code);
		return;
	}
	for_each_possible_cpu(cpu) {
		shadow_close(start + per_cpu_offset(cpu), usable, code);
		shadow_open(start + per_cpu_offset(cpu), bytes);
	}
}

void extent_close(enum km_family family, uintptr_t start, size_t usable, enum shadow_code code)
{
	unsigned int cpu;

	if (family != KM_FAMILY_PERCPU) {
		shadow_close(start, usable, code);
		return;
	}
	for_each_possible_cpu(cpu)
		shadow_close(start + per_cpu_offset(cpu), usable, code);
}

uintptr_t extent_home_locked(uintptr_t address, size_t reach, int *ret_cpu)
{
	unsigned int cpu;

	*ret_cpu = -1;
	if (object_around(address))
		return address;
	for_each_possible_cpu(cpu) {
		uintptr_t home = address - per_cpu_offset(cpu);
		const struct object *object = object_around(home);

		if (!object)
			object = object_near(home, reach);
		if (object && object->family == KM_FAMILY_PERCPU) {
			*ret_cpu = (int)cpu;
			return home;
		}
	}
	return address;
}
