/* SPDX-License-Identifier: MIT */
/* percpu_counter_test.c - batches, exact sums, limits, many CPUs at once */
#include <test.h>

#include <linux/percpu_counter.h>
#include "kern/kern.h"
#include "kern/kern_test.h"
#include "page/page_room.h"
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

static void a_sum_is_exact_and_a_read_is_near(void)
{
	struct percpu_counter counter = { 0 };
	s64 slack, want = 100;

	CHECK(!percpu_counter_initialized(&counter));
	REQUIRE(!percpu_counter_init(&counter, 100, GFP_KERNEL));
	CHECK(percpu_counter_initialized(&counter));
	slack = (s64)percpu_counter_batch * nr_cpu_ids;
	for (int i = 0; i < 5000; i++) {
		s64 amount = (s64)km_test_random_below(200) - 90;

		percpu_counter_add(&counter, amount);
		want += amount;
		CHECK_EQ(percpu_counter_sum(&counter), want);
		CHECK(percpu_counter_read(&counter) - want <= slack);
		CHECK(want - percpu_counter_read(&counter) <= slack);
	}
	percpu_counter_sub(&counter, 1000000);
	percpu_counter_inc(&counter);
	percpu_counter_dec(&counter);
	CHECK_EQ(percpu_counter_sum(&counter), want - 1000000);
	CHECK_EQ(percpu_counter_sum_positive(&counter), 0);
	CHECK_EQ(percpu_counter_read_positive(&counter), 0);
	percpu_counter_set(&counter, 3);
	CHECK_EQ(percpu_counter_sum(&counter), 3);
	percpu_counter_destroy(&counter);
	CHECK(!percpu_counter_initialized(&counter));
	percpu_counter_destroy(&counter);
}

static void a_share_below_the_batch_stays_with_its_cpu(void)
{
	struct percpu_counter counter;

	REQUIRE(!percpu_counter_init(&counter, 0, GFP_KERNEL));
	percpu_counter_add_batch(&counter, 9, 10);
	CHECK_EQ(percpu_counter_read(&counter), 0);
	percpu_counter_add_batch(&counter, 9, 100000);
	percpu_counter_add_local(&counter, 9);
	CHECK_EQ(percpu_counter_sum(&counter), 27);
	CHECK_EQ(percpu_counter_read(&counter), 0);
	percpu_counter_set(&counter, 0);
	percpu_counter_add_batch(&counter, 10, 10);
	CHECK_EQ(percpu_counter_read(&counter), 10);
	preempt_disable();
	percpu_counter_add_batch(&counter, -9, 10);
	percpu_counter_sync(&counter);
	preempt_enable();
	CHECK_EQ(percpu_counter_read(&counter), 1);
	percpu_counter_destroy(&counter);
}

static void comparing_and_limits_are_exact(void)
{
	struct percpu_counter counter;

	REQUIRE(!percpu_counter_init(&counter, 0, GFP_KERNEL));
	for (int i = 0; i < 1000; i++)
		percpu_counter_inc(&counter);
	CHECK_EQ(percpu_counter_compare(&counter, 999), 1);
	CHECK_EQ(percpu_counter_compare(&counter, 1000), 0);
	CHECK(percpu_counter_compare(&counter, 1001) == -1);
	CHECK(percpu_counter_compare(&counter, 1000000) == -1);
	CHECK(percpu_counter_limited_add(&counter, 1010, 10));
	CHECK(!percpu_counter_limited_add(&counter, 1010, 1));
	CHECK_EQ(percpu_counter_sum(&counter), 1010);
	CHECK(percpu_counter_limited_add(&counter, 0, -1010));
	CHECK(!percpu_counter_limited_add(&counter, 0, -1));
	CHECK_EQ(percpu_counter_sum(&counter), 0);
	percpu_counter_destroy(&counter);
}

static struct percpu_counter shared[3];

static int add_many(void *data)
{
	for (int i = 0; i < 2000; i++) {
		percpu_counter_inc(&shared[i % 3]);
		km_port_point();
	}
	return 0;
}

static void no_addition_is_lost(void)
{
	struct task_struct *tasks[3];
	s64 total = 0;

	REQUIRE(!percpu_counter_init_many(shared, 5, GFP_KERNEL, 3));
	for (int i = 0; i < 3; i++)
		tasks[i] = test_thread(add_many, NULL, "add");
	add_many(NULL);
	for (int i = 0; i < 3; i++)
		test_join(tasks[i]);
	for (int i = 0; i < 3; i++)
		total += percpu_counter_sum(&shared[i]);
	CHECK_EQ(total, 4 * 2000 + 15);
	percpu_counter_destroy_many(shared, 3);
}

static void without_memory_there_is_no_counter(void)
{
	struct percpu_counter counter = { 0 };
	void __percpu *areas[64];
	unsigned int count = 0;

	page_fail_after(0, 1000000);
	while (count < 64 && (areas[count] = __alloc_percpu_gfp(4096, 4, GFP_NOWAIT)))
		count++;
	while (count < 64 && (areas[count] = __alloc_percpu_gfp(512, 4, GFP_NOWAIT)))
		count++;
	CHECK(percpu_counter_init_many(&counter, 0, GFP_KERNEL | __GFP_NOWARN, 2000) == -12);
	page_fail_stop();
	percpu_counter_destroy(&counter);
	while (count--)
		free_percpu(areas[count]);
}

KM_TESTS(boot_percpu_room,
	 T(a_sum_is_exact_and_a_read_is_near),
	 T(a_share_below_the_batch_stays_with_its_cpu),
	 T(comparing_and_limits_are_exact),
	 T(no_addition_is_lost),
	 T(without_memory_there_is_no_counter));
