// SPDX-License-Identifier: MIT
#include <linux/module.h>
#include "slots.h"

static int __init top_init(void)
{
	return slots_make(2);
}

static void __exit top_exit(void)
{
	slots_free();
}

module_init(top_init);
module_exit(top_exit);
MODULE_LICENSE("GPL");
