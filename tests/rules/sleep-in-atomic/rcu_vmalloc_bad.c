/* SPDX-License-Identifier: MIT */
/* vmalloc() inside an RCU reader: it always may sleep, whatever the size. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct settings {
	size_t bytes;
};

static struct settings __rcu *settings;

static void *snapshot_new(void)
{
	void *copy;

	rcu_read_lock();
	copy = vmalloc(rcu_dereference(settings)->bytes); /* finding: sleep-in-atomic */
	rcu_read_unlock();
	return copy;
}

static int __init snapshot_init(void)
{
	struct settings *first = kmalloc(sizeof(*first), GFP_KERNEL);
	void *copy;

	if (!first)
		return -ENOMEM;
	first->bytes = 3 * PAGE_SIZE;
	rcu_assign_pointer(settings, first);
	copy = snapshot_new();
	vfree(copy);
	return 0;
}

static void __exit snapshot_exit(void)
{
	kfree(rcu_dereference_protected(settings, 1));
}

module_init(snapshot_init);
module_exit(snapshot_exit);
MODULE_LICENSE("GPL");
