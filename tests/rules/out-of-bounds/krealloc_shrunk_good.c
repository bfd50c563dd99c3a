/* SPDX-License-Identifier: MIT */
/* A message is cut to its real length in place, and its end mark is written behind it. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static char *message;

static int message_set(const char *text)
{
	size_t length = strlen(text);
	char *cut;

	message = kmalloc(64, GFP_KERNEL);
	if (!message)
		return -ENOMEM;
	memcpy(message, text, length);
	cut = krealloc(message, length + 1, GFP_KERNEL);
	if (cut)
		message = cut;
	message[length] = 0;
	return 0;
}

static int __init message_init(void)
{
	return message_set("forty-two bytes that are cut to their size");
}

static void __exit message_exit(void)
{
	kfree(message);
}

module_init(message_init);
module_exit(message_exit);
MODULE_LICENSE("GPL");
