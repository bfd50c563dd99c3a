/* SPDX-License-Identifier: MIT */
/* A table grows and moves; a pointer into the old one is still used. */
#include <linux/module.h>
#include <linux/slab.h>

struct entry {
	u32 key, value;
};

static struct entry *table;
static size_t used, room;

static struct entry *entry_add(u32 key)
{
	if (used == room) {
		struct entry *grown = krealloc_array(table, room * 4, sizeof(*table), GFP_KERNEL);

		if (!grown)
			return NULL;
		table = grown;
		room *= 4;
	}
	table[used].key = key;
	table[used].value = 0;
	return &table[used++];
}

static int __init table_init(void)
{
	struct entry *first;

	room = 4;
	table = kmalloc_array(room, sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	first = entry_add(0);
	for (u32 key = 1; key < 10; key++)
		if (!entry_add(key))
			break;
	first->value = 7; /* finding: use-after-free */
	return 0;
}

static void __exit table_exit(void)
{
	kfree(table);
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
