/* SPDX-License-Identifier: MIT */
/* The divider is set for every clock. */
#include <linux/errno.h>
#include <linux/module.h>

enum clock_kind { CLOCK_SLOW, CLOCK_FAST, CLOCK_EXTERNAL };

static unsigned int rates[3];

static unsigned int clock_rate(enum clock_kind kind, unsigned int base)
{
	unsigned int divider;

	switch (kind) {
	case CLOCK_SLOW:
		divider = 8;
		break;
	case CLOCK_FAST:
		divider = 1;
		break;
	default:
		divider = 2;
		break;
	}
	if (divider > 4)
		return base / 8;
	return base;
}

static int __init clock_init(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(rates); i++)
		rates[i] = clock_rate((enum clock_kind)i, 8000);
	return rates[CLOCK_FAST] ? 0 : -EINVAL;
}

static void __exit clock_exit(void)
{
}

module_init(clock_init);
module_exit(clock_exit);
MODULE_LICENSE("GPL");
