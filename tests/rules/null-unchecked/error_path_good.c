/* SPDX-License-Identifier: MIT */
/* The same: without memory there is no message. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct log { char *last_error; };

static struct log log;
static void *buffer;

static void log_error(struct log *to, const char *what, int error)
{
	char *text = kmalloc(64, GFP_KERNEL);

	if (!text)
		return;
	snprintf(text, 64, "%s: %d", what, error);
	kfree(to->last_error);
	to->last_error = text;
}

static int __init log_init(void)
{
	buffer = kmalloc(4096, GFP_KERNEL);
	if (!buffer)
		log_error(&log, "no buffer", -ENOMEM);
	return 0;
}

static void __exit log_exit(void)
{
	kfree(buffer);
	kfree(log.last_error);
}

module_init(log_init);
module_exit(log_exit);
MODULE_LICENSE("GPL");
