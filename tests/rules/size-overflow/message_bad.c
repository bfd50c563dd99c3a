/* SPDX-License-Identifier: MIT */
/* Header and records: the product wraps, the header is added after it. */
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/slab.h>

struct message {
	u32 kind, count;
	u64 record[];
};

static unsigned long wanted = 0x2000000000000002ul;
module_param(wanted, ulong, 0444);

static struct message *message_make(unsigned long count)
{
	struct message *message;

	message = kzalloc(sizeof(*message) + count * 8, GFP_KERNEL); /* finding: size-overflow */
	if (message)
		message->kind = 1;
	return message;
}

static int __init message_init(void)
{
	struct message *message = message_make(wanted);

	kfree(message);
	message = message_make(3);
	if (!message)
		return -ENOMEM;
	kfree(message);
	return 0;
}

static void __exit message_exit(void)
{
}

module_init(message_init);
module_exit(message_exit);
MODULE_LICENSE("GPL");
