// SPDX-License-Identifier: MIT
/* time_test.c - jiffies, ktime, delays */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched/clock.h>
#include <linux/timex.h>
#include <kern/upper_test.h>

static void jiffies_begin_five_minutes_before_32_bits_wrap(void)
{
	CHECK_EQ(INITIAL_JIFFIES, 0xfffb6c20UL);
	CHECK(time_after_eq(jiffies, INITIAL_JIFFIES));
	CHECK(time_before(jiffies, INITIAL_JIFFIES + 200 * HZ));
	CHECK(READ_ONCE(jiffies) <= (unsigned long)get_jiffies_64());
}

static void jiffies_follow_a_busy_wait(void)
{
	unsigned long start = jiffies;

	mdelay(5);
	CHECK(jiffies - start >= 4);
	CHECK(time_is_before_jiffies(start));
}

static void a_loop_on_jiffies_ends(void)
{
	unsigned long end = jiffies + 2;

	while (time_before(jiffies, end))
		;
	CHECK(time_after_eq(jiffies, end));
}

static void milliseconds_convert_both_ways(void)
{
	CHECK_EQ(msecs_to_jiffies(0), 0);
	CHECK_EQ(msecs_to_jiffies(10), 10);
	CHECK_EQ(msecs_to_jiffies(-1U), MAX_JIFFY_OFFSET);
	CHECK_EQ(jiffies_to_msecs(250), 250);
	CHECK_EQ(usecs_to_jiffies(1), 1);
	CHECK_EQ(usecs_to_jiffies(1001), 2);
	CHECK_EQ(nsecs_to_jiffies(2999999), 2);
	CHECK_EQ(jiffies_to_usecs(3), 3000);
	CHECK_EQ(jiffies_to_clock_t(1000), 100);
	CHECK_EQ(clock_t_to_jiffies(100), 1000);
}

static void ktime_arithmetic_saturates_and_normalizes(void)
{
	struct timespec64 ts;

	CHECK_EQ(ktime_set(1, 5), 1000000005);
	CHECK_EQ(ktime_set(KTIME_SEC_MAX, 0), KTIME_MAX);
	CHECK_EQ(ktime_add_safe(KTIME_MAX, 10), KTIME_MAX);
	CHECK_EQ(ktime_us_delta(ms_to_ktime(3), us_to_ktime(500)), 2500);
	CHECK_EQ(ktime_compare(1, 2), -1);
	set_normalized_timespec64(&ts, 5, -1);
	CHECK_EQ(ts.tv_sec, 4);
	CHECK_EQ(ts.tv_nsec, 999999999);
	ts = ns_to_timespec64(-1);
	CHECK_EQ(ts.tv_sec, -1);
	CHECK_EQ(timespec64_to_ns(&ts), -1);
}

static void the_clocks_advance_together(void)
{
	ktime_t before = ktime_get();
	u64 clock = local_clock();
	cycles_t cycles = get_cycles();

	udelay(50);
	CHECK(ktime_us_delta(ktime_get(), before) >= 50);
	CHECK(local_clock() - clock >= 50000);
	CHECK(get_cycles() - cycles >= 50000);
	CHECK(ktime_get_real_seconds() > 1700000000);
}

static void sleeps_last_at_least_as_long_as_asked(void)
{
	ktime_t start = ktime_get();

	msleep(3);
	CHECK(ktime_ms_delta(ktime_get(), start) >= 3);
	start = ktime_get();
	usleep_range(200, 300);
	CHECK(ktime_us_delta(ktime_get(), start) >= 200);
	start = ktime_get();
	fsleep(500);
	CHECK(ktime_us_delta(ktime_get(), start) >= 500);
	CHECK_EQ(msleep_interruptible(2), 0);
	CHECK_EQ(current->__state, TASK_RUNNING);
}

static void each_sleep_tells_that_it_may_sleep(void)
{
	upper_listen(1u << KM_POINT_MIGHT_SLEEP);
	msleep(0);
	CHECK_EQ(upper_seen[KM_POINT_MIGHT_SLEEP].count, 1);
	CHECK_EQ(strcmp(upper_seen[KM_POINT_MIGHT_SLEEP].what, "msleep"), 0);
	usleep_range(10, 20);
	CHECK_EQ(upper_seen[KM_POINT_MIGHT_SLEEP].count, 2);
	udelay(1);
	CHECK_EQ(upper_seen[KM_POINT_MIGHT_SLEEP].count, 2);
	upper_listen(0);
}

static void rounding_keeps_to_the_future(void)
{
	unsigned long at = jiffies + 10 * HZ;

	CHECK_EQ(round_jiffies(at) % HZ, 0);
	CHECK_EQ(round_jiffies_up(at) % HZ, 0);
	CHECK(round_jiffies_up(at) >= at);
	CHECK_EQ(round_jiffies(jiffies - HZ * 100) < jiffies, 1);
}

KM_TESTS(upper_setup, T(jiffies_begin_five_minutes_before_32_bits_wrap),
	 T(jiffies_follow_a_busy_wait), T(a_loop_on_jiffies_ends),
	 T(milliseconds_convert_both_ways), T(ktime_arithmetic_saturates_and_normalizes),
	 T(the_clocks_advance_together), T(sleeps_last_at_least_as_long_as_asked),
	 T(each_sleep_tells_that_it_may_sleep), T(rounding_keeps_to_the_future));
