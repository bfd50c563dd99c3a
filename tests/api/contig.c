/* SPDX-License-Identifier: MIT */
/* contig.c - rows of runs of frames */
#include "api.h"

/* A run that is free, by its first frame. */
static unsigned long run_of(unsigned long pages)
{
	struct page *page = alloc_contig_pages(pages, GFP_KERNEL, NUMA_NO_NODE, NULL);
	unsigned long pfn = page ? page_to_pfn(page) : 0;

	if (page)
		free_contig_range(pfn, pages);
	return pfn;
}

API(alloc_contig_range, other, "every frame is a page of its own; none is had twice")
{
	unsigned long pfn = run_of(8);
	bool ok = pfn && !alloc_contig_range(pfn, pfn + 7, MIGRATE_MOVABLE, GFP_KERNEL);

	if (!ok)
		return false;
	ok = alloc_contig_range(pfn + 6, pfn + 8, MIGRATE_MOVABLE, GFP_KERNEL) == -EBUSY;
	for (unsigned int i = 0; i < 7; i++)
		__free_page(pfn_to_page(pfn + i));
	return ok;
}

API(alloc_contig_range, zero, "an empty range is -EINVAL")
{
	unsigned long pfn = run_of(1);

	return pfn && alloc_contig_range(pfn, pfn, MIGRATE_MOVABLE, GFP_KERNEL) == -EINVAL;
}

API(alloc_contig_range, limit, "a hole in the range, or more than memory, is -EINVAL")
{
	unsigned long pfn = run_of(1);

	return pfn && alloc_contig_range(pfn, pfn + (1ul << 40), MIGRATE_MOVABLE, GFP_KERNEL) ==
			      -EINVAL;
}

API_CONTEXTS(alloc_contig_range, "P", "sleeps", NULL)
{
	unsigned long pfn = run_of(4);

	if (!pfn || alloc_contig_range(pfn, pfn + 4, MIGRATE_MOVABLE, GFP_KERNEL))
		return false;
	free_contig_range(pfn, 4);
	return true;
}

API(alloc_contig_pages, align, "a power of two is aligned to its length, longer than any block")
{
	struct page *page = alloc_contig_pages(2048, GFP_KERNEL, NUMA_NO_NODE, NULL);
	bool ok = page && !(page_to_pfn(page) & 2047);

	if (page)
		free_contig_range(page_to_pfn(page), 2048);
	return ok;
}

API(alloc_contig_pages, zero, "no pages: NULL")
{
	return !alloc_contig_pages(0, GFP_KERNEL, NUMA_NO_NODE, NULL);
}

API(alloc_contig_pages, failure, "no such run: NULL")
{
	return !alloc_contig_pages(1ul << 40, GFP_KERNEL | __GFP_NOWARN, NUMA_NO_NODE, NULL);
}

API_CONTEXTS(alloc_contig_pages, "P", "sleeps", NULL)
{
	struct page *page = alloc_contig_pages(4, GFP_KERNEL, NUMA_NO_NODE, NULL);

	if (page)
		free_contig_range(page_to_pfn(page), 4);
	return page;
}

API(free_contig_range, other, "a folio goes as a whole")
{
	struct page *page = alloc_contig_pages(4, GFP_KERNEL | __GFP_COMP, NUMA_NO_NODE, NULL);
	unsigned long free;

	if (!page || compound_order(page) != 2)
		return false;
	drain_all_pages(NULL);
	free = nr_free_pages();
	free_contig_range(page_to_pfn(page), 4);
	drain_all_pages(NULL);
	return nr_free_pages() == free + 4;
}
