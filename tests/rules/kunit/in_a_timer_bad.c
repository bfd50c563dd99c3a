/* SPDX-License-Identifier: MIT */
/* an expectation in a callback fails the case */
#include <kunit/test.h>
#include <linux/timer.h>
#include <linux/delay.h>

struct beat {
	struct timer_list timer;
	struct kunit *test;
	int left;
};

static void beat(struct timer_list *timer)
{
	struct beat *own = from_timer(own, timer, timer);

	KUNIT_EXPECT_TRUE(own->test, in_softirq());
	KUNIT_EXPECT_GT(own->test, own->left, 0); /* finding: kunit */
	if (own->left-- > 0)
		mod_timer(timer, jiffies + 2);
}

static void it_beats_three_times(struct kunit *test)
{
	struct beat own = { .test = test, .left = 3 };

	timer_setup_on_stack(&own.timer, beat, 0);
	mod_timer(&own.timer, jiffies + 1);
	msleep(50);
	timer_delete_sync(&own.timer);
	destroy_timer_on_stack(&own.timer);
	KUNIT_EXPECT_EQ(test, own.left, -1);
}

static struct kunit_case cases[] = { KUNIT_CASE(it_beats_three_times), {} };
static struct kunit_suite suite = { .name = "beats", .test_cases = cases };
kunit_test_suite(suite);
