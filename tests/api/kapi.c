// SPDX-License-Identifier: MIT
/* kapi.c - rows of calls made of others: copies, text, frees after a grace period */
#include "api.h"

#include <linux/rcupdate.h>
#include <linux/sprintf.h>

/* -- copies ------------------------------------------------------------------------------------ */
#define COPY_ROWS(call, take, give)								\
	API_CONTEXTS(call, "P", "GFP_KERNEL may sleep", NULL)					\
	{											\
		gfp_t gfp = GFP_KERNEL;								\
		const void *copy = take;							\
												\
		give(copy);									\
		return copy;									\
	}											\
	API(call, failure, "NULL without memory")						\
	{											\
		gfp_t gfp = GFP_NOWAIT;								\
		const void *copy;								\
												\
		api_memory_out();								\
		copy = take;									\
		api_memory_back();								\
		return !copy;									\
	}
#define COPY_ATOMIC(call, take, give)								\
	API_CONTEXTS(call, "PASH", "GFP_ATOMIC never sleeps", NULL)				\
	{											\
		gfp_t gfp = GFP_ATOMIC;								\
		const void *copy = take;							\
												\
		give(copy);									\
		return copy;									\
	}

/* Long enough for whole pages of their own. */
static char text[40000];

static const char *long_text(void)
{
	memset(text, 'x', sizeof(text) - 1);
	return text;
}

COPY_ROWS(kmemdup, kmemdup(text, sizeof(text), gfp), kfree)
COPY_ATOMIC(kmemdup, kmemdup(text, 100, gfp), kfree)
COPY_ROWS(kmemdup_array, kmemdup_array(text, 4, 10000, gfp), kfree)
COPY_ATOMIC(kmemdup_array, kmemdup_array(text, 4, 100, gfp), kfree)
COPY_ROWS(kvmemdup, kvmemdup(text, sizeof(text), gfp), kvfree)
COPY_ROWS(kmemdup_nul, kmemdup_nul(text, sizeof(text) - 1, gfp), kfree)
COPY_ATOMIC(kmemdup_nul, kmemdup_nul(text, 100, gfp), kfree)
COPY_ROWS(kstrdup, kstrdup(long_text(), gfp), kfree)
COPY_ATOMIC(kstrdup, kstrdup("short", gfp), kfree)
COPY_ROWS(kstrndup, kstrndup(long_text(), 30000, gfp), kfree)
COPY_ATOMIC(kstrndup, kstrndup("short", 3, gfp), kfree)
COPY_ROWS(kstrdup_const, kstrdup_const(long_text(), gfp), kfree_const)
COPY_ROWS(kasprintf, kasprintf(gfp, "%30000d", 1), kfree)
COPY_ATOMIC(kasprintf, kasprintf(gfp, "%d", 1), kfree)

API(kmemdup, zero, "length 0 gives ZERO_SIZE_PTR")
{
	return kmemdup(text, API_HIDDEN(0ul), GFP_KERNEL) == ZERO_SIZE_PTR;
}

API(kmemdup, other, "the bytes are there")
{
	char *copy = kmemdup("seven b", 8, GFP_KERNEL);
	bool ok = copy && !strcmp(copy, "seven b");

	kfree(copy);
	return ok;
}

API(kmemdup_array, overflow, "NULL")
{
	return !kmemdup_array(text, API_HIDDEN(SIZE_MAX / 2 + 1), 2, GFP_KERNEL);
}

API(kvmemdup, other, "the bytes are there")
{
	char *copy = kvmemdup(long_text(), sizeof(text), GFP_KERNEL);
	bool ok = copy && !memcmp(copy, text, sizeof(text));

	kvfree(copy);
	return ok;
}

API(kmemdup_nul, null, "NULL gives NULL")
{
	return !kmemdup_nul(API_HIDDEN((const char *)NULL), 5, GFP_KERNEL);
}

API(kmemdup_nul, other, "ends with a zero byte")
{
	char *copy = kmemdup_nul("abcdef", 3, GFP_KERNEL);
	bool ok = copy && !strcmp(copy, "abc");

	kfree(copy);
	return ok;
}

API(kstrdup, null, "NULL gives NULL")
{
	return !kstrdup(API_HIDDEN((const char *)NULL), GFP_KERNEL);
}

API(kstrdup, other, "the text is there")
{
	char *copy = kstrdup("words", GFP_KERNEL);
	bool ok = copy && !strcmp(copy, "words");

	kfree(copy);
	return ok;
}

