/* SPDX-License-Identifier: MIT */
/*
 * kvfree_rcu.h - free an object after a grace period; included by linux/slab.h and
 * linux/rcupdate.h, as users expect it in both
 */
#ifndef _LINUX_KVFREE_RCU_H
#define _LINUX_KVFREE_RCU_H

#include <linux/types.h>

/* @head: the struct rcu_head inside @object, or NULL: then the call may sleep. */
void kvfree_call_rcu(struct rcu_head *head, void *object) KM_SYM(kvfree_call_rcu);
/* waits until all that was handed in before is free */
void kvfree_rcu_barrier(void) KM_SYM(kvfree_rcu_barrier) __km_sleeps;

#define __is_kvfree_rcu_offset(offset)	((offset) < 4096)

/**
 * kfree_rcu() - free an object once every reader that may see it is done
 * Also: kvfree_rcu() (also of vmalloc())
 * @ptr: the object; NULL does nothing
 * @rhf: name of the struct rcu_head in its type, at an offset below 4096
 *
 * Context: any but NMI.  Never sleeps.
 */
#define kfree_rcu(ptr, rhf)	kvfree_rcu_arg_2(ptr, rhf)
#define kvfree_rcu(ptr, rhf)	kvfree_rcu_arg_2(ptr, rhf)
/**
 * kfree_rcu_mightsleep() - the same for an object without a struct rcu_head
 * Also: kvfree_rcu_mightsleep()
 * @ptr: the object; NULL does nothing
 *
 * Context: task context, may sleep: waits for a grace period when there is no memory to remember
 *          the object by, and always while rules watch.
 */
#define kfree_rcu_mightsleep(ptr)	kvfree_rcu_arg_1(ptr)
#define kvfree_rcu_mightsleep(ptr)	kvfree_rcu_arg_1(ptr)

#define kvfree_rcu_arg_2(ptr, rhf)							\
	do {										\
		typeof(ptr) ___object = (ptr);						\
											\
		_Static_assert(__is_kvfree_rcu_offset(__builtin_offsetof(typeof(*(ptr)), rhf)),	\
			       "kfree_rcu: the rcu_head must lie in the first 4096 bytes");	\
		if (___object)								\
			kvfree_call_rcu(&___object->rhf, (void *)___object);		\
	} while (0)

#define kvfree_rcu_arg_1(ptr)								\
	do {										\
		typeof(ptr) ___object = (ptr);						\
											\
		km_says_sleep();							\
		if (___object)								\
			kvfree_call_rcu((struct rcu_head *)0, (void *)___object);	\
	} while (0)

#endif
