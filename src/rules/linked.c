/* SPDX-License-Identifier: MIT */
/*
 * linked.c - rules out-of-bounds and use-after-free: trees and lists that base walks
 *
 * Owns: km_checked_rb_*, km_checked_list_sort: base's own functions, built once more so that each
 * node is asked about before it is looked at.  The nodes lie in the user's objects.
 * No lock.  Nothing here sleeps or allocates.
 */
#include <linux/list.h>
#include "rules/access.h"
#include "rules/init_shadow.h"

static noinline void see(const void *object, size_t bytes)
{
	/* The second program knows these functions by what they have written. */
	if (!init_is_on())
		access_check((uintptr_t)object, bytes, true,
			     (uintptr_t)__builtin_frame_address(0));
}

#define SEE(object) ({				\
	__typeof__(object) __seen = (object);	\
	see(__seen, sizeof(*__seen));		\
	__seen; })

/* What the two headers declare is the checked form here. */
#undef KM_SYM_OF_TEXT
#define KM_SYM_OF_TEXT(name)	__asm__("km_checked_" #name)
#include "base/list_sort_code.h"
#include "base/rbtree_code.h"
