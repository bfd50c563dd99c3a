/* SPDX-License-Identifier: MIT */
/* three_calls_deep_bad.c put right */
#include <kunit/test.h>
#include <linux/list.h>
#include <linux/slab.h>

struct item {
	struct list_head node;
	int key;
};

static struct item *item_of(struct kunit *test, struct list_head *list, int key)
{
	struct item *item = kunit_kzalloc(test, sizeof(*item), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, item);
	item->key = key;
	list_add_tail(&item->node, list);
	return item;
}

static void check_order(struct kunit *test, struct list_head *list)
{
	struct item *item;
	int key = 0;

	list_for_each_entry (item, list, node)
		KUNIT_ASSERT_EQ(test, item->key, key++);
}

static void check_three(struct kunit *test, struct list_head *list)
{
	for (int key = 0; key < 3; key++)
		item_of(test, list, key);
	check_order(test, list);
}

static void three_are_in_order(struct kunit *test)
{
	LIST_HEAD(list);

	check_three(test, &list);
}

static void the_next_case_runs(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, 1 == 2);
}

static struct kunit_case cases[] = { KUNIT_CASE(three_are_in_order),
				     KUNIT_CASE(the_next_case_runs),
				     {} };
static struct kunit_suite suite = { .name = "order", .test_cases = cases };
kunit_test_suite(suite);
