/* SPDX-License-Identifier: MIT */
/* A chain of notifiers, the last of them with a large structure by value. */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/string.h>

struct snapshot {
	u64 counters[2100];
};

static RAW_NOTIFIER_HEAD(chain);
static u64 last;

static int on_event(struct notifier_block *block, unsigned long event, void *data)
{ /* finding: stack-overflow */
	struct snapshot snapshot;

	memset(&snapshot, 0, sizeof(snapshot));
	snapshot.counters[event & 15] = event;
	last = snapshot.counters[event & 15];
	return NOTIFY_OK;
}

static struct notifier_block block = { .notifier_call = on_event };

static int publish(unsigned long event)
{
	return raw_notifier_call_chain(&chain, event, NULL);
}

static int __init notifier_init(void)
{
	int error = raw_notifier_chain_register(&chain, &block);

	if (!error)
		publish(5);
	return error;
}

static void __exit notifier_exit(void)
{
	raw_notifier_chain_unregister(&chain, &block);
}

module_init(notifier_init);
module_exit(notifier_exit);
MODULE_LICENSE("GPL");
