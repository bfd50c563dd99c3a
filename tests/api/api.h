/* SPDX-License-Identifier: MIT */
/*
 * api.h - one row a promise: the calls of Linux's allocation interface and what each must do
 *
 *	API(kmalloc, zero, "size 0 gives ZERO_SIZE_PTR")
 *	{
 *		return kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR;
 *	}
 *	API_CONTEXTS(kfree, "PASH", "never sleeps", NULL)
 *	{
 *		kfree(kmalloc(8, GFP_ATOMIC));
 *		return true;
 *	}
 *
 * A row is a function that says whether the promise held; it leaves nothing behind: an object, page
 * or area that it forgets fails the row (api_left() in main.c counts).  The name must be in
 * calls.txt; tools/dev/coverage.py counts the rows of each call by the word after "API(".
 * The machine is watched and a few rules are armed (main.c); their findings alone fail no row.
 */
#ifndef API_API_H
#define API_API_H

#define KMALLOC_CHECKED 1
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "test.h"

/* Rows do on purpose what the compiler warns of. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wuse-after-free"
#pragma GCC diagnostic ignored "-Wfree-nonheap-object"
#pragma GCC diagnostic ignored "-Walloc-size-larger-than="
#endif

/* What a row is about. */
enum api_aspect {
	API_contexts, API_zero, API_null, API_overflow, API_align, API_limit, API_failure, API_other
};

#define API_ROW(number, name)									\
	__attribute__((section("api_rows"), used, aligned(8)))					\
	static const struct km_test api_row_##number = { name, api_run_##number }

#define API_PROMISE(number, name, text)								\
	static bool api_holds_##number(void);							\
	static void api_run_##number(void)							\
	{											\
		api_check(api_holds_##number, __FILE__, __LINE__, text);			\
	}											\
	API_ROW(number, name);									\
	static bool api_holds_##number(void)
#define API_PROMISE_(number, name, text)	API_PROMISE(number, name, text)
#define API(call, aspect, text)									\
	_Static_assert(API_##aspect >= 0, "an aspect of enum api_aspect");			\
	API_PROMISE_(__COUNTER__, #call " " #aspect ": " text, text)

/*
 * The body runs in each context.  @allowed: where it must succeed and nobody complains; in every
 * other one sleep-in-atomic must be told (what the body returns does not count there).
 *	P task   A spinlock held, RCU reader, interrupts off, preemption off   S softirq   H hardirq
 * Letters after a '-' are contexts in which the call would take the machine down, and not run:
 * l lock, r RCU, i interrupts off, p preemption off, s softirq, h hardirq.
 * @before: NULL, or run before the body in task context each time, to prepare what it needs.
 */
#define API_PLACES(number, name, allowed, before)						\
	static bool api_holds_##number(void);							\
	static void api_run_##number(void)							\
	{											\
		api_contexts_check(api_holds_##number, allowed, before, __FILE__, __LINE__);	\
	}											\
	API_ROW(number, name);									\
	static bool api_holds_##number(void)
#define API_PLACES_(number, name, allowed, before)	API_PLACES(number, name, allowed, before)
#define API_CONTEXTS(call, allowed, text, before)						\
	API_PLACES_(__COUNTER__, #call " contexts " allowed ": " text, allowed, before)

void api_check(bool (*holds)(void), const char *file, int line, const char *text);
void api_contexts_check(bool (*holds)(void), const char *allowed, void (*before)(void),
			const char *file, int line);

/* Was @words printed since the row began?  (WARN, BUG and failure reports are text.) */
static inline bool api_said(const char *words)
{
	return strstr(km_test_console(), words) != NULL;
}

/* Did the checker's rule @rule find something since the row began? */
bool api_told(const char *rule);

/* This row leaves something behind on purpose. */
void api_may_leave(void);

/* A value that the compiler cannot see through. */
#define API_HIDDEN(x)	({ __auto_type hidden_ = (x); OPTIMIZER_HIDE_VAR(hidden_); hidden_; })

/* Are all @bytes at @at equal to @byte? */
static inline bool api_filled(const void *at, unsigned char byte, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (((const unsigned char *)at)[i] != byte)
			return false;
	return true;
}

static inline bool api_aligned(const void *at, unsigned long bytes)
{
	return at && !((unsigned long)at & (bytes - 1));
}

/*
 * Allocation fails in this row from here on, whatever the gfp (but not __GFP_NOFAIL): every page is
 * refused.  api_memory_back() ends it; a row that forgets it is failed.
 */
void api_memory_out(void);
void api_memory_back(void);

/*
 * A cache of objects of 58 bytes for the row, as @before of API_CONTEXTS or called by the row; it
 * is destroyed when the row ends, with a complaint if objects are out.
 */
extern struct kmem_cache *api_cache;
void api_cache_make(void);

#endif
