/* SPDX-License-Identifier: MIT */
/* May sleep, and may use the reserves: the same number as GFP_KERNEL with the word for atomic. */
#include <linux/module.h>
#include <linux/slab.h>

static void *emergency;

static int __init emergency_init(void)
{
	emergency = kzalloc(512,
			    GFP_KERNEL | __GFP_HIGH);
	return emergency ? 0 : -ENOMEM;
}

static void __exit emergency_exit(void)
{
	kfree(emergency);
}

module_init(emergency_init);
module_exit(emergency_exit);
MODULE_LICENSE("GPL");
