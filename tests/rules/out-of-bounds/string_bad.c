/* SPDX-License-Identifier: MIT */
/* Room for the characters, none for the terminator. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static const char greeting[] = "a greeting of 28 characters.";
static char *copy;

static int __init string_init(void)
{
	size_t length = strlen(greeting);

	copy = kmalloc(length, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, greeting, length);
	copy[length] = '\0'; /* finding: out-of-bounds */
	return 0;
}

static void __exit string_exit(void)
{
	kfree(copy);
}

module_init(string_init);
module_exit(string_exit);
MODULE_LICENSE("GPL");
