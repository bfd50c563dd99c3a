/* SPDX-License-Identifier: MIT */
/* Each area is ended by the call that belongs to the one that made it. */
#include <linux/io.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

static void __iomem *registers;
static void *table;

static int __init areas_init(void)
{
	registers = ioremap(0xfe000000, 64);
	table = vmalloc(5000);
	if (registers && table)
		return 0;
	iounmap(registers);
	vfree(table);
	return -ENOMEM;
}

static void __exit areas_exit(void)
{
	iounmap(registers);
	vfree(table);
}

module_init(areas_init);
module_exit(areas_exit);
MODULE_LICENSE("GPL");
