/* SPDX-License-Identifier: MIT */
/* uninitialized-read_bad.c - an answer to a question: one of its fields was never written */
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>

struct reply {
	int status, value;
};

static int ask(struct reply *reply)
{
	reply->status = 0;
	return 0;
}

static int __init ask_init(void)
{
	struct reply *reply = kmalloc(sizeof(*reply), GFP_KERNEL);

	if (!reply)
		return -ENOMEM;
	ask(reply);
	if (reply->value > 5) /* finding: uninitialized-read */
		pr_info("a large value\n");
	kfree(reply);
	return 0;
}

static void __exit ask_exit(void)
{
}

module_init(ask_init);
module_exit(ask_exit);

MODULE_DESCRIPTION("an example of uninitialized-read");
MODULE_LICENSE("GPL");
