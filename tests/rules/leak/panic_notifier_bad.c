/* SPDX-License-Identifier: MIT */
/* The panic chain keeps the block of a module that has gone. */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/panic_notifier.h>
#include <linux/slab.h>

struct dump {
	struct notifier_block nb;
	void *page;
};

static struct dump dump;

static int dump_write(struct notifier_block *nb, unsigned long event, void *text)
{
	return NOTIFY_DONE;
}

static int __init dump_init(void)
{
	int error;

	dump.page = kzalloc(4096, GFP_KERNEL);
	if (!dump.page)
		return -ENOMEM;
	dump.nb.notifier_call = dump_write;
	error = atomic_notifier_chain_register(&panic_notifier_list, &dump.nb); /* finding: leak */
	if (error)
		kfree(dump.page);
	return error;
}

static void __exit dump_exit(void)
{
	kfree(dump.page);
}

module_init(dump_init);
module_exit(dump_exit);
MODULE_LICENSE("GPL");
