/* SPDX-License-Identifier: MIT */
/*
 * failslab.c - allocations of objects fail by boot option, as in Linux
 *
 *	failslab=<interval>,<probability>,<space>,<times>
 *	failslab.ignore-gfp-wait=0|1	1, the default: who may sleep never fails
 *	failslab.cache-filter=0|1	1: only caches marked with A of slab_debug=
 *
 * The last two are files of debugfs in Linux.  A machine that has failslab= gives each cache
 * CACHE_FAIL, so that its objects leave the fast road; others pay nothing.
 * Any context; nothing sleeps.
 */
#include <linux/errno.h>
#include <linux/fault-inject.h>
#include <linux/kstrtox.h>
#include <linux/string.h>
#include "slab/debug.h"

static struct fault_attr attr = FAULT_ATTR_INITIALIZER;
static bool spares_sleepers = true, by_mark;

static int set_attr(const char *value)
{
	char text[80];

	attr = (struct fault_attr)FAULT_ATTR_INITIALIZER;
	if (!value)
		return 0;
	return strscpy(text, value, sizeof(text)) >= 0 && setup_fault_attr(&attr, text) ? 0 :
		-EINVAL;
}

static int set_spares(const char *value)
{
	spares_sleepers = true;
	return value ? kstrtobool(value, &spares_sleepers) : 0;
}

static int set_filter(const char *value)
{
	by_mark = false;
	return value ? kstrtobool(value, &by_mark) : 0;
}

const struct boot_option failslab_options[] = {
	{ "failslab", set_attr },
	{ "failslab.ignore-gfp-wait", set_spares },
	{ "failslab.cache-filter", set_filter },
	{ }
};

bool failslab_is_on(void)
{
	return attr.probability;
}

/**
 * failslab_refuses() - shall this request for objects of @cache fail?
 */
bool failslab_refuses(const struct kmem_cache *cache, gfp_t gfp)
{
	if ((gfp & __GFP_NOFAIL) || (spares_sleepers && (gfp & __GFP_DIRECT_RECLAIM)))
		return false;
	if (by_mark && !(cache->flags & SLAB_FAILSLAB))
		return false;
	return should_fail_ex(&attr, cache->object_size,
			      gfp & __GFP_NOWARN ? FAULT_NOWARN : 0);
}
