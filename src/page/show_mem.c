/* SPDX-License-Identifier: MIT */
/*
 * show_mem.c - "Mem-Info:": how memory stands, as Linux prints it with a failure
 *
 * Owns: who counts the pages of slabs (page_slab_pages).  Fields of things that are not here - user
 * pages, page cache, swap, huge pages - are printed as 0, because programs read these lines.
 * Lock: each zone's, while its blocks are counted.  Any context but NMI.
 */
#include "page/alloc.h"

#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/printk.h>
#include "page/page_room.h"

#define KB(pages)	((pages) << (PAGE_SHIFT - 10))

void (*page_slab_pages)(unsigned long *ret_reclaimable, unsigned long *ret_unreclaimable);

static void print_totals(void)
{
	unsigned long reclaimable = 0, unreclaimable = 0, free_pcp = 0;
	struct page_zone *zone;

	for_each_page_zone(zone)
		free_pcp += pcp_pages(zone);
	if (page_slab_pages)
		page_slab_pages(&reclaimable, &unreclaimable);
	printk("active_anon:0 inactive_anon:0 isolated_anon:0\n"
	       " active_file:0 inactive_file:0 isolated_file:0\n"
	       " unevictable:0 dirty:0 writeback:0\n"
	       " slab_reclaimable:%lu slab_unreclaimable:%lu\n"
	       " mapped:0 shmem:0 pagetables:0\n"
	       " sec_pagetables:0 bounce:0\n"
	       " kernel_misc_reclaimable:0\n"
	       " free:%lu free_pcp:%lu free_cma:0\n",
	       reclaimable, unreclaimable, nr_free_pages(), free_pcp);
}

static void print_node(int node)
{
	printk("Node %d active_anon:0kB inactive_anon:0kB active_file:0kB inactive_file:0kB"
	       " unevictable:0kB isolated(anon):0kB isolated(file):0kB mapped:0kB dirty:0kB"
	       " writeback:0kB shmem:0kB writeback_tmp:0kB kernel_stack:0kB pagetables:0kB"
	       " sec_pagetables:0kB all_unreclaimable? no\n", node);
}

static void print_zone(const struct page_zone *zone)
{
	printk(KERN_CONT "Node %u %s free:%lukB boost:%lukB min:%lukB low:%lukB high:%lukB"
	       " reserved_highatomic:%luKB active_anon:0kB inactive_anon:0kB active_file:0kB"
	       " inactive_file:0kB unevictable:0kB writepending:0kB present:%lukB managed:%lukB"
	       " mlocked:0kB bounce:0kB free_pcp:%lukB local_pcp:%lukB free_cma:0kB\n",
	       zone->node, zone->name, KB(zone->free), KB(zone->boost),
	       KB(zone->mark[MARK_MIN] + zone->boost), KB(zone->mark[MARK_LOW] + zone->boost),
	       KB(zone->mark[MARK_HIGH] + zone->boost), KB(zone->reserved_highatomic),
	       KB(zone->present), KB(zone->managed), KB(pcp_pages(zone)),
	       KB(pcp_pages_of(zone, km_port_cpu())));
	printk("lowmem_reserve[]:");
	for (unsigned int id = 0; id < MAX_NR_ZONES; id++)
		printk(KERN_CONT " %ld", zone->reserve[id]);
	printk(KERN_CONT "\n");
}

/* " (UM)": the types that have free blocks of an order. */
static void print_types(unsigned int types)
{
	static const char letters[MIGRATE_TYPES + 1] = "UMEHI";
	char text[MIGRATE_TYPES + 1];
	unsigned int length = 0;

	for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
		if (types >> type & 1)
			text[length++] = letters[type];
	}
	text[length] = 0;
	printk(KERN_CONT "(%s) ", text);
}

static void print_blocks(struct page_zone *zone)
{
	unsigned long count[NR_PAGE_ORDERS], total = 0;
	unsigned int types[NR_PAGE_ORDERS] = { 0 };
	unsigned long irq = km_spin_lock(&zone->lock);

	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++) {
		count[order] = zone->free_blocks[order].count;
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			types[order] |= (zone->free_blocks[order].of_type[type] != 0) << type;
	}
	km_spin_unlock(&zone->lock, irq);
	printk("Node %u %s: ", zone->node, zone->name);
	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++) {
		printk(KERN_CONT "%lu*%lukB ", count[order], KB(1UL << order));
		if (types[order])
			print_types(types[order]);
		total += count[order] << order;
	}
	printk(KERN_CONT "= %lukB\n", KB(total));
}

void page_report_memory(void)
{
	unsigned long present = 0;
	struct page_zone *zone;
	int node;

	printk("Mem-Info:\n");
	print_totals();
	for_each_online_node(node)
		print_node(node);
	for_each_page_zone(zone) {
		present += zone->present;
		if (zone_is_populated(zone))
			print_zone(zone);
	}
	for_each_page_zone(zone) {
		if (zone_is_populated(zone))
			print_blocks(zone);
	}
	printk("0 total pagecache pages\n");
	printk("%lu pages RAM\n", present);
	printk("0 pages HighMem/MovableOnly\n");
	printk("%lu pages reserved\n", present - page_managed_total());
}
