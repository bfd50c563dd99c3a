/* SPDX-License-Identifier: MIT */
/* "May sleep" and "may not sleep" in one call, put together by a helper that knows too much. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct record {
	unsigned long at;
	int value;
};

static struct record *last;

static struct record *record_new(int value, gfp_t extra)
{
	struct record *record;

	record = kzalloc(sizeof(*record), GFP_KERNEL | extra); /* finding: flag-misuse */
	if (record) {
		record->at = jiffies;
		record->value = value;
	}
	return record;
}

static int __init record_init(void)
{
	last = record_new(7, GFP_ATOMIC);
	return last ? 0 : -ENOMEM;
}

static void __exit record_exit(void)
{
	kfree(last);
}

module_init(record_init);
module_exit(record_exit);
MODULE_LICENSE("GPL");
