/* SPDX-License-Identifier: MIT */
/* A shrinker that stays registered: its callbacks will run when the module's code is gone. */
#include <linux/module.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

static struct shrinker *shrinker;

static unsigned long none_count(struct shrinker *s, struct shrink_control *sc)
{
	return 0;
}

static unsigned long none_scan(struct shrinker *s, struct shrink_control *sc)
{
	return SHRINK_STOP;
}

static int __init none_init(void)
{
	shrinker = shrinker_alloc(0, "forgotten"); /* finding: leak */
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = none_count;
	shrinker->scan_objects = none_scan;
	shrinker_register(shrinker);
	return 0;
}

static void __exit none_exit(void)
{
}

module_init(none_init);
module_exit(none_exit);
MODULE_LICENSE("GPL");
