// SPDX-License-Identifier: MIT
/* percpu_static_test.c - each CPU has its own copy; sets of CPUs */
#include <linux/local_lock.h>
#include <linux/percpu.h>
#include <kern/kern_test.h>

static DEFINE_PER_CPU(int, counter) = 5;
static DEFINE_PER_CPU(u64, sum);
static DEFINE_PER_CPU_ALIGNED(u32, lined);

struct pair { void *a; long b; };
static DEFINE_PER_CPU(struct pair, pair) = { .b = -1 };

static void copies_are_distinct_and_start_with_the_initial_value(void)
{
	unsigned int cpu, other;

	for_each_possible_cpu(cpu) {
		CHECK(&per_cpu(counter, cpu) != &counter);
		CHECK_EQ(per_cpu(counter, cpu), 5);
		CHECK_EQ(per_cpu(pair, cpu).b, -1);
		CHECK_EQ((unsigned long)&per_cpu(lined, cpu) % 64, 0);
		for_each_possible_cpu(other)
			CHECK(cpu == other || &per_cpu(sum, cpu) != &per_cpu(sum, other));
	}
	for_each_possible_cpu(cpu)
		per_cpu(sum, cpu) = cpu + 100;
	for_each_possible_cpu(cpu)
		CHECK_EQ(*per_cpu_ptr(&sum, cpu), cpu + 100);
	CHECK_EQ(counter, 5);
}

static void this_cpu_is_the_cpu_one_runs_on(void)
{
	int cpu = get_cpu();

	CHECK(this_cpu_ptr(&sum) == per_cpu_ptr(&sum, cpu));
	this_cpu_write(sum, 7);
	CHECK_EQ(per_cpu(sum, cpu), 7);
	this_cpu_add(sum, 3);
	this_cpu_inc(sum);
	this_cpu_dec(sum);
	this_cpu_sub(sum, 2);
	CHECK_EQ(this_cpu_read(sum), 8);
	CHECK_EQ(this_cpu_add_return(sum, 2), 10);
	CHECK_EQ(this_cpu_inc_return(sum), 11);
	CHECK_EQ(this_cpu_sub_return(sum, 1), 10);
	CHECK_EQ(this_cpu_xchg(sum, 20), 10);
	CHECK_EQ(this_cpu_cmpxchg(sum, 19, 1), 20);
	CHECK_EQ(this_cpu_cmpxchg(sum, 20, 21), 20);
	CHECK_EQ(__this_cpu_read(sum), 21);
	this_cpu_or(sum, 2);
	this_cpu_and(sum, 3);
	CHECK_EQ(raw_cpu_read(sum), 3);
	put_cpu();
}

static void get_cpu_var_holds_preemption_off(void)
{
	static DEFINE_PER_CPU(local_lock_t, lock) = INIT_LOCAL_LOCK(lock);

	get_cpu_var(counter)++;
	CHECK_EQ(preempt_count(), 1);
	put_cpu_var(counter);
	CHECK_EQ(preempt_count(), 0);
	local_lock(&lock);
	CHECK_EQ(preempt_count(), 1);
	local_unlock(&lock);
}

static DEFINE_PER_CPU(unsigned long, hits);

static int hit(void *data)
{
	for (int i = 0; i < 200; i++) {
		this_cpu_inc(hits);
		km_port_point();
	}
	return 0;
}

static void increments_are_not_lost(void)
{
	struct task_struct *tasks[3];
	unsigned long total = 0;
	unsigned int cpu;

	for (int i = 0; i < 3; i++)
		tasks[i] = test_thread(hit, NULL, "hit");
	hit(NULL);
	for (int i = 0; i < 3; i++)
		test_join(tasks[i]);
	for_each_online_cpu(cpu)
		total += per_cpu(hits, cpu);
	CHECK_EQ(total, 4 * 200);
}

static void sets_of_cpus(void)
{
	struct cpumask mask, other;
	unsigned int cpu, count = 0;

	CHECK_EQ(num_online_cpus(), km_port_cpus());
	CHECK_EQ(cpumask_weight(cpu_possible_mask), nr_cpu_ids);
	cpumask_clear(&mask);
	CHECK(cpumask_empty(&mask));
	CHECK_EQ(cpumask_first(&mask), nr_cpu_ids);
	cpumask_set_cpu(0, &mask);
	CHECK(cpumask_test_cpu(0, &mask));
	CHECK(cpumask_equal(&mask, cpumask_of(0)));
	CHECK(cpumask_test_and_clear_cpu(0, &mask));
	CHECK(!cpumask_test_and_set_cpu(0, &mask));
	cpumask_setall(&other);
	CHECK(cpumask_full(&other));
	CHECK(cpumask_and(&mask, &mask, &other));
	CHECK_EQ(cpumask_weight(&mask), 1);
	for_each_cpu(cpu, &other)
		count++;
	CHECK_EQ(count, nr_cpu_ids);
	cpumask_andnot(&mask, &other, cpumask_of(0));
	CHECK_EQ(cpumask_weight(&mask), nr_cpu_ids - 1);
	CHECK_EQ(cpumask_next(0, &other), nr_cpu_ids > 1 ? 1 : nr_cpu_ids);
}

KM_TESTS(test_kern_up, T(copies_are_distinct_and_start_with_the_initial_value),
	 T(this_cpu_is_the_cpu_one_runs_on), T(get_cpu_var_holds_preemption_off),
	 T(increments_are_not_lost), T(sets_of_cpus));
