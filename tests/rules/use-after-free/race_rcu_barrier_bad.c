/* SPDX-License-Identifier: MIT */
/* The callback of call_rcu() still uses the statistics when the module has freed them. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct stats {
	unsigned long dropped;
};

struct entry {
	struct rcu_head rcu;
	unsigned int key;
};

static struct stats *stats;
static struct entry __rcu *current_entry;

static void entry_drop(struct rcu_head *head)
{
	struct entry *entry = container_of(head, struct entry, rcu);

	stats->dropped += entry->key; /* finding: use-after-free */
	kfree(entry);
}

static int __init table_init(void)
{
	struct entry *entry;

	stats = kzalloc(sizeof(*stats), GFP_KERNEL);
	if (!stats)
		return -ENOMEM;
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry) {
		kfree(stats);
		return -ENOMEM;
	}
	entry->key = 3;
	rcu_assign_pointer(current_entry, entry);
	return 0;
}

static void __exit table_exit(void)
{
	struct entry *entry = rcu_replace_pointer(current_entry, NULL, true);

	call_rcu(&entry->rcu, entry_drop);
	kfree(stats);
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
