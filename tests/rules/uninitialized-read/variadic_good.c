/* SPDX-License-Identifier: MIT */
/* A field that nobody set goes through a function of the module with '...', as it should be. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/stdarg.h>

struct counters {
	int sent, lost, late;
};

static int largest(int count, ...)
{
	int found = 0;
	va_list all;

	va_start(all, count);
	while (count--) {
		int value = va_arg(all, int);

		if (value > found)
			found = value;
	}
	va_end(all);
	return found;
}

static struct counters *counters;
static int shown;

static int __init counters_init(void)
{
	counters = kmalloc(sizeof(*counters), GFP_KERNEL);
	if (!counters)
		return -ENOMEM;
	counters->sent = 4;
	counters->lost = 0;
	counters->late = 0;
	shown = largest(3, counters->sent, counters->lost, counters->late);
	return 0;
}

static void __exit counters_exit(void)
{
	kfree(counters);
}

module_init(counters_init);
module_exit(counters_exit);
MODULE_DESCRIPTION("variable arguments");
MODULE_LICENSE("GPL");
