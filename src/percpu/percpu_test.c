/* SPDX-License-Identifier: MIT */
/* percpu_test.c - dynamic areas: copies, wiping, limits, contexts, chunks that come and go */
#include <test.h>

#include <linux/cpumask.h>
#include <linux/irq_work.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/string.h>
#include "kern/kern.h"
#include "kern/kern_test.h"
#include "page/page_room.h"
#include "percpu/chunk.h"
#include "percpu/percpu_room.h"

static int boot_percpu_room(void)
{
	int error = km_port_boot(&kern_port_hooks);

	if (!error)
		error = kern_boot();
	if (!error)
		error = page_boot(false, false, false);
	return error ? error : percpu_boot(false);
}

static struct percpu_stats stats(void)
{
	struct percpu_stats stats;

	percpu_flush();
	percpu_read_stats(&stats);
	return stats;
}

static void each_cpu_has_its_own_zeroed_copy(void)
{
	unsigned int cpu, other;
	u64 __percpu *sum;

	for (unsigned int round = 0; round < 50; round++) {
		sum = alloc_percpu(u64);
		REQUIRE(sum);
		for_each_possible_cpu(cpu) {
			CHECK_EQ(*per_cpu_ptr(sum, cpu), 0);
			CHECK_EQ((uintptr_t)per_cpu_ptr(sum, cpu) % 8, 0);
			*per_cpu_ptr(sum, cpu) = cpu * 77 + 1;
		}
		for_each_possible_cpu(cpu) {
			CHECK_EQ(*per_cpu_ptr(sum, cpu), cpu * 77 + 1);
			for_each_possible_cpu(other)
				CHECK(cpu == other ||
				      per_cpu_ptr(sum, cpu) != per_cpu_ptr(sum, other));
		}
		CHECK_EQ(pcpu_alloc_size(sum), 8);
		free_percpu(sum);
		CHECK_EQ(pcpu_alloc_size(sum), 0);
	}
	CHECK_EQ(stats().areas, 0);
	CHECK(percpu_validate());
}

struct mixed { char byte; u64 words[5]; };

static void operations_work_on_pointers_as_on_variables(void)
{
	struct mixed __percpu *mixed = alloc_percpu(struct mixed);
	u64 wanted = 19;

	REQUIRE(mixed);
	preempt_disable();
	CHECK(this_cpu_ptr(mixed) == per_cpu_ptr(mixed, smp_processor_id()));
	this_cpu_write(mixed->words[2], 7);
	this_cpu_add(mixed->words[2], 3);
	this_cpu_inc(mixed->words[2]);
	this_cpu_dec(mixed->words[2]);
	this_cpu_sub(mixed->words[2], 2);
	CHECK_EQ(this_cpu_read(mixed->words[2]), 8);
	CHECK_EQ(this_cpu_add_return(mixed->words[2], 2), 10);
	CHECK_EQ(raw_cpu_inc_return(mixed->words[2]), 11);
	CHECK_EQ(raw_cpu_sub_return(mixed->words[2], 1), 10);
	CHECK_EQ(__this_cpu_dec_return(mixed->words[2]), 9);
	CHECK_EQ(this_cpu_xchg(mixed->words[2], 20), 9);
	CHECK_EQ(this_cpu_cmpxchg(mixed->words[2], 20, 21), 20);
	CHECK(!this_cpu_try_cmpxchg(mixed->words[2], &wanted, 1));
	CHECK_EQ(wanted, 21);
	CHECK(raw_cpu_try_cmpxchg(mixed->words[2], &wanted, 6));
	this_cpu_or(mixed->words[2], 1);
	this_cpu_and(mixed->words[2], 3);
	CHECK_EQ(raw_cpu_read(mixed->words[2]), 3);
	CHECK_EQ(per_cpu_ptr(mixed, smp_processor_id())->words[2], 3);
	CHECK_EQ(this_cpu_read(mixed->words[1]) | this_cpu_read(mixed->words[3]), 0);
	preempt_enable();
	CHECK(get_cpu_ptr(mixed) != NULL);
	CHECK_EQ(preempt_count(), 1);
	put_cpu_ptr(mixed);
	CHECK_EQ(preempt_count(), 0);
	free_percpu(mixed);
}

