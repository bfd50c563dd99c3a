/* SPDX-License-Identifier: MIT */
/*
 * report.c - what the page room says in the kernel log, in the kernel's words
 *
 * Owns: the limits on how often. Texts: page allocation failure, Mem-Info, Bad page state, page
 * dump.
 * Lock: none; the limits are only approximately kept by CPUs that fail at the same moment. Any
 * context but NMI.
 */
#include "page/alloc.h"

#include <linux/printk.h>
#include <linux/sched.h>
#include "page/page_room.h"
#include "page/reclaim_ops.h"

#define FAILURE_EVERY_NS	10000000000ull
#define BAD_WINDOW_NS		60000000000ull
#define BAD_PER_WINDOW		60

static u64 next_failure_ns, next_oom_ns, bad_window_ns;
static unsigned int bad_in_window;

void page_report_boot(void)
{
	next_failure_ns = 0;
	next_oom_ns = 0;
	bad_window_ns = 0;
	bad_in_window = 0;
}

#define KB(pages)	((pages) << (PAGE_SHIFT - 10))

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
	unsigned long free_pcp = 0, present = 0;
	struct page_zone *zone;

	for_each_page_zone(zone) {
		free_pcp += pcp_pages(zone);
		present += zone->present;
	}
	printk("Mem-Info:\n");
	printk("active_anon:0 inactive_anon:0 isolated_anon:0\n"
	       " active_file:0 inactive_file:0 isolated_file:0\n"
	       " unevictable:0 dirty:0 writeback:0\n"
	       " slab_reclaimable:0 slab_unreclaimable:0\n"
	       " mapped:0 shmem:0 pagetables:0\n"
	       " sec_pagetables:0 bounce:0\n"
	       " kernel_misc_reclaimable:0\n"
	       " free:%lu free_pcp:%lu free_cma:0\n", nr_free_pages(), free_pcp);
	for_each_page_zone(zone) {
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

/**
 * warn_alloc() - say that an allocation failed, and how memory stands
 * @gfp_mask: of the request; __GFP_NOWARN: nothing is said
 * @fmt:      what failed, without newline
 *
 * Context: any but NMI.   Cost: a screenful of text, at most once in ten seconds.
 */
void warn_alloc(gfp_t gfp_mask, nodemask_t *nodemask, const char *fmt, ...)
{
	u64 now = km_port_clock_ns();
	struct va_format text;
	va_list args;

	if ((gfp_mask & __GFP_NOWARN) || now < next_failure_ns)
		return;
	/* Nobody can do anything about a zone the machine does not have. */
	if ((gfp_mask & __GFP_DMA) && !zone_is_populated(node_zone(0, ZONE_DMA)))
		return;
	next_failure_ns = now + FAILURE_EVERY_NS;
	va_start(args, fmt);
	text.fmt = fmt;
	text.va = &args;
	pr_warn("%s: %pV, mode:%#x(%pGg), nodemask=(null)", current->comm, &text, gfp_mask,
		&gfp_mask);
	va_end(args);
	pr_cont(",cpuset=/,mems_allowed=0\n");
	dump_stack();
	page_report_memory();
}

void page_report_failure(const struct page_ask *ask)
{
	warn_alloc(ask->gfp, NULL, "page allocation failure: order:%u", ask->order);
}

/* There is no user process whose memory could be listed: the table of tasks is its header. */
void page_report_oom(const struct page_ask *ask)
{
	u64 now = km_port_clock_ns();

	if (now < next_oom_ns)
		return;
	next_oom_ns = now + FAILURE_EVERY_NS;
	pr_warn("%s invoked oom-killer: gfp_mask=%#x(%pGg), order=%d, oom_score_adj=0\n",
		current->comm, ask->gfp, &ask->gfp, ask->order);
	dump_stack();
	page_report_memory();
	pr_info("Tasks state (memory values in pages):\n");
	pr_info("[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem"
		" pgtables_bytes swapents oom_score_adj name\n");
}

void dump_page(const struct page *page, const char *reason)
{
	pr_warn("page: refcount:%d mapcount:%d mapping:%p index:%#lx pfn:%#lx\n",
		page_ref_count(page), page_mapcount(page), page->mapping, page->index,
		frame_pfn(page));
	pr_warn("flags: %#lx owner:%u order:%u node=%d zone=%d\n", page->flags, page->owner,
		page->order, page_to_nid(page), page_zonenum(page));
	print_hex_dump(KERN_WARNING, "raw: ", DUMP_PREFIX_NONE, 32, sizeof(unsigned long), page,
		       sizeof(*page), false);
	if (reason)
		pr_warn("page dumped because: %s\n", reason);
}

void page_report_bad(struct page *page, const char *reason)
{
	u64 now = km_port_clock_ns();

	if (now >= bad_window_ns) {
		bad_window_ns = now + BAD_WINDOW_NS;
		bad_in_window = 0;
	}
	if (bad_in_window++ >= BAD_PER_WINDOW)
		return;
	pr_alert("BUG: Bad page state in process %s  pfn:%05lx\n", current->comm, frame_pfn(page));
	dump_page(page, reason);
	dump_stack();
}
