/* SPDX-License-Identifier: MIT */
/* The size is read inside the RCU reader, the memory taken after it. */
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
	size_t bytes;

	rcu_read_lock();
	bytes = rcu_dereference(settings)->bytes;
	rcu_read_unlock();
	return vmalloc(bytes);
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