static void refused(size_t size, size_t align)
{
	size_t hidden = size;

	OPTIMIZER_HIDE_VAR(hidden);
	km_test_console_clear();
	CHECK(!__alloc_percpu_gfp(hidden, align, GFP_KERNEL | __GFP_NOWARN));
	CHECK_EQ(km_test_console()[0], 0);
	CHECK(!__alloc_percpu(hidden, align));
	CHECK(strstr(km_test_console(), "for percpu allocation"));
	km_test_console_clear();
}

static void what_is_too_large_or_crooked_is_refused(void)
{
	void __percpu *largest;

	refused(0, 4);
	refused(PCPU_MIN_UNIT_SIZE + 1, 4);
	refused(~0UL, 4);
	refused(64, PAGE_SIZE * 2);
	refused(64, 24);
	refused(64, 0);
	largest = __alloc_percpu(PCPU_MIN_UNIT_SIZE, PAGE_SIZE);
	REQUIRE(largest);
	CHECK_EQ((uintptr_t)per_cpu_ptr(largest, nr_cpu_ids - 1) % PAGE_SIZE, 0);
	CHECK_EQ(pcpu_alloc_size(largest), PCPU_MIN_UNIT_SIZE);
	free_percpu(largest);
	free_percpu(NULL);
	CHECK_EQ(stats().areas, 0);
}

#define MANY	4000

static void many_areas_keep_their_contents(void)
{
	static char __percpu *areas[MANY];
	static u16 sizes[MANY];
	unsigned long before = page_free_total();
	unsigned int cpu;

	for (unsigned int step = 0; step < 3 * MANY; step++) {
		unsigned int i = km_test_random_below(MANY);
		size_t align = 1UL << km_test_random_below(12);

		if (areas[i]) {
			for_each_possible_cpu(cpu) {
				char *copy = per_cpu_ptr(areas[i], cpu);

				CHECK_EQ(copy[0], (char)(i + cpu));
				CHECK_EQ(copy[sizes[i] - 1], (char)(i + cpu));
			}
			free_percpu(areas[i]);
			areas[i] = NULL;
			continue;
		}
		sizes[i] = 1 + km_test_random_below(PAGE_SIZE / 4);
		areas[i] = __alloc_percpu(sizes[i], align);
		REQUIRE(areas[i]);
		for_each_possible_cpu(cpu) {
			CHECK_EQ((uintptr_t)per_cpu_ptr(areas[i], cpu) % align, 0);
			CHECK(!memchr_inv(per_cpu_ptr(areas[i], cpu), 0, sizes[i]));
			memset(per_cpu_ptr(areas[i], cpu), i + cpu, sizes[i]);
		}
	}
	CHECK(percpu_validate());
	CHECK(stats().chunks > 10);
	for (unsigned int i = 0; i < MANY; i++) {
		free_percpu(areas[i]);
		areas[i] = NULL;
	}
	CHECK_EQ(stats().areas, 0);
	CHECK_EQ(stats().chunks, 1);
	CHECK_EQ(page_free_total(), before);
	CHECK(percpu_validate() && page_validate());
}

