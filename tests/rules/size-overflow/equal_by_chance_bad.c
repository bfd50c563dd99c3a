/* SPDX-License-Identifier: MIT */
/* The compiler knew the numbers, and made constants of what was left of them. */
#include <linux/module.h>
#include <linux/slab.h>

static u32 *table;
static u8 *message;

static int make_table(void)
{
	u32 count = 0x40000001, bytes = count * 64;

	table = kzalloc(bytes, GFP_KERNEL); /* finding: size-overflow */
	return table ? 0 : -ENOMEM;
}

static int make_message(void)
{
	u32 words = 0x40000002;

	message = kzalloc(words * 8 + 24, GFP_KERNEL); /* finding: size-overflow */
	return message ? 0 : -ENOMEM;
}

static int __init equal_init(void)
{
	int error = make_table();

	if (!error)
		error = make_message();
	if (error)
		kfree(table);
	return error;
}

static void __exit equal_exit(void)
{
	kfree(message);
	kfree(table);
}

module_init(equal_init);
module_exit(equal_exit);
MODULE_LICENSE("GPL");
