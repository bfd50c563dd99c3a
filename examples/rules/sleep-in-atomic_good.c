/* SPDX-License-Identifier: MIT */
/* sleep-in-atomic_good.c - a queue of commands, as it should be */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct command {
	struct list_head node;
	int number;
};

static DEFINE_SPINLOCK(lock);
static LIST_HEAD(queue);

static int command_add(int number)
{
	struct command *command = kmalloc(sizeof(*command), GFP_KERNEL);

	if (!command)
		return -ENOMEM;
	command->number = number;
	spin_lock(&lock);
	list_add_tail(&command->node, &queue);
	spin_unlock(&lock);
	return 0;
}

static int __init queue_init(void)
{
	return command_add(1);
}

static void __exit queue_exit(void)
{
	struct command *command, *next;

	list_for_each_entry_safe(command, next, &queue, node)
		kfree(command);
}

module_init(queue_init);
module_exit(queue_exit);

MODULE_DESCRIPTION("an example of sleep-in-atomic");
MODULE_LICENSE("GPL");
