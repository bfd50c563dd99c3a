/* SPDX-License-Identifier: MIT */
/*
 * rculist.h - lists that are read under rcu_read_lock() while one writer changes them
 *
 * A removed entry keeps its next pointer, so a reader that stands on it finds the way on.
 */
#ifndef _LINUX_RCULIST_H
#define _LINUX_RCULIST_H

#include <linux/list.h>
#include <linux/rcupdate.h>

#define list_next_rcu(list)		(*((struct list_head __rcu **)(&(list)->next)))
#define hlist_first_rcu(head)		(*((struct hlist_node __rcu **)(&(head)->first)))
#define hlist_next_rcu(node)		(*((struct hlist_node __rcu **)(&(node)->next)))
#define hlist_pprev_rcu(node)		(*((struct hlist_node __rcu **)((node)->pprev)))

static inline void INIT_LIST_HEAD_RCU(struct list_head *list)
{
	WRITE_ONCE(list->next, list);
	WRITE_ONCE(list->prev, list);
}

static inline void __list_add_rcu(struct list_head *new, struct list_head *prev,
				  struct list_head *next)
{
	new->next = next;
	new->prev = prev;
	rcu_assign_pointer(list_next_rcu(prev), new);
	next->prev = new;
}

static inline void list_add_rcu(struct list_head *new, struct list_head *head)
{
	__list_add_rcu(new, head, head->next);
}

static inline void list_add_tail_rcu(struct list_head *new, struct list_head *head)
{
	__list_add_rcu(new, head->prev, head);
}

static inline void list_del_rcu(struct list_head *entry)
{
	struct list_head *before = entry->prev, *after = entry->next;

	after->prev = before;
	WRITE_ONCE(before->next, after);
	entry->prev = LIST_POISON2;
}

static inline void list_replace_rcu(struct list_head *old, struct list_head *new)
{
	new->next = old->next;
	new->prev = old->prev;
	rcu_assign_pointer(list_next_rcu(new->prev), new);
	new->next->prev = new;
	old->prev = LIST_POISON2;
}

/*
 * Moves all of @list to behind @head; readers may still walk @list, so @sync (synchronize_rcu) runs
 * before its head is reused.
 */
static inline void list_splice_init_rcu(struct list_head *list, struct list_head *head,
					void (*sync)(void))
{
	struct list_head *first = list->next, *last = list->prev, *at = head->next;

	if (list_empty(list))
		return;
	INIT_LIST_HEAD_RCU(list);
	sync();
	last->next = at;
	rcu_assign_pointer(list_next_rcu(head), first);
	first->prev = head;
	at->prev = last;
}

#define list_entry_rcu(ptr, type, member)	container_of(READ_ONCE(ptr), type, member)
#define list_entry_lockless(ptr, type, member) \
	container_of((typeof(ptr))rcu_dereference_raw(ptr), type, member)
#define list_first_or_null_rcu(ptr, type, member)				\
({										\
	struct list_head *__head = (ptr);					\
	struct list_head *__first = rcu_dereference_raw(__head->next);		\
	likely(__head != __first) ? container_of(__first, type, member) : NULL;	\
})
#define list_next_or_null_rcu(head, ptr, type, member)				\
({										\
	struct list_head *__end = (head);					\
	struct list_head *__after = rcu_dereference_raw((ptr)->next);		\
	likely(__after != __end) ? container_of(__after, type, member) : NULL;	\
})

#define KM_LIST_ENTRY_DEREF(ptr, type, member)	container_of(rcu_dereference_raw(ptr), type, member)
#define list_for_each_entry_rcu(pos, head, member, cond...)			\
	for (pos = KM_LIST_ENTRY_DEREF((head)->next, typeof(*pos), member);	\
	     &pos->member != (head);						\
	     pos = KM_LIST_ENTRY_DEREF(pos->member.next, typeof(*pos), member))
#define list_for_each_entry_srcu(pos, head, member, cond) \
	list_for_each_entry_rcu(pos, head, member)
#define list_for_each_entry_lockless(pos, head, member) \
	list_for_each_entry_rcu(pos, head, member)
#define list_for_each_entry_continue_rcu(pos, head, member)			\
	for (pos = KM_LIST_ENTRY_DEREF(pos->member.next, typeof(*pos), member);	\
	     &pos->member != (head);						\
	     pos = KM_LIST_ENTRY_DEREF(pos->member.next, typeof(*pos), member))
