/* SPDX-License-Identifier: MIT */
/* The default of a setting lives as long as the function that uses it. */
#include <linux/module.h>
#include <linux/printk.h>

struct limits {
	int low, high;
};

static int span_of(const struct limits *limits)
{
	return limits->high - limits->low;
}

static int measure(const struct limits *given)
{
	const struct limits *limits = given;
	struct limits fallback;

	if (!limits) {

		fallback.low = 3;
		fallback.high = 9;
		limits = &fallback;
	}
	return span_of(limits);
}

static int __init span_init(void)
{
	struct limits own = { 1, 4 };

	pr_info("%d %d\n", measure(&own), measure(NULL));
	return 0;
}

static void __exit span_exit(void)
{
}

module_init(span_init);
module_exit(span_exit);
MODULE_LICENSE("GPL");
