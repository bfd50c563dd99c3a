/* SPDX-License-Identifier: MIT */
/* sleep-in-atomic_bad.c - a queue of commands: memory is asked for under the lock */
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
	struct command *command;

	spin_lock(&lock);
	command = kmalloc(sizeof(*command), GFP_KERNEL); /* finding: sleep-in-atomic */
	if (!command) {
		spin_unlock(&lock);
		return -ENOMEM;
	}
	command->number = number;
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
