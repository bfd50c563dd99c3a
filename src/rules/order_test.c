/* SPDX-License-Identifier: MIT */
/* order_test.c - classes by key and subclass, and the shortest way from one to another */
#include "rules/order.h"
#include "rules/rules_test.h"

static char keys[8];

static void a_class_is_a_key_and_a_subclass(void)
{
	uint32_t first, nested;

	order_forget();
	first = order_class(&keys[0], 0, "first");
	nested = order_class(&keys[0], 1, "first");
	CHECK(first >= ORDER_FIRST_LOCK && nested >= ORDER_FIRST_LOCK && first != nested);
	CHECK_EQ(order_class(&keys[0], 0, "again"), first);
	CHECK_EQ(order_class(&keys[0], 1, "again"), nested);
	CHECK(order_class(&keys[1], 0, "second") != first);
	CHECK(!strcmp(order_name(first), "first"));
}

static void the_shortest_way_is_told_by_its_ends(void)
{
	const struct order_edge *first, *last;
	uint32_t lock[6];

	order_forget();
	for (unsigned int i = 0; i < 6; i++)
		lock[i] = order_class(&keys[i], 0, "lock");
	/* 0 -> 1 -> 2 -> 3 and 0 -> 4 -> 3; 5 stands alone. */
	CHECK(order_add(lock[0], lock[1]) && order_add(lock[1], lock[2]));
	CHECK(order_add(lock[2], lock[3]));
	CHECK(order_way(lock[0], lock[3], &first, &last));
	CHECK(first->to == lock[1] && last->from == lock[2]);
	CHECK(order_add(lock[0], lock[4]) && order_add(lock[4], lock[3]));
	CHECK(order_way(lock[0], lock[3], &first, &last));
	CHECK(first->from == lock[0] && first->to == lock[4] && last->from == lock[4]);
	CHECK(order_way(lock[4], lock[3], &first, &last) && first == last);
	CHECK(!order_way(lock[3], lock[0], &first, &last));
	CHECK(!order_way(lock[0], lock[5], &first, &last));
}

static void an_edge_is_kept_once(void)
{
	uint32_t lock, other;

	order_forget();
	lock = order_class(&keys[0], 0, "lock");
	other = order_class(&keys[1], 0, "other");
	CHECK(order_add(lock, other) && !order_add(lock, other));
	CHECK(order_add(other, lock) != NULL);
	order_forget();
	/* Their numbers are nobody's any more. */
	CHECK_EQ(order_class(&keys[0], 0, "new"), lock);
	CHECK(!order_add(lock, other));
}

static void what_reclaim_takes_for_less_it_takes_for_more(void)
{
	const struct order_edge *first, *last;
	uint32_t lock;

	order_forget();
	lock = order_class(&keys[0], 0, "lock");
	CHECK(order_add(ORDER_NOFS, lock) != NULL);
	CHECK(order_way(ORDER_PLAIN, lock, &first, &last));
	CHECK(order_way(ORDER_NOFS, lock, &first, &last));
	CHECK(!order_way(ORDER_NOIO, lock, &first, &last));
}

KM_TESTS(rules_setup,
	T(a_class_is_a_key_and_a_subclass),
	T(the_shortest_way_is_told_by_its_ends),
	T(an_edge_is_kept_once),
	T(what_reclaim_takes_for_less_it_takes_for_more));
