// SPDX-License-Identifier: MIT
/* percpu.c - rows of the family percpu; see api.h */
#include "api.h"

#include <linux/percpu.h>
#include <linux/percpu_counter.h>

static bool wiped(void __percpu *area, size_t bytes)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		if (!api_filled(per_cpu_ptr((char *)area, cpu), 0, bytes))
			return false;
	return true;
}

API(__alloc_percpu, zero, "size 0 is NULL and warned of")
{
	void __percpu *area = __alloc_percpu(API_HIDDEN(0), 4);

	return !area && api_said("illegal size (0) or align (4) for percpu allocation");
}

API(__alloc_percpu, limit, "32 KiB is served, a byte more is NULL and warned of")
{
	void __percpu *area = __alloc_percpu(PCPU_MIN_UNIT_SIZE, 4);
	bool ok = area && wiped(area, PCPU_MIN_UNIT_SIZE) &&
		  !__alloc_percpu(PCPU_MIN_UNIT_SIZE + API_HIDDEN(1), 4) &&
		  api_said("illegal size");

	free_percpu(area);
	return ok;
}

API(__alloc_percpu, overflow, "a size that wrapped is too large: NULL")
{
	return !__alloc_percpu_gfp(API_HIDDEN(SIZE_MAX), 8, GFP_KERNEL | __GFP_NOWARN) &&
	       !__alloc_percpu_gfp(API_HIDDEN(SIZE_MAX - 2), 8, GFP_KERNEL | __GFP_NOWARN);
}

API(__alloc_percpu, align, "each copy is aligned as asked, up to a page; more is NULL")
{
	size_t odd = 12;	/* no power of 2 */
	bool ok = true;

	for (size_t align = 1; align <= PAGE_SIZE; align *= 2) {
		void __percpu *area = __alloc_percpu(24, align);
		unsigned int cpu;

		for_each_possible_cpu(cpu)
			ok &= api_aligned(per_cpu_ptr((char *)area, cpu), align < 4 ? 4 : align);
		free_percpu(area);
	}
	return ok && !__alloc_percpu(24, 2 * PAGE_SIZE) && !__alloc_percpu(24, odd);
}

API(alloc_percpu, other, "zeroed on every possible CPU, also when used before")
{
	bool ok = true;

	for (int round = 0; round < 3; round++) {
		u64 __percpu *area = alloc_percpu(u64);
		unsigned int cpu;

		ok &= area && wiped(area, sizeof(u64));
		for_each_possible_cpu(cpu)
			*per_cpu_ptr(area, cpu) = ~0ULL;
		free_percpu(area);
	}
	return ok;
}

API(alloc_percpu, failure, "NULL without memory")
{
	void __percpu *areas[3] = { NULL };
	bool ok;

	api_memory_out();
	for (int i = 0; i < 3; i++)
		areas[i] = __alloc_percpu_gfp(PCPU_MIN_UNIT_SIZE, 8, GFP_KERNEL | __GFP_NOWARN);
	ok = !areas[2];
	api_memory_back();
	for (int i = 0; i < 3; i++)
		free_percpu(areas[i]);
	return ok;
}

API_CONTEXTS(alloc_percpu, "P", "may sleep", NULL)
{
	int __percpu *area = alloc_percpu(int);

	free_percpu(area);
	return area;
}

API_CONTEXTS(alloc_percpu_gfp, "PASH", "GFP_ATOMIC and GFP_NOWAIT take what is there", NULL)
{
	int __percpu *area = alloc_percpu_gfp(int, GFP_ATOMIC);
	int __percpu *other = alloc_percpu_gfp(int, GFP_NOWAIT);

	free_percpu(area);
	free_percpu(other);
	return area && other;
}

static u32 __percpu *ready;

static void make_ready(void)
{
	ready = alloc_percpu(u32);
}

API_CONTEXTS(free_percpu, "PASH", "never sleeps", make_ready)
{
	free_percpu(ready);
	return true;
}

