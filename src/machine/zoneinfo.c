/* SPDX-License-Identifier: MIT */
/*
 * zoneinfo.c - /proc/zoneinfo: every zone of every node, its marks, counters and per-CPU lists
 *
 * Owns nothing.  Lock: the zone's, while its numbers are taken.
 */
#include <linux/mmzone.h>
#include <linux/nodemask.h>
#include "machine/machine_room.h"
#include "machine/view.h"
#include "page/page_room.h"

static void put_item(struct view_text *text, const char *name, unsigned long value)
{
	view_put(text, "\n      %-12s %lu", name, value);
}

static void put_node_stats(struct view_text *text, unsigned int node)
{
	struct memory_sums sums;

	memory_sums_read(node, &sums);
	view_put(text, "\n  per-node stats");
	for (unsigned int item = 0; item < NODE_ITEMS; item++)
		put_item(text, node_item_names[item], sums.node_items[item]);
}

static void put_marks(struct view_text *text, const struct page_zone_stats *stats)
{
	view_put(text, "\n  pages free     %lu", stats->free);
	view_put(text, "\n        boost    %lu", stats->boost);
	view_put(text, "\n        min      %lu", stats->min + stats->boost);
	view_put(text, "\n        low      %lu", stats->low + stats->boost);
	view_put(text, "\n        high     %lu", stats->high + stats->boost);
	view_put(text, "\n        promo    %lu", stats->promo + stats->boost);
	view_put(text, "\n        spanned  %lu", stats->spanned);
	view_put(text, "\n        present  %lu", stats->present);
	view_put(text, "\n        managed  %lu", stats->managed);
	view_put(text, "\n        cma      %lu", 0ul);
	view_put(text, "\n        protection: (%lu", stats->reserve[0]);
	for (unsigned int type = 1; type < MAX_NR_ZONES; type++)
		view_put(text, ", %lu", stats->reserve[type]);
	view_put(text, ")");
}

static void put_cpus(struct view_text *text, const struct page_zone_stats *stats)
{
	view_put(text, "\n  pagesets");
	for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++) {
		struct page_pcp_stats pcp;

		page_pcp_read_at(stats->node, stats->type, cpu, &pcp);
		view_put(text, "\n    cpu: %u\n              count:    %lu"
			 "\n              high:     %u\n              batch:    %u"
			 "\n              high_min: %u\n              high_max: %u",
			 cpu, pcp.count, pcp.high, pcp.batch, pcp.high_min, pcp.high_max);
		view_put(text, "\n  vm stats threshold: %d", 0);
	}
}

static void put_zone(struct view_text *text, const struct page_zone_stats *stats, bool is_first)
{
	view_put(text, "Node %u, zone %8s", stats->node, stats->name);
	if (is_first)
		put_node_stats(text, stats->node);
	put_marks(text, stats);
	if (!stats->managed) {
		view_put(text, "\n");
		return;
	}
	put_item(text, "nr_free_pages", stats->free);
	put_item(text, "nr_free_cma", 0);
	put_cpus(text, stats);
	view_put(text, "\n  node_unreclaimable:  %u\n  start_pfn:           %lu\n", 0u,
		 stats->start_pfn);
}

int zoneinfo_show(struct view_text *text, const char *rest)
{
	int node;

	for_each_node_state(node, N_ONLINE) {
		bool is_first = true;

		for (unsigned int type = 0; type < MAX_NR_ZONES; type++) {
			struct page_zone_stats stats;

			page_zone_read_at(node, type, &stats);
			put_zone(text, &stats, is_first && stats.managed);
			is_first &= !stats.managed;
		}
	}
	return 0;
}
