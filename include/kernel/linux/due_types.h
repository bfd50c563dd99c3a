/* SPDX-License-Identifier: MIT */
/* due_types.h - a timer's place in the heap of what is due next; src/kern/due.h owns the fields */
#ifndef _LINUX_DUE_TYPES_H
#define _LINUX_DUE_TYPES_H

#include <linux/types.h>

struct km_due {
	struct km_due *child, *next;	/* first child; right sibling */
	struct km_due *prev; /* left sibling, or parent of a first child; NULL: the top */
	u64 key, turn;			/* when; equal ones in order of coming */
};

#endif
