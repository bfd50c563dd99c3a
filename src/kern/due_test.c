// SPDX-License-Identifier: MIT
/* due_test.c - the heap of what is due next, against a plain array */
#include <kern/due.h>
#include <kern/upper_test.h>

#define NODES	64

static struct km_due nodes[NODES];
static bool is_in[NODES];

static struct km_due *lowest(void)
{
	struct km_due *low = NULL;
	unsigned int nr;

	for (nr = 0; nr < NODES; nr++)
		if (is_in[nr] && (!low || due_before(&nodes[nr], low)))
			low = &nodes[nr];
	return low;
}

static unsigned int walked(struct km_due *top)
{
	unsigned int count = 0;

	for (; top; top = due_walk(top))
		count++;
	return count;
}

static void the_top_is_the_earliest_whatever_comes_and_goes(void)
{
	struct km_due *top = NULL;
	unsigned int step, nr, inside = 0;
	u64 turn = 0;

	for (step = 0; step < 20000; step++) {
		nr = km_test_random_below(NODES);
		if (is_in[nr]) {
			top = due_remove(top, &nodes[nr]);
			inside--;
		} else {
			top = due_insert(top, &nodes[nr], km_test_random_below(20), turn++);
			inside++;
		}
		is_in[nr] = !is_in[nr];
		if (top != lowest()) {
			CHECK(top == lowest());
			return;
		}
		if (step % 64 == 0)
			CHECK_EQ(walked(top), inside);
	}
}

static void equal_keys_come_out_in_the_order_they_went_in(void)
{
	struct km_due *top = NULL;
	unsigned int nr;

	for (nr = 0; nr < NODES; nr++)
		top = due_insert(top, &nodes[nr], 7, nr);
	for (nr = 0; nr < NODES; nr++) {
		CHECK(top == &nodes[nr]);
		top = due_remove(top, top);
	}
	CHECK(!top);
}

KM_TESTS(upper_setup, T(the_top_is_the_earliest_whatever_comes_and_goes),
	 T(equal_keys_come_out_in_the_order_they_went_in));
