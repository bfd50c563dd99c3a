// SPDX-License-Identifier: MIT
/* lists.c - rows of list_lru, and of copies from user space; see api.h */
#include "api.h"

#include <linux/list_lru.h>
#include <linux/uaccess.h>

/* -- list_lru ---------------------------------------------------------------------------------- */
static struct list_lru lru;
static struct list_head item = LIST_HEAD_INIT(item);

API_CONTEXTS(list_lru_init, "P", "may sleep", NULL)
{
	bool ok = !list_lru_init(&lru);

	list_lru_destroy(&lru);
	return ok;
}

API(list_lru_init, failure, "-ENOMEM without memory, and nothing to destroy")
{
	static void *held[4000];
	unsigned int count = 0;
	int error;

	api_memory_out();
	while (count < 4000 && (held[count] = kmalloc(nr_node_ids * sizeof(struct list_lru_node),
						      GFP_KERNEL)))
		count++;
	error = list_lru_init(&lru);
	api_memory_back();
	while (count)
		kfree(held[--count]);
	list_lru_destroy(&lru);
	return error == -ENOMEM && !lru.node;
}

API(list_lru_destroy, null, "twice is once")
{
	if (list_lru_init(&lru))
		return false;
	list_lru_destroy(&lru);
	list_lru_destroy(&lru);
	return !lru.node;
}

API(list_lru_add, other, "true for a new item, false for one that is on a list")
{
	bool ok;

	if (list_lru_init(&lru))
		return false;
	ok = list_lru_add(&lru, &item, 0, NULL) && !list_lru_add(&lru, &item, 0, NULL);
	ok &= list_lru_count(&lru) == 1;
	ok &= list_lru_del(&lru, &item, 0, NULL);
	list_lru_destroy(&lru);
	return ok;
}

API(list_lru_del, other, "true for an item that was on, false for one that was not")
{
	bool ok;

	if (list_lru_init(&lru))
		return false;
	ok = !list_lru_del(&lru, &item, 0, NULL) && list_lru_add(&lru, &item, 0, NULL);
	ok &= list_lru_del(&lru, &item, 0, NULL) && list_empty(&item);
	list_lru_destroy(&lru);
	return ok;
}

API(list_lru_count, zero, "an empty list counts 0")
{
	bool ok = !list_lru_init(&lru) && list_lru_count(&lru) == 0;

	list_lru_destroy(&lru);
	return ok;
}

static enum lru_status take(struct list_head *at, struct list_lru_one *list, spinlock_t *lock,
			    void *arg)
{
	list_lru_isolate(list, at);
	return LRU_REMOVED;
}

API(list_lru_walk, zero, "none to look at removes none")
{
	bool ok;

	if (list_lru_init(&lru))
		return false;
	list_lru_add(&lru, &item, 0, NULL);
	ok = list_lru_walk(&lru, take, NULL, 0) == 0 && list_lru_count(&lru) == 1;
	ok &= list_lru_walk(&lru, take, NULL, 5) == 1 && list_lru_count(&lru) == 0;
	list_lru_destroy(&lru);
	return ok;
}

/* -- user space -------------------------------------------------------------------------------- */
static char theirs[9000];

#define USER_ROWS(call, take, give)								\
	API_CONTEXTS(call, "P", "may sleep", NULL)						\
	{											\
		char *from = theirs, *copy = take;						\
												\
		if (IS_ERR_OR_NULL(copy))							\
			return false;								\
		give(copy);									\
		return true;									\
	}											\
	API(call, null, "-EFAULT for NULL and for the kernel's own memory")			\
	{											\
		char *from = NULL, *mine = kmalloc(9000, GFP_KERNEL);				\
		bool ok = PTR_ERR(take) == -EFAULT;						\
												\
		from = mine;									\
		ok &= PTR_ERR(take) == -EFAULT;							\
		kfree(mine);									\
		return ok;									\
	}											\
	API(call, failure, "-ENOMEM without memory, never NULL")				\
	{											\
		char *from = theirs, *copy;							\
												\
		memset(theirs, 'x', sizeof(theirs) - 1);					\
		api_memory_out();								\
		copy = take;									\
		api_memory_back();								\
		return PTR_ERR(copy) == -ENOMEM;						\
	}
USER_ROWS(memdup_user, memdup_user(from, 9000), kfree)
USER_ROWS(vmemdup_user, vmemdup_user(from, 9000), kvfree)
USER_ROWS(memdup_user_nul, memdup_user_nul(from, 8999), kfree)
USER_ROWS(strndup_user, strndup_user(from, 9000), kfree)

API(memdup_user, zero, "no bytes give ZERO_SIZE_PTR")
{
	return memdup_user(theirs, 0) == ZERO_SIZE_PTR;
}

API(vmemdup_user, zero, "no bytes give ZERO_SIZE_PTR")
{
	return vmemdup_user(theirs, 0) == ZERO_SIZE_PTR;
}

API(memdup_user_nul, zero, "no bytes give an empty text")
{
	char *copy = memdup_user_nul(theirs, 0);
	bool ok = !IS_ERR(copy) && !*copy;

	kfree(copy);
	return ok;
}

API(strndup_user, limit, "-EINVAL for a text that is too long")
{
	memset(theirs, 'x', 100);
	theirs[100] = 0;
	return PTR_ERR(strndup_user(theirs, 100)) == -EINVAL;
}