API(free_percpu, null, "NULL is nothing to do")
{
	free_percpu(NULL);
	return !km_test_console()[0];
}

API(free_percpu, other, "an address inside an area is refused, and the area stays whole")
{
	u64 __percpu *area = alloc_percpu(u64);
	bool ok;

	free_percpu((char __percpu *)area + 4);
	ok = pcpu_alloc_size(area) == sizeof(u64);
	free_percpu(area);
	return ok;
}

API(pcpu_alloc_size, other, "the size asked for, in granules of 4 bytes; 0 for what is none")
{
	char __percpu *area = __alloc_percpu(13, 1);
	bool ok = pcpu_alloc_size(area) == 16 && !pcpu_alloc_size(area + 4) &&
		  !pcpu_alloc_size(NULL);

	free_percpu(area);
	return ok;
}

API_CONTEXTS(per_cpu_ptr, "PASH", "any context", make_ready)
{
	bool ok = per_cpu_ptr(ready, 0) != NULL && (void *)per_cpu_ptr(ready, 0) != (void *)ready;

	free_percpu(ready);
	return ok;
}

API(this_cpu_ptr, other, "the copy of the CPU it runs on, in every this_cpu operation too")
{
	long __percpu *area = alloc_percpu(long);
	bool ok;

	preempt_disable();
	ok = this_cpu_ptr(area) == per_cpu_ptr(area, smp_processor_id());
	this_cpu_write(*area, 5);
	ok &= this_cpu_add_return(*area, 2) == 7 && *this_cpu_ptr(area) == 7 &&
	      this_cpu_cmpxchg(*area, 7, 9) == 7 && this_cpu_xchg(*area, 1) == 9;
	preempt_enable();
	free_percpu(area);
	return ok;
}

API(get_cpu_ptr, other, "holds preemption off until put_cpu_ptr()")
{
	long __percpu *area = alloc_percpu(long);
	bool ok = get_cpu_ptr(area) && preempt_count() == 1;

	put_cpu_ptr(area);
	free_percpu(area);
	return ok && !preempt_count();
}

static DEFINE_PER_CPU(int, variable) = 4;

API(DEFINE_PER_CPU, other, "each CPU's copy starts with the initial value")
{
	bool ok = true;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		ok &= per_cpu(variable, cpu) == 4 &&
		      is_kernel_percpu_address((unsigned long)per_cpu_ptr(&variable, cpu));
	return ok;
}

API(percpu_counter_init, failure, "-ENOMEM, and destroy is then nothing to do")
{
	struct percpu_counter counters[3] = { 0 };
	int error;

	api_memory_out();
	error = percpu_counter_init_many(counters, 0, GFP_NOWAIT, 9000);
	api_memory_back();
	percpu_counter_destroy(&counters[0]);
	return error == -ENOMEM;
}

API_CONTEXTS(percpu_counter_init, "P", "GFP_KERNEL may sleep", NULL)
{
	struct percpu_counter counter;
	bool ok = !percpu_counter_init(&counter, 3, GFP_KERNEL);

	ok = ok && percpu_counter_sum(&counter) == 3;
	percpu_counter_destroy(&counter);
	return ok;
}

static struct percpu_counter shared_counter;

static void make_counter(void)
{
	percpu_counter_init(&shared_counter, 0, GFP_KERNEL);
}

API_CONTEXTS(percpu_counter_add, "PASH", "adding and summing never sleep", make_counter)
{
	bool ok;

	percpu_counter_add(&shared_counter, 100);
	percpu_counter_dec(&shared_counter);
	ok = percpu_counter_sum(&shared_counter) == 99;
	percpu_counter_destroy(&shared_counter);
	return ok;
}

/* Every operation, on a variable and on an area, in any context. */
static u64 __percpu *cell;
static DEFINE_PER_CPU(u64, fixed);

static void make_cell(void)
{
	unsigned int cpu;

	cell = alloc_percpu(u64);
	for_each_possible_cpu(cpu)
		per_cpu(fixed, cpu) = 0;
}

