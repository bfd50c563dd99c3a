/* SPDX-License-Identifier: MIT */
/*
 * alloc_tag.c - which line of code the current task allocates for
 *
 * Owns: task_struct.alloc_tag.  Counting is rules/profile.c's.  Any context; an interrupt borrows
 * the word of the task it came upon and puts it back.
 */
#include <linux/alloc_tag.h>
#include <linux/sched.h>

struct alloc_tag *alloc_tag_save(struct alloc_tag *tag)
{
	struct alloc_tag *old = current->alloc_tag;

	current->alloc_tag = tag;
	return old;
}

void alloc_tag_restore(struct alloc_tag *old)
{
	current->alloc_tag = old;
}
