/* SPDX-License-Identifier: MIT */
/* memory_hotplug.h - memory does not come or go while the machine runs: only a boot option */
#ifndef _LINUX_MEMORY_HOTPLUG_H
#define _LINUX_MEMORY_HOTPLUG_H

#include <linux/types.h>
#include <linux/cache.h>
#include <linux/numa.h>
#include <linux/pfn.h>

/* Boot option movable_node: memblock leaves hotpluggable memory alone. */
extern bool movable_node_enabled KM_SYM(movable_node_enabled);

static inline bool movable_node_is_enabled(void)
{
	return movable_node_enabled;
}

#endif