API(kstrndup, null, "NULL gives NULL")
{
	return !kstrndup(API_HIDDEN((const char *)NULL), 5, GFP_KERNEL);
}

API(kstrndup, limit, "at most so many characters")
{
	char *one = kstrndup("words", 3, GFP_KERNEL), *all = kstrndup("words", 30, GFP_KERNEL);
	bool ok = one && all && !strcmp(one, "wor") && !strcmp(all, "words");

	kfree(one);
	kfree(all);
	return ok;
}

API(kstrdup_const, other, "the same text, and kfree_const() takes it")
{
	static const char constant[] = "constant";
	const char *same = kstrdup_const(constant, GFP_KERNEL);
	bool ok = same && !strcmp(same, constant);

	kfree_const(same);
	return ok;
}

API(kasprintf, other, "as long as its text")
{
	char *made = kasprintf(GFP_KERNEL, "%s-%d", "eth", 7);
	bool ok = made && !strcmp(made, "eth-7");

	kfree(made);
	return ok;
}

static char *print(const char *format, ...)
{
	va_list args;
	char *made;

	va_start(args, format);
	made = kvasprintf(GFP_KERNEL, format, args);
	va_end(args);
	return made;
}

API(kvasprintf, other, "as kasprintf(), with the arguments handed on")
{
	char *made = print("%x", 255);
	bool ok = made && !strcmp(made, "ff");

	kfree(made);
	return ok;
}

static const char *print_const(const char *format, ...)
{
	const char *made;
	va_list args;

	va_start(args, format);
	made = kvasprintf_const(GFP_KERNEL, format, args);
	va_end(args);
	return made;
}

API(kvasprintf_const, other, "the text, and kfree_const() takes it")
{
	static const char constant[] = "constant";
	const char *same = print_const(constant), *made = print_const("%d", 5);
	bool ok = same && !strcmp(same, constant) && made && !strcmp(made, "5");

	kfree_const(same);
	kfree_const(made);
	return ok;
}

/* -- after a grace period ---------------------------------------------------------------------- */
struct node {
	long number;
	struct rcu_head rcu;
};

#define RCU_ROWS(call)										\
	API_CONTEXTS(call, "PASH", "never sleeps", NULL)					\
	{											\
		struct node *node = kmalloc(sizeof(*node), GFP_ATOMIC);				\
												\
		call(node, rcu);								\
		return node;									\
	}											\
	API(call, null, "NULL does nothing")							\
	{											\
		struct node *node = API_HIDDEN((struct node *)NULL);				\
												\
		call(node, rcu);								\
		return true;									\
	}

RCU_ROWS(kfree_rcu)
RCU_ROWS(kvfree_rcu)

API(kfree_rcu, other, "a reader still sees the object")
{
	struct node *node = kmalloc(sizeof(*node), GFP_KERNEL);
	bool ok;

	node->number = 5;
	rcu_read_lock();
	kfree_rcu(node, rcu);
	ok = READ_ONCE(node->number) == 5;
	rcu_read_unlock();
	kvfree_rcu_barrier();
	return ok;
}

#define MIGHTSLEEP_ROWS(call)									\
	API_CONTEXTS(call, "P-lripsh", "may wait for a grace period", NULL)			\
	{											\
		call(kmalloc(40, GFP_KERNEL));							\
		return true;									\
	}											\
	API(call, null, "NULL does nothing")							\
	{											\
		void *none = API_HIDDEN((void *)NULL);						\
												\
		call(none);									\
		return true;									\
	}

MIGHTSLEEP_ROWS(kfree_rcu_mightsleep)
MIGHTSLEEP_ROWS(kvfree_rcu_mightsleep)

static unsigned int called;

static void count_call(struct rcu_head *head)
{
	called++;
}

API(call_rcu, other, "the function runs once, after the readers")
{
	static struct rcu_head head;

	unsigned int early;

	rcu_barrier();
	called = 0;
	rcu_read_lock();
	call_rcu(&head, count_call);
	early = READ_ONCE(called);
	rcu_read_unlock();
	rcu_barrier();
	return !early && called == 1;
}

API_CONTEXTS(call_rcu, "PASH", "never sleeps", rcu_barrier)
{
	static struct rcu_head head;

	call_rcu(&head, count_call);
	return true;
}

API_CONTEXTS(rcu_barrier, "P-lripsh", "waits", NULL)
{
	rcu_barrier();
	return true;
}

API_CONTEXTS(synchronize_rcu, "P-lripsh", "waits", NULL)
{
	synchronize_rcu();
	return true;
}
