/* SPDX-License-Identifier: MIT */
/*
 * tunable.c - Linux's vm.* settings of the page allocator: at boot and while the machine runs
 *
 * Owns: which there are, their limits. What they mean: watermark.c, zone.c, pcp.c.
 * T1  A value out of Linux's limits is refused and changes nothing.
 * T2  Before boot a value waits; later it takes effect at once, in all zones.
 * Context: boot, or task context with nobody else setting; nothing sleeps.
 */
#include "page/page_room.h"

#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/string.h>
#include "page/pcp.h"

#define SCALE_MOST		3000
#define FRACTION_LEAST		8
#define VALUES			MAX_NR_ZONES

static const unsigned int ratio_default[VALUES] = { 256, 256, 32, 0 };

/* Numbers parted by commas, spaces or tabs; how many, or a negative errno. */
static int numbers_parse(const char *text, unsigned int *ret_numbers, unsigned int most)
{
	unsigned int count = 0;

	while (*text) {
		size_t bytes = strcspn(text, ", \t\n");
		char number[16];

		if (bytes >= sizeof(number) || (bytes && count == most))
			return -EINVAL;
		memcpy(number, text, bytes);
		number[bytes] = 0;
		if (bytes && kstrtouint(number, 10, &ret_numbers[count++]))
			return -EINVAL;
		text += bytes;
		text += *text != 0;
	}
	return count;
}

static int number_parse(const char *text, unsigned int *ret_number)
{
	return numbers_parse(text, ret_number, 1) == 1 ? 0 : -EINVAL;
}

static bool is_up(void)
{
	return page_managed_total() != 0;
}

static int set_min_free(const char *value)
{
	unsigned int kbytes = 0;

	if (value && (number_parse(value, &kbytes) || !kbytes))
		return -EINVAL;
	min_free_kbytes_wanted = kbytes;
	if (is_up())
		watermark_set();
	return 0;
}

static int set_scale(const char *value)
{
	unsigned int factor = 10;

	if (value && (number_parse(value, &factor) || !factor || factor > SCALE_MOST))
		return -EINVAL;
	watermark_scale_factor = factor;
	if (is_up())
		watermark_set();
	return 0;
}

static int set_boost(const char *value)
{
	unsigned int factor = 15000;

	if (value && number_parse(value, &factor))
		return -EINVAL;
	watermark_boost_factor = factor;
	return 0;
}

static int set_ratio(const char *value)
{
	unsigned int ratios[VALUES];

	memcpy(ratios, ratio_default, sizeof(ratios));
	if (value && numbers_parse(value, ratios, VALUES) < 1)
		return -EINVAL;
	memcpy(lowmem_reserve_ratio, ratios, sizeof(ratios));
	if (is_up())
		zone_set_reserves();
	return 0;
}

static int set_fraction(const char *value)
{
	unsigned int fraction = 0;

	if (value && (number_parse(value, &fraction) || (fraction && fraction < FRACTION_LEAST)))
		return -EINVAL;
	percpu_pagelist_high_fraction = fraction;
	if (is_up())
		pcp_set_limits();
	return 0;
}

/* Linux takes them on the command line as sysctl.vm.NAME; the bare name means the same here. */
const struct boot_option tunable_options[] = {
	{ "min_free_kbytes", set_min_free },
	{ "watermark_scale_factor", set_scale },
	{ "watermark_boost_factor", set_boost },
	{ "lowmem_reserve_ratio", set_ratio },
	{ "percpu_pagelist_high_fraction", set_fraction },
	{ "sysctl.vm.min_free_kbytes", set_min_free },
	{ "sysctl.vm.watermark_scale_factor", set_scale },
	{ "sysctl.vm.watermark_boost_factor", set_boost },
	{ "sysctl.vm.lowmem_reserve_ratio", set_ratio },
	{ "sysctl.vm.percpu_pagelist_high_fraction", set_fraction },
	{ }
};

int page_tune(const char *name, const char *value)
{
	for (const struct boot_option *option = tunable_options; option->name; option++) {
		if (!strcmp(option->name, name))
			return value ? option->set(value) : -EINVAL;
	}
	return -ENOENT;
}
