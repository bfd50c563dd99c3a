/* SPDX-License-Identifier: MIT */
/* The twin: the list insert allocates before it takes the list's spinlock. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct entry {
	struct list_head link;
	int value;
};

static LIST_HEAD(entries);
static DEFINE_SPINLOCK(entries_lock);

static int entry_add(int value)
{
	struct entry *entry;
	unsigned long flags;

	entry = kmalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return -ENOMEM;
	entry->value = value;
	spin_lock_irqsave(&entries_lock, flags);
	list_add(&entry->link, &entries);
	spin_unlock_irqrestore(&entries_lock, flags);
	return 0;
}

static void entries_free(void)
{
	struct entry *entry, *next;

	list_for_each_entry_safe(entry, next, &entries, link) {
		list_del(&entry->link);
		kfree(entry);
	}
}

static int __init add_init(void)
{
	int error = 0;

	for (int i = 0; i < 3 && !error; i++)
		error = entry_add(i);
	if (error)
		entries_free();
	return error;
}

static void __exit add_exit(void)
{
	entries_free();
}

module_init(add_init);
module_exit(add_exit);
MODULE_LICENSE("GPL");
