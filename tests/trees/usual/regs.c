// SPDX-License-Identifier: MIT
#include <linux/module.h>
#include <linux/slab.h>

static bool debug;
module_param(debug, bool, 0644);
static int bases[3];
static int base_count;
module_param_array_named(base, bases, int, &base_count, 0444);
static char *label = "none";
module_param(label, charp, 0444);

static u32 *regs;

static int __init regs_init(void)
{
	regs = kcalloc(base_count + 1, sizeof(*regs), GFP_KERNEL);
	if (!regs)
		return -ENOMEM;
	pr_info("%s: %s, %d bases, first %#x, debug %d\n", KBUILD_MODNAME, label, base_count,
		bases[0], debug);
	return 0;
}

static void __exit regs_exit(void)
{
	kfree(regs);
}

module_init(regs_init);
module_exit(regs_exit);
MODULE_LICENSE("GPL");
