/* SPDX-License-Identifier: MIT */
/* watched.h - cold twins of the public page calls: they tell the door what happens */
#ifndef PAGE_WATCHED_H
#define PAGE_WATCHED_H

#include <linux/gfp.h>
#include "page/alloc.h"
#include "watch/watch.h"

struct page *pages_alloc_watched(const char *what, gfp_t gfp, unsigned int order, uintptr_t caller,
				 uintptr_t frame);
struct page *pages_alloc_at_watched(const char *what, const struct page_want *want,
				    uintptr_t caller, uintptr_t frame);
void pages_free_watched(const char *what, struct page *page, unsigned int order, uintptr_t caller,
			uintptr_t frame);
void pages_free_address_watched(const char *what, unsigned long address, unsigned int order,
				uintptr_t caller, uintptr_t frame);
void page_put_watched(const char *what, struct page *page, uintptr_t caller, uintptr_t frame);
void *exact_alloc_watched(size_t bytes, gfp_t gfp, int node, uintptr_t caller, uintptr_t frame);
void exact_free_watched(void *address, size_t bytes, uintptr_t caller, uintptr_t frame);
unsigned long bulk_alloc_watched(const struct page_want *want, const struct page_slots *slots,
				 uintptr_t caller, uintptr_t frame);
int contig_alloc_watched(const char *what, const struct contig_want *want, struct page **ret_page,
			 uintptr_t caller, uintptr_t frame);
void split_watched(struct page *page, unsigned int order, uintptr_t caller, uintptr_t frame);

/* free.c */
void page_release_block(struct page *page, unsigned int order);
void page_release_single(struct page *page);

#endif
