/* SPDX-License-Identifier: MIT */
/*
 * meminfo.c - /proc/meminfo and /proc/vmstat: the machine's memory in a few sums
 *
 * Owns: which counters there are.  Only lines that mean something here are shown: there are no user
 * pages, no page cache and no swap.
 * Lock: the rooms', while their numbers are taken.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "machine/machine_room.h"
#include "machine/view.h"
#include "page/page_room.h"
#include "percpu/percpu_room.h"
#include "reclaim/reclaim_room.h"
#include "slab/slab_room.h"
#include "vmap/vmap_room.h"

const char *const node_item_names[NODE_ITEMS] = {
	[NODE_SLAB_RECLAIMABLE] = "nr_slab_reclaimable",
	[NODE_SLAB_UNRECLAIMABLE] = "nr_slab_unreclaimable",
};

struct sums_ask {
	unsigned int node;
	struct memory_sums *sums;
};

static void add_cache(const struct slab_stats *stats, void *arg)
{
	const struct sums_ask *ask = arg;
	unsigned long slabs = ask->node == ALL_NODES ? stats->slabs : stats->node_slabs[ask->node];

	ask->sums->node_items[stats->is_reclaimable ? NODE_SLAB_RECLAIMABLE :
			      NODE_SLAB_UNRECLAIMABLE] += slabs << stats->order;
}

void memory_sums_read(unsigned int node, struct memory_sums *ret_sums)
{
	struct sums_ask ask = { .node = node, .sums = ret_sums };

	memset(ret_sums, 0, sizeof(*ret_sums));
	slab_stats_each(add_cache, &ask);
	ret_sums->node_items[NODE_SLAB_UNRECLAIMABLE] += slab_large_pages(node);
}

void machine_slab_pages(unsigned long *ret_reclaimable, unsigned long *ret_unreclaimable)
{
	struct memory_sums sums;

	memory_sums_read(ALL_NODES, &sums);
	*ret_reclaimable = sums.node_items[NODE_SLAB_RECLAIMABLE];
	*ret_unreclaimable = sums.node_items[NODE_SLAB_UNRECLAIMABLE];
}

/* What a new use of memory could have without much ado: above the low marks, and half of caches. */
static unsigned long available_pages(const struct memory_sums *sums)
{
	unsigned long reclaimable = sums->node_items[NODE_SLAB_RECLAIMABLE], low = 0, free = 0;

	for (unsigned int zone = 0; zone < page_zones(); zone++) {
		struct page_zone_stats stats;

		page_zone_read(zone, &stats);
		low += stats.low;
		free += stats.free > stats.high ? stats.free - stats.high : 0;
	}
	return free + reclaimable - min(reclaimable / 2, low);
}

static void put_kb(struct view_text *text, const char *name, unsigned long kilobytes)
{
	view_put(text, "%-16s%8lu kB\n", name, kilobytes);
}

static void put_pages(struct view_text *text, const char *name, unsigned long pages)
{
	put_kb(text, name, pages << (PAGE_SHIFT - 10));
}

int meminfo_show(struct view_text *text, const char *rest)
{
	struct memory_sums sums;
	struct percpu_stats percpu;
	unsigned long reclaimable, unreclaimable;

	memory_sums_read(ALL_NODES, &sums);
	percpu_read_stats(&percpu);
	reclaimable = sums.node_items[NODE_SLAB_RECLAIMABLE];
	unreclaimable = sums.node_items[NODE_SLAB_UNRECLAIMABLE];
	put_pages(text, "MemTotal:", totalram_pages());
	put_pages(text, "MemFree:", nr_free_pages());
	put_pages(text, "MemAvailable:", available_pages(&sums));
	put_pages(text, "KReclaimable:", reclaimable);
	put_pages(text, "Slab:", reclaimable + unreclaimable);
	put_pages(text, "SReclaimable:", reclaimable);
	put_pages(text, "SUnreclaim:", unreclaimable);
	put_kb(text, "VmallocTotal:", vmap_total_bytes() >> 10);
	put_pages(text, "VmallocUsed:", vmalloc_nr_pages());
	put_kb(text, "VmallocChunk:", 0);
	put_pages(text, "Percpu:", percpu.frames);
	return 0;
}

static void put_count(struct view_text *text, const char *name, unsigned long value)
{
	view_put(text, "%s %lu\n", name, value);
}

int vmstat_show(struct view_text *text, const char *rest)
{
	struct memory_sums sums;
	struct reclaim_stats reclaim;

	memory_sums_read(ALL_NODES, &sums);
	reclaim_read(&reclaim);
	put_count(text, "nr_free_pages", nr_free_pages());
	put_count(text, "nr_free_cma", 0);
	for (unsigned int item = 0; item < NODE_ITEMS; item++)
		put_count(text, node_item_names[item], sums.node_items[item]);
	put_count(text, "pgsteal_kswapd", reclaim.woken_pages);
	put_count(text, "pgsteal_direct", reclaim.direct_pages);
	put_count(text, "slabs_scanned", reclaim.objects_scanned);
	put_count(text, "pageoutrun", reclaim.woken);
	put_count(text, "oom_kill", reclaim.oom);
	return 0;
}
