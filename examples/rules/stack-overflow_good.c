/* SPDX-License-Identifier: MIT */
/* stack-overflow_good.c - a checksum, as it should be */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static unsigned int checksum(const char *text)
{
	unsigned char *work = kmalloc(20000, GFP_KERNEL);
	unsigned int sum = 0;
	int i;

	if (!work)
		return 0;
	memset(work, text[0], 20000);
	for (i = 0; i < 20000; i += 100)
		sum += work[i];
	kfree(work);
	return sum;
}

static int __init checksum_init(void)
{
	return checksum("text") ? 0 : -ENOMEM;
}

static void __exit checksum_exit(void)
{
}

module_init(checksum_init);
module_exit(checksum_exit);

MODULE_DESCRIPTION("an example of stack-overflow");
MODULE_LICENSE("GPL");
