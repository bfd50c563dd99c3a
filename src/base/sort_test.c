// SPDX-License-Identifier: MIT
/*
 * sort_test.c - arrays and lists of random keys; order, completeness, and stability where it is
 * promised
 */
#include "test.h"
#include <linux/bsearch.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/sort.h>

#define ITEMS	300

struct item {
	u32 key;
	u32 serial;
	u8 odd;			/* an element size that is no machine word */
	struct list_head list;
};

static struct item items[ITEMS];
static unsigned int exchanges;

static int compare_items(const void *a, const void *b)
{
	const struct item *left = a, *right = b;

	return left->key < right->key ? -1 : left->key > right->key;
}

static int compare_down(const void *a, const void *b, const void *priv)
{
	CHECK(priv == items);
	return compare_items(b, a);
}

static void exchange_items(void *a, void *b, int size)
{
	CHECK_EQ(size, sizeof(struct item));
	exchanges++;
	swap(*(struct item *)a, *(struct item *)b);
}

static int compare_listed(void *priv, const struct list_head *a, const struct list_head *b)
{
	CHECK(priv == items);
	return compare_items(list_entry(a, struct item, list), list_entry(b, struct item, list));
}

static u64 fill(size_t count)
{
	u64 sum = 0;

	for (size_t i = 0; i < count; i++) {
		items[i].key = (u32)km_test_random_below(count);
		items[i].serial = (u32)i;
		sum += (u64)items[i].key << 20 | items[i].serial;
	}
	return sum;
}

static void arrays_are_sorted_and_nothing_is_lost(void)
{
	for (size_t count = 0; count < ITEMS; count += count < 20 ? 1 : 37) {
		u64 sum = fill(count), after = 0;

		sort(items, count, sizeof(items[0]), compare_items,
		     count % 2 ? exchange_items : NULL);
		for (size_t i = 0; i < count; i++) {
			CHECK(i == 0 || items[i - 1].key <= items[i].key);
			after += (u64)items[i].key << 20 | items[i].serial;
		}
		CHECK_EQ(after, sum);
		sort_r(items, count, sizeof(items[0]), compare_down, NULL, items);
		for (size_t i = 1; i < count; i++)
			CHECK(items[i - 1].key >= items[i].key);
	}
	CHECK(exchanges > 0);
}

static int compare_key(const void *key, const void *element)
{
	const u32 wanted = *(const u32 *)key, here = ((const struct item *)element)->key;

	return wanted < here ? -1 : wanted > here;
}

static void binary_search_finds_what_is_there_and_only_that(void)
{
	for (u32 count = 0; count < 40; count++) {
		for (u32 i = 0; i < count; i++)
			items[i].key = i * 2 + 1;
		for (u32 key = 0; key <= count * 2 + 1; key++) {
			struct item *found = bsearch(&key, items, count, sizeof(items[0]),
						     compare_key);

			if (key % 2 && key < count * 2)
				CHECK(found == &items[key / 2]);
			else
				CHECK(found == NULL);
		}
	}
}

static void lists_are_sorted_and_equal_keys_keep_their_order(void)
{
	for (size_t count = 0; count < ITEMS; count += count < 20 ? 1 : 31) {
		LIST_HEAD(head);
		struct item *item, *before = NULL;
		size_t seen = 0;

		fill(count);
		for (size_t i = 0; i < count; i++) {
			items[i].key %= 10;
			list_add_tail(&items[i].list, &head);
		}
		list_sort(items, &head, compare_listed);
		list_for_each_entry(item, &head, list) {
			CHECK(item->list.next->prev == &item->list);
			CHECK(item->list.prev->next == &item->list);
			if (before)
				CHECK(before->key < item->key ||
				      (before->key == item->key && before->serial < item->serial));
			before = item;
			seen++;
		}
		CHECK_EQ(seen, count);
	}
}

KM_TESTS(NULL, T(arrays_are_sorted_and_nothing_is_lost),
	 T(binary_search_finds_what_is_there_and_only_that),
	 T(lists_are_sorted_and_equal_keys_keep_their_order));
