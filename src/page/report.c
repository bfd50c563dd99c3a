/* SPDX-License-Identifier: MIT */
/*
 * report.c - what the page room says in the kernel log, in the kernel's words
 *
 * Owns: the limits on how often. Texts: page allocation failure, OOM, Bad page state, page dump;
 * how memory stands is show_mem.c.
 * Lock: none; the limits are only approximately kept by CPUs that fail at the same moment. Any
 * context but NMI.
 */
#include "page/alloc.h"

#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include "kern/core.h"
#include "page/page_room.h"
#include "page/reclaim_ops.h"

#define FAILURE_EVERY_NS	10000000000ull
#define BAD_WINDOW_NS		60000000000ull
#define BAD_PER_WINDOW		60

static u64 next_failure_ns, next_oom_ns, bad_window_ns;
static unsigned int bad_in_window;

static bool page_has_dma(void)
{
	const struct page_zone *zone;

	for_each_page_zone(zone) {
		if (zone->type == ZONE_DMA && zone_is_populated(zone))
			return true;
	}
	return false;
}

void page_report_boot(void)
{
	next_failure_ns = 0;
	next_oom_ns = 0;
	bad_window_ns = 0;
	bad_in_window = 0;
}

/* ",cpuset=/,mems_allowed=0-1": no cpusets here, so every node is allowed. */
static void print_allowed(void)
{
	pr_cont(",cpuset=/,mems_allowed=%*pbl", nodemask_pr_args(&node_states[N_MEMORY]));
}

/**
 * warn_alloc() - say that an allocation failed, and how memory stands
 * @gfp_mask: of the request; __GFP_NOWARN: nothing is said
 * @nodemask: the nodes it was limited to, or NULL
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
	if ((gfp_mask & __GFP_DMA) && !page_has_dma())
		return;
	next_failure_ns = now + FAILURE_EVERY_NS;
	va_start(args, fmt);
	text.fmt = fmt;
	text.va = &args;
	pr_warn("%s: %pV, mode:%#x(%pGg), nodemask=", current->comm, &text, gfp_mask, &gfp_mask);
	va_end(args);
	if (nodemask)
		pr_cont("%*pbl", nodemask_pr_args(nodemask));
	else
		pr_cont("(null)");
	print_allowed();
	pr_cont("\n");
	dump_stack();
	page_report_memory();
}

void page_report_failure(const struct page_ask *ask)
{
	warn_alloc(ask->gfp, (nodemask_t *)ask->nodes, "page allocation failure: order:%u",
		   ask->order);
}

/* A row of the table of tasks; threads of the kernel and idle ones have no memory to list. */
static bool print_task(struct task_struct *task, void *arg)
{
	if (!task->kthread_fn && task->pid)
		pr_info("[%7d] %5d %5d %8lu %8lu %8lu %8lu %9lu %8ld %8lu         %5hd %s\n",
			task->pid, 0, task->tgid, 0ul, 0ul, 0ul, 0ul, 0ul, 0l, 0ul, (short)0,
			task->comm);
	return false;
}

/* Nothing can be killed here: the line that names the victim is missing, as if there were none. */
void page_report_oom(const struct page_ask *ask)
{
	u64 now = km_port_clock_ns();

	if (now < next_oom_ns)
		return;
	next_oom_ns = now + FAILURE_EVERY_NS;
	pr_warn("%s invoked oom-killer: gfp_mask=%#x(%pGg), order=%d, oom_score_adj=%hd\n",
		current->comm, ask->gfp, &ask->gfp, ask->order, (short)0);
	dump_stack();
	page_report_memory();
	pr_info("Tasks state (memory values in pages):\n");
	pr_info("[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem"
		" pgtables_bytes swapents oom_score_adj name\n");
	task_any(print_task, NULL);
}

void dump_page(const struct page *page, const char *reason)
{
	pr_warn("page: refcount:%d mapcount:%d mapping:%p index:%#lx pfn:%#lx\n",
		page_ref_count(page), page_mapcount(page), page->mapping, page->index,
		frame_pfn(page));
	pr_warn("flags: %pGp node=%d zone=%d owner:%u order:%u\n", &page->flags, page_to_nid(page),
		page_zonenum(page), page->owner, page->order);
	print_hex_dump(KERN_WARNING, "raw: ", DUMP_PREFIX_NONE, 32, sizeof(unsigned long), page,
		       sizeof(*page), false);
	if (reason)
		pr_warn("page dumped because: %s\n", reason);
}

void page_report_bad(struct page *page, const char *reason)
{
	u64 now = km_port_clock_ns();

	if (now >= bad_window_ns) {
		if (bad_in_window > BAD_PER_WINDOW)
			pr_alert("BUG: Bad page state: %u messages suppressed\n",
				 bad_in_window - BAD_PER_WINDOW);
		bad_window_ns = now + BAD_WINDOW_NS;
		bad_in_window = 0;
	}
	if (bad_in_window++ >= BAD_PER_WINDOW)
		return;
	pr_alert("BUG: Bad page state in process %s  pfn:%05lx\n", current->comm, frame_pfn(page));
	dump_page(page, reason);
	dump_stack();
}
