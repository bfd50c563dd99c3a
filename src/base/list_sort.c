// SPDX-License-Identifier: MIT
/*
 * list_sort.c - stable merge sort of a list
 *
 * Bottom up: runs[k] holds a sorted run of 2^k nodes or nothing, as a binary counter that each node
 * increments.
 * T1  A run in a higher slot came earlier in the list; on equal keys the earlier one goes first.
 * T2  While sorting, runs are linked through next only and end with NULL; prev is set again at the
 *     end.
 * No lock, no state, no allocation; sleeps only if the comparison does.
 */
#include <linux/array_size.h>
#include <linux/list.h>
#include <linux/list_sort.h>

#define RUN_SLOTS	(8 * sizeof(void *))

static struct list_head *merge(void *priv, list_cmp_func_t cmp, struct list_head *early,
			       struct list_head *late)
{
	struct list_head *first = NULL, **link = &first;

	while (early && late) {
		struct list_head **source = cmp(priv, early, late) <= 0 ? &early : &late;

		*link = *source;
		link = &(*link)->next;
		*source = *link;
	}
	*link = early ? early : late;
	return first;
}

void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp)
{
	struct list_head *runs[RUN_SLOTS] = { NULL }, *sorted = NULL, *last = head;
	struct list_head *left = head->next;

	head->prev->next = NULL;
	if (left == head || !left)
		left = NULL;
	while (left) {
		struct list_head *run = left;
		unsigned int slot = 0;

		left = left->next;
		run->next = NULL;
		for (; runs[slot]; slot++) {
			run = merge(priv, cmp, runs[slot], run);
			runs[slot] = NULL;
		}
		runs[slot] = run;
	}
	for (unsigned int slot = 0; slot < ARRAY_SIZE(runs); slot++)
		sorted = merge(priv, cmp, runs[slot], sorted);
	for (head->next = sorted; last->next; last = last->next)
		last->next->prev = last;
	last->next = head;
	head->prev = last;
}
