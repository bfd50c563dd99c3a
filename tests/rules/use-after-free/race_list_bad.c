/* SPDX-License-Identifier: MIT */
/* One thread looks at the first item while another takes it off and frees it. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct item {
	struct list_head node;
	unsigned int value;
};

static LIST_HEAD(items);
static DEFINE_SPINLOCK(items_lock);
static struct task_struct *watcher;
static unsigned long seen;

static int watcher_fn(void *unused)
{
	struct item *item;

	while (!kthread_should_stop()) {
		item = list_first_entry_or_null(&items, struct item, node);
		if (item)
			seen += item->value; /* finding: use-after-free */
		schedule_timeout_interruptible(1);
	}
	return 0;
}

static void items_free(void)
{
	struct item *item, *next;

	list_for_each_entry_safe(item, next, &items, node) {
		spin_lock(&items_lock);
		list_del(&item->node);
		spin_unlock(&items_lock);
		kfree(item);
	}
}

static int __init items_init(void)
{
	for (unsigned int i = 0; i < 8; i++) {
		struct item *item = kzalloc(sizeof(*item), GFP_KERNEL);

		if (!item) {
			items_free();
			return -ENOMEM;
		}
		list_add_tail(&item->node, &items);
	}
	watcher = kthread_run(watcher_fn, NULL, "watcher");
	if (IS_ERR(watcher)) {
		items_free();
		return PTR_ERR(watcher);
	}
	return 0;
}

static void __exit items_exit(void)
{
	items_free();
	kthread_stop(watcher);
}

module_init(items_init);
module_exit(items_exit);
MODULE_LICENSE("GPL");
