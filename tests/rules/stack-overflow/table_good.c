/* SPDX-License-Identifier: MIT */
/* Of 12000 bytes it fits. */
#include <linux/module.h>
#include <linux/string.h>

#define ENTRIES 3000

static int table_sum(int seed)
{
	u32 table[ENTRIES];
	u32 sum = 0;

	memset(table, seed, sizeof(table));
	for (int i = 0; i < ENTRIES; i += 100)
		sum += table[i];
	return (int)(sum & 0x7fff);
}

static int __init table_init(void)
{
	return table_sum(3) < 0;
}

static void __exit table_exit(void)
{
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
