/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LIST_SORT_H
#define _LINUX_LIST_SORT_H

#include <linux/types.h>

typedef int __attribute__((nonnull(2, 3))) (*list_cmp_func_t)(void *priv, const struct list_head *a,
							     const struct list_head *b);

/* Stable; @cmp says > 0 if @a must come after @b. No extra memory. */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp) KM_SYM_OF_TEXT(list_sort)
	__attribute__((nonnull(2, 3)));

#endif