static bool cell_end(bool ok)
{
	free_percpu(cell);
	return ok;
}

/* What all CPUs have together: the caller may have moved between two operations. */
static u64 cells(void)
{
	unsigned int cpu;
	u64 sum = 0;

	for_each_possible_cpu(cpu)
		sum += *per_cpu_ptr(cell, cpu) * 1000 + per_cpu(fixed, cpu);
	return sum;
}

API_CONTEXTS(this_cpu_read, "PASH", "one CPU's value", make_cell)
{
	return cell_end(this_cpu_read(*cell) == 0 && this_cpu_read(fixed) == 0);
}

API_CONTEXTS(this_cpu_write, "PASH", "one CPU's copy and no other", make_cell)
{
	this_cpu_write(*cell, 3);
	this_cpu_write(fixed, 4);
	return cell_end(cells() == 3004);
}

API_CONTEXTS(this_cpu_add, "PASH", "adds, also negative amounts", make_cell)
{
	this_cpu_add(*cell, 9);
	this_cpu_add(fixed, 9);
	preempt_disable();
	this_cpu_add(*cell, -2);
	preempt_enable();
	return cell_end(cells() == 7009);
}

API_CONTEXTS(this_cpu_inc, "PASH", "adds one", make_cell)
{
	this_cpu_inc(*cell);
	this_cpu_inc(fixed);
	return cell_end(cells() == 1001);
}

API_CONTEXTS(this_cpu_dec, "PASH", "takes one off", make_cell)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		*per_cpu_ptr(cell, cpu) = per_cpu(fixed, cpu) = 1;
	this_cpu_dec(*cell);
	this_cpu_dec(fixed);
	return cell_end(cells() == 1001 * nr_cpu_ids - 1001);
}

API_CONTEXTS(this_cpu_add_return, "PASH", "the value after it", make_cell)
{
	return cell_end(this_cpu_add_return(*cell, 5) == 5 && this_cpu_add_return(fixed, 6) == 6 &&
			cells() == 5006);
}

API_CONTEXTS(this_cpu_xchg, "PASH", "the value before it", make_cell)
{
	return cell_end(this_cpu_xchg(*cell, 5) == 0 && this_cpu_xchg(fixed, 6) == 0 &&
			cells() == 5006);
}

API_CONTEXTS(this_cpu_cmpxchg, "PASH", "writes only over the value expected", make_cell)
{
	return cell_end(this_cpu_cmpxchg(*cell, 0, 5) == 0 && this_cpu_cmpxchg(fixed, 7, 6) == 0 &&
			cells() == 5000);
}

API(put_cpu_ptr, other, "lets preemption on again, once for each get_cpu_ptr()")
{
	u64 __percpu *area = alloc_percpu(u64);
	bool ok = get_cpu_ptr(area) && get_cpu_ptr(area) && preempt_count() == 2;

	put_cpu_ptr(area);
	ok &= preempt_count() == 1;
	put_cpu_ptr(area);
	free_percpu(area);
	return ok && !preempt_count();
}

API(__alloc_percpu_gfp, limit, "__GFP_NOWARN keeps refusals silent")
{
	return !__alloc_percpu_gfp(API_HIDDEN(0), 4, GFP_KERNEL | __GFP_NOWARN) &&
	       !__alloc_percpu_gfp(8, API_HIDDEN(3), GFP_KERNEL | __GFP_NOWARN) &&
	       !km_test_console()[0];
}

API(__alloc_percpu_gfp, failure, "a caller that may not sleep gets NULL when no chunk has room")
{
	static void __percpu *areas[2000];
	int count = 0;

	api_memory_out();
	while (count < 2000 && (areas[count] = __alloc_percpu_gfp(2048, 4, GFP_NOWAIT)))
		count++;
	api_memory_back();
	for (int i = 0; i < count; i++)
		free_percpu(areas[i]);
	return count < 2000;
}
