/* SPDX-License-Identifier: MIT */
/*
 * options.c - the slab room's words of the boot command line
 *
 * Context: boot, before any room is up.
 */
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/minmax.h>
#include "slab/slab.h"

static int set_merge(const char *value)
{
	slab_merges = true;
	return value && *value ? -EINVAL : 0;
}

static int set_nomerge(const char *value)
{
	slab_merges = !value;
	return value && *value ? -EINVAL : 0;
}

static int set_order(unsigned int *order, unsigned int usual, const char *value)
{
	unsigned int wanted;

	*order = usual;
	if (!value)
		return 0;
	if (kstrtouint(value, 0, &wanted))
		return -EINVAL;
	*order = min(wanted, (unsigned int)MAX_PAGE_ORDER);
	return 0;
}

static int set_min_order(const char *value)
{
	int error = set_order(&slab_order_rule.least, 0, value);

	if (value && slab_order_rule.most < slab_order_rule.least)
		slab_order_rule.most = slab_order_rule.least;
	return error;
}

static int set_max_order(const char *value)
{
	int error = set_order(&slab_order_rule.most, SLAB_MAX_ORDER, value);

	if (value && slab_order_rule.least > slab_order_rule.most)
		slab_order_rule.least = slab_order_rule.most;
	return error;
}

static int set_min_objects(const char *value)
{
	slab_order_rule.objects = 0;
	return value && kstrtouint(value, 0, &slab_order_rule.objects) ? -EINVAL : 0;
}

const struct boot_option slab_options[] = {
	{ "slab_merge", set_merge },
	{ "slub_merge", set_merge },
	{ "slab_nomerge", set_nomerge },
	{ "slub_nomerge", set_nomerge },
	{ "slab_min_order", set_min_order },
	{ "slub_min_order", set_min_order },
	{ "slab_max_order", set_max_order },
	{ "slub_max_order", set_max_order },
	{ "slab_min_objects", set_min_objects },
	{ "slub_min_objects", set_min_objects },
	{}
};
