/* SPDX-License-Identifier: MIT */
/* extent_test.c - each CPU's copy is open to the byte, and closed when it is freed */
#include "rules/rules_test.h"
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/percpu_counter.h>
#include "rules/access.h"
#include "rules/shadow.h"

static bool is_open(const void *at, size_t bytes)
{
	uint8_t code;

	return !shadow_bad_byte((uintptr_t)at, bytes, &code);
}

static void every_copy_is_open_to_the_byte(void)
{
	for (size_t bytes = 1; bytes <= 40; bytes++) {
		char __percpu *area = __alloc_percpu(bytes, 1);
		unsigned int cpu;

		CHECK(area != NULL);
		for_each_possible_cpu(cpu) {
			char *copy = per_cpu_ptr(area, cpu);

			CHECK(is_open(copy, bytes));
			for (size_t i = bytes; i < bytes + 16; i++)
				CHECK(!is_open(copy + i, 1));
		}
		CHECK(pcpu_alloc_size(area) >= bytes && pcpu_alloc_size(area) < bytes + 16);
		free_percpu(area);
		for_each_possible_cpu(cpu)
			CHECK(!is_open(per_cpu_ptr(area, cpu), 1));
	}
}

static void a_finding_names_the_copy(void)
{
	u32 __percpu *area = alloc_percpu(u32);
	u32 *copy = per_cpu_ptr(area, 1);

	told_clear();
	access_check((uintptr_t)(copy + 1), 4, true, 0);
	CHECK_TOLD("out-of-bounds", "percpu-out-of-bounds: Write of size 4 at 0 bytes to the right "
		   "of allocated 4-byte region from alloc_percpu(), CPU 1's copy");
	CHECK(told_last.alloc_stack.count);
	free_percpu(area);
	told_clear();
	access_check((uintptr_t)copy, 4, false, 0);
	CHECK_TOLD("use-after-free", "percpu-use-after-free: Read of size 4 at 0 bytes inside of "
		   "freed 4-byte region");
	CHECK(told_last.free_stack.count);
}

/* What the library takes on its own account lies where something was freed, and is open. */
static void the_engines_own_areas_are_open(void)
{
	struct km_event pressure = { .point = KM_POINT_PRESSURE };
	void __percpu *freed[64];
	struct percpu_counter counter;

	for (unsigned int i = 0; i < 64; i++)
		freed[i] = __alloc_percpu(8, 8);
	for (unsigned int i = 0; i < 64; i++)
		free_percpu(freed[i]);
	quarantine_rule.see(&pressure);
	CHECK_EQ(percpu_counter_init(&counter, 5, GFP_KERNEL), 0);
	CHECK(is_open(per_cpu_ptr(counter.counters, 0), sizeof(s32)));
	percpu_counter_destroy(&counter);
}

static void the_largest_areas_can_still_be_had(void)
{
	for (size_t bytes = PCPU_MIN_UNIT_SIZE - 64; bytes <= PCPU_MIN_UNIT_SIZE; bytes += 4) {
		char __percpu *area = __alloc_percpu(bytes, 4);

		CHECK(area != NULL);
		CHECK(is_open(per_cpu_ptr(area, 0), bytes));
		free_percpu(area);
	}
}

KM_TESTS(rules_setup,
	T(every_copy_is_open_to_the_byte),
	T(a_finding_names_the_copy),
	T(the_engines_own_areas_are_open),
	T(the_largest_areas_can_still_be_had));
