/* SPDX-License-Identifier: MIT */
/*
 * slabinfo.c - /proc/slabinfo, version 2.1
 *
 * Owns nothing.  Lock: the slab room's, for one line at a time.
 */
#include "machine/view.h"
#include "slab/slab_room.h"

static void show_line(const struct slab_stats *stats, void *arg)
{
	struct view_text *text = arg;

	view_put(text, "%-17s %6lu %6lu %6u %4u %4u", stats->name, stats->active_objects,
		 stats->objects, stats->slot_bytes, stats->objects_per_slab, 1u << stats->order);
	view_put(text, " : tunables %4u %4u %4u", 0u, 0u, 0u);
	view_put(text, " : slabdata %6lu %6lu %6lu\n", stats->slabs, stats->slabs, 0ul);
}

int slabinfo_show(struct view_text *text, const char *rest)
{
	view_put(text, "slabinfo - version: 2.1\n");
	view_put(text, "# name            <active_objs> <num_objs> <objsize> <objperslab>"
		 " <pagesperslab> : tunables <limit> <batchcount> <sharedfactor>"
		 " : slabdata <active_slabs> <num_slabs> <sharedavail>\n");
	slab_stats_each(show_line, text);
	return 0;
}
