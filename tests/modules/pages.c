/* SPDX-License-Identifier: MIT */
/*
 * Pages of every kind: orders, exact, bulk, zeroed, DMA, a vmap of scattered pages,
 * highmem mappings.
 */
#include <linux/module.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/highmem.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/io.h>

#define N_PAGES 12

static struct page *scattered[N_PAGES];
static void *mapping;
static unsigned long ring;
static void *exact;
static struct page *compound;
static void *dma;

static void scattered_free(void)
{
	int i;

	for (i = 0; i < N_PAGES; i++) {
		if (scattered[i])
			__free_page(scattered[i]);
		scattered[i] = NULL;
	}
}

static int scattered_alloc(void)
{
	unsigned long done = alloc_pages_bulk_array(GFP_KERNEL | __GFP_ZERO, N_PAGES, scattered);

	for (; done < N_PAGES; done++) {
		scattered[done] = alloc_page(GFP_HIGHUSER | __GFP_ZERO);
		if (!scattered[done]) {
			scattered_free();
			return -ENOMEM;
		}
	}
	return 0;
}

static void fill(struct page *page, u8 c)
{
	u8 *at = kmap_local_page(page);

	memset(at, c, PAGE_SIZE);
	kunmap_local(at);
}

static int __init pages_init(void)
{
	int i, ret;

	ret = scattered_alloc();
	if (ret)
		return ret;
	ret = -ENOMEM;
	for (i = 0; i < N_PAGES; i++)
		fill(scattered[i], i);
	mapping = vmap(scattered, N_PAGES, VM_MAP, PAGE_KERNEL);
	if (!mapping)
		goto err_pages;
	for (i = 0; i < N_PAGES; i++) {
		if (((u8 *)mapping)[i * PAGE_SIZE + 5] != i ||
		    vmalloc_to_page(mapping + i * PAGE_SIZE) != scattered[i])
			pr_err("page %d is not where it should be\n", i);
	}
	ring = __get_free_pages(GFP_KERNEL | __GFP_ZERO, get_order(5 * PAGE_SIZE));
	if (!ring)
		goto err_vunmap;
	split_page(virt_to_page(ring), 3);
	for (i = 5; i < 8; i++)
		free_page(ring + i * PAGE_SIZE);
	exact = alloc_pages_exact(3 * PAGE_SIZE + 100, GFP_KERNEL | __GFP_NORETRY);
	if (!exact)
		goto err_ring;
	memset(exact, 1, 3 * PAGE_SIZE + 100);
	compound = alloc_pages(GFP_KERNEL | __GFP_COMP | __GFP_NOWARN, 2);
	if (!compound)
		goto err_exact;
	get_page(compound + 3);
	put_page(compound);
	memset(page_address(compound), 7, PAGE_SIZE << compound_order(compound));
	dma = kmalloc(512, GFP_KERNEL | GFP_DMA);
	if (!dma)
		goto err_compound;
	if (virt_to_phys(dma) >= (16 << 20))
		pr_err("not below 16 MiB\n");
	return 0;
err_compound:
	__free_pages(compound, 2);
err_exact:
	free_pages_exact(exact, 3 * PAGE_SIZE + 100);
err_ring:
	for (i = 0; i < 5; i++)
		free_page(ring + i * PAGE_SIZE);
err_vunmap:
	vunmap(mapping);
err_pages:
	scattered_free();
	return ret;
}

static void __exit pages_exit(void)
{
	int i;

	kfree(dma);
	put_page(compound);
	free_pages_exact(exact, 3 * PAGE_SIZE + 100);
	for (i = 0; i < 5; i++)
		free_page(ring + i * PAGE_SIZE);
	vunmap(mapping);
	scattered_free();
}

module_init(pages_init);
module_exit(pages_exit);
MODULE_LICENSE("GPL");
