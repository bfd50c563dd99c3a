/* SPDX-License-Identifier: MIT */
/* What a user writes is a number; the buffer has room for a 0 behind it. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/kernel.h>
#include <linux/string.h>

static unsigned int threshold;

static int store(const char *from, size_t count)
{
	char *text = kmalloc(count + 1, GFP_KERNEL);
	int error;

	if (!text)
		return -ENOMEM;
	memcpy(text, from, count);
	text[count] = 0;
	error = kstrtouint(text, 10, &threshold);
	kfree(text);
	return error;
}

static int __init store_init(void)
{
	char written[8];

	memset(written, '1', sizeof(written));
	return store(written, sizeof(written));
}

static void __exit store_exit(void)
{
}

module_init(store_init);
module_exit(store_exit);
MODULE_LICENSE("GPL");
