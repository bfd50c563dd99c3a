// SPDX-License-Identifier: MIT
/* list_test.c - lists, hash chains and lock-free stacks, operation by operation */
#include "test.h"
#include <linux/hashtable.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/string.h>

struct node {
	char name;
	struct list_head list;
	struct hlist_node chain;
	struct llist_node stack;
};

static struct node n[6] = { { .name = 'a' }, { .name = 'b' }, { .name = 'c' }, { .name = 'd' },
			    { .name = 'e' }, { .name = 'f' } };

/* The names along the list, read both ways; "?" if the ways differ. */
static const char *order(struct list_head *head)
{
	static char names[16];
	struct node *node;
	size_t count = 0;

	list_for_each_entry(node, head, list)
		names[count++] = node->name;
	names[count] = '\0';
	list_for_each_entry_reverse(node, head, list)
		if (count == 0 || names[--count] != node->name)
			return "?";
	return names;
}

static void fill(struct list_head *head, size_t count)
{
	INIT_LIST_HEAD(head);
	for (size_t i = 0; i < count; i++)
		list_add_tail(&n[i].list, head);
}

#define ORDER(head, wanted)	CHECK(strcmp(order(head), wanted) == 0)

static void nodes_come_go_and_move(void)
{
	LIST_HEAD(head);
	LIST_HEAD(other);

	CHECK(list_empty(&head) && list_empty_careful(&head) && !list_is_singular(&head));
	list_add(&n[1].list, &head);
	CHECK(list_is_singular(&head) && list_is_first(&n[1].list, &head));
	list_add(&n[0].list, &head);
	list_add_tail(&n[2].list, &head);
	ORDER(&head, "abc");
	CHECK_EQ(list_count_nodes(&head), 3);
	CHECK(list_is_last(&n[2].list, &head) && !list_is_singular(&head));
	list_del(&n[1].list);
	CHECK(n[1].list.next == LIST_POISON1 && n[1].list.prev == LIST_POISON2);
	ORDER(&head, "ac");
	list_replace(&n[0].list, &n[3].list);
	ORDER(&head, "dc");
	list_swap(&n[3].list, &n[2].list);
	ORDER(&head, "cd");
	list_add_tail(&n[4].list, &head);
	list_swap(&n[2].list, &n[4].list);
	ORDER(&head, "edc");
	list_move(&n[2].list, &other);
	list_move_tail(&n[4].list, &other);
	ORDER(&head, "d");
	ORDER(&other, "ce");
	list_del_init_careful(&n[2].list);
	CHECK(list_empty_careful(&n[2].list));
	list_rotate_left(&head);
	ORDER(&head, "d");
}

static void lists_are_cut_spliced_and_turned(void)
{
	LIST_HEAD(head);
	LIST_HEAD(cut);

	fill(&head, 5);
	list_cut_position(&cut, &head, &n[1].list);
	ORDER(&cut, "ab");
	ORDER(&head, "cde");
	list_splice_tail_init(&cut, &head);
	ORDER(&head, "cdeab");
	CHECK(list_empty(&cut));
	list_cut_before(&cut, &head, &n[4].list);
	ORDER(&cut, "cd");
	ORDER(&head, "eab");
	list_splice_init(&cut, &head);
	ORDER(&head, "cdeab");
	list_cut_position(&cut, &head, &head);
	CHECK(list_empty(&cut));
	list_rotate_left(&head);
	ORDER(&head, "deabc");
	list_rotate_to_front(&n[0].list, &head);
	ORDER(&head, "abcde");
	list_bulk_move_tail(&head, &n[1].list, &n[2].list);
	ORDER(&head, "adebc");
}

