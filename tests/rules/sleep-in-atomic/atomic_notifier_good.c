/* SPDX-License-Identifier: MIT */
/* A member of a blocking notifier chain, which may sleep, keeps a copy of the message. */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/string.h>

static BLOCKING_NOTIFIER_HEAD(alarms);
static char *last_alarm;

static int keep_copy(const char *text)
{
	char *copy = kmemdup(text, strlen(text) + 1, GFP_KERNEL);

	if (!copy)
		return NOTIFY_BAD;
	kfree(last_alarm);
	last_alarm = copy;
	return NOTIFY_OK;
}

static int alarm_seen(struct notifier_block *block, unsigned long action, void *data)
{
	return action ? keep_copy(data) : NOTIFY_DONE;
}

static struct notifier_block watcher = { .notifier_call = alarm_seen };

static int __init alarm_init(void)
{
	blocking_notifier_chain_register(&alarms, &watcher);
	blocking_notifier_call_chain(&alarms, 0, "nothing");
	blocking_notifier_call_chain(&alarms, 1, "overheated");
	return 0;
}

static void __exit alarm_exit(void)
{
	blocking_notifier_chain_unregister(&alarms, &watcher);
	kfree(last_alarm);
}

module_init(alarm_init);
module_exit(alarm_exit);
MODULE_LICENSE("GPL");
