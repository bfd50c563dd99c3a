/* SPDX-License-Identifier: MIT */
/* kunit_good.c - a ring of messages, as it should be */
#include <kunit/test.h>

#define SLOTS	4

static unsigned int ring_free(unsigned int head, unsigned int tail)
{
	return SLOTS - (head - tail);
}

static void an_empty_ring_has_room(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, ring_free(0, 0), SLOTS);
}

static void a_full_ring_has_none(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, ring_free(4, 0), 0);
}

static struct kunit_case ring_cases[] = {
	KUNIT_CASE(an_empty_ring_has_room),
	KUNIT_CASE(a_full_ring_has_none),
	{}
};

static struct kunit_suite ring_suite = {
	.name = "ring",
	.test_cases = ring_cases,
};
kunit_test_suite(ring_suite);

MODULE_DESCRIPTION("an example of kunit");
MODULE_LICENSE("GPL");
