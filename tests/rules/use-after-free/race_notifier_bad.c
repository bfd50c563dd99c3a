/* SPDX-License-Identifier: MIT */
/* A raw chain has no lock: the block is freed while another thread walks the chain. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/slab.h>

struct listener {
	struct notifier_block nb;
	unsigned int heard;
};

static RAW_NOTIFIER_HEAD(chain);
#define chain_add(nb)		raw_notifier_chain_register(&chain, nb)
#define chain_remove(nb)	raw_notifier_chain_unregister(&chain, nb)
#define chain_call(event)	raw_notifier_call_chain(&chain, event, NULL)

static struct task_struct *caller;

static int listener_hear(struct notifier_block *nb, unsigned long event, void *data)
{
	struct listener *listener = container_of(nb, struct listener, nb);

	listener->heard += (unsigned int)event; /* finding: use-after-free */
	return NOTIFY_OK;
}

static int caller_fn(void *unused)
{
	while (!kthread_should_stop()) {
		chain_call(1);
		msleep(4);
	}
	return 0;
}

static int __init chain_init(void)
{
	struct listener *listener;

	caller = kthread_run(caller_fn, NULL, "caller");
	if (IS_ERR(caller))
		return PTR_ERR(caller);
	for (unsigned int i = 0; i < 3; i++) {
		listener = kzalloc(sizeof(*listener), GFP_KERNEL);
		if (!listener)
			continue;
		listener->nb.notifier_call = listener_hear;
		chain_add(&listener->nb);
		usleep_range(500, 5000);
		chain_remove(&listener->nb);
		kfree(listener);
	}
	return 0;
}

static void __exit chain_exit(void)
{
	kthread_stop(caller);
}

module_init(chain_init);
module_exit(chain_exit);
MODULE_LICENSE("GPL");
