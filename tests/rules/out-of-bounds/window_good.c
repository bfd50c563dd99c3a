/* SPDX-License-Identifier: MIT */
/* A driver writes as many descriptors as the window of its device has room for. */
#include <linux/io.h>
#include <linux/module.h>

#define SLOTS	8

static void __iomem *window;

static void slots_clear(unsigned int slots)
{
	for (unsigned int i = 0; i < slots; i++)
		writel(i, window + i * sizeof(u32));
}

static int __init window_init(void)
{
	window = ioremap(0xfe000fe0, SLOTS * sizeof(u32));
	if (!window)
		return -ENOMEM;
	slots_clear(SLOTS);
	return 0;
}

static void __exit window_exit(void)
{
	iounmap(window);
}

module_init(window_init);
module_exit(window_exit);
MODULE_LICENSE("GPL");
