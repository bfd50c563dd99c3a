// SPDX-License-Identifier: MIT
/*
 * list_sort_code.h - stable merge sort of a list: the code, for base, and for checked code
 *
 * Bottom up: runs[k] holds a sorted run of 2^k nodes or nothing, as a binary counter that each node
 * increments.
 * T1  A run in a higher slot came earlier in the list; on equal keys the earlier one goes first.
 * T2  While sorting, runs are linked through next only and end with NULL; prev is set again at the
 *     end.
 * SEE(object), of who includes this: the node that is looked at next.
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
		link = &SEE(*link)->next;
		*source = *link;
	}
	*link = early ? early : late;
	return first;
}

void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp)
{
	struct list_head *runs[RUN_SLOTS] = { NULL }, *sorted = NULL, *last = head;
	struct list_head *left = SEE(head)->next;

	SEE(head->prev)->next = NULL;
	if (left == head || !left)
		left = NULL;
	while (left) {
		struct list_head *run = left;
		unsigned int slot = 0;

		left = SEE(left)->next;
		run->next = NULL;
		for (; runs[slot]; slot++) {
			run = merge(priv, cmp, runs[slot], run);
			runs[slot] = NULL;
		}
		runs[slot] = run;
	}
	for (unsigned int slot = 0; slot < ARRAY_SIZE(runs); slot++)
		sorted = merge(priv, cmp, runs[slot], sorted);
	for (head->next = sorted; SEE(last)->next; last = last->next)
		SEE(last->next)->prev = last;
	last->next = head;
	head->prev = last;
}
