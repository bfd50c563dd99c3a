// SPDX-License-Identifier: MIT
/*
 * page_chains.c - pages kept in chains by their lru and private fields, split, referenced twice,
 * mapped together, and given back in other pieces than they were taken
 */
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

static LIST_HEAD(chain);
static struct page *pages[4];
static void *mapped;
static unsigned long exact;

static void chain_free(void)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &chain, lru) {
		list_del(&page->lru);
		__free_page(page);
	}
}

static int chain_add(unsigned long number)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	set_page_private(page, number);
	list_add_tail(&page->lru, &chain);
	return 0;
}

static int split(void)
{
	struct page *block = alloc_pages(GFP_KERNEL, 2);

	if (!block)
		return -ENOMEM;
	split_page(block, 2);
	for (int i = 0; i < 4; i++)
		pages[i] = block + i;
	get_page(pages[3]);
	put_page(pages[3]);
	return 0;
}

static void all_free(void)
{
	vunmap(mapped);
	for (int i = 0; i < 4; i++)
		if (pages[i])
			__free_page(pages[i]);
	if (exact)
		free_pages_exact((void *)exact, 9000);
	chain_free();
}

static int __init chains_init(void)
{
	int error = 0;
	char *local;

	for (unsigned long number = 0; number < 3 && !error; number++)
		error = chain_add(number);
	if (error)
		goto out_free;
	error = split();
	if (error)
		goto out_free;
	error = -ENOMEM;
	mapped = vmap(pages, 4, VM_MAP, PAGE_KERNEL);
	exact = (unsigned long)alloc_pages_exact(9000, GFP_KERNEL | __GFP_ZERO);
	if (!mapped || !exact)
		goto out_free;
	memset(mapped, 9, 4 * PAGE_SIZE);
	local = kmap_local_page(pages[3]);
	error = local[PAGE_SIZE - 1] == 9 && ((char *)exact)[8999] == 0 ? 0 : -EINVAL;
	kunmap_local(local);
	if (!error)
		return 0;
out_free:
	all_free();
	return error;
}

static void __exit chains_exit(void)
{
	all_free();
}

module_init(chains_init);
module_exit(chains_exit);
MODULE_LICENSE("GPL");
