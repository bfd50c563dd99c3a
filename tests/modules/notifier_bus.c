/* SPDX-License-Identifier: MIT */
/*
 * A bus that tells its listeners of devices that come and go: atomic and blocking
 * notifier chains.
 */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>

enum { BUS_ADD, BUS_REMOVE };

struct device_like {
	char *name;
	void *private;
};

static BLOCKING_NOTIFIER_HEAD(bus_chain);
static ATOMIC_NOTIFIER_HEAD(tick_chain);
static unsigned int ticks;
static struct timer_list tick;
static struct device_like *devices[3];

static int driver_event(struct notifier_block *nb, unsigned long action, void *data)
{
	struct device_like *dev = data;

	switch (action) {
	case BUS_ADD:
		dev->private = kvzalloc(3 * PAGE_SIZE, GFP_KERNEL);
		return dev->private ? NOTIFY_OK : notifier_from_errno(-ENOMEM);
	case BUS_REMOVE:
		kvfree(dev->private);
		dev->private = NULL;
		return NOTIFY_OK;
	default:
		return NOTIFY_DONE;
	}
}

static int tick_event(struct notifier_block *nb, unsigned long count, void *data)
{
	u32 *message = kmalloc(sizeof(*message), GFP_ATOMIC);

	if (!message)
		return NOTIFY_BAD;
	*message = count;
	ticks += !!*message;
	kfree(message);
	return NOTIFY_STOP;
}

static struct notifier_block driver_nb = { .notifier_call = driver_event, .priority = 10 };
static struct notifier_block tick_nb = { .notifier_call = tick_event };

static void bus_tick(struct timer_list *t)
{
	static unsigned long count;

	atomic_notifier_call_chain(&tick_chain, ++count, NULL);
	if (count < 5)
		mod_timer(t, jiffies + msecs_to_jiffies(10));
}

static struct device_like *device_add(int nr)
{
	struct device_like *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int ret;

	if (!dev)
		return ERR_PTR(-ENOMEM);
	dev->name = kasprintf(GFP_KERNEL, "bus-%d.%c", nr, 'a' + nr);
	if (!dev->name) {
		kfree(dev);
		return ERR_PTR(-ENOMEM);
	}
	ret = notifier_to_errno(blocking_notifier_call_chain(&bus_chain, BUS_ADD, dev));
	if (ret) {
		kfree(dev->name);
		kfree(dev);
		return ERR_PTR(ret);
	}
	return dev;
}

static void device_del(struct device_like *dev)
{
	blocking_notifier_call_chain(&bus_chain, BUS_REMOVE, dev);
	kfree(dev->name);
	kfree(dev);
}

static int __init bus_init(void)
{
	int i, ret;

	ret = blocking_notifier_chain_register(&bus_chain, &driver_nb);
	if (ret)
		return ret;
	ret = atomic_notifier_chain_register(&tick_chain, &tick_nb);
	if (ret)
		goto err_bus;
	for (i = 0; i < ARRAY_SIZE(devices); i++) {
		devices[i] = device_add(i);
		if (IS_ERR(devices[i])) {
			ret = PTR_ERR(devices[i]);
			goto err;
		}
	}
	timer_setup(&tick, bus_tick, TIMER_DEFERRABLE);
	mod_timer(&tick, jiffies + 1);
	return 0;
err:
	while (i--)
		device_del(devices[i]);
	atomic_notifier_chain_unregister(&tick_chain, &tick_nb);
err_bus:
	blocking_notifier_chain_unregister(&bus_chain, &driver_nb);
	return ret;
}

static void __exit bus_exit(void)
{
	int i;

	del_timer_sync(&tick);
	for (i = 0; i < ARRAY_SIZE(devices); i++)
		device_del(devices[i]);
	atomic_notifier_chain_unregister(&tick_chain, &tick_nb);
	blocking_notifier_chain_unregister(&bus_chain, &driver_nb);
}

module_init(bus_init);
module_exit(bus_exit);
MODULE_LICENSE("GPL");
MODULE_ALIAS("bus-like");
MODULE_SOFTDEP("pre: nothing");