static void loops_bear_what_they_promise(void)
{
	LIST_HEAD(head);
	struct node *node, *next;
	size_t seen = 0;

	fill(&head, 5);
	list_for_each_entry_safe(node, next, &head, list)
		if (node->name % 2)
			list_del(&node->list);
	ORDER(&head, "bd");
	fill(&head, 5);
	node = &n[2];
	list_for_each_entry_continue(node, &head, list)
		seen++;
	CHECK_EQ(seen, 2);
	node = &n[2];
	list_for_each_entry_from_reverse(node, &head, list)
		seen++;
	CHECK_EQ(seen, 5);
	list_for_each_entry_safe_reverse(node, next, &head, list)
		list_del(&node->list);
	CHECK(list_empty(&head));
	CHECK(list_first_entry_or_null(&head, struct node, list) == NULL);
}

static void chains_keep_their_back_links(void)
{
	HLIST_HEAD(head);
	HLIST_HEAD(other);
	struct node *node;
	struct hlist_node *next;
	char names[8];
	size_t count = 0;

	for (int i = 0; i < 6; i++)
		INIT_HLIST_NODE(&n[i].chain);
	CHECK(hlist_unhashed(&n[0].chain) && hlist_empty(&head));
	hlist_add_head(&n[1].chain, &head);
	CHECK(hlist_is_singular_node(&n[1].chain, &head));
	hlist_add_before(&n[0].chain, &n[1].chain);
	hlist_add_behind(&n[3].chain, &n[1].chain);
	hlist_add_behind(&n[2].chain, &n[1].chain);
	hlist_for_each_entry(node, &head, chain) {
		names[count++] = node->name;
		CHECK(*node->chain.pprev == &node->chain);
	}
	CHECK(count == 4 && memcmp(names, "abcd", 4) == 0);
	hlist_for_each_entry_safe(node, next, &head, chain)
		if (node->name == 'a' || node->name == 'c')
			hlist_del_init(&node->chain);
	CHECK_EQ(hlist_count_nodes(&head), 2);
	hlist_move_list(&head, &other);
	CHECK(hlist_empty(&head) && *n[1].chain.pprev == &n[1].chain && other.first == &n[1].chain);
	hlist_add_head(&n[5].chain, &head);
	hlist_splice_init(&other, &n[3].chain, &head);
	CHECK(head.first == &n[1].chain && n[3].chain.next == &n[5].chain && hlist_empty(&other));
	hlist_add_fake(&n[4].chain);
	CHECK(hlist_fake(&n[4].chain));
	hlist_del(&n[4].chain);
}

static void hash_tables_find_by_key(void)
{
	DEFINE_HASHTABLE(table, 3);
	struct node *node;
	size_t found = 0;
	int bucket;

	CHECK(hash_empty(table));
	for (int i = 0; i < 6; i++)
		hash_add(table, &n[i].chain, n[i].name);
	hash_for_each_possible(table, node, chain, 'c')
		found += node->name == 'c';
	CHECK_EQ(found, 1);
	hash_for_each(table, bucket, node, chain)
		found++;
	CHECK_EQ(found, 7);
	for (int i = 0; i < 6; i++)
		hash_del(&n[i].chain);
	CHECK(hash_empty(table) && !hash_hashed(&n[0].chain));
}

static void stacks_give_back_all_they_got(void)
{
	LLIST_HEAD(head);
	struct llist_node *all;
	struct node *node;
	size_t count = 0;

	CHECK(llist_add(&n[0].stack, &head));
	CHECK(!llist_add(&n[1].stack, &head));
	CHECK(!llist_add(&n[2].stack, &head));
	CHECK(llist_del_first(&head) == &n[2].stack);
	all = llist_reverse_order(llist_del_all(&head));
	llist_for_each_entry(node, all, stack)
		CHECK(node == &n[count++]);
	CHECK(count == 2 && llist_empty(&head) && llist_del_first(&head) == NULL);
	init_llist_node(&n[0].stack);
	CHECK(!llist_on_list(&n[0].stack));
}

KM_TESTS(NULL, T(nodes_come_go_and_move), T(lists_are_cut_spliced_and_turned),
	 T(loops_bear_what_they_promise), T(chains_keep_their_back_links),
	 T(hash_tables_find_by_key), T(stacks_give_back_all_they_got));
