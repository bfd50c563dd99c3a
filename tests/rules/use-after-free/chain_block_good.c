/* SPDX-License-Identifier: MIT */
/* It leaves the chain first. */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/slab.h>

static ATOMIC_NOTIFIER_HEAD(link_chain);
static struct notifier_block *watcher;
static unsigned int changes;

static int link_changed(struct notifier_block *block, unsigned long event, void *data)
{
	changes++;
	return NOTIFY_OK;
}

static void watcher_end(void)
{
	atomic_notifier_chain_unregister(&link_chain, watcher);
	kfree(watcher);
}

static int __init link_init(void)
{
	watcher = kzalloc(sizeof(*watcher), GFP_KERNEL);
	if (!watcher)
		return -ENOMEM;
	watcher->notifier_call = link_changed;
	atomic_notifier_chain_register(&link_chain, watcher);
	atomic_notifier_call_chain(&link_chain, 1, NULL);
	watcher_end();
	atomic_notifier_call_chain(&link_chain, 0, NULL);
	return 0;
}

static void __exit link_exit(void)
{
}

module_init(link_init);
module_exit(link_exit);
MODULE_LICENSE("GPL");