/* Chunks of single frames mapped one after another, as when no block is to be had. */
static void scattered_frames_serve_as_well(void)
{
	unsigned long before = page_free_total();
	struct page *page, *next;
	void __percpu *areas[8] = { NULL };
	unsigned int mapped = 0, cpu;
	LIST_HEAD(given);
	LIST_HEAD(held);
	uintptr_t base;
	size_t bytes;

	if (!km_port_vmap_range(&base, &bytes)) {
		km_test_skip("this port has no paging");
		return;
	}
	/* Hold every second page: what is free is free in single pages. */
	while ((page = page_take(__GFP_MEMALLOC | __GFP_NOWARN, 0, PAGE_OWNER_PAGES)))
		list_add(&page->lru, frame_pfn(page) & 1 ? &held : &given);
	list_for_each_entry_safe(page, next, &given, lru)
		page_give(page, 0);
	for (unsigned int i = 0; i < 8; i++) {
		areas[i] = __alloc_percpu(PCPU_MIN_UNIT_SIZE - 64, 64);
		REQUIRE(areas[i]);
		for_each_possible_cpu(cpu)
			memset(per_cpu_ptr((char *)areas[i], cpu), i + cpu,
			       PCPU_MIN_UNIT_SIZE - 64);
	}
	for (unsigned int i = 0; i < 8; i++) {
		for_each_possible_cpu(cpu)
			CHECK(!memchr_inv(per_cpu_ptr((char *)areas[i], cpu), i + cpu,
					  PCPU_MIN_UNIT_SIZE - 64));
		CHECK(per_cpu_ptr_to_phys(per_cpu_ptr(areas[i], 0)) != 0);
		mapped += (uintptr_t)per_cpu_ptr(areas[i], 0) - base < bytes;
		free_percpu(areas[i]);
	}
	CHECK(mapped >= 7);
	CHECK_EQ(stats().chunks, 1);
	CHECK_EQ(units_slots_used(), 0);
	list_for_each_entry_safe(page, next, &held, lru)
		page_give(page, 0);
	CHECK_EQ(stats().chunks, 1);
	CHECK_EQ(page_free_total(), before);
	CHECK(page_validate());
}

static void those_who_may_not_sleep_take_what_is_there(void)
{
	static void __percpu *areas[4096];
	unsigned long chunks;
	unsigned int count = 0;

	chunks = stats().chunks;
	/* So that the worker, on another CPU, has nothing to keep up with. */
	page_fail_after(0, 1000000);
	preempt_disable();
	while (count < 4095) {
		areas[count] = __alloc_percpu_gfp(1024, 8, GFP_ATOMIC | __GFP_NOWARN);
		if (!areas[count])
			break;
		count++;
	}
	preempt_enable();
	CHECK(count >= 8 && count < 4095);
	percpu_flush();
	CHECK(page_fail_stop() > 0);
	CHECK(!alloc_percpu_gfp(struct mixed[60], GFP_ATOMIC));
	/* The worker has seen it: there is room again. */
	CHECK(stats().chunks > chunks);
	preempt_disable();
	areas[count] = __alloc_percpu_gfp(1024, 8, GFP_ATOMIC);
	preempt_enable();
	CHECK(areas[count]);
	for (unsigned int i = 0; i <= count; i++)
		free_percpu(areas[i]);
	CHECK_EQ(stats().chunks, 1);
}

static void __percpu *to_free_in_interrupt;

static void free_in_interrupt(struct irq_work *work)
{
	free_percpu(to_free_in_interrupt);
	to_free_in_interrupt = __alloc_percpu_gfp(16, 8, GFP_ATOMIC);
}

static void an_interrupt_may_free_and_take(void)
{
	struct irq_work work = IRQ_WORK_INIT(free_in_interrupt);

	to_free_in_interrupt = __alloc_percpu(PCPU_MIN_UNIT_SIZE, 4);
	REQUIRE(to_free_in_interrupt);
	irq_work_queue(&work);
	irq_work_sync(&work);
	CHECK(to_free_in_interrupt);
	CHECK_EQ(stats().areas, 1);
	free_percpu(to_free_in_interrupt);
	CHECK_EQ(stats().areas, 0);
	CHECK_EQ(stats().chunks, 1);
}

