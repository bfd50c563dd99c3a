/* SPDX-License-Identifier: MIT */
/* The block leaves the chain of modules on each way out. */
/* options: --schedules 1 */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/slab.h>

struct tracer {
	struct notifier_block modules;
	unsigned long *counts;
	unsigned int seen;
};

static struct tracer tracer;

static int tracer_module(struct notifier_block *nb, unsigned long state, void *mod)
{
	struct tracer *t = container_of(nb, struct tracer, modules);

	t->seen += state == MODULE_STATE_COMING;
	return NOTIFY_OK;
}

static int __init tracer_init(void)
{
	int error;

	tracer.modules.notifier_call = tracer_module;
	error = register_module_notifier(&tracer.modules);
	if (error)
		return error;
	tracer.counts = kcalloc(16, sizeof(*tracer.counts), GFP_KERNEL);
	if (!tracer.counts) {
		unregister_module_notifier(&tracer.modules);
		return -ENOMEM;
	}
	return 0;
}

static void __exit tracer_exit(void)
{
	unregister_module_notifier(&tracer.modules);
	kfree(tracer.counts);
}

module_init(tracer_init);
module_exit(tracer_exit);
MODULE_LICENSE("GPL");