#define list_for_each_entry_from_rcu(pos, head, member)				\
	for (; &pos->member != (head);						\
	     pos = KM_LIST_ENTRY_DEREF(pos->member.next, typeof(*pos), member))

static inline void hlist_del_rcu(struct hlist_node *n)
{
	struct hlist_node *after = n->next;

	WRITE_ONCE(*n->pprev, after);
	if (after)
		WRITE_ONCE(after->pprev, n->pprev);
	WRITE_ONCE(n->pprev, LIST_POISON2);
}

static inline void hlist_del_init_rcu(struct hlist_node *n)
{
	if (hlist_unhashed(n))
		return;
	hlist_del_rcu(n);
	WRITE_ONCE(n->pprev, NULL);
}

static inline void hlist_replace_rcu(struct hlist_node *old, struct hlist_node *new)
{
	struct hlist_node *after = old->next;

	new->next = after;
	WRITE_ONCE(new->pprev, old->pprev);
	rcu_assign_pointer(*new->pprev, new);
	if (after)
		WRITE_ONCE(after->pprev, &new->next);
	WRITE_ONCE(old->pprev, LIST_POISON2);
}

static inline void hlist_add_head_rcu(struct hlist_node *n, struct hlist_head *h)
{
	struct hlist_node *first = h->first;

	n->next = first;
	WRITE_ONCE(n->pprev, &h->first);
	rcu_assign_pointer(hlist_first_rcu(h), n);
	if (first)
		WRITE_ONCE(first->pprev, &n->next);
}

static inline void hlist_add_before_rcu(struct hlist_node *n, struct hlist_node *next)
{
	WRITE_ONCE(n->pprev, next->pprev);
	n->next = next;
	rcu_assign_pointer(hlist_pprev_rcu(n), n);
	WRITE_ONCE(next->pprev, &n->next);
}

static inline void hlist_add_behind_rcu(struct hlist_node *n, struct hlist_node *prev)
{
	n->next = prev->next;
	WRITE_ONCE(n->pprev, &prev->next);
	rcu_assign_pointer(hlist_next_rcu(prev), n);
	if (n->next)
		WRITE_ONCE(n->next->pprev, &n->next);
}

static inline void hlist_add_tail_rcu(struct hlist_node *n, struct hlist_head *h)
{
	struct hlist_node *last = h->first;

	if (!last) {
		hlist_add_head_rcu(n, h);
		return;
	}
	while (last->next)
		last = last->next;
	hlist_add_behind_rcu(n, last);
}

#define __hlist_for_each_rcu(pos, head)                                                            \
	for (pos = rcu_dereference_raw(hlist_first_rcu(head)); pos;                                \
	     pos = rcu_dereference_raw(hlist_next_rcu(pos)))
#define hlist_for_each_entry_rcu(pos, head, member, cond...)                                       \
	for (pos = hlist_entry_safe(rcu_dereference_raw(hlist_first_rcu(head)), typeof(*(pos)),    \
				    member);                                                       \
	     pos; pos = hlist_entry_safe(rcu_dereference_raw(hlist_next_rcu(&(pos)->member)),      \
					 typeof(*(pos)), member))
#define hlist_for_each_entry_srcu(pos, head, member, cond) \
	hlist_for_each_entry_rcu(pos, head, member)
#define hlist_for_each_entry_rcu_notrace(pos, head, member) \
	hlist_for_each_entry_rcu(pos, head, member)
#define hlist_for_each_entry_rcu_bh(pos, head, member) \
	hlist_for_each_entry_rcu(pos, head, member)
#define hlist_for_each_entry_continue_rcu(pos, member)                                             \
	for (pos = hlist_entry_safe(rcu_dereference_raw(hlist_next_rcu(&(pos)->member)),           \
				    typeof(*(pos)), member);                                       \
	     pos; pos = hlist_entry_safe(rcu_dereference_raw(hlist_next_rcu(&(pos)->member)),      \
					 typeof(*(pos)), member))
#define hlist_for_each_entry_from_rcu(pos, member)                                                 \
	for (; pos; pos = hlist_entry_safe(rcu_dereference_raw(hlist_next_rcu(&(pos)->member)),    \
					   typeof(*(pos)), member))

#endif
