/* SPDX-License-Identifier: MIT */
/*
 * assert.h - checks of our own invariants (a caller's mistake is a finding of a rule, not an
 * assertion)
 *
 *	KM_ASSERT(zone->free >= pages, "B3");		always on; O(1); off the fast road
 *	KM_ASSERT_EQ(block->order, order, "B2");	also prints both values
 *	KM_DEBUG(...), KM_EXPENSIVE(...)		only if KMALLOC_DEBUG, KMALLOC_EXPENSIVE is
 * 1
 *
 * The second argument is the id of the invariant in the file's head comment.  A failed one prints
 * and ends the machine.
 */
#ifndef BASE_ASSERT_H
#define BASE_ASSERT_H

#include <linux/compiler.h>
#include <linux/types.h>

struct assert_place {
	const char *file;
	int line;
	const char *text;	/* the expression */
	const char *id;		/* of the invariant */
};

/*
 * How a failed assertion ends; must not return.  The first room that has a port sets it.  NULL:
 * trap.
 */
extern void (*assert_stop)(const char *text, size_t bytes);

void assert_failed(const struct assert_place *place) __noreturn __cold;
void assert_failed_values(const struct assert_place *place, u64 got, u64 wanted) __noreturn __cold;

#define ASSERT_PLACE(text, id)	(&(const struct assert_place){ __FILE__, __LINE__, text, id })
#define KM_ASSERT(cond, id) \
	do { if (unlikely(!(cond))) assert_failed(ASSERT_PLACE(#cond, id)); } while (0)
#define KM_ASSERT_EQ(a, b, id)								\
	do {										\
		const u64 got__ = (u64)(a), wanted__ = (u64)(b);			\
		if (unlikely(got__ != wanted__))					\
			assert_failed_values(ASSERT_PLACE(#a " == " #b, id), got__, wanted__);	\
	} while (0)

#ifndef KMALLOC_DEBUG
#define KMALLOC_DEBUG 0
#endif
#ifndef KMALLOC_EXPENSIVE
#define KMALLOC_EXPENSIVE 0
#endif
#define KM_DEBUG(cond, id)	do { if (KMALLOC_DEBUG) KM_ASSERT(cond, id); } while (0)
#define KM_EXPENSIVE(cond, id)	do { if (KMALLOC_EXPENSIVE) KM_ASSERT(cond, id); } while (0)

#endif
