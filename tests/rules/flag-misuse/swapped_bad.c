/* SPDX-License-Identifier: MIT */
/* The arguments of kmalloc() the wrong way round: no compiler minds, both are integers. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

struct message {
	struct list_head link;
	char text[48];
};

static LIST_HEAD(messages);

static int message_add(const char *text)
{
	struct message *message = kmalloc(GFP_KERNEL, sizeof(*message)); /* finding: flag-misuse */

	if (!message)
		return -ENOMEM;
	strscpy(message->text, text, sizeof(message->text));
	list_add_tail(&message->link, &messages);
	return 0;
}

static void messages_free(void)
{
	struct message *message, *next;

	list_for_each_entry_safe(message, next, &messages, link)
		kfree(message);
}

static int __init message_init(void)
{
	int error = message_add("first");

	if (!error)
		error = message_add("second");
	if (error)
		messages_free();
	return error;
}

static void __exit message_exit(void)
{
	messages_free();
}

module_init(message_init);
module_exit(message_exit);
MODULE_LICENSE("GPL");
