/* SPDX-License-Identifier: MIT */
/* xarray_test.c - entries by index: stores, exchanges, walks, marks, free indices */
#include <kmalloc/machine.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/xarray.h>
#include "test.h"

static u64 things[100];

static void an_entry_stays_until_it_is_erased(void)
{
	DEFINE_XARRAY(array);

	CHECK(xa_empty(&array));
	CHECK(xa_store(&array, 5, &things[5], GFP_KERNEL) == NULL);
	CHECK(xa_store(&array, ULONG_MAX, &things[6], GFP_ATOMIC) == NULL);
	CHECK(xa_load(&array, 5) == &things[5]);
	CHECK(xa_load(&array, ULONG_MAX) == &things[6]);
	CHECK(xa_load(&array, 6) == NULL);
	CHECK(xa_store(&array, 5, &things[7], GFP_KERNEL) == &things[5]);
	CHECK(xa_store(&array, 5, NULL, 0) == &things[7]);
	CHECK(xa_erase(&array, 5) == NULL);
	CHECK(xa_erase(&array, ULONG_MAX) == &things[6]);
	CHECK(xa_empty(&array));
}

static void only_what_is_expected_is_exchanged(void)
{
	DEFINE_XARRAY(array);

	CHECK_EQ(xa_insert(&array, 1, &things[1], GFP_KERNEL), 0);
	CHECK_EQ(xa_insert(&array, 1, &things[2], GFP_KERNEL), -EBUSY);
	CHECK(xa_cmpxchg(&array, 1, &things[2], &things[3], GFP_KERNEL) == &things[1]);
	CHECK(xa_load(&array, 1) == &things[1]);
	CHECK(xa_cmpxchg(&array, 1, &things[1], &things[3], GFP_KERNEL) == &things[1]);
	CHECK(xa_load(&array, 1) == &things[3]);
	CHECK_EQ(xa_reserve(&array, 2, GFP_KERNEL), 0);
	CHECK(xa_load(&array, 2) == NULL);
	CHECK_EQ(xa_insert(&array, 2, &things[2], GFP_KERNEL), -EBUSY);
	xa_release(&array, 2);
	CHECK_EQ(xa_reserve(&array, 1, GFP_KERNEL), 0);
	xa_release(&array, 1);
	CHECK(xa_load(&array, 1) == &things[3]);
	xa_destroy(&array);
	CHECK(xa_empty(&array));
}

static void a_walk_meets_each_entry_in_order(void)
{
	DEFINE_XARRAY(array);
	unsigned long index, last = 0;
	void *entry, *some[4];
	int count = 0;

	for (unsigned long i = 0; i < 50; i++)
		xa_store(&array, i * 37 % 64 << 32, xa_mk_value(i), GFP_KERNEL);
	xa_for_each(&array, index, entry) {
		CHECK(!count || index > last);
		CHECK(xa_is_value(entry));
		CHECK_EQ(xa_to_value(entry) * 37 % 64, index >> 32);
		last = index;
		count++;
		if (index >> 32 & 1)
			xa_erase(&array, index);
		else if (index >> 32 == 8)
			xa_set_mark(&array, index, XA_MARK_1);
	}
	CHECK_EQ(count, 50);
	xa_for_each(&array, index, entry)
		CHECK_EQ(index >> 32 & 1, 0);
	CHECK(xa_marked(&array, XA_MARK_1) && !xa_marked(&array, XA_MARK_0));
	xa_for_each_marked(&array, index, entry, XA_MARK_1)
		CHECK_EQ(index >> 32, 8);
	xa_clear_mark(&array, 8ul << 32, XA_MARK_1);
	CHECK(!xa_get_mark(&array, 8ul << 32, XA_MARK_1));
	CHECK_EQ(xa_extract(&array, some, 1, ULONG_MAX, 4, XA_PRESENT), 4);
	xa_destroy(&array);
}

static void the_lowest_free_index_of_a_limit_is_given(void)
{
	DEFINE_XARRAY_ALLOC1(array);
	u32 id, next = 0;

	CHECK_EQ(xa_alloc(&array, &id, things, xa_limit_32b, GFP_KERNEL), 0);
	CHECK_EQ(id, 1);
	CHECK_EQ(xa_alloc(&array, &id, NULL, xa_limit_32b, GFP_KERNEL), 0);
	CHECK_EQ(id, 2);
	CHECK(xa_load(&array, 2) == NULL);
	CHECK_EQ(xa_alloc(&array, &id, things, XA_LIMIT(1, 2), GFP_KERNEL), -EBUSY);
	xa_erase(&array, 1);
	CHECK_EQ(xa_alloc(&array, &id, things, xa_limit_31b, GFP_ATOMIC), 0);
	CHECK_EQ(id, 1);
	xa_destroy(&array);
	CHECK_EQ(xa_alloc_cyclic(&array, &id, things, XA_LIMIT(1, 2), &next, GFP_KERNEL), 0);
	xa_erase(&array, 1);
	CHECK_EQ(xa_alloc_cyclic(&array, &id, things, XA_LIMIT(1, 2), &next, GFP_KERNEL), 0);
	CHECK_EQ(id, 2);
	CHECK_EQ(xa_alloc_cyclic(&array, &id, things, XA_LIMIT(1, 2), &next, GFP_KERNEL), 1);
	CHECK_EQ(id, 1);
	xa_destroy(&array);
}

static void the_lock_is_let_go_while_memory_is_waited_for(void)
{
	DEFINE_XARRAY_FLAGS(array, XA_FLAGS_LOCK_BH);

	xa_lock_bh(&array);
	CHECK(__xa_store(&array, 3, things, GFP_KERNEL) == NULL);
	CHECK(__xa_store(&array, 4, things, GFP_ATOMIC) == NULL);
	CHECK(__xa_erase(&array, 3) == things);
	__xa_set_mark(&array, 4, XA_MARK_0);
	xa_unlock_bh(&array);
	CHECK(xa_get_mark(&array, 4, XA_MARK_0));
	CHECK(xa_erase_bh(&array, 4) == things);
}

static void errors_are_told_from_entries(void)
{
	CHECK(xa_is_err(xa_mk_internal(-ENOMEM)));
	CHECK_EQ(xa_err(xa_mk_internal(-ENOMEM)), -ENOMEM);
	CHECK(!xa_is_err(things) && !xa_is_err(NULL) && !xa_is_err(xa_mk_value(7)));
	CHECK_EQ(xa_err(things), 0);
	CHECK(xa_untag_pointer(xa_tag_pointer(things, 1)) == things);
	CHECK_EQ(xa_pointer_tag(xa_tag_pointer(things, 1)), 1);
}

static int setup(void)
{
	static const struct km_config config = { .watch_all = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup, T(an_entry_stays_until_it_is_erased), T(only_what_is_expected_is_exchanged),
	 T(a_walk_meets_each_entry_in_order), T(the_lowest_free_index_of_a_limit_is_given),
	 T(the_lock_is_let_go_while_memory_is_waited_for), T(errors_are_told_from_entries));
