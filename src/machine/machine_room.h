/* SPDX-License-Identifier: MIT */
/* machine_room.h - what the files of this room share */
#ifndef MACHINE_MACHINE_ROOM_H
#define MACHINE_MACHINE_ROOM_H

#include <kmalloc/machine.h>
#include <kmalloc/report.h>
#include <kmalloc/port.h>
#include <kern/option.h>

extern const struct km_sink machine_text_sink;	/* report.c */
int options_set(const char *line);		/* options.c */

extern const struct boot_option machine_options[];	/* allocinfo.c */
bool machine_is_up(void);			/* boot.c */

/* meminfo.c: what Linux counts by node, as far as it means something here; in pages */
enum node_item { NODE_SLAB_RECLAIMABLE, NODE_SLAB_UNRECLAIMABLE, NODE_ITEMS };
#define ALL_NODES	(~0u)
struct memory_sums {
	unsigned long node_items[NODE_ITEMS];
};
extern const char *const node_item_names[NODE_ITEMS];
void memory_sums_read(unsigned int node, struct memory_sums *ret_sums);
void machine_slab_pages(unsigned long *ret_reclaimable, unsigned long *ret_unreclaimable);

#endif
