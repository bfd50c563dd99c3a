/* SPDX-License-Identifier: MIT */
/*
 * ring_test.c - a KUnit suite, as it would stand in a kernel tree: kmalloc check ring_test.c
 *
 * The code under test is a ring of numbers; it would be in a file of its own.
 */
#include <kunit/test.h>
#include <linux/slab.h>

struct ring {
	unsigned int head, tail, slots;
	int *slot;
};

static struct ring *ring_new(unsigned int slots, gfp_t gfp)
{
	struct ring *ring = kzalloc(sizeof(*ring), gfp);

	if (!ring)
		return NULL;
	ring->slots = slots;
	ring->slot = kmalloc_array(slots, sizeof(*ring->slot), gfp);
	if (!ring->slot) {
		kfree(ring);
		return NULL;
	}
	return ring;
}

static void ring_free(struct ring *ring)
{
	kfree(ring->slot);
	kfree(ring);
}

static int ring_push(struct ring *ring, int number)
{
	if (ring->head - ring->tail == ring->slots)
		return -ENOSPC;
	ring->slot[ring->head++ % ring->slots] = number;
	return 0;
}

static int ring_pop(struct ring *ring, int *ret_number)
{
	if (ring->head == ring->tail)
		return -ENODATA;
	*ret_number = ring->slot[ring->tail++ % ring->slots];
	return 0;
}

/* -- the suite -- */

KUNIT_DEFINE_ACTION_WRAPPER(free_at_end, ring_free, struct ring *)

/* A ring that is gone when its case ends, however that ends. */
static struct ring *ring_of(struct kunit *test, unsigned int slots)
{
	struct ring *ring = ring_new(slots, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, ring);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_at_end, ring), 0);
	return ring;
}

static void an_empty_ring_has_nothing(struct kunit *test)
{
	struct ring *ring = ring_of(test, 4);
	int number;

	KUNIT_EXPECT_EQ(test, ring_pop(ring, &number), -ENODATA);
}

static const unsigned int sizes[] = { 1, 3, 8 };

static void describe(const unsigned int *slots, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u slots", *slots);
}
KUNIT_ARRAY_PARAM(size, sizes, describe);

static void what_goes_in_comes_out(struct kunit *test)
{
	const unsigned int *slots = test->param_value;
	struct ring *ring = ring_of(test, *slots);
	int number = 0;

	for (unsigned int i = 0; i < 3 * *slots; i++) {
		KUNIT_EXPECT_EQ(test, ring_push(ring, i), 0);
		KUNIT_EXPECT_EQ(test, ring_pop(ring, &number), 0);
		KUNIT_EXPECT_EQ(test, number, i);
	}
	for (unsigned int i = 0; i < *slots; i++)
		KUNIT_EXPECT_EQ(test, ring_push(ring, i), 0);
	KUNIT_EXPECT_EQ(test, ring_push(ring, 0), -ENOSPC);
}

static struct kunit_case ring_cases[] = {
	KUNIT_CASE(an_empty_ring_has_nothing),
	KUNIT_CASE_PARAM(what_goes_in_comes_out, size_gen_params),
	{}
};

static struct kunit_suite ring_suite = {
	.name = "ring",
	.test_cases = ring_cases,
};
kunit_test_suite(ring_suite);

MODULE_LICENSE("GPL");