static void wrong_frees_are_told_and_harmless(void)
{
	static DEFINE_PER_CPU(int, variable);
	u64 __percpu *area = alloc_percpu(u64);

	REQUIRE(area);
	km_test_console_clear();
	free_percpu((char *)area + 4);
	CHECK(strstr(km_test_console(), "Trying to free_percpu()"));
	CHECK_EQ(pcpu_alloc_size(area), 8);
	free_percpu(area);
	km_test_console_clear();
	free_percpu(area);
	CHECK(strstr(km_test_console(), "Trying to free_percpu()"));
	km_test_console_clear();
	free_percpu(&variable);
	CHECK(strstr(km_test_console(), "Trying to free_percpu()"));
	km_test_console_clear();
	CHECK(is_kernel_percpu_address((unsigned long)per_cpu_ptr(&variable, nr_cpu_ids - 1)));
	CHECK(!is_kernel_percpu_address((unsigned long)&area));
	CHECK_EQ(stats().areas, 0);
}

/* Every request for a page that a chunk makes fails once: nothing is lost, nothing breaks. */
static void each_internal_failure_leaves_nothing_behind(void)
{
	unsigned long before, failed = 1, rounds = 0;

	CHECK_EQ(stats().chunks, 1);
	before = page_free_total();
	for (unsigned long pass = 0; failed; pass++) {
		void __percpu *area;

		page_fail_after(pass, 1000000);
		area = __alloc_percpu_gfp(PCPU_MIN_UNIT_SIZE, 8, GFP_KERNEL | __GFP_NOWARN);
		failed = page_fail_stop();
		CHECK_EQ(area == NULL, failed != 0);
		free_percpu(area);
		CHECK_EQ(stats().chunks, 1);
		CHECK_EQ(page_free_total(), before);
		rounds++;
	}
	CHECK(rounds >= 3);
	CHECK(page_validate());
}

static void a_failure_is_said(void)
{
	km_test_console_clear();
	page_fail_after(0, 1000000);
	CHECK(!__alloc_percpu(PCPU_MIN_UNIT_SIZE, 8));
	page_fail_stop();
	CHECK(strstr(km_test_console(),
		     "percpu: allocation failed, size=32768 align=8 atomic=0, failed to allocate "
		     "new chunk"));
	km_test_console_clear();
}

static int churn(void *data)
{
	static u64 __percpu *slots[4][64];
	u64 __percpu **mine = slots[(uintptr_t)data];
	unsigned int seed = (uintptr_t)data + 1, cpu;

	for (unsigned int step = 0; step < 3000; step++) {
		unsigned int i = (seed = seed * 1103515245 + 12345) >> 16 & 63;

		if (mine[i]) {
			for_each_possible_cpu(cpu)
				CHECK_EQ(*per_cpu_ptr(mine[i], cpu), (uintptr_t)mine[i] + cpu);
			free_percpu(mine[i]);
			mine[i] = NULL;
		} else {
			mine[i] = __alloc_percpu(8 + (seed >> 8 & 0xfff), 8);
			for_each_possible_cpu(cpu)
				*per_cpu_ptr(mine[i], cpu) = (uintptr_t)mine[i] + cpu;
		}
	}
	for (unsigned int i = 0; i < 64; i++) {
		free_percpu(mine[i]);
		mine[i] = NULL;
	}
	return 0;
}

static void threads_do_not_get_in_each_others_way(void)
{
	struct task_struct *tasks[4];

	for (uintptr_t i = 0; i < 4; i++)
		tasks[i] = test_thread(churn, (void *)i, "churn");
	for (unsigned int i = 0; i < 4; i++)
		test_join(tasks[i]);
	CHECK_EQ(stats().areas, 0);
	CHECK_EQ(stats().chunks, 1);
	CHECK(percpu_validate());
}

KM_TESTS(boot_percpu_room,
	 T(each_cpu_has_its_own_zeroed_copy),
	 T(operations_work_on_pointers_as_on_variables),
	 T(what_is_too_large_or_crooked_is_refused),
	 T(many_areas_keep_their_contents),
	 T(scattered_frames_serve_as_well),
	 T(those_who_may_not_sleep_take_what_is_there),
	 T(an_interrupt_may_free_and_take),
	 T(wrong_frees_are_told_and_harmless),
	 T(each_internal_failure_leaves_nothing_behind),
	 T(a_failure_is_said),
	 T(threads_do_not_get_in_each_others_way));
