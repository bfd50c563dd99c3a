/* SPDX-License-Identifier: MIT */
/* idr_test.c - ids: the lowest free one, ranges, order, cycles, numbers alone */
#include <kmalloc/machine.h>
#include <linux/err.h>
#include <linux/idr.h>
#include <linux/slab.h>
#include "test.h"

static int things[100];

static void the_lowest_free_id_of_a_range_is_given(void)
{
	DEFINE_IDR(ids);

	for (int i = 0; i < 100; i++)
		CHECK_EQ(idr_alloc(&ids, &things[i], 10, 0, GFP_KERNEL), 10 + i);
	CHECK(idr_remove(&ids, 40) == &things[30]);
	CHECK(idr_remove(&ids, 40) == NULL);
	CHECK(idr_find(&ids, 40) == NULL);
	CHECK(idr_find(&ids, 41) == &things[31]);
	CHECK_EQ(idr_alloc(&ids, &things[0], 0, 10, GFP_KERNEL), 0);
	CHECK_EQ(idr_alloc(&ids, &things[1], 20, 41, GFP_ATOMIC), 40);
	CHECK_EQ(idr_alloc(&ids, &things[1], 20, 41, GFP_ATOMIC), -ENOSPC);
	CHECK(idr_replace(&ids, &things[2], 40) == &things[1]);
	CHECK(IS_ERR(idr_replace(&ids, &things[2], 9)));
	idr_destroy(&ids);
	CHECK(idr_is_empty(&ids));
}

static void entries_come_in_order_of_their_ids(void)
{
	DEFINE_IDR(ids);
	int id, last = -1, count = 0, *thing;

	for (int i = 0; i < 50; i++)
		idr_alloc(&ids, &things[i], (i * 37) % 64, 0, GFP_KERNEL);
	idr_for_each_entry(&ids, thing, id) {
		CHECK(id > last);
		last = id;
		count++;
	}
	CHECK_EQ(count, 50);
	idr_destroy(&ids);
}

static void a_cycle_begins_behind_the_last_id(void)
{
	DEFINE_IDR(ids);

	CHECK_EQ(idr_alloc_cyclic(&ids, things, 0, 3, GFP_KERNEL), 0);
	idr_remove(&ids, 0);
	CHECK_EQ(idr_alloc_cyclic(&ids, things, 0, 3, GFP_KERNEL), 1);
	CHECK_EQ(idr_alloc_cyclic(&ids, things, 0, 3, GFP_KERNEL), 2);
	CHECK_EQ(idr_alloc_cyclic(&ids, things, 0, 3, GFP_KERNEL), 0);
	CHECK_EQ(idr_alloc_cyclic(&ids, things, 0, 3, GFP_KERNEL), -ENOSPC);
	idr_destroy(&ids);
}

static void numbers_alone_are_the_lowest_too(void)
{
	DEFINE_IDA(numbers);

	for (int i = 0; i < 100; i++)
		CHECK_EQ(ida_alloc(&numbers, GFP_KERNEL), i);
	ida_free(&numbers, 7);
	ida_free(&numbers, 80);
	CHECK_EQ(ida_alloc_min(&numbers, 8, GFP_KERNEL), 80);
	CHECK_EQ(ida_alloc_max(&numbers, 6, GFP_KERNEL), -ENOSPC);
	CHECK_EQ(ida_alloc(&numbers, GFP_KERNEL), 7);
	CHECK_EQ(ida_alloc_range(&numbers, 50, 60, GFP_KERNEL), -ENOSPC);
	CHECK(!ida_is_empty(&numbers));
	ida_destroy(&numbers);
	CHECK(ida_is_empty(&numbers));
}

static int setup(void)
{
	static const struct km_config config = { .watch_all = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup, T(the_lowest_free_id_of_a_range_is_given), T(entries_come_in_order_of_their_ids),
	 T(a_cycle_begins_behind_the_last_id), T(numbers_alone_are_the_lowest_too));
